"""JSON of strangers: parsed where it holds no more values than any list of stories needs, as each costs memory."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

MOST_VALUES = 500_000
"""Commas and brackets of a text that is parsed; a feed of 2,000 entries has some 100,000, its texts among them."""

_PIECE = 65_536


def parse_json(text: str, *, strict: bool = True) -> Any:
    """The value; raises ValueError for what is no JSON or holds too much, RecursionError where it nests too deep."""
    check_size(text)
    return json.loads(text, strict=strict)


def first_value(text: str) -> Any:
    """The value that a text begins with, control characters in strings allowed; raises as `parse_json` does."""
    check_size(text)
    return json.JSONDecoder(strict=False).raw_decode(text)[0]


def end_of_most(text: str) -> int:
    """Where the part of a text ends that holds no more than is parsed."""
    values = 0
    for begin in range(0, len(text), _PIECE):
        values += sum(text.count(mark, begin, begin + _PIECE) for mark in ",[{")
        if values > MOST_VALUES:
            return begin
    return len(text)


def check_size(text: str) -> None:
    """Raises ValueError for a text with more than MOST_VALUES."""
    if len(text) > MOST_VALUES and sum(map(text.count, ",[{")) > MOST_VALUES:
        raise ValueError(f"more than {MOST_VALUES:,} values")


def member_text(fields: Mapping[str, Any], name: str) -> str:
    """A member of an object as text; "" where it is neither text nor a number."""
    value = fields.get(name)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def member_list(fields: Mapping[str, Any], name: str) -> Sequence[Any]:
    """A member of an object that is a list; nothing where it is none."""
    value = fields.get(name)
    return value if isinstance(value, list) else ()
