"""Lists: which entries a query finds, in which order, and their rows; reads only."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from cache.db.connection import understanding
from cache.db.rows import ENTRY_COLUMNS, FAILED, FULL, SOURCE_COLUMNS, TEASER, name_of, to_entry, to_moment, to_source
from cache.entry import Entry, SourceEntry, Status
from cache.errors import NoSuchEntry

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.search.query import Filter
    from fetch.article import Article

NEWEST = "ORDER BY shelf.at DESC, shelf.id DESC"

_STATES = {
    "unread": "shelf.read = 0",
    "read": "shelf.read = 1",
    "saved": "shelf.saved IS NOT NULL",
    "queued": "shelf.queued = 1",
    "full": f"shelf.offline = {FULL}",
    "teaser": f"shelf.offline = {TEASER}",
    "failed": f"shelf.offline = {FAILED}",
    "changed": "shelf.id IN (SELECT id FROM entry WHERE changed = 1)",
    "tagged": "shelf.id IN (SELECT entry_id FROM tag)",
    "noted": "shelf.id IN (SELECT id FROM mark WHERE note <> '')",
}


_FEW = 2000
"""Entries that are sooner looked up than met on the way down the list."""


def listed(connection: Connection, filters: Iterable[Filter], limit: int | None = None, offset: int = 0) -> array[int]:
    """The ids that filters find, newest first; saved ones in the order they were saved for later."""
    where, values = conditions(connection, filters)
    rows = connection.rows(
        f"SELECT shelf.id FROM shelf WHERE {where} {NEWEST} LIMIT ? OFFSET ?",
        (*values, -1 if limit is None else limit, offset),
    )
    return array("q", [row[0] for row in rows])


def conditions(connection: Connection, filters: Iterable[Filter]) -> tuple[str, list[Any]]:
    """The filters as a condition on `shelf`, and its values."""
    parts, values = ["1"], []
    for found in filters:
        part, more = _condition(connection, found)
        parts.append(f"NOT ({part})" if found.negated else part)
        values += more
    return " AND ".join(parts), values


def entries(connection: Connection, ids: Sequence[int]) -> list[Entry]:
    """The rows of these ids in their order; those that are gone are left out."""
    found: dict[int, Entry] = {}
    for start in range(0, len(ids), 500):
        chunk = ids[start : start + 500]
        with understanding(connection.path):
            found |= {row[0]: _entry(row) for row in connection.rows(_entries_query(len(chunk)), chunk)}
    return [found[entry_id] for entry_id in ids if entry_id in found]


def fold(connection: Connection, ids: Sequence[int]) -> array[int]:
    """Without the entries whose story another source tells further up; what one paper prints twice are two articles."""
    told = "SELECT shelf.id, story, source_id FROM reports JOIN shelf ON shelf.id = entry_id WHERE story > 0"
    if len(ids) > 1000:
        rows = connection.rows(told)
    else:
        rows = connection.rows(f"{told} AND entry_id IN ({','.join('?' * len(ids))})", ids)
    place = {entry_id: (story, source_id) for entry_id, story, source_id in rows}
    first: dict[int, int] = {}
    kept = array("q")
    for entry_id in ids:
        story, source_id = place.get(entry_id, (-entry_id, 0))
        if first.setdefault(story, source_id) == source_id:
            kept.append(entry_id)
    return kept


def sources(connection: Connection) -> list[SourceEntry]:
    """The sources kept, in the order the reader filed them, with their counts."""
    rows = connection.rows(
        f"SELECT {SOURCE_COLUMNS} FROM source LEFT JOIN tally ON tally.source_id = source.id"
        " WHERE removed IS NULL ORDER BY section, source.id"
    )
    return [to_source(row) for row in rows]


def source(connection: Connection, ref: str | int) -> SourceEntry:
    """A source by number, address, or title in any case; raises NoSuchEntry."""
    wanted = str(ref).strip()
    kept = sources(connection)
    for name in ("id", "url", "home", "title"):
        for found in kept:
            if wanted and str(getattr(found, name)).casefold() == wanted.casefold():
                return found
    raise NoSuchEntry(f"There is no source {wanted} in the library.")


def status(connection: Connection) -> Status:
    """The library at a glance."""
    row = connection.row(
        "SELECT total(total), total(unread), total(saved), total(whole), total(failed), total(queued) FROM tally"
    )
    total, unread, saved, full, failed, queued = map(int, row or [0] * 6)
    asked = connection.value("SELECT max(refreshed) FROM source WHERE removed IS NULL AND kind <> 'bundled'")
    return Status(total, unread, saved, full, failed, queued, to_moment(asked), setting(connection, "notice", ""))


def article(connection: Connection, entry: Entry) -> Article | None:
    """The article of an entry, or None while its text is not on disk."""
    packed = connection.value("SELECT packed FROM article WHERE id = ?", (entry.id,))
    if packed is None:
        return None
    from cache.db.codec import unpack

    return unpack(packed, entry)


def whole_text(connection: Connection, entry_id: int) -> str:
    """All that can be found of an entry, as one text."""
    row = connection.row(
        "SELECT headline, authors, summary, packed FROM entry LEFT JOIN article USING (id) WHERE id = ?", (entry_id,)
    )
    if row is None:
        return ""
    from cache.db.codec import said_in
    from cache.search.index import findable

    headline, authors, summary, packed = row
    return "\n".join(findable(headline, authors, summary, said_in(packed) if packed else None))


def find(connection: Connection, url: str) -> int | None:
    """The entry that has this address, or once had it."""
    from fetch.links import canonical

    found: int | None = connection.value(
        "SELECT shelf.id FROM address JOIN shelf ON shelf.id = entry_id WHERE name = ?",
        (name_of(canonical(url) or url),),
    )
    return found


def setting(connection: Connection, name: str, default: Any) -> Any:
    """A setting as it was set."""
    kept = connection.value("SELECT value FROM setting WHERE name = ?", (name,))
    if kept is None:
        return default
    import json

    return json.loads(kept)


def _entries_query(count: int) -> str:
    return (
        f"SELECT {ENTRY_COLUMNS}, (SELECT group_concat(name, '\n') FROM tag WHERE entry_id = entry.id), reports.story,"
        " iif(reports.story, (SELECT count(*) FROM reports AS told WHERE told.story = reports.story), 0)"
        " FROM entry JOIN shelf USING (id) LEFT JOIN source ON source.id = entry.source_id"
        f" LEFT JOIN reports ON reports.entry_id = entry.id WHERE entry.id IN ({','.join('?' * count)})"
    )


def _entry(row: tuple[Any, ...]) -> Entry:
    *facts, names, story, reports = row
    # A story told once is no story, and one under 0 is not yet known.
    told = (story, reports) if story and reports > 1 else (0, 1)
    return to_entry(tuple(facts), told[0], _tags(names), told[1])


def _tags(names: str | None) -> tuple[str, ...]:
    return tuple(sorted(names.split("\n"))) if names else ()


def _condition(connection: Connection, found: Filter) -> tuple[str, list[Any]]:
    value, wanted = found.value, str(found.value).casefold()
    match found.name:
        case "is":
            return _partial(connection) if value == "partial" else _STATES[str(value)], []
        case "since":
            return "shelf.at >= ?", [value]
        case "before":
            return "shelf.at < ?", [value]
        case "on":
            first, after = map(float, str(value).split())
            return "shelf.at >= ? AND shelf.at < ?", [first, after]
        case "source":
            return _from_source(connection, str(value))
        case "tag":
            return "shelf.id IN (SELECT entry_id FROM tag WHERE name = ?)", [str(value).lower()]
        case "lang":
            return _of_entries(connection, "language", lambda language: f"{language}-".startswith(f"{wanted}-"))
        case "reason":
            missing = f"shelf.offline <> {FULL} AND EXISTS"
            return f"{missing} (SELECT 1 FROM entry WHERE id = shelf.id AND reason LIKE ? ESCAPE '\\')", [
                f"%{_like(wanted)}%"
            ]
    return _of_entries(connection, "section", lambda section: wanted in section)


def _partial(connection: Connection) -> str:
    """What is not whole: looked up by its state where that is little, else met on the way."""
    partial = connection.value("SELECT total(total) - total(whole) FROM tally")
    return f"shelf.offline IN ({TEASER}, {FAILED})" if partial < _FEW else f"shelf.offline <> {FULL}"


def _of_entries(connection: Connection, column: str, is_meant: Callable[[str], bool]) -> tuple[str, list[Any]]:
    """The entries whose column says what is meant; where they are few they are looked up, else met on the way."""
    from json import dumps

    meant = dumps([value for value in _values(connection, column) if is_meant(value.casefold())])
    among = f"{column} IN (SELECT value FROM json_each(?))"
    if connection.value(f"SELECT count(*) FROM (SELECT 1 FROM entry WHERE {among} LIMIT {_FEW})", (meant,)) < _FEW:
        return f"shelf.id IN (SELECT id FROM entry WHERE {among})", [meant]
    return f"EXISTS (SELECT 1 FROM entry WHERE id = shelf.id AND {among})", [meant]


def _values(connection: Connection, column: str) -> list[str]:
    """All that stands in a column that has an index, each once: from one to the next, past all that are alike."""
    query = (
        f"WITH RECURSIVE met(value) AS (SELECT min({column}) FROM entry UNION ALL"
        f" SELECT (SELECT min({column}) FROM entry WHERE {column} > value) FROM met WHERE value IS NOT NULL)"
        " SELECT value FROM met WHERE value IS NOT NULL"
    )
    return [row[0] for row in connection.rows(query)]


def _from_source(connection: Connection, name: str) -> tuple[str, list[Any]]:
    """A source by its number, else by any part of its title, address or section."""
    if name.isascii() and name.isdigit() and len(name) < 10:
        numbers = [int(name)]
    else:
        part = f"%{_like(name)}%"
        rows = connection.rows(
            "SELECT id FROM source WHERE title LIKE ?1 ESCAPE '\\' OR url LIKE ?1 ESCAPE '\\'"
            " OR section LIKE ?1 ESCAPE '\\'",
            (part,),
        )
        numbers = [row[0] for row in rows]
    if len(numbers) == 1:
        return "shelf.source_id = ?", list(numbers)
    return f"shelf.source_id IN ({','.join('?' * len(numbers))})", list(numbers)


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
