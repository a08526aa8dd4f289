"""Values as they may stand in a row of a sound file, read without raising: SQLite keeps any kind in any column."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fetch.article import When

_EARLIEST, _LATEST = date(2, 1, 1), date(9998, 12, 31)
"""Days beyond which no zone's clock can be set: converting a moment would leave the calendar."""
_LARGEST = 2**63 - 1


def text(value: object) -> str:
    """The text in a column; what is no text as far as it can be read as such, "" for nothing."""
    if type(value) is str:
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").replace("\x00", "")
    return "" if value is None else str(value)


def integer(value: object, default: int = 0) -> int:
    """The whole number in a column, within what SQLite holds; the default for what is none."""
    if type(value) is int:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return max(-_LARGEST, min(int(value), _LARGEST))
    return default


def integer_or_none(value: object) -> int | None:
    """The whole number in a column that may be empty."""
    return integer(value) if isinstance(value, int | float) and math.isfinite(value) else None


def number(value: object, default: float = 0.0) -> float:
    """The number in a column, which may be without end; the default for what is none."""
    return value if isinstance(value, int | float) else default


def when(value: object) -> When | None:
    """A day or an aware moment from ISO 8601; None for what is none, or lies at the calendar's ends."""
    if not value or not isinstance(value, str):
        return None
    try:
        found = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return None
    if isinstance(found, datetime):
        if not _EARLIEST <= found.date() <= _LATEST:
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return found if _EARLIEST <= found <= _LATEST else None


def moment(value: object) -> datetime | None:
    """An aware moment from seconds since 1970; None for what is none."""
    if not isinstance(value, int | float):
        return None
    try:
        found = datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return found if _EARLIEST <= found.date() <= _LATEST else None


def one_of(names: tuple[Any, ...], value: object) -> Any:
    """The name that a column counts; the first for a number beyond them."""
    place = integer(value)
    return names[place] if 0 <= place < len(names) else names[0]


def as_readable(raw: bytes) -> str:
    """Text of a column with what is no UTF-8 replaced, for a connection that has met such text."""
    return raw.decode("utf-8", "replace")
