"""Page bytes → a parsed page: byte order mark, header, meta, and then what the bytes themselves say."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

from fetch.charsets import codec_of
from fetch.decoding import decodes, detect, first_not_ascii, is_utf8_whatever_is_stated, marked, utf8_sequences, wide
from fetch.errors import Refused
from fetch.links import absolute

_HEADER = re.compile(r"charset\s*+=\s*+[\"']?\s*+([\w.:-]+)", re.I)
_META = re.compile(
    rb"<meta[^>]{0,400}?charset\s*+=\s*+[\"']?\s*+([\w.:-]+)|<\?xml[^>]{0,99}encoding=[\"']([\w.:-]+)", re.I
)
_PRESCAN = 4096
_WINDOW = 8192
MOST_TAGS = 150_000
"""Tags of a page; the largest pages seen have 23,000, and each costs some 250 to 700 bytes of memory."""
MOST_ATTRIBUTES = 1000
"""Attributes of a tag; the parser's time grows with the square of their number."""
_LONG_TAG = 4000  # bytes, which is room for as many attributes
_BEGINS_A_TAG = re.compile(rb"<[a-zA-Z]")
_VALUE = re.compile(rb"""=\s*(?:"[^"]*"?|'[^']*'?)""")
_ATTRIBUTE = re.compile(rb"[^\s/]+")
_FEW_TAGS = 1500  # which may make half a million elements at most
_STYLES = 16  # within each other; what a page means by more, none can show
_MOST_STYLED = 500_000  # elements that a page may grow to by styles that are never closed
_STYLE = re.compile(
    rb"<(/?)(?:[bisuBISU]|em|EM|tt|TT|big|BIG|code|CODE|font|FONT|small|SMALL|strong|STRONG|strike|STRIKE)[\s>/]"
)
_MAY_OPEN_A_STYLE = re.compile(  # in half the time
    rb"<[bisutecfBISUTECF](?:[mMtT]|ig|IG|ode|ODE|ont|ONT|mall|MALL|trong|TRONG|trike|TRIKE)?[\s>/]"
)
_MANY_OPEN = 4000  # tags without an end; an old page with many bare <br> and <p> may have more, and is only looked at
_DEEPEST = 500  # elements; browsers stop near there too
_ANY_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]*+)[^<>]*+>")
_NEVER_DEEP = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li td th tr dt dd tbody thead".split()
)
_IN_SEVEN_BITS = "iso-2022-jp"


def parse(page: bytes, content_type: str = "") -> LexborHTMLParser:
    """The page as a tree, in whatever charset it turns out to be; bad bytes become U+FFFD.

    Raises Refused for one with more than MOST_TAGS, and nothing else.
    """
    charset = charset_of(page, content_type)
    if charset == "utf-8":
        page = page[3:] if page.startswith(b"\xef\xbb\xbf") else page
    else:
        page = page.decode(charset, "replace").lstrip("\ufeff").encode("utf-8", "replace")
    return tree_of(page)


