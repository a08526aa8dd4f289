"""An article on its way out of one library, and on its way into another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cache.entry import Entry
    from fetch.article import Article


class Outgoing(NamedTuple):
    """An article to be written, its entry, and the reader's note on it."""

    entry: Entry
    article: Article
    note: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article as a file carries it, with what its sender did with it."""

    article: Article
    read: bool = False
    saved: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
