"""Lists: which entries filters find, in which order. The table `shelf` holds what lists are made of."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from cache.db.rows import FAILED, FULL, PART, TEASER
from cache.db.values import text

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.search.query import Filter

NEWEST = "ORDER BY shelf.at DESC, shelf.id DESC"

_STATES = {
    "unread": "shelf.read = 0",
    "read": "shelf.read = 1",
    "saved": "shelf.saved IS NOT NULL",
    "queued": "shelf.queued = 1",
    "full": f"shelf.offline = {FULL}",
    "part": f"shelf.offline = {PART}",
    "teaser": f"shelf.offline = {TEASER}",
    "failed": f"shelf.offline = {FAILED}",
    "changed": "shelf.id IN (SELECT id FROM entry WHERE changed = 1)",
    "tagged": "shelf.id IN (SELECT entry_id FROM tag)",
    "noted": "shelf.id IN (SELECT id FROM mark WHERE note <> '')",
    "highlighted": "shelf.id IN (SELECT entry_id FROM highlight WHERE withdrawn IS NULL)",
}


SortKey: TypeAlias = Literal["newest", "oldest", "source", "reports"]

_FEW = 2000
"""Entries that are sooner looked up than met on the way down the list."""


def listed(connection: Connection, filters: Iterable[Filter], limit: int | None = None, offset: int = 0) -> array[int]:
    """The ids that filters find, newest first; saved ones in the order they were saved for later."""
    where, values = conditions(connection, filters)
    return connection.numbers(
        f"SELECT shelf.id FROM shelf WHERE {where} {NEWEST} LIMIT ? OFFSET ?",
        (*values, -1 if limit is None else limit, offset),
    )


def reading_list(connection: Connection) -> array[int]:
    """The ids that were saved for later, in the order to read them."""
    return connection.numbers("SELECT id FROM shelf WHERE saved IS NOT NULL ORDER BY saved, id")


def conditions(connection: Connection, filters: Iterable[Filter]) -> tuple[str, list[Any]]:
    """The filters as a condition on `shelf`, and its values."""
    parts, values = ["1"], []
    for found in filters:
        part, more = _condition(connection, found)
        parts.append(f"NOT ({part})" if found.negated else part)
        values += more
    return " AND ".join(parts), values


def fold(connection: Connection, ids: Sequence[int]) -> array[int]:
    """Without the entries whose story another source tells further up; what one paper prints twice are two articles."""
    query = "SELECT shelf.id, story, source_id FROM reports JOIN shelf ON shelf.id = entry_id WHERE story > 0"
    if len(ids) > 1000:
        rows = connection.rows(query)
    else:
        rows = connection.rows(f"{query} AND entry_id IN ({','.join('?' * len(ids))})", ids)
    place = {entry_id: (story, source_id) for entry_id, story, source_id in rows}
    first: dict[int, int] = {}
    kept = array("q")
    for entry_id in ids:
        told = place.get(entry_id)
        if not told or first.setdefault(*told) == told[1]:
            kept.append(entry_id)
    return kept


def ordered(connection: Connection, ids: Sequence[int], by: SortKey) -> array[int]:
    """The ids by time, by their source's title, or those first whose story most reports tell; else as they were."""
    if by == "reports":
        rows = connection.rows("SELECT entry_id, story FROM reports WHERE story > 0")
        told = Counter(story for _, story in rows)
        place: dict[int, Any] = {entry_id: (-told[story], story) for entry_id, story in rows if told[story] > 1}
        return array("q", sorted(ids, key=lambda entry_id: place.get(entry_id, (-1, 0))))
    if by == "source":
        from fetch.letters import natural_order

        rows = connection.rows("SELECT shelf.id, title FROM shelf JOIN source ON source.id = source_id")
        keys = {title: tuple(natural_order(title)) for title in {str(title) for _, title in rows}}
        ranks = {key: at for at, key in enumerate(sorted(set(keys.values())))}
        place = {entry_id: ranks[keys[str(title)]] for entry_id, title in rows}
        return array("q", sorted(ids, key=lambda entry_id: place.get(entry_id, len(ranks))))
    place = dict(connection.rows("SELECT id, at FROM shelf"))
    return array("q", sorted(ids, key=lambda entry_id: place.get(entry_id, 0), reverse=by == "newest"))


def _condition(connection: Connection, found: Filter) -> tuple[str, list[Any]]:
    value, wanted = found.value, str(found.value).casefold()
    match found.name:
        case "is" | "topic":
            return _of_state(connection, found)
        case "nothing":
            return "0", []
        case "since":
            return "shelf.at >= ?", [value]
        case "before":
            return "shelf.at < ?", [value]
        case "on":
            first, after = map(float, str(value).split())
            return "shelf.at >= ? AND shelf.at < ?", [first, after]
        case "source" | "group":
            return _of_sources(
                _in_group(connection, wanted) if found.name == "group" else _named(connection, str(value))
            )
        case "tag":
            return "shelf.id IN (SELECT entry_id FROM tag WHERE name = ?)", [str(value).lower()]
        case "lang":
            return _of_entries(connection, "language", lambda language: f"{language}-".startswith(f"{wanted}-"))
        case "reason":
            said = "EXISTS (SELECT 1 FROM entry WHERE id = shelf.id AND reason LIKE ? ESCAPE '\\')"
            return f"{_incomplete(connection)} AND {said}", [f"%{_like(wanted)}%"]
    return _of_entries(connection, "section", lambda section: wanted in section)


def _of_state(connection: Connection, found: Filter) -> tuple[str, list[Any]]:
    state = str(found.value)
    if found.name == "topic" or state == "followed":
        from cache.db import topics

        reports = [int(state)] if found.name == "topic" else topics.followed(connection)
        numbers = ",".join(map(str, topics.entries(connection, reports)))
        return "shelf.id IN (SELECT value FROM json_each(?))", [f"[{numbers}]"]
    return _incomplete(connection) if state == "incomplete" else _STATES[state], []


def _incomplete(connection: Connection) -> str:
    """What is not whole: looked up by its state where that is little, else met on the way."""
    incomplete = connection.value("SELECT total(total) - total(whole) FROM tally")
    return f"shelf.offline IN ({TEASER}, {FAILED}, {PART})" if incomplete < _FEW else f"shelf.offline <> {FULL}"


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
    return [value for row in connection.rows(query) if isinstance(value := row[0], str)]


def _named(connection: Connection, name: str) -> list[int]:
    """Sources by their number, else by any part of its title, address or section."""
    if name.isascii() and name.isdigit() and len(name) < 10:
        return [int(name)]
    part = f"%{_like(name)}%"
    rows = connection.rows(
        "SELECT id FROM source WHERE title LIKE ? ESCAPE '\\' OR url LIKE ? ESCAPE '\\' OR section LIKE ? ESCAPE '\\'",
        (part,) * 3,
    )
    return [row[0] for row in rows]


def _in_group(connection: Connection, wanted: str) -> list[int]:
    """The sources filed in a group or in one of its, in any case, and without the quotes that no query can hold."""
    rows = connection.rows("SELECT id, section FROM source WHERE section <> ''")
    return [row[0] for row in rows if any(_is_in(path, wanted) for path in text(row[1]).split("\n"))]


def _is_in(path: str, group: str) -> bool:
    named = path.casefold().replace('"', "").strip()
    return named == group or named.startswith(f"{group}/")


def _of_sources(numbers: Sequence[int]) -> tuple[str, list[Any]]:
    if len(numbers) == 1:
        return "shelf.source_id = ?", list(numbers)
    return f"shelf.source_id IN ({','.join('?' * len(numbers))})", list(numbers)


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
