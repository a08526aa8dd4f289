"""What is written of sources: that they are kept, how they are asked, and how the last visit ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cache.rules import http_state
from cache.writes import reader_rows
from cache.writes.reader_rows import LATER
from fetch.http.url_parts import origin_of
from fetch.source import UNKNOWN

if TYPE_CHECKING:
    from cache.arrangement import Arrangement
    from cache.db.connection import Connection
    from fetch.source import Kind, Source


CLAIM = 300.0
"""Seconds for which a program that asks sources by itself has them for itself: if it is killed, others wait so long."""

NAMED_ALONE = 221_845_392_000.0  # the year 9000
"""When a source counts as removed that came along with articles and was never here: of those nothing is pruned."""


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """How asking a source ended at `at`, and when it may be asked again; `received` and `unpacked` are bytes.

    `state` is what `http_state.dump` wrote; `at` and `due` are seconds since 1970.
    """

    at: float
    state: str
    due: float
    received: int = 0
    unpacked: int = 0
    error: str = ""


class Sources:
    """The sources of a library open for writing; every method is one transaction, or joins the batch round it."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, source: Source, *, section: str = "", zone: str | None = None) -> int:
        """Keeps a source; one that was removed comes back, with what is still kept of it, and is asked. Its number.

        `zone` is the kind of network of the page or list that named it, None where the reader did.
        """
        with self._db.batch():
            found, state = self._db.row("SELECT id, state FROM source WHERE url = ?", (source.url,)) or (None, "")
            state = http_state.dump(http_state.named_in(zone, http_state.load(state)))
            if found is None:
                return self._db.insert(
                    "INSERT INTO source (url, kind, title, home, language, section, state)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (source.url, source.kind, source.title, source.home, source.language, section, state),
                )
            self._db.run(
                "UPDATE mark SET gone = NULL, gone_at = gone_at + ?"
                " WHERE gone = (SELECT removed FROM source WHERE id = ?)"
                " AND id IN (SELECT id FROM entry WHERE source_id = ?)",
                (LATER, found, found),
            )
            self._db.run(
                "DELETE FROM buried WHERE source_id = (SELECT id FROM source WHERE id = ? AND removed IS NOT NULL)",
                (found,),
            )
            self._db.run(
                "UPDATE source SET paused = iif(removed IS NULL, paused, 0), removed = NULL, kind = ?, due = 0,"
                " state = ? WHERE id = ?",
                (source.kind, state, found),
            )
            return int(found)

    def named(self, source: Source, group: str) -> int:
        """The number of a source that articles from elsewhere name; one that is not here is asked for nothing.

        It shows nowhere but beside those articles until its reader adds it; then it is in that group.
        """
        found: int | None = self._db.value("SELECT id FROM source WHERE url = ?", (source.url,))
        return found or self._db.insert(
            "INSERT INTO source (url, kind, title, home, language, section, removed, paused)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
            (source.url, source.kind, source.title, source.home, source.language, group, NAMED_ALONE),
        )

    def describe(self, source_id: int, *, title: str = "", home: str = "", language: str = "") -> None:
        """Takes over what a source says of itself, where nothing is known yet."""
        self._db.run(
            "UPDATE source SET title = iif(title = '', ?, title), home = iif(home = '', ?, home),"
            " language = iif(language = '', ?, language) WHERE id = ?",
            (title, home, language, source_id),
        )

    def claim(self, source_ids: Sequence[int], now: float) -> None:
        """Notes that sources are about to be asked, so that no other program asks them at the same time, too."""
        self._db.run(
            f"UPDATE source SET due = max(due, ?) WHERE id IN ({','.join(map(str, source_ids))})", (now + CLAIM,)
        )

    def record_visit(self, source_id: int, visit: VisitRecord) -> None:
        """Notes how asking a source ended, and when it may be asked again."""
        answered = None if visit.error else visit.at
        self._db.run(
            "UPDATE source SET state = ?, due = ?, refreshed = ?, error = ?, answered = coalesce(?, answered),"
            " received = received + ?, unpacked = unpacked + ? WHERE id = ?",
            (visit.state, visit.due, visit.at, visit.error, answered, visit.received, visit.unpacked, source_id),
        )

    def move(self, source_id: int, url: str) -> None:
        """Gives a source a new address; its entries and what was read stay.

        One that a reader's own headers are sent to moves within its origin only: no server says who else may see them.
        """
        old, headers = self._db.row("SELECT url, headers FROM source WHERE id = ?", (source_id,)) or ("", "")
        if headers and origin_of(old) != origin_of(url):
            return
        kept = _kept_under(old, headers) if headers else ""
        self._db.run("UPDATE OR IGNORE source SET url = ?, headers = ? WHERE id = ?", (url, kept, source_id))

    def with_secrets(self) -> list[tuple[int, str, str, str]]:
        """Number, address, headers and proxy of the sources that may hold a secret in clear."""
        return self._db.rows(
            "SELECT id, url, headers, proxy FROM source"
            " WHERE url LIKE '%://%@%' OR headers <> '' OR (proxy LIKE '%@%' AND proxy NOT LIKE '%://@%')"
        )

    def rearrange(self, source_id: int, url: str, headers: str, proxy: str) -> None:
        """Takes the secrets out of how a source is asked."""
        self._db.run(
            "UPDATE OR IGNORE source SET url = ?, headers = ?, proxy = ? WHERE id = ?", (url, headers, proxy, source_id)
        )

    def add_headers(self, source_id: int, headers: Mapping[str, str]) -> None:
        """Has further headers sent to a source."""
        from json import dumps, loads

        known = loads(self._db.value("SELECT headers FROM source WHERE id = ?", (source_id,)) or "{}")
        self._db.run("UPDATE source SET headers = ? WHERE id = ?", (dumps({**known, **headers}), source_id))

    def file(self, source_id: int, title: str | None, groups: Sequence[str] | None) -> None:
        """Names a source, and files it in folders; None leaves either, "" has its feed name it again."""
        section = None if groups is None else "\n".join(groups)
        self._db.run(
            "UPDATE source SET title = coalesce(?, title), section = coalesce(?, section) WHERE id = ?",
            (title, section, source_id),
        )

    def arrange(self, source_id: int, wanted: Arrangement) -> None:
        """Sets how a source is asked."""
        from json import dumps

        headers = wanted.headers
        named = None if headers is None else dumps(dict(headers)) if headers else ""
        with self._db.batch():
            self._arrange(source_id, wanted, named)
            if wanted.kind:
                self._read_as(source_id, wanted.kind)

    def _arrange(self, source_id: int, wanted: Arrangement, named: str | None) -> None:
        self._db.run(
            "UPDATE source SET max_bytes = nullif(coalesce(?, max_bytes), 0), most = nullif(coalesce(?, most), 0),"
            " proxy = coalesce(?, proxy), headers = coalesce(?, headers),"
            " every = nullif(coalesce(?, every), 0), paused = coalesce(?, paused) WHERE id = ?",
            (wanted.max_bytes, wanted.most, wanted.proxy, named, wanted.every, wanted.paused, source_id),
        )

    def toggle_paused(self, source_ids: Sequence[int]) -> bool:
        """Has sources rest, or where all of them do, asked again; whether they rest now."""
        among = f"id IN ({','.join(str(int(number)) for number in source_ids)})"
        with self._db.batch():
            rest = self._db.value(f"SELECT 1 FROM source WHERE {among} AND paused = 0 LIMIT 1") is not None
            self._db.run(f"UPDATE source SET paused = ? WHERE {among}", (rest,))
        return rest

    def set_column(self, column: str, value: Any, source_ids: Sequence[int]) -> int:
        """Gives a column of sources a value, "kind" as the reader does; how many had another."""
        among = reader_rows.as_json(source_ids)
        where = f"removed IS NULL AND {column} IS NOT ? AND id IN (SELECT value FROM json_each(?))"
        with self._db.batch():
            if column != "kind":
                return self._db.run(f"UPDATE source SET {column} = ? WHERE {where}", (value, value, among))
            others = self._db.rows(f"SELECT id FROM source WHERE {where} AND kind <> 'bundled'", (value, among))
            for (source_id,) in others:
                self._read_as(source_id, value)
            return len(others)

    def put_in_order(self, source_ids: Sequence[int]) -> None:
        """Gives sources their places, one behind the other."""
        with self._db.batch():
            for place, source_id in enumerate(source_ids):
                self._db.run("UPDATE source SET place = ? WHERE id = ?", (place, source_id))

    def _read_as(self, source_id: int, kind: Kind) -> None:
        """Has a source read as another kind, and asked whole at once; what comes with the program stays what it is."""
        before, state = self._db.row("SELECT kind, state FROM source WHERE id = ?", (source_id,)) or (kind, "")
        if kind != before != "bundled":
            anew = http_state.dump(replace(http_state.load(state), validators=UNKNOWN))
            self._db.run(
                "UPDATE source SET kind = ?, state = ?, due = 0, error = '' WHERE id = ?", (kind, anew, source_id)
            )


def _kept_under(url: str, headers: str) -> str:
    """Headers whose secrets say under which address they are kept, for a source that goes on to another."""
    from json import dumps, loads

    return dumps({name: f"@{url}" if value == "@" else value for name, value in loads(headers).items()})
