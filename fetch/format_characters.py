"""Which invisible characters a text keeps: joiners and variation selectors where a script or an emoji needs them.

Everywhere else they hide text, make two equal words unequal, or are counted by every terminal in another way. Nor does
a letter carry more than eight marks. What is a mark and what an emoji is read from wcwidth's tables, which load where
that is to be known of a character that is not among the usual ones. Source: UAX #29 and #44, UTS #51.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

MOST_MARKS = 8
"""Marks upon one letter; real orthographies need four or five."""
_MOST_JOINS = 3  # in one emoji: the longest of them, a family or a kiss, have four parts

ZWNJ, ZWJ, _VS15, _VS16, _KEYCAP = "\u200c", "\u200d", "\ufe0e", "\ufe0f", "\u20e3"
# What stays in its place only: joiners, direction marks, variation selectors.
_CONTEXT = "\u200c-\u200f\ufe00-\ufe0f"
_CONTEXT_BEYOND = "\U000e0100-\U000e01ef"
_IN_CONTEXT = re.compile(f"[{_CONTEXT}{_CONTEXT_BEYOND}]+")
# What a letter may have upon it, nine times: whatever is neither letter, digit, space nor ASCII. Most such runs are
# dashes or emoji; those that count are told apart below. The vowels and finals that Korean syllables are composed of
# are letters, and looked for only where there are some.
_LONG_RUN = re.compile(rf"[^\w\s\x00-\x7f][^\w\s\x00-\x7f]{{{MOST_MARKS},}}")
_KOREAN_PARTS = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb]")
_LONG_RUN_WITH_PARTS = re.compile(rf"(?:[^\w\s\x00-\x7f]|{_KOREAN_PARTS.pattern}){{{MOST_MARKS + 1},}}")
# Arabic, Syriac, N'Ko …, the Indic scripts to Tibetan and Burmese, Khmer, Mongolian, Balinese …, and later ones.
_JOINS_LETTERS = (
    "\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\u1a00-\u1c4f\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
_JOINING = re.compile(f"[{_JOINS_LETTERS}]")
_SKINS = "\U0001f3fb-\U0001f3ff"
_SKIN = re.compile(f"[{_SKINS}]")
# The usual ones of those that a selector makes an emoji of, and of those that are joined: what follows them is in its
# place without a call for each. The rest is asked of the tables.
_MADE_EMOJI = (
    "©®‼⁉™ℹ↔-↙↩↪⌨⏏⏭-⏯⏱⏲⏸-⏺Ⓜ▪▫▶◀◻◼☀-☄☎☑☘☝☠☢☣☦☪☮☯☸-☺♀♂♟♠♣♥♦♨♻♾⚒⚔-⚗⚙⚛⚜⚠⚧⚰⚱⛈⛏⛑⛓⛩⛰⛱⛴⛷-⛹✂✈✉✌✍✏✒✔✖✝✡✳✴❄❇❣❤➡⤴⤵⬅-⬇"
    "🅰🅱🅾🅿🌡🌤-🌬🌶🍽🎖🎗🎙-🎛🎞🎟🏋-🏎🏔-🏟🏳🏵🏷🐿👁📽🕉🕊🕯🕰🕳-🕹🖇🖊-🖍🖐🖥🖨🖱🖲🖼🗂-🗄🗑-🗓🗜-🗞🗡🗣🗨🗯🗳🗺🛋🛍-🛏🛠-🛥🛩🛰🛳"
)
_JOINED = "↔↕☠♀♂⚕⚖⚧⛓✈❤➡⬛🌀-🌡🌤-🎓🎠-🏰🏳-🏵🏷-🏺🐀-📽📿-🔽🗨🗺-🙏🚀-🛅🤌-🤺🤼-🥅🥇-🧿🩰-🫿"
# Where more may be joined than one emoji has: so many runs of such characters with little between, told from the first.
_LONG_CHAIN = re.compile(
    f"[{_CONTEXT}{_CONTEXT_BEYOND}](?<![{_CONTEXT}{_CONTEXT_BEYOND}]{{2}})[{_CONTEXT}{_CONTEXT_BEYOND}]*+"
    f"(?:[^{_CONTEXT}{_CONTEXT_BEYOND}]{{1,2}}[{_CONTEXT}{_CONTEXT_BEYOND}]++){{{_MOST_JOINS}}}"
)


@cache
def _doubtful(beyond: bool) -> re.Pattern[str]:
    """All runs of joiners and selectors but those that are in their places beside the usual characters."""
    return re.compile(
        f"[{_CONTEXT}{_CONTEXT_BEYOND if beyond else ''}]++"
        f"(?<![{_JOINS_LETTERS}][{ZWNJ}{ZWJ}])"
        f"(?<![{_MADE_EMOJI}]{_VS16})(?<![{_JOINED}]{_VS15})"
        f"(?:(?<![0-9#*]{_VS16})|(?!{_KEYCAP}))"
        f"(?:(?<![{_JOINED}]{ZWJ})(?<![{_JOINED}][{_SKINS}]{ZWJ})(?<![{_MADE_EMOJI}]{_VS16}{ZWJ})|(?![{_JOINED}]))"
    )


def fewer_marks(text: str) -> str:
    """The text without marks beyond MOST_MARKS a letter."""
    long_run = _LONG_RUN_WITH_PARTS if _KOREAN_PARTS.search(text) else _LONG_RUN
    return long_run.sub(_fewer_marks, text) if long_run.search(text) else text


def in_place(text: str, *, beyond: bool = True) -> str:
    """The text without joiners, direction marks and selectors out of place.

    `beyond`: it may hold some of the selectors beyond U+FFFF, with which a search takes twice as long.
    """
    if text.count(ZWJ) > _MOST_JOINS and _LONG_CHAIN.search(text):
        return _settled(text, _IN_CONTEXT)
    doubtful = _doubtful(beyond)
    return _settled(text, doubtful) if doubtful.search(text) else text


def _fewer_marks(run: re.Match[str]) -> str:
    from wcwidth import wcwidth

    kept, upon_one = [], 0
    for character in run[0]:
        upon_one = 0 if wcwidth(character) else upon_one + 1
        if upon_one <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _settled(text: str, runs: re.Pattern[str]) -> str:
    """The text with each of these runs of joiners and selectors looked at beside its neighbours."""
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

    return runs.sub(kept, text)


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
