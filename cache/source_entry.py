"""A source as a library holds it: how it is asked and kept, and what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source in the library: its counts, when it last answered (`refreshed`), and what went wrong last (`error`).

    `refreshed` is the column `answered`, as the column `refreshed` is when it was last asked; `groups` are the folders
    the reader filed it in, as paths, the column `section` with one a line, as an entry's `section` is the newspaper's.
    `keep_days` and `keep_count` say how long and how many of its articles are kept, None without end; `max_bytes`,
    `most` (articles in one refresh), `every` (seconds between two visits at least), `proxy` and `headers` (JSON, as
    `Arrangement` takes them) how it is asked; one that is `paused` is asked by name alone. `place` is the one among
    all sources that the reader gave it, None where none was given. `is_cut`: it lists more than is read.
    """

    id: int
    url: str
    kind: str
    title: str
    home: str = ""
    groups: tuple[str, ...] = ()
    total: int = 0
    unread: int = 0
    refreshed: datetime | None = None
    error: str = ""
    keep_days: int | None = None
    keep_count: int | None = None
    max_bytes: int | None = None
    proxy: str = ""
    most: int | None = None
    is_cut: bool = False
    paused: bool = False
    every: int | None = None
    headers: str = ""
    place: int | None = None
