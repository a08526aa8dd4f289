"""The nodes of a page that the other parts ask for, gathered in a single pass."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from fetch.links import absolute

MOST_STATED = 20_000
"""Characters of the title and of each meta that are looked at; the longest lists of keywords have some 5,000."""
_WANTED = (
    "base,meta,title,h1,h2,h3,h4,p,link[rel~=next i],link[rel~=canonical],link[rel~=amphtml],"
    "script[type='application/ld+json' i]"
)


@dataclass(slots=True)
class PageIndex:
    """The nodes of a page by what they are for; `meta` maps property, name or itemprop (lower case) to contents.

    `base` is what its links are relative to where that is not its own address, else ""; `canonical_link` and `amp_link`
    are where its head says that the same story stands, as it is meant to be known and for phones.
    """

    tree: LexborHTMLParser
    base: str = ""
    language: str = ""
    title: str = ""
    next_link: str = ""
    canonical_link: str = ""
    amp_link: str = ""
    meta: dict[str, list[str]] = field(default_factory=dict)
    headings: list[LexborNode] = field(default_factory=list)
    subheadings: list[LexborNode] = field(default_factory=list)
    paragraphs: list[LexborNode] = field(default_factory=list)
    scripts: list[LexborNode] = field(default_factory=list)

    def meta_content(self, *names: str) -> str:
        """The first content of the first of these meta names that has one."""
        for name in names:
            if name in self.meta:
                return self.meta[name][0]
        return ""


def index_page(tree: LexborHTMLParser, url: str = "") -> PageIndex:
    """The index of a page at an address, made in one pass."""
    found = PageIndex(tree)
    root = tree.root
    if root is None:
        return found
    paragraphs = found.paragraphs
    for node in root.css(_WANTED):
        tag = node.tag
        if tag == "p":
            paragraphs.append(node)
        elif tag == "meta":
            _note_meta(found.meta, node)
        elif tag == "h1":
            found.headings.append(node)
        elif tag in ("h2", "h3", "h4"):
            found.subheadings.append(node)
        elif tag == "script":
            found.scripts.append(node)
        elif tag == "title":
            found.title = found.title or node.text()[:MOST_STATED]
        else:
            _note_address(found, node, url)
    html = tree.css_first("html")
    found.language = (html.attributes.get("lang") or html.attributes.get("xml:lang") or "") if html else ""
    return found


def is_of_another_thing(node: LexborNode) -> bool:
    """Whether what an element states is about a thing that stands on the page, a book or a person, and not the page."""
    above = node.parent
    for _ in range(_MOST_ABOVE):
        if above is None or above.tag == "body":
            return False
        if kind := above.attributes.get("itemtype"):
            return _OF_THE_PAGE.search(kind) is None
        above = above.parent
    return False


_MOST_ABOVE = 12  # elements
_OF_THE_PAGE = re.compile(
    r"Article|Posting|Page|CreativeWork|Report|Site|/Blog|Publication|Organization|Recipe|Video|Audio"
)


def _note_meta(meta: dict[str, list[str]], node: LexborNode) -> None:
    attributes = node.attributes
    content = attributes.get("content")
    name = attributes.get("property") or attributes.get("name")
    if not name and (name := attributes.get("itemprop")) and is_of_another_thing(node):
        return
    name = name or attributes.get("http-equiv")
    if content and name and not content.isspace():
        meta.setdefault(name.lower(), []).append(content[:MOST_STATED])


def _note_address(found: PageIndex, node: LexborNode, url: str) -> None:
    """What a <base> or a <link> to another page of the story says; the first of each counts."""
    href = node.attributes.get("href") or ""
    relations = (node.attributes.get("rel") or "").lower().split()
    if node.tag == "base":
        found.base = found.base or absolute(href, url)
    elif "next" in relations:
        found.next_link = found.next_link or href
    elif "canonical" in relations:
        found.canonical_link = found.canonical_link or href
    else:
        found.amp_link = found.amp_link or href
