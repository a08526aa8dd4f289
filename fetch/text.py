"""The one gate for foreign text: what passes here is safe to draw in a terminal.

Dropped: C0 and C1 controls (escape sequences lose their ESC or CSI and become visible litter), bidi embeddings,
overrides and isolates, everything that is drawn as nothing (soft hyphens, fillers, format and tag characters), lone
surrogates and noncharacters. Kept where a script or an emoji needs them, and nowhere else: joiners, direction marks,
variation selectors; and no more marks than a letter can carry (see `fetch.format_characters`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

# Letters of Europe and East Asia, and symbols, where nothing is to be looked for: nearly all news, known at a glance.
_HARMLESS = re.compile(
    "[\t-\r -~\x85\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2029\u202f-\u205e\u20a0-\u20c0\u2190-\u2bff"
    "\u3000-\u3029\u3030-\u3096\u30a0-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff01-\uff60]*"
)
_FOREIGN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u061c\u202a-\u202e\u2066-\u2069"  # directions
    # What Unicode says is drawn as nothing (Default_Ignorable_Code_Point), assigned or not
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb]"
)
# Apart, because a class is looked up in a bitmap only where it ends at U+FFFF.
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
HAN_AND_KANA = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
SOUTH_EAST_ASIAN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
UNSPACED = SOUTH_EAST_ASIAN + HAN_AND_KANA
"""The letters of scripts that set no spaces between words, as ranges for a character class."""
_NOT_ONE_LINE = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")
_LINE_BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")


@cache
def _foreign_beyond() -> re.Pattern[str]:
    return re.compile(
        "[\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
        + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
        + "]"
    )


@cache
def _in_place() -> Callable[[str], str]:
    from fetch.format_characters import in_place

    return in_place


def _gated(text: str) -> str:
    """The text without what may not pass; the same object when there is nothing of it."""
    if _HARMLESS.fullmatch(text):
        return text
    if _FOREIGN.search(text):
        text = _FOREIGN.sub("", text)
    if _BEYOND.search(text):
        text = _foreign_beyond().sub("", text)
    return _in_place()(text)


def clean(text: str) -> str:
    """The text as one safe line: forbidden characters gone, white space folded, ends trimmed."""
    return " ".join(_gated(text).split())


def clean_run(text: str) -> str:
    """The text of a span: safe and on one line, but a space at either end stays."""
    text = _gated(text)
    folded = " ".join(text.split())
    if not folded:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{folded}{' ' if text[-1].isspace() else ''}"


def clean_lines(text: str) -> str:
    """Preformatted text, safe: line breaks kept as newlines, tabs opened to columns of 4."""
    return _gated(_LINE_BREAKS.sub("\n", text)).expandtabs(4)


def unescape(text: str) -> str:
    """A safe line from text whose entities a publisher left in (twice, as feeds do)."""
    if "&" in text:
        import html  # its table of entities is only loaded where there are some

        text = html.unescape(text)
        if "&" in text:
            text = html.unescape(text)
    return clean(text)


def drawable(text: str) -> str:
    """The text as it may be drawn on one line; the same object when nothing forbidden is in it.

    The second check, where lines are drawn and printed: a pack, a feed or an old library is foreign too.
    """
    text = _gated(text)
    return _NOT_ONE_LINE.sub(" ", text) if _NOT_ONE_LINE.search(text) else text
