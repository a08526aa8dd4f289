"""The publisher's half of the library: sources, listings and articles as they come in.

Every method is one transaction, or joins the batch round it. `now`, `due` and `retry` are seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cache.db.rows import FAILED, FULL, OFFLINE, TEASER, to_when
from cache.paths import places
from cache.rules import http_state
from cache.writes.entries import Ledger, Wanted
from fetch.article import Teaser
from fetch.source import Source

__all__ = ["Due", "Store", "Wanted", "open_store"]


@dataclass(frozen=True, slots=True)
class Due:
    """A source to ask now; `state` is the refresh's own note, kept as it was given."""

    id: int
    url: str
    kind: str
    title: str
    home: str
    language: str
    state: str
    max_bytes: int | None
    headers: str
    proxy: str


_WANTED = """
    SELECT entry.id, entry.url, entry.source_id, shelf.queued, entry.published, entry.reach
    FROM shelf JOIN entry ON entry.id = shelf.id
    WHERE {which} AND entry.retry <= ? {sources}
"""


class Store(Ledger):
    """A library open for writing what was fetched."""

    def due_sources(
        self, now: float, source_ids: Sequence[int] | None = None, *, force: bool = False, scheduled: bool = False
    ) -> list[Due]:
        """The sources to ask now; `force` and `scheduled` are those of `visits.time_to_ask`."""
        rows = self.rows(
            "SELECT id, url, kind, title, home, language, state, max_bytes, headers, proxy, due, coalesce(refreshed, 0)"
            f" FROM source WHERE removed IS NULL {_among('id', source_ids)} ORDER BY id"
        )
        asked = [(Due(*row[:10]), row[10], row[11]) for row in rows]
        return [
            source
            for source, due, last in asked
            if now >= http_state.time_to_ask(http_state.load(source.state), due, last, force=force, scheduled=scheduled)
        ]

    def wanted(self, now: float, source_ids: Sequence[int] | None = None, limit: int | None = None) -> list[Wanted]:
        """The entries without their full text whose turn it is: those the reader asked for first, then the newest."""
        sources = _among("entry.source_id", source_ids)
        short = _WANTED.format(which=f"shelf.offline IN ({TEASER}, {FAILED})", sources=sources)
        stale = _WANTED.format(which=f"entry.stale = 1 AND shelf.offline = {FULL}", sources=sources)
        rows = self.rows(
            f"SELECT * FROM ({short} UNION ALL {stale}) JOIN shelf USING (id)"
            " ORDER BY 4 DESC, shelf.at DESC, id DESC LIMIT ?",
            (now, now, -1 if limit is None else limit),
        )
        return [self._to_wanted(row[:6]) for row in rows]

    def add_source(self, source: Source, *, section: str = "") -> int:
        """Keeps a source; one that was removed comes back, with what is still kept of it."""
        with self.batch():
            found = self.value("SELECT id FROM source WHERE url = ?", (source.url,))
            if found is None:
                return self.insert(
                    "INSERT INTO source (url, kind, title, home, language, section) VALUES (?, ?, ?, ?, ?, ?)",
                    (source.url, source.kind, source.title, source.home, source.language, section),
                )
            self.run(
                "UPDATE mark SET gone = NULL WHERE gone = (SELECT removed FROM source WHERE id = ?)"
                " AND id IN (SELECT id FROM entry WHERE source_id = ?)",
                (found, found),
            )
            self.run("UPDATE source SET removed = NULL, kind = ?, due = 0 WHERE id = ?", (source.kind, found))
            return int(found)

    def store_listing(
        self,
        source_id: int,
        teasers: Iterable[Teaser],
        now: float,
        *,
        title: str = "",
        home: str = "",
        language: str = "",
    ) -> list[Wanted]:
        """Keeps the teasers of a listing, given in page order; those that are new, or changed at the source."""
        with self.batch():
            self.run(
                "UPDATE source SET title = iif(title = '', ?, title), home = iif(home = '', ?, home),"
                " language = iif(language = '', ?, language) WHERE id = ?",
                (title, home, language, source_id),
            )
            # Backwards, so that what stands first on the page gets the highest number: newer, higher.
            kept = [self.store_teaser(source_id, teaser, now) for teaser in reversed(tuple(teasers))]
        return [wanted for wanted in reversed(kept) if wanted]

    def close_source(
        self,
        source_id: int,
        now: float,
        *,
        state: str,
        due: float,
        received: int = 0,
        unpacked: int = 0,
        error: str = "",
    ) -> None:
        """Notes how asking a source ended, and when it may be asked again."""
        self.run(
            "UPDATE source SET state = ?, due = ?, refreshed = ?, error = ?, received = received + ?,"
            " unpacked = unpacked + ? WHERE id = ?",
            (state, due, now, error, received, unpacked, source_id),
        )

    def move_source(self, source_id: int, url: str) -> None:
        """A source has a new address; its entries and what was read stay."""
        self.run("UPDATE OR IGNORE source SET url = ? WHERE id = ?", (url, source_id))

    def arrange(
        self, source_id: int, max_bytes: int | None, proxy: str | None, headers: Mapping[str, str] | None
    ) -> None:
        """Sets how a source is asked; None leaves a setting as it is, 0, "" or {} takes it away."""
        from json import dumps

        named = None if headers is None else dumps(dict(headers)) if headers else ""
        self.run(
            "UPDATE source SET max_bytes = nullif(coalesce(?, max_bytes), 0), proxy = coalesce(?, proxy),"
            " headers = coalesce(?, headers) WHERE id = ?",
            (max_bytes, proxy, named, source_id),
        )

    def settle(self) -> None:
        """Gives all that came in since the last time its place among the stories."""
        while self.settle_some():
            pass

    def settle_some(self) -> bool:
        """The same for the next few, in one short transaction; whether more are waiting."""
        from cache.related import related, sidebar
        from cache.writes import marks

        with self.batch():
            landed = related.waiting(self.sql)
            more = related.settle(self.sql)
            # What repeats an earlier report is nothing new to read; what the reader has marked stays as it is.
            repeats = [entry_id for entry_id in sidebar.repeats(self, landed) if not self._is_marked(entry_id)]
            marks.mark_read(self, repeats, True)
            return more

    def _is_marked(self, entry_id: int) -> bool:
        return self.value("SELECT 1 FROM mark WHERE id = ?", (entry_id,)) is not None

    def receipt(self, source_ids: Sequence[int] | None = None) -> dict[str, Any]:
        """What is complete offline: how many full, teaser and failed, and how often each reason."""
        where = f"WHERE 1 {_among('shelf.source_id', source_ids)}"
        counts = dict(self.rows(f"SELECT offline, count(*) FROM shelf {where} GROUP BY offline"))
        reasons = self.rows(
            f"SELECT reason, count(*) FROM shelf JOIN entry USING (id) {where} AND shelf.offline <> {FULL}"
            " AND reason <> '' GROUP BY reason ORDER BY 2 DESC"
        )
        return {name: counts.get(number, 0) for number, name in enumerate(OFFLINE)} | {"reasons": dict(reasons)}

    def _to_wanted(self, row: tuple[Any, ...]) -> Wanted:
        entry_id, url, source_id, queued, published, reach = row
        return Wanted(entry_id, url, source_id, queued == 1, to_when(published), reach or self.reach(source_id))


def open_store(path: Path | str | None = None) -> Store:
    """The library file at `path`, or the reader's own, open for writing; made when there is none."""
    return Store(path or places().library)


def _among(column: str, numbers: Sequence[int] | None) -> str:
    """A condition that a column is among the numbers; none at all when there are none to choose."""
    if numbers is None:
        return ""
    return f"AND {column} IN ({','.join(str(int(number)) for number in numbers)})"
