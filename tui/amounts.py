"""Amounts as people write them: 300k, 2.5 MB, 90, 6h."""

from __future__ import annotations

import re
from functools import cache

_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
_SECONDS = {"m": 60, "min": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_LONGEST_SPAN = 366 * 86_400  # seconds


@cache
def _size() -> re.Pattern[str]:
    return re.compile(r"(\d{1,12}(?:\.\d{1,6})?)\s*([kmg]?)b?", re.IGNORECASE)


@cache
def _span() -> re.Pattern[str]:
    return re.compile(r"(\d{1,4})\s*(min|[mhdw])", re.IGNORECASE)


def octets(text: str) -> int:
    """The bytes meant by 300k, 2M, 1.5 MB or 40000; raises ValueError with a sentence."""
    found = _size().fullmatch(text.strip())
    size = int(float(found[1]) * _UNITS[found[2].lower()]) if found else 0
    if size <= 0:
        raise ValueError(f"“{text.strip()}” is not a size such as 300k or 2M.")
    return size


def is_size(text: str) -> bool:
    """Whether a text means an amount of bytes."""
    try:
        return octets(text) > 0
    except ValueError:
        return False


def number(text: str) -> int:
    """A whole number above zero; raises ValueError with a sentence."""
    text = text.strip()
    if not text.isascii() or not text.isdigit() or not 0 < len(text) < 10 or int(text) == 0:
        said = f"“{text[:40]}”"
        if text.isascii() and text.isdigit() and text.strip("0"):
            raise ValueError(f"{said} is too large a number.")
        raise ValueError(f"{said} is not a number above zero.")
    return int(text)


def seconds(text: str) -> int:
    """The seconds meant by 90m, 6h, 2d or 1w, a year at most; raises ValueError with a sentence."""
    found = _span().fullmatch(text.strip())
    span = int(found[1]) * _SECONDS[found[2].lower()] if found else 0
    if not 0 < span <= _LONGEST_SPAN:
        raise ValueError(f"“{text.strip()}” is not a time such as 90m, 6h or 2d.")
    return span


def span(seconds: int) -> str:
    """Seconds as `seconds` reads them; "" for none."""
    for sign, size in (("w", 604_800), ("d", 86_400), ("h", 3_600)):
        if seconds > 0 and seconds % size == 0:
            return f"{seconds // size}{sign}"
    return f"{-(-seconds // 60)}m" if seconds > 0 else ""
