"""What a refresh is to do, as the caller asked for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RefreshOptions:
    """What a refresh is to do: which sources (None: all that are due), how many bytes at most on the wire.

    `force` and `scheduled` say how soon a source may be asked again (`http_state.time_to_ask`); `pages` is how many
    pages of a section to follow, `most` how many articles of one source to fetch, beside what the reader asked for
    (None: as many as is set for it, else `default_most`).
    With `to_the_end` the refresh goes on, when all has come, until every entry has its story; else that may take half
    as long again as the rest did, and what is left comes with the next refresh. `pictures`: the articles' pictures are
    fetched as well, where no budget holds.
    """

    source_ids: tuple[int, ...] | None = None
    max_bytes: int | None = None
    force: bool = False
    scheduled: bool = False
    teasers_only: bool = False
    pages: int = 1
    most: int | None = None
    default_most: int | None = None
    to_the_end: bool = False
    pictures: bool = False
