"""Progress as a line of JSON, as it goes from one program to another."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from cache import errors
from cache.errors import CacheError
from cache.progress import FailedSource, Progress

_FIELDS = tuple(field.name for field in fields(Progress))


def to_line(progress: Progress) -> bytes:
    """A step as a line."""
    return _line({name: getattr(progress, name) for name in _FIELDS})


def error_line(error: CacheError) -> bytes:
    """What ended a refresh as a line."""
    return _line({"error": type(error).__name__, "sentence": str(error)})


def from_line(line: bytes) -> Progress:
    """The step in a line; raises the CacheError that it reports, and what malformed lines raise."""
    told: dict[str, Any] = json.loads(line)
    if "error" in told:
        raise getattr(errors, told["error"], CacheError)(told["sentence"])
    failures = tuple(FailedSource(*failed) for failed in told["failures"])
    return Progress(**{**told, "running": tuple(told["running"]), "failures": failures})


def _line(reported: dict[str, Any]) -> bytes:
    return json.dumps(reported, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
