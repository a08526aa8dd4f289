"""An article with all its text through the gate: from a file that is read, and into a file that others open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from operator import is_
from typing import Any

from fetch.article import Article, Code
from fetch.links import absolute
from fetch.text import clean, clean_lines, clean_run

Cleaner = Callable[[str], str]


def clean_article(article: Article) -> Article:
    """An article with every string in it through the gate; a link that leads nowhere on the web is ""."""
    cleaned: Article = _clean_part(article)
    return cleaned


def _clean_part(part: Any) -> Any:
    """The part, cleaned; the same object where nothing was to be done."""
    if isinstance(part, tuple):
        members = tuple(map(_clean_part, part))
        return part if all(map(is_, members, part)) else members
    if isinstance(part, str):
        return _changed(part, clean)
    changes = {}
    for name, cleaner in _cleaners(type(part)):
        value = getattr(part, name)
        if not value:
            continue
        cleaned = _changed(value, cleaner) if isinstance(value, str) else _clean_part(value)
        if cleaned is not value:
            changes[name] = cleaned
    return replace(part, **changes) if changes else part


def _changed(text: str, cleaner: Cleaner) -> str:
    cleaned = cleaner(text)
    return text if cleaned == text else cleaned


_CLEANERS: dict[type, tuple[tuple[str, Cleaner], ...]] = {}


def _cleaners(kind: type) -> tuple[tuple[str, Cleaner], ...]:
    """What cleans each field of a class, where it is text; () for what holds none."""
    known = _CLEANERS.get(kind)
    if known is None:
        known = tuple((field.name, _cleaner(kind, field.name)) for field in fields(kind)) if is_dataclass(kind) else ()
        _CLEANERS[kind] = known
    return known


def _cleaner(kind: type, name: str) -> Cleaner:
    if name in ("href", "src", "url"):
        return _absolute
    if name == "text":
        return clean_lines if kind is Code else clean_run
    return clean


def _absolute(address: str) -> str:
    return absolute(address, "")
