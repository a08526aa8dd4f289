"""Page bytes → a parsed page: byte order mark, header, meta, and then what the bytes themselves say."""

from __future__ import annotations

import codecs
import re

from selectolax.lexbor import LexborHTMLParser

from fetch.charsets import codec_of
from fetch.links import absolute

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_META = re.compile(
    rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,99}encoding=[\"']([\w.:-]+)", re.I
)
_PRESCAN = 4096
_WINDOW = 8192
_MANY_OPEN = 4000  # tags without an end; an old page with many bare <br> and <p> may have more, and is only looked at
_STRIDES = (13, 31)  # bytes; without a common factor, so that no tag repeated over and over slips past both
_DEEPEST = 500  # elements; browsers stop near there too
_ANY_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>")
_NEVER_DEEP = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li td th tr dt dd tbody thead".split()
)
_MULTIBYTE = {"gb18030", "cp932", "cp949", "big5hkscs", "euc_jp"}


def parse(page: bytes, content_type: str = "") -> LexborHTMLParser:
    """The page as a tree, in whatever charset it turns out to be; bad bytes become U+FFFD, nothing raises."""
    charset = charset_of(page, content_type)
    if charset == "utf-8":
        page = page[3:] if page.startswith(b"\xef\xbb\xbf") else page
    else:
        page = page.decode(charset, "replace").lstrip("\ufeff").encode("utf-8", "replace")
    return LexborHTMLParser(_shallow(page) if _may_be_deep(page) else page)


def base_url(tree: LexborHTMLParser, url: str) -> str:
    """What the links of a page at `url` are relative to: its <base>, where it has one."""
    base = tree.css_first("base[href]")
    return absolute(base.attributes.get("href") or "", url) or url if base is not None else url


def _may_be_deep(page: bytes) -> bool:
    """Whether far more tags open than close; samples go first, as counting takes a seventh of the parser's time."""
    if not any(stride * page[::stride].count(b"<") > _MANY_OPEN * 3 // 4 for stride in _STRIDES):
        return False
    return page.count(b"<") - 2 * page.count(b"</") > _MANY_OPEN


def _shallow(page: bytes) -> bytes:
    """The page without the tags that nest too deep: the parser's time grows with the square of the depth."""
    depth = dropped = 0

    def kept(tag: re.Match[bytes]) -> bytes:
        nonlocal depth, dropped
        if tag[2].lower() in _NEVER_DEEP:
            return tag[0]
        if not tag[1]:
            depth += 1
            dropped += depth > _DEEPEST
            return b"" if depth > _DEEPEST else tag[0]
        depth = max(0, depth - 1)
        if dropped and depth >= _DEEPEST:
            dropped -= 1
            return b""
        return tag[0]

    return _ANY_TAG.sub(kept, page)


def charset_of(page: bytes, content_type: str = "") -> str:
    """The Python codec to read the page with: byte order mark, header, meta, detection; a label that lies loses."""
    for mark, codec in _BOMS:
        if page.startswith(mark):
            return codec
    first = _first_not_ascii(page)
    if first < 0:
        return _wide(page) or "utf-8"
    window = page[first : first + _WINDOW]
    sequences = _utf8_sequences(window)
    declared = _declared(page, content_type)
    if sequences and (declared not in _MULTIBYTE or sequences >= 4 or not _decodes(window, declared)):
        return "utf-8"
    if declared and declared != "utf-8" and _decodes(window, declared):
        return declared
    return _wide(page) or _detect(window, "" if declared == "utf-8" else declared)


def _first_not_ascii(page: bytes) -> int:
    """Where the first byte above 127 stands, -1 for none; the decoder finds it ten times as fast as a pattern."""
    try:
        codecs.ascii_decode(page)
    except UnicodeDecodeError as error:
        return error.start
    return -1


def _declared(page: bytes, content_type: str) -> str:
    """The codec that the header or the page names, "" for none; UTF-16 in a page that can be read is UTF-8."""
    header = _HEADER.search(content_type)
    labels = [header[1]] if header else []
    if meta := _META.search(page[:_PRESCAN]):
        labels.append((meta[1] or meta[2]).decode("ascii", "replace"))
    for label in labels:
        if codec := codec_of(label):
            return "utf-8" if codec == "utf-16" else codec
    return ""


def _utf8_sequences(window: bytes) -> int:
    """How many multibyte characters the window holds when it is sound UTF-8 (its end may be cut), else 0."""
    try:
        text, _ = codecs.utf_8_decode(window, "strict", False)
    except UnicodeDecodeError:
        text = window.decode("utf-8", "replace")
        good = sum(1 for letter in text if letter > "\x7f" and letter != "\ufffd")
        return good if good > 20 * text.count("\ufffd") else 0
    return (len(window) - len(text)) or 1


def _decodes(window: bytes, codec: str) -> bool:
    """Whether nearly all of the window is sound in the codec."""
    text = window.decode(codec, "replace")
    return text.count("\ufffd") * 50 <= len(text)


def _wide(page: bytes) -> str:
    """UTF-16 without its mark: markup has a zero in every second byte."""
    head = page[:400]
    if head.count(0) * 3 < len(head):
        return ""
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


# Letters that running text in these charsets is mostly made of; a wrong codec gives others.
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
_SHARE_OF_COMMON = {"gb18030": 0.18, "big5hkscs": 0.18, "cp932": 0.4, "euc_jp": 0.4}


def _detect(window: bytes, fallback: str) -> str:
    """The charset whose common letters the window is fullest of, windows-1252 where none is."""
    best, best_score = fallback or "cp1252", 0.0
    for codec, common in _COMMON.items():
        text = window.decode(codec, "replace")
        foreign = [letter for letter in text if letter > "\x7f"]
        if not foreign or text.count("\ufffd") * 30 > len(foreign):
            continue
        share = len(common.findall("".join(foreign))) / len(foreign) / _SHARE_OF_COMMON.get(codec, 0.75)
        if share > best_score and share > 0.6:
            best, best_score = codec, share
    return best
