"""The one gate for foreign text: what passes here is safe to draw in a terminal.

Dropped: C0 and C1 controls (escape sequences lose their ESC or CSI and become visible litter), bidi embeddings,
overrides and isolates, invisible format characters, tag characters, lone surrogates and noncharacters. Kept: the
joiners and marks that scripts need (ZWJ, ZWNJ, LRM, RLM, variation selectors).
"""

from __future__ import annotations

import re

_FOREIGN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
HAN_AND_KANA = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
SOUTH_EAST_ASIAN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
UNSPACED = SOUTH_EAST_ASIAN + HAN_AND_KANA
"""The letters of scripts that set no spaces between words, as ranges for a character class."""
_NOT_ONE_LINE = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")
_LINE_BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")


def clean(text: str) -> str:
    """The text as one safe line: forbidden characters gone, white space folded, ends trimmed."""
    if _FOREIGN.search(text):
        text = _FOREIGN.sub("", text)
    return " ".join(text.split())


def clean_run(text: str) -> str:
    """The text of a span: safe and on one line, but a space at either end stays."""
    if _FOREIGN.search(text):
        text = _FOREIGN.sub("", text)
    folded = " ".join(text.split())
    if not folded:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{folded}{' ' if text[-1].isspace() else ''}"


def clean_lines(text: str) -> str:
    """Preformatted text, safe: line breaks kept as newlines, tabs opened to columns of 4."""
    return _FOREIGN.sub("", _LINE_BREAKS.sub("\n", text)).expandtabs(4)


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
    if _FOREIGN.search(text):
        text = _FOREIGN.sub("", text)
    return _NOT_ONE_LINE.sub(" ", text) if _NOT_ONE_LINE.search(text) else text
