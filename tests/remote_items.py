"""What a server of the tests keeps: feeds and entries, plain values that a test reads and changes."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class RemoteFeed:
    """A feed as the server keeps it."""

    number: int
    url: str
    title: str
    group: str = "Uncategorized"


@dataclass
class Item:
    """An entry as the server keeps it; `number` is its id, `published` seconds since 1970."""

    number: int
    feed: int
    url: str
    title: str
    html: str = "<p>The harbour opened.</p>"
    published: int = 1_795_884_235
    read: bool = False
    starred: bool = False
    tags: set[str] = field(default_factory=set)
