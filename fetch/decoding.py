"""Which charset bytes are in, told by the bytes themselves: byte order marks, zeros, sound UTF-8, common letters."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_COMMON = {
    "cp932": re.compile("[\u3041-\u30ff、。]"),  # the kana: Korean read as Japanese is full of its other letters
    "euc_jp": re.compile("[\u3041-\u30ff、。]"),
    "gb18030": re.compile(
        "[的一是不了人在有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么，。]"
    ),
    "big5hkscs": re.compile(
        "[的一是不了人在有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可裡後小麼，。]"
    ),
    "cp949": re.compile("[\uac00-\ud7a3]"),
    "cp1251": re.compile("[оеаинтсрвлкмдпуыья]"),
    "koi8-r": re.compile("[оеаинтсрвлкмдпуыья]"),
    "cp1253": re.compile("[αοιετσνηυρπκμλςάέίόή]"),
    "iso-8859-7": re.compile("[αοιετσνηυρπκμλςάέίόή]"),
    "cp1255": re.compile("[א-ת]"),
    "cp1256": re.compile("[ابتدرسعفقكلمنهوي]"),
    "cp1252": re.compile("[äöüßéèàáíóúñçâêîôûãõåæøœÄÖÜÉÀ’“”‘–—…«»€£°·]"),
}
"""Letters that running text in a charset is mostly made of; a wrong codec gives others."""
_MULTIBYTE = frozenset("gb18030 cp932 cp949 big5hkscs euc_jp".split())
_SURELY_NOT_BY_CHANCE = 4  # characters
_LATIN = "cp1252"
_BESIDE_LATIN = re.compile(r"(?<=[A-Za-z])[^\W\d_\x00-\x7f]|[^\W\d_\x00-\x7f](?=[A-Za-z])")
_WORD_OF_NO_LATIN = re.compile(r"[^\W\d_\x00-\x7f]{3,}")
_OF_ONE_BYTE = ("cp1251", "koi8-r", "cp1253", "iso-8859-7", "cp1255", "cp1256")
_SHARE_OF_COMMON = {"gb18030": 0.18, "big5hkscs": 0.18, "cp932": 0.4, "euc_jp": 0.4}


def marked(body: bytes) -> str:
    """The codec that a byte order mark names, "" without one."""
    return next((codec for mark, codec in _BOMS if body.startswith(mark)), "")


def first_not_ascii(body: bytes) -> int:
    """Where the first byte above 127 stands, -1 for none; the decoder finds it ten times as fast as a pattern."""
    try:
        codecs.ascii_decode(body)
    except UnicodeDecodeError as error:
        return error.start
    return -1


def utf8_sequences(window: bytes) -> int:
    """How many multibyte characters the window holds when it is sound UTF-8 (its end may be cut), else 0."""
    try:
        text, _ = codecs.utf_8_decode(window, "strict", False)
    except UnicodeDecodeError:
        text = window.decode("utf-8", "replace")
        good = sum(1 for letter in text if letter > "\x7f" and letter != "\ufffd")
        return good if good > 20 * text.count("\ufffd") else 0
    return (len(window) - len(text)) or 1


def is_utf8_whatever_is_stated(sequences: int, stated: str) -> bool:
    """Whether so many multibyte characters make UTF-8 of what is stated to be another codec, "" where none is.

    A few pairs of bytes of an East Asian codec may look like it.
    """
    return sequences > 0 and (stated not in _MULTIBYTE or sequences >= _SURELY_NOT_BY_CHANCE)


def decodes(window: bytes, codec: str) -> bool:
    """Whether nearly all of the window is sound in the codec."""
    text = window.decode(codec, "replace")
    return text.count("\ufffd") * 50 <= len(text)


def wide(body: bytes) -> str:
    """UTF-16 without its mark: markup has a zero in every second byte."""
    head = body[:400]
    if head.count(0) * 3 < len(head):
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def detect(window: bytes, fallback: str) -> str:
    """The charset whose common letters the window is fullest of, windows-1252 where none is."""
    best, best_score = fallback or "cp1252", 0.0
    for codec, common in _COMMON.items():
        text = window.decode(codec, "replace")
        foreign = [letter for letter in text if letter > "\x7f"]
        if not foreign or text.count("\ufffd") * 30 > len(foreign):
            continue
        if not _words_are_of(codec, text, foreign):
            continue
        share = len(common.findall("".join(foreign))) / len(foreign) / _SHARE_OF_COMMON.get(codec, 0.75)
        if share > best_score and share > 0.6:
            best, best_score = codec, share
    return best


def _words_are_of(codec: str, text: str, foreign: list[str]) -> bool:
    """Whether letters stand as they do in a charset's script: Latin ones with accents within words of plain ones."""
    letters = sum(map(str.isalpha, foreign))
    if codec == _LATIN:
        return sum(map(len, _WORD_OF_NO_LATIN.findall(text))) * 2 <= letters
    return codec not in _OF_ONE_BYTE or len(_BESIDE_LATIN.findall(text)) * 3 <= letters
