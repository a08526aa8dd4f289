"""The one gate for foreign text: what passes here is safe to draw in a terminal.

Dropped: C0 and C1 controls (escape sequences lose their ESC or CSI and become visible litter), bidi embeddings,
overrides and isolates, everything that is drawn as nothing (soft hyphens, fillers, format and tag characters), lone
surrogates and noncharacters. Kept where a script or an emoji needs them, and nowhere else: joiners, direction marks,
variation selectors; and no more marks than a letter can carry (see `fetch.gate` and `fetch.format_characters`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

# Latin letters and usual signs, of which nearly all news is: known at a glance, by what takes no time to be loaded.
_LATIN = re.compile("[\t-\r -~\x85\xa0-\xac\xae-\u02ff\u2010-\u2029\u202f-\u205e\u20a0-\u20c0\u2190-\u2bff]*")
# Scripts that set no spaces between words, as ranges for a character class; all of the plane that is looked up fast.
HAN_AND_KANA = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
SOUTH_EAST_ASIAN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
_NOT_ONE_LINE = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")


@cache
def _line_breaks() -> re.Pattern[str]:
    return re.compile("\r\n?|[\v\f\x85\u2028\u2029]")


@cache
def _gate() -> Callable[[str], str]:
    from fetch.gate import gated

    return gated


def _gated(text: str) -> str:
    """The text without what may not pass; the same object when there is nothing of it."""
    return text if _LATIN.fullmatch(text) else _gate()(text)


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
    return _gated(_line_breaks().sub("\n", text)).expandtabs(4)


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