def tree_of(page: bytes) -> LexborHTMLParser:
    """The tree of a page or a piece of one in UTF-8; raises Refused for one that would cost more than any page may."""
    tags = page.count(b"<")
    if tags > MOST_TAGS:
        raise Refused(f"The page has more than {MOST_TAGS:,} tags, as no page of news has.", reason="too large")
    if _has_an_endless_tag(page):
        raise Refused(f"The page has a tag with more than {MOST_ATTRIBUTES:,} attributes.", reason="too large")
    if tags > _FEW_TAGS and _is_overstyled(page, _MOST_STYLED // tags):
        page = _less_styled(page)
    return LexborHTMLParser(_shallow(page) if _may_be_deep(page, tags) else page)


def base_url(tree: LexborHTMLParser, url: str) -> str:
    """What the links of a page at `url` are relative to: its <base>, where it has one."""
    base = tree.css_first("base[href]")
    return absolute(base.attributes.get("href") or "", url) or url if base is not None else url


def _may_be_deep(page: bytes, tags: int) -> bool:
    """Whether far more tags open than close."""
    return tags > _MANY_OPEN and tags - 2 * page.count(b"</") > _MANY_OPEN


def _has_an_endless_tag(page: bytes) -> bool:
    """Whether a tag of the page has more attributes than MOST_ATTRIBUTES; a comparison in a program is no tag."""
    endless = [start for start, tag in _long_tags(page) if _has_many_attributes(tag)]
    if not endless:
        return False
    programs = [(found.start(), found[0][1:2] != b"/") for found in _PROGRAM.finditer(page)]
    starts = [start for start, _ in programs]
    return not all((at := bisect(starts, tag)) and programs[at - 1][1] for tag in endless)


_PROGRAM = re.compile(rb"<script[\s>]|</script", re.I)  # its start, or its end


def _long_tags(page: bytes) -> Iterator[tuple[int, bytes]]:
    """Where each tag that is longer than most begins, and the tag.

    They are found by leaps: a page is full of brackets, and of those in a stretch of it only the last counts.
    """
    at, length = 0, len(page)
    while at + _LONG_TAG < length:
        until = at + _LONG_TAG
        bracket = max(page.rfind(b"<", at, until), page.rfind(b">", at, until))
        if bracket >= 0:
            at = bracket + 1
            continue
        ends = [end for end in (page.find(b"<", until), page.find(b">", until)) if end >= 0]
        end = min(ends, default=length)
        if _BEGINS_A_TAG.match(page, max(0, at - 1)):
            yield at - 1, page[at - 1 : end]
        at = end + 1 if page[end : end + 1] == b">" else end
        at += page[at : at + 1] == b"<"


def _has_many_attributes(tag: bytes) -> bool:
    """Whether a tag has more attributes than MOST_ATTRIBUTES: the parser compares each with all before it."""
    return len(_ATTRIBUTE.findall(_VALUE.sub(b" ", tag))) > MOST_ATTRIBUTES


def _is_overstyled(page: bytes, most: int) -> bool:
    """Whether more elements as <b> and <font> are open at once than a page with so many tags may have."""
    return len(_MAY_OPEN_A_STYLE.findall(page)) > most and _styles_within_each_other(page) > most


def _styles_within_each_other(page: bytes) -> int:
    """How many elements as <b> and <font> are open at once at most: the parser opens them anew in each block."""
    depth = deepest = 0
    for closes in _STYLE.findall(page):
        depth = max(0, depth - 1) if closes else depth + 1
        deepest = max(deepest, depth)
    return deepest if deepest > _STYLES else 0


def _less_styled(page: bytes) -> bytes:
    """The page without the elements as <b> and <font> that stand within more than a few such."""
    depth = dropped = 0

    def kept(tag: re.Match[bytes]) -> bytes:
        nonlocal depth, dropped
        if not tag[1]:
            depth += 1
            dropped += depth > _STYLES
            return b"<wbr " + tag[0][-1:] if depth > _STYLES else tag[0]
        depth = max(0, depth - 1)
        dropped -= bool(dropped)
        return tag[0]

    return _STYLE.sub(kept, page)


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
    if codec := marked(page):
        return codec
    first = first_not_ascii(page)
    if first < 0:
        return wide(page) or (_IN_SEVEN_BITS if _declared(page, content_type) == _IN_SEVEN_BITS else "utf-8")
    window = page[first : first + _WINDOW]
    sequences = utf8_sequences(window)
    declared = _declared(page, content_type)
    if is_utf8_whatever_is_stated(sequences, declared) or (sequences and not decodes(window, declared)):
        return "utf-8"
    if declared and declared != "utf-8" and decodes(window, declared):
        return declared
    return wide(page) or detect(window, "" if declared == "utf-8" else declared)


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
