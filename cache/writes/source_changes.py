"""The reader's changes of sources, each with its way back: named, filed, paused, put in order, limited, removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from cache.db.values import integer, integer_or_none
from cache.db.values import text as value_text
from cache.writes import marks, reader_rows
from cache.writes.undo import Undo, UndoChange
from cache.writes.undo_change import ARRANGED

if TYPE_CHECKING:
    from cache.db.connection import Connection

_SECRET = ("headers", "proxy")
"""What may let someone in is kept in one place, and not on the undo trail as well."""
_NUMBERS = frozenset(("place", "every", "max_bytes", "most", "keep_days", "keep_count"))
_READ = ("title", "url", *ARRANGED, *_SECRET)


def changed(
    connection: Connection, source_ids: Sequence[int], change: Callable[[], object], sentence: str = ""
) -> Undo | None:
    """Has sources changed; the way back to all that was otherwise, but for headers and proxy, which the sentence says.

    `sentence` is what is true once it is taken back, one that names the sources where it is empty.
    """
    with connection.batch():
        before = _columns(connection, source_ids)
        change()
        after = _columns(connection, source_ids)
    otherwise = [each for each in before if before[each] != after[each]]
    changes = [change for column in ARRANGED for change in _ways_back(before, after, column)]
    if not changes:
        return None
    secret = any(before[each][column] != after[each][column] for each in otherwise for column in _SECRET)
    said = sentence or _named([before[each] for each in otherwise])
    return Undo(f"{said}, but for headers and proxy" if secret else said, (["sources", changes],), len(otherwise))


def remove(connection: Connection, source_ids: Sequence[int], now: float, *, with_kept: bool = False) -> Undo | None:
    """Takes sources and their entries off the lists, as one act; what the reader keeps stays, unless `with_kept`."""
    with connection.batch():
        found = [marks.remove_source(connection, each, now, with_kept=with_kept) for each in source_ids]
    acts = [act for act in found if act]
    sentence = acts[0].sentence if len(acts) == 1 else f"{len(acts)} sources are back"
    changes = tuple(change for act in acts for change in act.changes)
    return Undo(sentence, changes, len(acts)) if acts else None


def _columns(connection: Connection, source_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    rows = connection.rows(
        f"SELECT id, {', '.join(_READ)} FROM source"
        " WHERE removed IS NULL AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (reader_rows.as_json(source_ids),),
    )
    return {row[0]: {column: _fact(column, row[at]) for at, column in enumerate(_READ, 1)} for row in rows}


def _fact(column: str, value: object) -> str | int | None:
    """What a column holds as it can be set back: a library may hold anything in it."""
    if column == "paused":
        return int(bool(integer(value)))
    return integer_or_none(value) if column in _NUMBERS else value_text(value)


def _ways_back(before: dict[int, dict[str, Any]], after: dict[int, dict[str, Any]], column: str) -> list[UndoChange]:
    """What a column was of the sources in which it changed: each value with those that had it."""
    had: dict[Any, list[int]] = {}
    for source_id, facts in before.items():
        if facts[column] != after[source_id][column]:
            had.setdefault(facts[column], []).append(source_id)
    return [[column, value, ids] for value, ids in had.items()]


def _named(sources: Sequence[dict[str, Any]]) -> str:
    if len(sources) == 1:
        return f"{value_text(sources[0]['title']) or value_text(sources[0]['url'])} is as before"
    return f"{len(sources)} sources are as before"
