"""Amounts as people write them: 300k, 2.5 MB, 90."""

from __future__ import annotations

import re

_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
_SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)\s*([kmg]?)b?", re.IGNORECASE)


def octets(text: str) -> int:
    """The bytes meant by 300k, 2M, 1.5 MB or 40000; raises ValueError with a sentence."""
    found = _SIZE.fullmatch(text.strip())
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
        raise ValueError(f"“{text}” is not a number above zero.")
    return int(text)
