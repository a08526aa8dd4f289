"""The outlines of an OPML file, read leniently: what is not XML any more is taken tag by tag, as far as it goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from fetch.enclosed import CDATA, COMMENT, replaced
from fetch.feeds.xml_text import decoded, document_in, mended
from fetch.feeds.xml_tree import DEEPEST, IllFormed, parse_xml
from fetch.links import absolute_with_login

NAMESPACE = "urn:broadsheet:opml"
_TAG = re.compile(r"<(/?)(?:[\w.-]+:)?(opml|head|body|outline)\b", re.IGNORECASE)
_ENDED = re.compile(r"</(?:[\w.-]{1,40}:)?opml\s*>", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")
OF_A_READER = re.compile(r"(?:feeds?|rss|pcasts?|itpcs?|podcasts?):(?!\d)[:/]*", re.IGNORECASE)
"""Schemes by which an address is handed to a program that reads feeds or plays podcasts."""
_WEB = re.compile(r"(https?)(?::/*|//)", re.IGNORECASE)
_AUTHORITY = re.compile(r"^(https?://(?:[^/?#]*@)?)([^/?#@]+)")
_DOCUMENT_TYPE = re.compile(r"<!DOCTYPE[^\[>]*\[.*?\]\s*>", re.IGNORECASE | re.DOTALL)
_RUBBISH = re.compile(r"\s*[^\s<>]+")
_NAME = re.compile(r"\s*([\w:.-]+)\s*=\s*")
_END = re.compile(r"\s*/?>")
_NEXT = re.compile(r"\s*(?:/?>|(?:[\w:.-]+\s+)?[\w:.-]+\s*=\s*[\"'])")
_UNQUOTED = re.compile(r"[^\s>]*")
_LONGEST = 8000
"""Characters of a value that are looked at for its end."""


@dataclass(slots=True)
class Outline:
    """One outline: its attributes, names in lower case, and the outlines in it."""

    said: dict[str, str]
    inside: list[Outline] = field(default_factory=list)

    def __iter__(self) -> Iterator[Outline]:
        return iter(self.inside)


@dataclass(frozen=True, slots=True)
class Outlines:
    """The outlines of a file; `is_opml` says whether it is one by its root, `is_sound` whether it is XML to its end.

    `is_cut`: it breaks off before its root ends.
    """

    root: Outline
    is_opml: bool
    is_sound: bool
    is_cut: bool = False


def read_outlines(body: bytes) -> Outlines:
    """The outlines of a file, in whatever charset it is; none where there are none."""
    whole = decoded(body)
    text, root = document_in(whole)
    if declared := _DOCUMENT_TYPE.match(text):  # no list needs what it declares
        text = text[declared.end() :]
    for form in (text, mended(text)):
        try:
            return Outlines(_of_tree(parse_xml(form)), root == "opml", is_sound=True)
        except IllFormed:
            continue
    bare = replaced(replaced(text or whole, COMMENT, ""), CDATA, "")
    return Outlines(_by_tags(bare), root in ("opml", ""), is_sound=False, is_cut=not _ENDED.search(bare))


def _of_tree(element: object) -> Outline:
    """The tree below an element, without recursion: folders may lie as deep as they like."""
    from xml.etree.ElementTree import Element

    assert isinstance(element, Element)
    root = Outline({})
    waiting = [(element, root)]
    while waiting:
        parent, outline = waiting.pop()
        for child in parent:
            if child.tag.rpartition("}")[2].lower() == "outline":
                inner = Outline({_plain(name): value for name, value in child.attrib.items()})
                outline.inside.append(inner)
                waiting.append((child, inner))
            else:
                waiting.append((child, outline))
    return root


def _plain(name: str) -> str:
    """An attribute's name, with a prefix where it has a namespace."""
    space, _, plain = name.rpartition("}")
    if space == "{" + NAMESPACE:
        return f"broadsheet:{plain.lower()}"
    return f"other:{plain.lower()}" if space else plain.lower()


def _by_tags(text: str) -> Outline:
    """The outlines by their tags alone; a value ends at the mark that another attribute or the end of a tag follows."""
    root = Outline({})
    open_ones = [root]
    place = 0
    while found := _TAG.search(text, place):
        place = found.end()
        if found[2].lower() != "outline":
            continue
        if found[1]:
            open_ones = open_ones[:-1] or [root]
            continue
        said, place, closed = _attributes(text, place)
        outline = Outline(said)
        open_ones[-1].inside.append(outline)
        if not closed and len(open_ones) < DEEPEST:
            open_ones.append(outline)
    return root


def _attributes(text: str, place: int) -> tuple[dict[str, str], int, bool]:
    """The attributes that stand from a place on, where their tag ends, and whether it closes itself."""
    said: dict[str, str] = {}
    while True:
        if end := _END.match(text, place):
            return said, end.end(), "/" in end[0]
        name = _NAME.match(text, place)
        if not name:  # what is no attribute is passed over to the next space, or ends the tag
            following = _RUBBISH.match(text, place)
            if not following:
                return said, place, True
            place = following.end()
            continue
        value, place = _value(text, name.end())
        said.setdefault(name[1].lower(), unescape(value))


def _value(text: str, place: int) -> tuple[str, int]:
    mark = text[place : place + 1]
    if mark not in ("'", '"') or not mark:
        found = _UNQUOTED.match(text, place)
        return (found[0], found.end()) if found else ("", place)
    start = place + 1
    end = first = text.find(mark, start, start + _LONGEST)
    while end >= 0 and not _NEXT.match(text, end + 1):
        end = text.find(mark, end + 1, start + _LONGEST)
    if end < 0:
        end = first
    if end >= 0:
        return text[start:end], end + 1
    value, tag, _ = text[start : start + _LONGEST].partition("<")
    # Where nothing follows the file is cut short here, and nobody knows how the value went on.
    return value.rstrip("/> \t\r\n") if tag else "", len(text)


def source_address(written: str) -> str:
    """The address of a source as lists write it: with feed: before it, or without a scheme; "" where it is none."""
    written = "".join(written.split())
    if found := OF_A_READER.match(written):
        rest = written[found.end() :]
        written = rest if _WEB.match(rest) else f"http://{rest}"
    if found := _WEB.match(written):
        written = f"{found[1].lower()}://{written[found.end() :]}"
    elif written.startswith("//"):
        written = "https:" + written
    elif _HOST.fullmatch(written):
        written = "https://" + written
    return absolute_with_login(_AUTHORITY.sub(lambda found: found[1] + found[2].lower(), written), "")
