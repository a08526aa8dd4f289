"""An article with all its text through the gate: from a file that is read, and into a file that others open."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from fetch.article import Article, Code
from fetch.links import absolute
from fetch.text import clean, clean_lines, clean_run

Part = TypeVar("Part")


def clean_article(article: Article) -> Article:
    """An article with every string in it through the gate; a link that leads nowhere on the web is ""."""
    return _clean_part(article)


def _clean_part(part: Part) -> Part:
    if isinstance(part, tuple):
        return tuple(map(_clean_part, part))  # type: ignore[return-value]
    if not is_dataclass(part) or isinstance(part, type):
        return clean(part) if isinstance(part, str) else part  # type: ignore[return-value]
    changes = {field.name: _clean_field(part, field.name) for field in fields(part)}
    return replace(part, **changes)


def _clean_field(part: object, name: str) -> object:
    value = getattr(part, name)
    if not isinstance(value, str):
        return _clean_part(value)
    if name in ("href", "src", "url"):
        return absolute(value, "")
    if name == "text":
        return clean_lines(value) if isinstance(part, Code) else clean_run(value)
    return clean(value)
