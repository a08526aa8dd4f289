"""OPML, the form in which readers hand each other lists of sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from cache.errors import CacheError
from fetch.links import absolute
from fetch.source import Source
from fetch.text import clean

if TYPE_CHECKING:
    from cache.entry import SourceEntry

DEEPEST = 20
"""Folders within folders that are looked into."""

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Broadsheet</title></head>\n  <body>'
)


def read(path: Path) -> Iterator[tuple[Source, str]]:
    """Each source of an OPML file once, with the name of its folder; raises CacheError."""
    root = _parsed(path)
    if root.tag.lower() != "opml":
        raise CacheError(f"{path} is XML, but not OPML.")
    seen: set[str] = set()
    for source, section in _outlines(root, "", 0):
        if source.url not in seen:
            seen.add(source.url)
            yield source, section


def write(path: Path, sources: Iterable[SourceEntry]) -> int:
    """Writes the sources, those of a section in a folder of its name; how many. The handbook stays here."""
    folders: dict[str, list[str]] = {}
    for source in sources:
        if source.kind != "bundled":
            folders.setdefault(clean(source.group), []).append(_outline(source))
    lines = [_HEAD]
    for section, outlines in folders.items():
        inside = "".join(f"\n      {outline}" for outline in outlines)
        name = quoteattr(section)
        lines.append(f"    <outline text={name} title={name}>{inside}\n    </outline>" if section else inside[1:])
    path.write_text("\n".join([*lines, "  </body>", "</opml>", ""]), encoding="utf-8")
    return sum(map(len, folders.values()))


def _parsed(path: Path) -> ElementTree.Element:
    text = path.read_bytes()
    if b"<!ENTITY" in text:
        raise CacheError(f"{path} declares entities, which OPML has no use for; it was not read.")
    try:
        return ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise CacheError(f"{path} is not sound OPML: {error}.") from error


def _outlines(parent: ElementTree.Element, section: str, depth: int) -> Iterator[tuple[Source, str]]:
    for outline in parent:
        said = {name.lower(): value for name, value in outline.attrib.items()}
        title = clean(said.get("title") or said.get("text") or "")
        if url := absolute(said.get("xmlurl", ""), ""):
            home = absolute(said.get("htmlurl", ""), "")
            yield Source(url, "feed", title=title, home=home), section or clean(said.get("category", "")).strip("/")
        elif depth < DEEPEST:
            yield from _outlines(outline, title or section, depth + 1)


def _outline(source: SourceEntry) -> str:
    title, url, home = (quoteattr(clean(text)) for text in (source.title, source.url, source.home))
    return f'<outline type="rss" text={title} title={title} xmlUrl={url} htmlUrl={home}/>'
