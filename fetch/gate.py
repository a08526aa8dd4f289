"""The gate for text in which more stands than Latin letters and usual signs; loaded where there is some."""

from __future__ import annotations

import re
from functools import cache

from fetch.format_characters import fewer_marks, in_place

# Letters, digits and signs at which there is nothing to look for: neither dropped, nor looked at in its place, nor a
# mark. Nearly all news holds nothing else, and is known at a glance.
_HARMLESS = (
    "\t-\r -~\x85\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u0590\u05d0-\u060f\u061d-\u064a\u0660-\u066f\u0671-\u06d5"
    "\u06ee-\u070f\u0712-\u072f\u0904-\u0939\u0958-\u0961\u0964-\u0980\u0984-\u09bb\u09dc-\u09e1\u09e4-\u09fd"
    "\u0a04-\u0a3b\u0a59-\u0a6f\u0a84-\u0abb\u0ae4-\u0af9\u0b04-\u0b3b\u0b5c-\u0b61\u0b64-\u0b81\u0b83-\u0bbd\u0be6-\u0bff"
    "\u0c05-\u0c3b\u0c58-\u0c61\u0c64-\u0c80\u0c84-\u0cbb\u0cdd-\u0ce1\u0ce6-\u0cf2\u0d04-\u0d3a\u0d58-\u0d61\u0d64-\u0d80"
    "\u0d84-\u0dc9\u0e01-\u0e30\u0e32\u0e33\u0e3f-\u0e46\u0e4f-\u0eb0\u1000-\u102a\u103f-\u1055\u10a0-\u10ff\u1200-\u135c"
    "\u1780-\u17b3\u1e00-\u1fff\u2010-\u2029\u202f-\u205e\u20a0-\u20c0\u2190-\u2bff\u3000-\u3029\u3030-\u3096\u30a0-\u3163"
    "\u3400-\u9fff\uac00-\ud7a3\uff01-\uff9f"
)
_ALL_HARMLESS = re.compile(f"[{_HARMLESS}]*")
_MANY_MARKS = re.compile(f"[^{_HARMLESS}]{{9}}")  # or letters of which we do not know: it is looked at more closely
_FOREIGN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u061c\u202a-\u202e\u2066-\u2069"  # directions
    # What Unicode says is drawn as nothing (Default_Ignorable_Code_Point), assigned or not
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
)
_ALL_FOREIGN = re.compile(f"[{_FOREIGN}]")
_TO_BE_LOOKED_AT = re.compile(f"[{_FOREIGN}\u200c-\u200f\ufe00-\ufe0f]")
# Apart, because a class is looked up in a bitmap only where it ends at U+FFFF. Emoji and rare Han characters pass.
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_ODD_BEYOND = re.compile("[^\x00-\uffff\U0001f000-\U0001faff\U00020000-\U0002fa1f\U00030000-\U000323af]")


@cache
def _foreign_beyond() -> re.Pattern[str]:
    return re.compile(
        "[\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
        + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
        + "]"
    )


def gated(text: str) -> str:
    """The text without what may not pass; the same object when there is nothing of it."""
    if _ALL_HARMLESS.fullmatch(text):
        return text
    odd = _TO_BE_LOOKED_AT.search(text) is not None
    odd_beyond = _BEYOND.search(text) is not None and _ODD_BEYOND.search(text) is not None
    if odd and _ALL_FOREIGN.search(text):
        text = _ALL_FOREIGN.sub("", text)
    if odd_beyond:
        text = _foreign_beyond().sub("", text)
    if _MANY_MARKS.search(text):
        text = fewer_marks(text)
    return in_place(text, beyond=odd_beyond) if odd or odd_beyond else text
