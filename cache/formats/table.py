"""The formats of import and export; whoever offers, recognises or writes one reads it here.

A format is a row of FORMATS and a module of its name beside this one, with `write(path, entries or sources) -> int`
(`… max_bytes)` where `sized`, `… searches=…)` where `takes_searches`) and, where a file of it can be taken in,
`read(path)` and what such a file begins with. One that is `pictured` takes `pictures=…`, a PictureSupply, in `write`,
and `pictured=…` in `read`; one that is `linked` takes `companions=…`, a Companions, in `write`. What an article holds
is a stranger's: both go by `cache.formats.clean_articles.clean_article`, and single strings by `fetch.text.clean`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Protocol, cast

from cache.errors import CacheError
from cache.formats.exchanged_articles import ADDRESSES, PACK


class Codec(Protocol):
    """What a format's module offers; `read` only where the format can be taken in."""

    def write(self, path: Path, contents: Iterable[Any], /, **more: Any) -> int:
        """Writes sources or articles; how many. Raises OSError."""

    def read(self, path: Path, /, **more: Any) -> Any:
        """What a file holds: a `SourceList`, or articles; raises CacheError where it is not that, and OSError."""


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    `title` is how a sentence calls it, `suffix` the ending of its files' names; `begins` is what a file begins with
    that can be taken in, b"" where none can. `is_folder`: it can be a folder, too, with a file for each article.
    `is_text` says whether a terminal can show it, `sized` whether it can stop at a given size, the articles worth most
    coming first, `takes_searches` whether the reader's kept searches go with the sources, `pictured` whether pictures
    may go with the articles, `linked` whether its articles lead to each other, `signed` whether a file says which
    library wrote it. `is_receipt`: it says of the articles only that they are there, and takes `away=…`, what was
    thrown away.
    """

    name: str
    title: str
    suffix: str
    holds: Literal["sources", "articles"] = "articles"
    begins: bytes = b""
    is_text: bool = True
    sized: bool = False
    takes_searches: bool = False
    is_folder: bool = False
    pictured: bool = False
    linked: bool = False
    signed: bool = False
    is_receipt: bool = False

    @property
    def codec(self) -> Codec:
        """The module that reads and writes it, loaded now."""
        return cast(Codec, import_module(f"cache.formats.{self.name}"))


FORMATS = {
    each.name: each
    for each in (
        Format("opml", "OPML", ".opml", holds="sources", begins=b"<", takes_searches=True),
        Format("markdown", "Markdown", ".md", is_folder=True, linked=True),
        Format("epub", "EPUB", ".epub", is_text=False, pictured=True, linked=True),
        Format("jsonl", "JSON Lines", ".jsonl", begins=b"{"),
        Format("pack", "a pack", ".pack", begins=PACK, is_text=False, sized=True, pictured=True, signed=True),
        Format("receipt", "a receipt", ".receipt", is_text=False, is_receipt=True),
        Format("urls", "a list of addresses", ".urls", holds="sources", begins=ADDRESSES),
    )
}
"""Every format, by its name."""

_LONGEST_ENDING = 6
"""Characters of an ending in a sentence that is read whole in 80 columns."""
_ALSO = {"": "markdown", ".markdown": "markdown"}


def name_for(path: Path) -> str:
    """The name of the format that a path's ending asks for; the ending itself where there is none such."""
    named = {each.suffix: each.name for each in FORMATS.values()} | _ALSO
    return named.get(path.suffix.lower(), path.suffix.removeprefix("."))


def form_of(path: Path, as_folder: bool) -> str:
    """The name of the format that a person means who names this path; raises CacheError where its ending is of none.

    A folder may end in anything.
    """
    form = name_for(path)
    if form in FORMATS:
        return form
    if as_folder:
        return next(each.name for each in FORMATS.values() if each.is_folder)
    ending = path.suffix if len(path.suffix) <= _LONGEST_ENDING else f"{path.suffix[: _LONGEST_ENDING - 1]}…"
    raise CacheError(f"There is no form for {ending}, only {' '.join(each.suffix for each in FORMATS.values())}.")


def holds_pictures(path: Path) -> bool:
    """Whether the format that a path's ending asks for may hold pictures."""
    found = FORMATS.get(name_for(path))
    return found is not None and found.pictured


def recognised(beginning: bytes) -> Format | None:
    """The format of a file that begins like this, in whatever form of Unicode; None where none is."""
    text = beginning.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    found = next((each for each in FORMATS.values() if each.begins and text.startswith(each.begins)), None)
    if found is None and b"<opml" in text.lower():
        return FORMATS["opml"]  # behind what the program that wrote it had to say
    if found is None:
        from cache.formats.urls import looks_like_one

        return FORMATS["urls"] if looks_like_one(text.decode("utf-8", "replace")) else None
    if found.name == "jsonl":
        from cache.formats.jsonl import looks_like_one as looks_like_articles

        return found if looks_like_articles(text.decode("utf-8", "replace")) else None
    return found


def files_to_name() -> str:
    """What a person may name to write a list to, as a question asks for it."""
    return "; ".join(files_of_each())


def files_of_each() -> tuple[str, str]:
    """The same in two parts: what articles are written to, and what the sources."""
    articles, sources = (
        " ".join(each.suffix for each in FORMATS.values() if each.holds == kind) for kind in ("articles", "sources")
    )
    return f"{articles}, or a folder/", f"the sources to {sources}"


def titles_to_take_in() -> str:
    """The formats that can be taken in, as a question or a page of help names them."""
    *titles, last = [each.title for each in FORMATS.values() if each.begins]
    return f"{', '.join(titles)} or {last}"
