"""An article on its way out of one library, and on its way into another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cache.entry import Entry
    from cache.highlight import Highlight
    from fetch.article import Article
    from fetch.picture import Picture

ADDRESSES = b"# Sources, an address a line"
"""What a list of addresses begins with that we wrote."""
PACK = b"BROADSHEET PACK 1"
"""What a pack begins with: the table of formats recognises it by this, the pack's module checks it."""


class Outgoing(NamedTuple):
    """An article to be written, its entry, the reader's note on it, and all highlights, those withdrawn among them."""

    entry: Entry
    article: Article
    note: str = ""
    highlights: Sequence[Highlight] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article as a file carries it, with what its sender did with it; `fetched` is in seconds since 1970, 0 where
    that is unknown; `pictures` are those of its figures, by their addresses.
    """

    article: Article
    read: bool = False
    saved: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    fetched: float = 0.0
    highlights: tuple[Highlight, ...] = ()
    pictures: tuple[tuple[str, Picture], ...] = ()
