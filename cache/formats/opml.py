"""OPML, the form in which readers hand each other lists of sources; read leniently, written with what is ours in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from xml.sax.saxutils import quoteattr

from cache.errors import CacheError
from cache.formats.file_limits import list_bytes
from cache.formats.source_list import (
    LeftOut,
    ListedSource,
    SourceList,
    gathered,
    why_not,
    without_login,
)
from fetch.feeds.outlines import NAMESPACE, Outline, read_outlines, source_address
from fetch.links import absolute
from fetch.source import Kind, Source
from fetch.text import clean

if TYPE_CHECKING:
    from cache.entry import SavedSearch
    from cache.source_entry import SourceEntry

DEEPEST_FOLDER = 20
"""Folders within folders that a path names."""

_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0" xmlns:broadsheet="{NAMESPACE}">\n'
    "  <head><title>Broadsheet</title></head>\n  <body>"
)
_KINDS = frozenset(get_args(Kind)) - {"bundled"}
_OWN = "broadsheet:"
_FILLED = "other:opmlurl"
"""Where the sources of a folder of FreshRSS's come from."""


def read(path: Path) -> SourceList:
    """The sources of an OPML file, each once, and what was left of it; raises CacheError where it is none."""
    body = list_bytes(path)
    found = read_outlines(body)
    if not found.is_opml and not found.root.inside:
        raise CacheError(f"{path} is {_what_else(body)}, but not OPML.")
    if not found.is_sound and not found.root.inside:
        raise CacheError(f"{path} is not sound OPML, and names no source.")
    return replace(gathered(_listed(found.root)), is_cut=found.is_cut)


def _what_else(body: bytes) -> str:
    """What a file is that is no list."""
    beginning = body[:2000].lower()
    if b"netscape-bookmark" in beginning:
        return "a browser's bookmarks"
    if b"<html" in beginning or b"<!doctype html" in beginning:
        return "a web page"
    return "a feed" if any(root in beginning for root in (b"<rss", b"<feed", b"<rdf:rdf")) else "XML"


def write(path: Path, sources: Iterable[SourceEntry], *, searches: Iterable[SavedSearch] = ()) -> int:
    """Writes the sources, those of a folder in a folder, and the kept searches; how many sources."""
    kept = [source for source in sources if source.kind != "bundled"]
    placed = [(path, source) for source in kept for path in source.groups or ("",)]
    lines = [_HEAD, *_folder(placed, (), 2)]
    for search in searches:
        name = quoteattr(clean(search.name))
        lines.append(f"    <outline text={name} title={name} broadsheet:search={quoteattr(clean(search.query))}/>")
    path.write_text("\n".join([*lines, "  </body>", "</opml>", ""]), encoding="utf-8")
    return len(kept)


def _folder(placed: list[tuple[str, SourceEntry]], path: tuple[str, ...], depth: int) -> Iterator[str]:
    """The lines of a folder: its own sources, then the folders in it; each source is `placed` by a path."""
    indent = "  " * depth
    inner: dict[str, list[tuple[str, SourceEntry]]] = {}
    for place, source in placed:
        parts = tuple(filter(None, map(clean, place.split("/"))))
        if parts == path:
            yield f"{indent}{_outline(source)}"
        else:
            inner.setdefault(parts[len(path)], []).append((place, source))
    for name, those in inner.items():
        yield f"{indent}<outline text={quoteattr(name)} title={quoteattr(name)}>"
        yield from _folder(those, (*path, name), depth + 1)
        yield f"{indent}</outline>"


def _outline(source: SourceEntry) -> str:
    title = source.title if source.title != source.url else without_login(source.url)
    said = {
        "type": "rss",
        "text": title,
        "title": title,
        "xmlUrl": without_login(source.url),
        "htmlUrl": without_login(source.home),
        "broadsheet:kind": source.kind if source.kind != "feed" else "",
        "broadsheet:maxBytes": source.max_bytes,
        "broadsheet:most": source.most,
        "broadsheet:proxy": without_login(source.proxy),
        "broadsheet:keepDays": source.keep_days,
        "broadsheet:keepCount": source.keep_count,
        "broadsheet:every": source.every,
        "broadsheet:paused": "true" if source.paused else "",
    }
    shown = {
        name: value for name, value in said.items() if value not in ("", None) or name in ("text", "title", "htmlUrl")
    }
    return f"<outline {' '.join(f'{name}={quoteattr(clean(str(value)))}' for name, value in shown.items())}/>"


