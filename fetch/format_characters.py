"""Which invisible characters a text keeps: joiners and variation selectors where a script or an emoji needs them.

Everywhere else they hide text, make two equal words unequal, or are counted by every terminal in another way. Nor does
a letter carry more than eight marks. What is a mark and what an emoji is read from wcwidth's tables, which load with
the first text that holds such characters. Source: UAX #29 and #44, UTS #51.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MOST_MARKS = 8
"""Marks upon one letter; real orthographies need four or five."""
_MOST_JOINS = 3  # in one emoji: the longest of them, a family or a kiss, have four parts

ZWNJ, ZWJ, _VS15, _VS16, _KEYCAP = "\u200c", "\u200d", "\ufe0e", "\ufe0f", "\u20e3"
# What stays in its place only: joiners, direction marks, variation selectors.
_IN_CONTEXT = re.compile("[\u200c-\u200f\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
# What a letter may have upon it, nine times: whatever is neither letter, digit, space nor ASCII. Most such runs are
# dashes or emoji; those that count are told apart below. The vowels and finals that Korean syllables are composed of
# are letters, and looked for only where there are some.
_LONG_RUN = re.compile(rf"[^\w\s\x00-\x7f][^\w\s\x00-\x7f]{{{MOST_MARKS},}}")
_KOREAN_PARTS = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb]")
_LONG_RUN_WITH_PARTS = re.compile(rf"(?:[^\w\s\x00-\x7f]|{_KOREAN_PARTS.pattern}){{{MOST_MARKS + 1},}}")
# Arabic, Syriac, N'Ko …, the Indic scripts to Tibetan and Burmese, Khmer, Mongolian, Balinese …, and later ones.
_JOINING = re.compile(
    "[\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\u1a00-\u1c4f\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")


def in_place(text: str) -> str:
    """The text without joiners and selectors out of place, and without marks beyond MOST_MARKS a letter."""
    long_run = _LONG_RUN_WITH_PARTS if _KOREAN_PARTS.search(text) else _LONG_RUN
    if long_run.search(text):
        text = long_run.sub(_fewer_marks, text)
    return _settled(text) if _IN_CONTEXT.search(text) else text


def _fewer_marks(run: re.Match[str]) -> str:
    from wcwidth import wcwidth

    kept, upon_one = [], 0
    for character in run[0]:
        upon_one = 0 if wcwidth(character) else upon_one + 1
        if upon_one <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _settled(text: str) -> str:
    """The text with each run of joiners and selectors looked at beside its neighbours."""
    joins = after_join = 0

    def kept(run: re.Match[str]) -> str:
        nonlocal joins, after_join
        before, after = text[max(0, run.start() - 2) : run.start()], text[run.end() : run.end() + 1]
        first = run[0][0]
        selector = first if _selects(first, before[-1:], after if len(run[0]) == 1 else "") else ""
        if run[0][len(selector) : len(selector) + 1] == ZWJ and _joins_emoji(before, after):
            joins = joins + 1 if after_join and run.start() - after_join <= 2 else 1
            if joins <= _MOST_JOINS:
                after_join = run.end()
                return selector + ZWJ
            after_join = 0
        if selector:
            return selector
        if first in (ZWNJ, ZWJ):
            return first if _JOINING.match(before[-1:]) else ""
        return first if first in "\u200e\u200f" else ""

    return _IN_CONTEXT.sub(kept, text)


def _selects(selector: str, base: str, after: str) -> bool:
    """Whether this is a variation selector, and right behind something it has a meaning for."""
    if not base or selector < "\ufe00":
        return False
    if selector == _VS16:
        return after == _KEYCAP if base in "0123456789#*" else _has_emoji_form(base)
    if selector == _VS15:
        return _is_emoji(base)
    if selector >= "\U000e0100":
        return base >= "\u3400" and base.isalpha()
    return base == "0" or (unicodedata.category(base)[0] in "LSPN" and not base.isascii())


def _joins_emoji(before: str, after: str) -> bool:
    base = before[:1] if _SKIN.match(before[-1:]) else before[-1:]
    return bool(base and after) and _is_emoji(base) and _is_emoji(after)


@lru_cache(maxsize=1024)
def _is_emoji(character: str) -> bool:
    """Whether it can be a part of a joined emoji (Unicode's Extended_Pictographic)."""
    from wcwidth import iter_graphemes

    return len(list(iter_graphemes(f"{character}{ZWJ}\u2764"))) == 1 and ord(character) > 0xA0


@lru_cache(maxsize=1024)
def _has_emoji_form(character: str) -> bool:
    """Whether it is a sign by itself, and an emoji with the selector behind it."""
    from wcwidth import wcswidth

    return wcswidth(character + _VS16) != wcswidth(character)
