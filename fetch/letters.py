"""Texts by their letters and figures alone, to compare those that differ in marks and white space, and to sort them."""

from __future__ import annotations

import re

_LETTERS = re.compile(r"[^\W_]+")
_NUMBERS = re.compile(r"(\d{1,18})")
_NO_LETTERS_OF_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())


def letters_only(text: str) -> str:
    """The letters and figures of a text; nearly all that stands between them is ASCII, and goes at once."""
    bare = text.encode("utf-8", "surrogatepass").translate(None, _NO_LETTERS_OF_ASCII)
    letters = bare.decode("utf-8", "surrogatepass")
    return letters if letters.isalnum() else "".join(_LETTERS.findall(letters))


def natural_order(text: str) -> list[str | int]:
    """By what names are put in order as people do: in any case, and numbers in them by their size."""
    parts = _NUMBERS.split(text.casefold())
    return [int(part) if at % 2 else part for at, part in enumerate(parts)]
