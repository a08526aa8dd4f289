"""OPML, the form in which readers hand each other lists of sources."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from cache.errors import CacheError
from cache.formats import Exported, Imported
from fetch.links import absolute
from fetch.source import Source
from fetch.text import clean

if TYPE_CHECKING:
    from cache.library import Library

DEEPEST = 20


async def take_in(library: Library, path: Path) -> Imported:
    """Adds the sources of an OPML file, filed under the names of their folders."""
    listed = list(read(path))
    known = {source.url for source in library.sources()}
    fresh = [(source, section) for source, section in listed if source.url not in known]
    for source, section in fresh:
        await library.write(lambda store, source=source, section=section: store.add_source(source, section=section))
    already = f"; {len(listed) - len(fresh)} were there already" if len(listed) > len(fresh) else ""
    return Imported(len(fresh), f"{_count(len(fresh))} added{already}.")


async def write(library: Library, path: Path, query: str = "") -> Exported:
    """Writes all sources but the handbook."""
    _ = query
    kept = [source for source in library.sources() if source.kind != "bundled"]
    rows = [
        f'    <outline type="rss" text={quoteattr(source.title)} title={quoteattr(source.title)}'
        f" xmlUrl={quoteattr(source.url)} htmlUrl={quoteattr(source.home)} category={quoteattr(source.group)}/>"
        for source in kept
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Broadsheet</title></head>\n'
    path.write_text("\n".join([f"{head}  <body>", *rows, "  </body>", "</opml>", ""]), encoding="utf-8")
    return Exported(len(kept), f"{_count(len(kept))} written to {path}.")


def read(path: Path) -> Iterator[tuple[Source, str]]:
    """Each source of an OPML file once, with the name of its folder; raises CacheError."""
    text = path.read_bytes()
    if b"<!ENTITY" in text:
        raise CacheError(f"{path} declares entities, which OPML has no use for; it was not read.")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise CacheError(f"{path} is not sound OPML: {error}.") from error
    if root.tag.lower() != "opml":
        raise CacheError(f"{path} is XML, but not OPML.")
    seen: set[str] = set()
    for source, section in _outlines(root, "", 0):
        if source.url not in seen:
            seen.add(source.url)
            yield source, section


def _outlines(parent: ElementTree.Element, section: str, depth: int) -> Iterator[tuple[Source, str]]:
    for outline in parent:
        said = {name.lower(): value for name, value in outline.attrib.items()}
        title = clean(said.get("title") or said.get("text") or "")
        if url := absolute(said.get("xmlurl", ""), ""):
            home = absolute(said.get("htmlurl", ""), "")
            yield Source(url, "feed", title=title, home=home), section or clean(said.get("category", "")).strip("/")
        elif depth < DEEPEST:
            yield from _outlines(outline, title or section, depth + 1)


def _count(number: int) -> str:
    return "1 source" if number == 1 else f"{number:,} sources"
