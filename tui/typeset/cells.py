"""How many cells a text takes, in every terminal alike: the most that any would give it, and the form it is drawn in.

Terminals count by different rules: by clusters of characters or one by one, by the Unicode of this year or of ten years
ago. So what is drawn is chosen such that it can't matter. A flag is its two letters, an emoji in a skin or joined of
several is its first part, a sign that a selector would turn into an emoji stays a sign. What remains in doubt, most
scripts of India and the newest emoji, is measured by the most cells, and closed behind by `tui.panes.base.Closed`.
The measure is wcwidth's, which loads with the first text that needs it. Source: UAX #11 and #29, UTS #51.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Europe, the Near East, the Caucasus, Thailand and Laos: a cell a letter, and marks that take none
_NARROW = (
    " -~\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482\u048a-\u052f"
    "\u0531-\u0556\u0559-\u058a\u05be\u05c0\u05c3\u05c6\u05d0-\u05ea\u05ef-\u05f4\u0606-\u060f\u061b\u061d-\u064a"
    "\u0660-\u066f\u0671-\u06d5\u06de\u06e5\u06e6\u06e9\u06ee-\u06ff\u0e01-\u0e30\u0e32\u0e3f-\u0e46\u0e4f-\u0e5b"
    "\u0e81\u0e82\u0e84\u0e87-\u0e88\u0e8a\u0e94-\u0e97\u0e99-\u0e9f\u0ea1-\u0ea3\u0ea5\u0ea7\u0eaa\u0eab\u0ead-\u0eb0"
    "\u0eb2\u0ec0-\u0ec4\u0ec6\u0ed0-\u0ed9\u0edc\u0edd\u10a0-\u10c5\u10d0-\u10fc\u1e00-\u1f15"
    "\u2010-\u2027\u2030-\u205e\u2070\u2071\u2074-\u208e\u20a0-\u20bf\u2100-\u2121\u2123-\u2138\u2153-\u218b\u2190-\u2193"
    "\u2200-\u22ff\u2500-\u25aa\u25ac-\u25b5\u25b7-\u25bf\u25c1-\u25fa\u2605\u2606\u2713\u2717"
)
_NO_CELL = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0eb9\u200c"
)
_WIDE = (
    "\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u3000-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u30ff\u3105-\u312d\u3131-\u3163"
    "\u3165-\u318e\u3400-\u4db5\u4e00-\u9fcc\uac00-\ud7a3\uf900-\ufa6d\uff01-\uff60\uffe0-\uffe6"
    "\U0001f300-\U0001f320\U0001f32d-\U0001f335\U0001f337-\U0001f37c\U0001f380-\U0001f393\U0001f3a0-\U0001f3ca"
    "\U0001f400-\U0001f43e\U0001f442-\U0001f4fc\U0001f5fb-\U0001f64f\U0001f680-\U0001f6c5\U00020000-\U0002a6d6"
)


@lru_cache(maxsize=1)
def _certain() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Text that every terminal counts alike; the characters of it that take two cells; those that take none."""
    return re.compile(f"[{_NARROW}{_NO_CELL}{_WIDE}]*"), re.compile(f"[{_WIDE}]"), re.compile(f"[{_NO_CELL}]")


@lru_cache(maxsize=1)
def one_cell_each() -> re.Pattern[str]:
    """Text of most of Europe's news: no character of it is wide, none has no width."""
    return re.compile(
        "[ -~\xa0-\xac\xae-\u02ff\u0388-\u038a\u038c\u0391-\u03a1\u03a3-\u0482\u2010-\u2027\u2030-\u205e"
        "\u2190-\u2193\u2261\u2500-\u25aa\u25ac-\u25b5\u25b7-\u25bf\u25c1-\u25fa\u2605]*"
    )


def cells(text: str) -> int:
    """How many terminal cells the text takes in the form it is drawn in; most news needs no table of widths for it."""
    return len(text) if text.isascii() or one_cell_each().fullmatch(text) else _counted(text)


def is_certain(drawn: str) -> bool:
    """Whether every terminal counts what is drawn alike."""
    return drawn.isascii() or bool(one_cell_each().fullmatch(drawn) or _certain()[0].fullmatch(drawn))


def as_drawn(text: str) -> str:
    """The text with emoji in the form that every terminal counts alike; the same object where there is none."""
    if text.isascii() or one_cell_each().fullmatch(text) or not _special().search(text):
        return text
    return _special().sub(_form, text)


def clusters(text: str) -> Iterator[str]:
    """The text in pieces that must not be parted: a letter with its marks, an emoji with its parts (UAX #29)."""
    if text.isascii():
        return iter(text)
    from wcwidth import iter_graphemes

    return iter_graphemes(text)


def head(text: str, width: int) -> str:
    """As much of the text as fits in so many cells, never a part of a cluster."""
    if text.isascii() or one_cell_each().fullmatch(text):
        return text[:width]
    used = end = 0
    for cluster in clusters(text):
        used += cells(cluster)
        if used > width:
            break
        end += len(cluster)
    return text[:end]


@lru_cache(maxsize=2048)
def _counted(text: str) -> int:
    certain, wide, none = _certain()
    drawn = as_drawn(text)
    if certain.fullmatch(drawn):
        return len(drawn) + len(wide.findall(drawn)) - len(none.findall(drawn))
    return sum(map(_most_cells, drawn))


@lru_cache(maxsize=4096)
def _most_cells(character: str) -> int:
    """The most cells a terminal gives this character, whatever stands before it."""
    from wcwidth import wcswidth, wcwidth

    counted = max(0, wcwidth(character))
    kind = unicodedata.category(character)  # as this Python's Unicode has it, which may be older than wcwidth's
    if not counted and (
        kind == "Mc"
        or wcswidth(f"a{character}") > 1
        or "\u1160" <= character <= "\u11ff"
        or "\ud7b0" <= character <= "\ud7fb"
    ):
        return 1  # by itself no cell, behind a letter one
    if counted == 1 and ((kind in {"Cn", "So"} and character >= "\U0001f000") or "\u4dc0" <= character <= "\u4dff"):
        return 2  # wide in a Unicode to come, or in one that came late
    return counted


@lru_cache(maxsize=1)
def _special() -> re.Pattern[str]:
    emoji = "[\u203c-\u3299\U0001f000-\U0001fbff]"  # with signs that can be one
    skin = "[\U0001f3fb-\U0001f3ff]"
    return re.compile(
        f"[\ufe00-\ufe0f\U000e0100-\U000e01ef]|\u200d{emoji}|(?<={emoji}){skin}|(?<=[#*0-9\ufe0f])\u20e3"
        "|[\U0001f1e6-\U0001f1ff]"
    )


def _form(special: re.Match[str]) -> str:
    """What is drawn of a part: the letter that a flag is made of, and nothing of all others."""
    letter = ord(special[0][0]) - 0x1F1E6
    return chr(ord("A") + letter) if 0 <= letter < 26 else ""
