"""Text in ASCII, cell for cell, for terminals and fonts that lack other characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tui.typeset.cells import as_drawn, cells
from tui.typeset.marks import Ascii

_LOOKS = (
    "o ●○◦", "* ★☆•▪⁂", "+ ≡", "# ▨█▇▆▅▄▃▀░▒▓", "- –—―‐‑‒−─━═┄┅┈┉╌╍╴╶╸╺╼╾▁▂▔", "| ▌▐│┃║┆┇┊┋╎╏╵╷╹╻╽╿▎▍▋▊▉", "> ▏›→▸",
    "< ‹←", "^ ↑▲", "v ↓▾▼✓", "x ×✗", ". …·", "\" “”„‟«»″", "' ‘’‚‛′", "S §", "P ¶", "/ ╱", "\\ ╲", "X ╳",
    "  \u00a0\u2009\u202f",
)  # fmt: skip
"""Signs, each behind what stands for it in ASCII."""
_SIGNS = str.maketrans({sign: looks[0] for looks in _LOOKS for sign in looks[2:]})
_BOX = re.compile("[┌-╰]")
"""Corners and crosses of boxes, and what of their lines stands above not already."""
_ONLY_MARKS = re.compile("[≡=–!↓Δ#★●▌▏ ]+")
"""A text of our marks: Δ is one of them there, and a letter elsewhere."""


def in_ascii(text: str, wanted: Ascii) -> str:
    """The text with signs, or all of it, in ASCII, in as many cells."""
    if not wanted or text.isascii():
        return text
    if "Δ" in text and _ONLY_MARKS.fullmatch(text):
        text = text.replace("Δ", "~")
    text = _BOX.sub("+", text.translate(_SIGNS))
    if wanted == "marks" or text.isascii():
        return text
    text = as_drawn(text)
    return fitting("".join(map(_letter, text)), cells(text))


def fitting(text: str, room: int) -> str:
    """ASCII text cut or filled up to so many cells."""
    return text[:room].ljust(room)


@lru_cache(maxsize=2048)
def _letter(character: str) -> str:
    """A letter without what stands on it; question marks for what has none in ASCII: ½ is no 1, and 10⁶ no 106."""
    if character.isascii():
        return character
    room = cells(character)
    if character.isdecimal():
        plain = str(unicodedata.decimal(character))
    else:
        plain = unicodedata.normalize("NFKD", _SPELT.get(character, character)).encode("ascii", "ignore").decode()
        plain = "" if character.isnumeric() or any(map(str.isdigit, plain)) else plain
    return fitting(plain, room) if plain else "?" * room


_SPELT = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ı": "i", "ß": "s", "æ": "a"}
_SPELT |= {"Æ": "A", "œ": "o", "Œ": "O", "þ": "t", "Þ": "T"}
