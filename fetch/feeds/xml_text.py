"""Bytes of an XML document → its text: decoded, without what stands before it, mended where it is nearly well-formed.

What is stated of the charset counts in the order of RFC 7303: byte order mark, Content-Type, XML declaration. A stated
charset is kept where single bytes are wrong, which become U+FFFD. Only what the bytes show beyond doubt is stronger:
that they are UTF-8 where another is stated, and another where UTF-8 is.
"""

from __future__ import annotations

import re
from html import escape
from html.entities import html5

from fetch.charsets import codec_of
from fetch.decoding import detect, first_not_ascii, is_utf8_whatever_is_stated, marked, utf8_sequences, wide

_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^;\"'\s]*)", re.IGNORECASE)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([^"'>]{1,40})["']""", re.IGNORECASE)
_EBCDIC = b"\x4c\x6f\xa7\x94"  # "<?xm" as mainframes write it
_EBCDIC_LABELS = {
    "cp500": "cp500 ibm500 csibm500 ebcdic-cp-be ebcdic-cp-ch ebcdic_cp_be ebcdic_cp_ch",
    "cp875": "cp875 ibm875",
    "cp1026": "cp1026 ibm1026 csibm1026",
    "cp1140": "cp1140 ibm1140",
    "cp424": "cp424 ibm424 csibm424 ebcdic-cp-he ebcdic_cp_he",
}
_WINDOW = 65536
_ENOUGH_TO_TELL = 4  # bytes: by the common letters of a charset, one alone could be of any
_LITTLE, _BIG = b"<\0\0\0", b"\0\0\0<"

_NEVER_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_WINDOWS = re.compile(r"[\x80-\x9f]+|&#(?:(1[2-5]\d)|x([89][0-9a-fA-F]));")
UTF_8_TWICE = re.compile(
    r"(?:[\xc2-\xf4]|&#(?:19[4-9]|2[0-3]\d|24[0-4]);)(?:[\x80-\xbf]|&#(?:12[89]|1[3-8]\d|19[01]);)"
)
"""UTF-8 that was taken for another charset and put into UTF-8 once more, or what may be such."""
_DECLARATION = re.compile(r"<\?xml\s[^<>]*\?>\s*")
_MISC = re.compile(r"\s+|<!--.*?-->|<\?.*?\?>", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\s[^\[<>]*>", re.IGNORECASE)
_NAME = re.compile(r"<(?:[\w.-]+:)?([a-z]\w*)[\s/>]", re.IGNORECASE)
_FAR_ENOUGH = 16_000  # characters of what is not XML: the warnings of a program
_LEFT_ALONE = re.compile(r"(<!\[CDATA\[(?:.*?\]\]>|.*\Z)|<!--(?:.*?-->|.*\Z))", re.DOTALL)
_BARE_AMPERSAND = re.compile(r"&(?!\w+;|#\d+;|#x[0-9a-fA-F]+;)")
_NAMED = re.compile(r"&(\w+);")
_CODES = re.compile(r"(?:&#(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,7});)+")
_CODE = re.compile(r"&#([0-9]+|[xX][0-9a-fA-F]+);")
_OF_XML = frozenset("amp lt gt quot apos".split())


def decoded(body: bytes, content_type: str = "") -> str:
    """The text of a document in whatever charset it is; bad bytes become U+FFFD, nothing raises."""
    return body.decode(_codec(body, content_type), "replace").lstrip("\ufeff")


def _codec(body: bytes, content_type: str) -> str:
    head = body[:4]
    if codec := marked(body):
        return codec
    if head in (_LITTLE, _BIG):
        return "utf-32-le" if head == _LITTLE else "utf-32-be"
    if head == _EBCDIC:
        return _of_mainframes(body)
    if codec := wide(body):
        return codec
    stated = [codec for codec in _stated(body, content_type) if codec != "utf-16"]
    first = first_not_ascii(body)
    if first < 0:
        return "iso-2022-jp" if "iso-2022-jp" in stated else "utf-8"
    return _of_bytes(body[first : first + _WINDOW], stated)


def _of_mainframes(body: bytes) -> str:
    """The code page that an EBCDIC document declares, in letters that all of them share."""
    declared = _DECLARED.search(body[:200].decode("cp037").encode("ascii", "replace"))
    label = declared[1].decode("ascii").lower() if declared else ""
    return next((codec for codec, labels in _EBCDIC_LABELS.items() if label in labels.split()), "cp037")


def _stated(body: bytes, content_type: str) -> list[str]:
    labels = [found[1] for found in (_CHARSET.search(content_type),) if found]
    labels += [found[1].decode("ascii", "replace") for found in (_DECLARED.search(body[:1024]),) if found]
    return list(filter(None, map(codec_of, labels)))


def _of_bytes(window: bytes, stated: list[str]) -> str:
    """The codec for what follows the first byte that is not ASCII."""
    sequences = utf8_sequences(window)
    if is_utf8_whatever_is_stated(sequences, stated[0] if stated else ""):
        return "utf-8"
    for codec in stated:
        if codec != "utf-8" and "\ufffd" not in window.decode(codec, "replace"):
            return codec
    if stated and stated[0] != "utf-8":
        return stated[0]
    text = window.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if sum(1 for letter in text if letter > "\x7f") - bad >= bad:
        return "utf-8"
    default = "utf-8" if stated else "cp1252"
    return detect(window[:8192], default) if bad >= _ENOUGH_TO_TELL else default


def document_in(text: str) -> tuple[str, str]:
    """The XML document in a text, without declaration and what stands before it, and its root's name in lower case.

    White space, comments and a program's warnings may stand there; both are empty where no element begins. A document
    type that declares nothing itself is left out, too.
    """
    if _NEVER_IN_XML.search(text):
        text = _NEVER_IN_XML.sub("", text)
    if _WINDOWS.search(text) and not UTF_8_TWICE.search(text):
        text = _WINDOWS.sub(_of_windows, text)
    place = _past_misc(text, 0)
    if not text.startswith("<", place) or text[place : place + 3].lower() in ("<br", "<b>", "<p>", "<di"):
        declared = _DECLARATION.search(text, place, place + _FAR_ENOUGH)
        if not declared:
            return "", ""
        place = _past_misc(text, declared.end())
    if doctype := _DOCTYPE.match(text, place):
        text, place = text[doctype.end() :], 0
        place = _past_misc(text, 0)
    elif text[place : place + 9].upper() == "<!DOCTYPE":
        inside = text.find("]", place)
        root = _NAME.search(text, inside) if inside >= 0 else None
        return text[place:], root[1].lower() if root else ""
    root = _NAME.match(text, place)
    return (text[place:], root[1].lower()) if root else ("", "")


def _of_windows(found: re.Match[str]) -> str:
    """The characters that codes from 128 to 159 have in windows-1252, which is what they mean (HTML, 13.2.5.80)."""
    if not (found[1] or found[2]):
        return found[0].encode("latin-1").decode("cp1252", "ignore")
    code = int(found[1]) if found[1] else int(found[2], 16)
    return bytes([code]).decode("cp1252", "ignore") if 128 <= code < 160 else found[0]


def _past_misc(text: str, place: int) -> int:
    """Where what may stand before an element or a document type ends."""
    while found := _MISC.match(text, place):
        place = found.end()
    return place


def mended(text: str) -> str:
    """The document with its HTML entities as characters, its bare ampersands escaped and without references to what is
    no character of XML, outside of CDATA sections.
    """
    if "&" not in text:
        return text
    parts = _LEFT_ALONE.split(text)
    parts[::2] = [_NAMED.sub(_of_html, _BARE_AMPERSAND.sub("&amp;", _CODES.sub(_of_codes, p))) for p in parts[::2]]
    return "".join(parts)


def _of_codes(found: re.Match[str]) -> str:
    """Characters for references to them: two halves of one (as UTF-16 has them) together, what XML forbids left out."""
    numbers = [int(code[1:], 16) if code[0] in "xX" else int(code) for code in _CODE.findall(found[0])]
    characters = "".join(chr(number) for number in numbers if number < 0x110000)
    whole = characters.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return escape(_NEVER_IN_XML.sub("", whole))


def _of_html(found: re.Match[str]) -> str:
    name = found[1]
    return found[0] if name in _OF_XML else html5.get(f"{name};") or f"&amp;{name};"