def _listed(root: Outline) -> Iterator[ListedSource | LeftOut | tuple[str, str]]:
    """What each outline is, in the order of the file; those within a source stand in its folder."""
    waiting: list[tuple[Outline, tuple[str, ...]]] = [(outline, ()) for outline in reversed(root.inside)]
    while waiting:
        outline, folders = waiting.pop()
        said = outline.said
        title = clean(said.get("title") or said.get("text") or "")
        inside: tuple[str, ...] = folders
        if _is_leaf(said):
            yield _taken(said, title, folders)
        elif said.get(_FILLED):
            yield LeftOut(title or said[_FILLED], "is filled from a list elsewhere, which is not followed")
        if outline.inside and not _is_leaf(said):
            inside = (*folders, title.replace("/", "∕")) if title and len(folders) < DEEPEST_FOLDER else folders
        elif title and not _is_leaf(said) and not said.keys() <= {"text", "title", _FILLED}:
            yield LeftOut(title, "names no address")
        waiting += [(inner, inside) for inner in reversed(outline.inside)]


def _is_leaf(said: dict[str, str]) -> bool:
    """Whether an outline names something, and is no folder."""
    return any(said.get(name) for name in ("xmlurl", "feedurl", f"{_OWN}search", "htmlurl", "url"))


def _taken(said: dict[str, str], title: str, folders: tuple[str, ...]) -> ListedSource | LeftOut | tuple[str, str]:
    """What an outline names, or why it is not taken."""
    if query := said.get(f"{_OWN}search"):
        return title or query, query
    written = said.get("xmlurl") or said.get("feedurl", "")
    form = said.get("type", "").lower()
    if "xpath" in form or ("json" in form and form != "jsonfeed"):
        return LeftOut(title or written, "is read by a recipe of FreshRSS, not as a feed")
    if said.get("filtercmd"):
        return LeftOut(title or written, "goes through a command, which a list from elsewhere may not run")
    if written.startswith("query:"):
        return LeftOut(title or written, "is a query of newsboat's")
    if not written and form in ("link", "include") and not said.get("htmlurl"):
        return LeftOut(title or said.get("url", ""), "is a link, and no source")
    home = absolute(said.get("htmlurl", ""), "")
    url = source_address(written or said.get("htmlurl") or said.get("url", ""))
    if not url and home and written.startswith(("/", ".")):
        url = absolute(written, home)
    if not url:
        return LeftOut(title or written, f"{why_not(written)} ({written})" if title else why_not(written))
    kind = said.get(f"{_OWN}kind", "feed" if written or said.get("url") else "section")
    paths = "/".join(folders) or _category(said)
    return ListedSource(
        Source(url, kind if kind in _KINDS else "feed", title=title, home=home),  # type: ignore[arg-type]
        paths,
        max_bytes=_number(said, "maxbytes"),
        proxy=said.get(f"{_OWN}proxy", ""),
        keep_days=_number(said, "keepdays"),
        keep_count=_number(said, "keepcount"),
        most=_number(said, "most"),
        every=_number(said, "every"),
        paused=said.get(f"{_OWN}paused") == "true",
    )


def _category(said: dict[str, str]) -> str:
    """The categories, each a path of folders by OPML 2.0, one a line."""
    paths = ("/".join(filter(None, map(clean, path.split("/")))) for path in said.get("category", "").split(","))
    return "\n".join(filter(None, dict.fromkeys(paths)))


def _number(said: dict[str, str], name: str) -> int | None:
    value = said.get(_OWN + name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 12 else None
