"""Texts by their letters and figures alone, to compare those that differ in marks and white space."""

from __future__ import annotations

import re

_LETTERS = re.compile(r"[^\W_]+")
_NO_LETTERS_OF_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())


def letters_only(text: str) -> str:
    """The letters and figures of a text; nearly all that stands between them is ASCII, and goes at once."""
    bare = text.encode("utf-8", "surrogatepass").translate(None, _NO_LETTERS_OF_ASCII)
    letters = bare.decode("utf-8", "surrogatepass")
    return letters if letters.isalnum() else "".join(_LETTERS.findall(letters))
