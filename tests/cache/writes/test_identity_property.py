"""Whatever a feed does to its entries between two visits, each story is on the list once, and read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from cache.writes import marks
from fetch.article import Teaser
from fetch.feeds.identity import told_apart
from fetch.source import Source

BEGIN = datetime(2026, 1, 1, 7, 13, tzinfo=UTC)


@dataclass
class Told:
    """A story as its feed has it now."""

    number: int
    slug: str
    headline: str

    @property
    def published(self) -> datetime:
        return BEGIN + timedelta(hours=7 * self.number, seconds=self.number)


@dataclass(frozen=True)
class Maker:
    """A way of making feeds: what it calls its entries, where they stand, what it says of their dates."""

    names: str
    places: str
    dates: str
    length: int

    @property
    def may_move(self) -> bool:
        """Whether a story can be known again under another address."""
        return self.places == "own" and (self.names == "guid" or self.dates == "moment")

    @property
    def may_be_renamed(self) -> bool:
        """Whether a story can be known again under another headline."""
        return self.names == "guid" or self.places == "own"

    def teaser(self, told: Told, home: str) -> Teaser:
        url = {"own": f"{home}news/{told.slug}", "shared": f"{home}status", "home": home, "none": ""}[self.places]
        key = {"guid": f"post-{told.number}", "address": url, "none": ""}[self.names]
        date = {"moment": told.published, "day": told.published.date(), "none": None}[self.dates]
        return Teaser(url, told.headline, published=date, key=key, summary=f"Of {told.headline}.")


MAKERS = [
    Maker(names, places, dates, length)
    for names in ("guid", "address", "none")
    for places in ("own", "shared", "home", "none")
    for dates in ("moment", "day", "none")
    for length in (1, 5)
    # Where entries share a page and nothing else tells them apart, a lone one may as well be the last one, changed.
    if not (places == "shared" and names != "guid") and not (names == "address" and places != "own")
]


@pytest.mark.parametrize("seed", range(3))
def test_each_story_is_there_once_and_was_new_once(store, seed) -> None:
    for place, maker in enumerate(MAKERS):
        chance = Random(f"{seed} {maker}")
        home = f"https://paper{place}.example/"
        source = store.sources.add(Source(f"{home}feed", "feed"))
        stories: list[Told] = []
        listed: set[int] = set()
        for visit in range(5):
            for number in range(len(stories), len(stories) + chance.randint(0, 2)):
                stories.insert(0, Told(number, f"story-of-{number}", f"Lamp {number} is out"))
            current = stories[: maker.length]
            for told in current:
                if maker.may_move and told.number in listed and chance.random() < 0.2:
                    told.slug += "-again"
                elif maker.may_be_renamed and told.number in listed and chance.random() < 0.2:
                    told.headline += " again"
            new = {told.number for told in current} - listed
            listed |= new
            teasers = told_apart([maker.teaser(told, home) for told in current], home)
            store.entries.store_listing(source, teasers, 1.8e9 + visit)
            rows = store.connection.rows("SELECT id, read FROM shelf WHERE source_id = ?", (source,))
            unread = [entry_id for entry_id, read in rows if not read]
            assert (len(rows), len(unread)) == (len(listed), len(new)), maker
            marks.mark_read(store.connection, unread, True)
