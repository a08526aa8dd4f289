"""Entries from another library, merged: each row as it was there, where this library has no such entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from time import time
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from cache.db import reads
from cache.db.rows import FAILED, FULL, OFFLINE, PART, from_enclosures, from_when, to_moment
from cache.writes import highlights, reader_rows
from cache.writes.earlier_versions import merge_versions, put_versions
from cache.writes.entries import list_time, short_summary
from cache.writes.marks import as_tags
from cache.writes.merge import merge
from cache.writes.prepared import prepared_text
from cache.writes.sites import note_passages
from fetch.dates import is_later
from fetch.headlines import alike
from fetch.links import is_home, is_of_a_feed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cache.db.acts import KeptFacts
    from cache.db.codec import PackedText
    from cache.db.connection import Connection
    from cache.entry import Entry
    from cache.highlight import Highlight
    from cache.writes.earlier_versions import Version
    from cache.writes.store import Store
    from fetch.article import Article

Landing: TypeAlias = Literal["new", "newer", "known", "away", "absent"]
"""How an article did: it was not on the lists before; its text is newer than that which was; it was there already; the
reader has thrown it away; it is not here, where marks alone are taken."""
_THROWN_AWAY = (
    "SELECT 1 FROM mark JOIN entry USING (id) LEFT JOIN source ON source.id = entry.source_id"
    " WHERE mark.id = ? AND mark.gone IS NOT NULL AND mark.gone IS NOT source.removed"
)
"""What went with its source was not thrown away itself."""
_COLUMNS = (
    "id, url, source_id, headline, authors, published, at, seen, fetched, dateline, section, language, summary, words,"
    " offline, reason, changed, enclosures, reach"
)


class Exchanged(NamedTuple):
    """An entry from another library, its article, and what goes along with it; `text` where that has been prepared.

    `versions` are what it said before, the latest first.
    """

    entry: Entry
    article: Article
    facts: KeptFacts
    highlights: tuple[Highlight, ...] = ()
    text: PackedText | None = None
    versions: tuple[Version, ...] = ()

    @property
    def has_text(self) -> bool:
        """Whether it brings a text, whole or in part."""
        return self.entry.offline in ("full", "part")

    def prepared(self) -> Exchanged:
        """The same with its text as it is kept, made before the transaction in which it is."""
        if not self.has_text:
            return self
        return self._replace(text=prepared_text(replace(self.article, source=self.article.source or self.entry.source)))

    def unmarked(self) -> Exchanged:
        """The same without what its sender did."""
        return self._replace(facts=replace(self.facts, acts=(), place=0.0, scroll=0), highlights=())


class Merging:
    """Merges articles from a file into a library, which stand in its list in the order of the file.

    `expected` is about how many there are. Without `marks` what their sender did is left out, without `texts` all else.
    """

    def __init__(self, expected: int, *, marks: bool = True, texts: bool = True) -> None:
        self._expected = expected
        self._marks = marks
        self._texts = texts
        self._next: int | None = None

    def some(self, store: Store, waiting: Sequence[Exchanged]) -> list[tuple[Landing, int]]:
        """Merges the first of them, as many as a short transaction holds; how each did, and its entry."""
        return next(store.connection.in_batches(waiting, lambda coming: self._one(store, coming, time())))

    def _one(self, store: Store, coming: Exchanged, now: float) -> tuple[Landing, int]:
        """Merges an article. A whole text that is there stays unless this is newer; what was thrown away, away."""
        if not self._marks:
            coming = coming.unmarked()
        number = self._number(store)
        entry_id = _standing(store, coming)
        if store.connection.value(_THROWN_AWAY, (entry_id,)):
            return "away", 0
        landing: Landing = "new"
        if not self._texts:
            if entry_id is None:
                return "absent", 0
            landing = "known"
        elif entry_id is None:
            entry_id = insert(store, coming, now, number)
            put_versions(store.connection, entry_id, coming.versions, now)
        else:
            landing = _merge_text(store, entry_id, coming, now)
            merge_versions(store.connection, entry_id, coming.versions, now, is_new=landing == "new")
        merge_acts(store.connection, entry_id, coming.facts, now)
        for highlight in coming.highlights:
            highlights.merge(store.connection, entry_id, _not_ahead(highlight, now))
        return landing, entry_id

    def _number(self, store: Store) -> int | None:
        """The number that an article is to have: of two of one time the one with the greater is listed first.

        None for those behind as many as were expected.
        """
        if self._next is None:
            last = store.connection.value("SELECT seq FROM sqlite_sequence WHERE name = 'entry'") or 0
            self._next = int(last) + self._expected + 1
        if not self._expected:
            return None
        self._expected, self._next = self._expected - 1, self._next - 1
        return self._next


def _standing(store: Store, coming: Exchanged) -> int | None:
    """The entry that an article from a file is here, under its address or that which its page calls its own."""
    url, own = coming.entry.url, coming.article.url
    found = reads.find_any(store.connection, url)
    if found is not None or own == url or is_home(own) or is_of_a_feed(own) or is_of_a_feed(url):
        return found
    found = reads.find_any(store.connection, own)
    headline = store.connection.value("SELECT headline FROM entry WHERE id = ?", (found,))
    return found if headline and alike(str(headline), coming.entry.headline) else None


def _merge_text(store: Store, standing: int, coming: Exchanged, now: float) -> Landing:
    """Takes the text over for an entry that is here without a whole one, or with none."""
    article, entry = coming.article, coming.entry
    state = store.connection.value("SELECT offline FROM shelf WHERE id = ?", (standing,))
    if state == FULL and entry.offline == "full" and _is_newer(store, standing, article, now):
        return "newer" if _replace_text(store, standing, coming, now) else "known"
    if state == FULL or (state == PART and entry.offline != "full") or (state is not None and not coming.has_text):
        return "known"
    if state is None:  # it went with its source, and is back
        store.entries.entry_for(entry.url, article.headline, now=now)
    if coming.has_text and store.connection.value("SELECT offline FROM entry WHERE id = ?", (standing,)) != FULL:
        _replace_text(store, standing, coming, now)
    return "new"


def _replace_text(store: Store, standing: int, coming: Exchanged, now: float) -> bool:
    """Keeps the text that has come, and one that was there as a revision; whether it says something else."""
    fetched = coming.entry.fetched.timestamp() if coming.entry.fetched else 0.0
    text = coming.text if coming.article.source else None  # else it has the name of the source that lists it here
    return store.articles.store_article(standing, coming.article, now, text=text, fetched=fetched)


def _is_newer(store: Store, standing: int, coming: Article, now: float) -> bool:
    """Whether a text was changed by its site since the one that is here, or since that was fetched where nothing says.

    Of two changes on one day of which one has no time of day nobody knows which was first; one that lies ahead is none.
    """
    if coming.modified is None or is_later(coming.modified, datetime.fromtimestamp(now, UTC)):
        return False
    here = reads.readable_article_at(store.connection, standing)
    since = here.modified if here else None
    if since is None:
        fetched = store.connection.value("SELECT fetched FROM entry WHERE id = ?", (standing,))
        since = to_moment(fetched)
    return since is not None and is_later(coming.modified, since)


def _not_ahead(coming: Highlight, now: float) -> Highlight:
    """A highlight from elsewhere, whose clock may have been ahead: what was done tomorrow could not be undone today."""
    gone = None if coming.withdrawn is None else min(coming.withdrawn, now)
    return replace(coming, made=min(coming.made, now), withdrawn=gone, noted=min(coming.noted, now))


def insert(store: Store, coming: Exchanged, now: float, number: int | None = None) -> int:
    """Keeps an entry that is not here, with the text of its article where it says that there is one; its number.

    `number` is wished for, and given where it is free. What a clock that was ahead dates later than `now` is of now.
    """
    entry, article, facts, _, text, _ = coming if coming.text else coming.prepared()
    connection = store.connection
    state = OFFLINE.index(entry.offline)
    with connection.batch():
        if number is not None and connection.value("SELECT 1 FROM entry WHERE id = ?", (number,)):
            number = None
        entry_id = connection.insert(
            f"INSERT INTO entry ({_COLUMNS}) VALUES ({', '.join('?' * 18)}, 'public')",
            (number, entry.url, _source(store, facts), *_row(entry, facts, now, state, text)),
        )
        # A row of its own, as its reader has not looked at what is unread: else what repeats another counts as read.
        connection.run("INSERT OR IGNORE INTO mark (id, scroll) VALUES (?, ?)", (entry_id, facts.scroll))
        store.entries.add_address(entry_id, entry.url)
        if text is None:
            store.indexing.index(entry_id)
            if state == FAILED and (entry.summary or entry.headline != entry.url):
                store.indexing.relate(entry_id, entry.summary)
            return entry_id
        connection.run("INSERT OR REPLACE INTO article (id, packed) VALUES (?, ?)", (entry_id, text.body))
        note_passages(connection, entry_id, entry.url, text.passages, entry.authors)
        store.entries.add_address(entry_id, article.url)
        store.indexing.index(entry_id, text.searchable)
        store.indexing.relate(entry_id, text.searchable.text, text.links, text.weighed)
    return entry_id


def _source(store: Store, facts: KeptFacts) -> int:
    return store.sources.named(facts.source, facts.group) if facts.source else 0


def _row(entry: Entry, facts: KeptFacts, now: float, state: int, text: PackedText | None) -> tuple[object, ...]:
    seen = min(facts.seen, int(now)) or int(now)
    fetched = min(int(entry.fetched.timestamp()), int(now)) if entry.fetched else None
    return (
        entry.headline,
        "\n".join(entry.authors),
        from_when(entry.published),
        min(facts.listed, int(now)) or list_time(entry.published, seen),
        seen,
        fetched,
        entry.dateline,
        entry.section,
        entry.language,
        short_summary(entry.summary),
        text.words if text else 0,
        state,
        entry.reason,
        int(entry.changed),
        from_enclosures(entry.enclosures),
    )


def merge_acts(connection: Connection, entry_id: int, facts: KeptFacts, now: float) -> None:
    """Takes over what the sender did with an entry where that is newer than what is known here of the same thing."""
    for act in facts.acts:
        at = min(act.at, now)
        if act.mark == "tag":
            for name in as_tags([act.name]):
                merge(connection, entry_id, act._replace(name=name, at=at))
        elif merge(connection, entry_id, act._replace(at=at)) and act.mark == "saved" and act.value and facts.place:
            reader_rows.set_place(connection, entry_id, facts.place)
