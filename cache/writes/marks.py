"""What a reader marks: read, saved, tags, notes, what was thrown away. Each act returns how to take it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from cache.search.lists import reading_list
from cache.writes.undo import Undo

if TYPE_CHECKING:
    from cache.db.connection import Connection


def mark_read(connection: Connection, ids: Sequence[int], read: bool) -> Undo | None:
    """Marks entries read or unread."""
    with connection.batch():
        turned = _differing(connection, ids, f"shelf.read <> {int(read)}")
        _set_all(connection, turned, "read", int(read))
    before = "unread" if read else "read"
    return _undo(turned, f"{_count(turned)} {before} again", partial(_set_all, column="read", value=int(not read)))


def save(connection: Connection, ids: Sequence[int], saved: bool, now: float) -> Undo | None:
    """Saves entries for later, the last saved at the end of the reading order, or lets them go."""
    with connection.batch():
        turned = _differing(connection, ids, "shelf.saved IS NULL" if saved else "shelf.saved IS NOT NULL")
        before = _column(connection, "saved", turned)
        last = max(now, (connection.value("SELECT max(saved) FROM mark") or 0) + 1)
        _set(connection, "saved", [(id_, last + place if saved else None) for place, id_ in enumerate(turned)])
    sentence = f"{_count(turned)} {'no longer saved' if saved else 'saved again'}"
    return _undo(turned, sentence, lambda later, _: _set(later, "saved", before))


def move_saved(connection: Connection, entry_id: int, before: int | None) -> Undo | None:
    """Moves a saved entry before another in the reading list, or to its end."""
    with connection.batch():
        order = list(reading_list(connection))
        moved = [one for one in order if one != entry_id]
        if entry_id not in order:
            return None
        moved.insert(moved.index(before) if before in moved else len(moved), entry_id)
        if moved == order:
            return None
        places = _column(connection, "saved", order)
        _set(connection, "saved", [(one, place) for one, (_, place) in zip(moved, places, strict=True)])
    return Undo("The reading list is as before", lambda later: _set(later, "saved", places))


def throw_away(connection: Connection, ids: Sequence[int], now: float) -> Undo | None:
    """Takes entries off every list; `prune` frees their space later."""
    with connection.batch():
        turned = _differing(connection, ids, "1")
        _set_all(connection, turned, "gone", now)
    return _undo(turned, f"{_count(turned)} back", partial(_set_all, column="gone", value=None))


def remove_source(connection: Connection, source_id: int, now: float) -> Undo | None:
    """Takes a source and all its entries off the lists."""
    with connection.batch():
        title = connection.value("SELECT iif(title = '', url, title) FROM source WHERE id = ?", (source_id,))
        if not connection.run("UPDATE source SET removed = ? WHERE id = ? AND removed IS NULL", (now, source_id)):
            return None
        rows = connection.rows("SELECT id FROM shelf WHERE source_id = ?", (source_id,))
        turned = [row[0] for row in rows]
        _set_all(connection, turned, "gone", now)

    def revert(later: Connection) -> None:
        later.run("UPDATE source SET removed = NULL WHERE id = ?", (source_id,))
        _set_all(later, turned, "gone", None)

    return Undo(f"{title} is back", revert)


def tag(connection: Connection, entry_id: int, names: Iterable[str]) -> Undo | None:
    """Gives an entry exactly these tags, in lower case."""
    wanted = {name.strip().lower() for name in names} - {""}
    with connection.batch():
        before = {row[0] for row in connection.rows("SELECT name FROM tag WHERE entry_id = ?", (entry_id,))}
        if wanted == before:
            return None
        _retag(connection, entry_id, wanted)
    return Undo("The tags are as before", lambda later: _retag(later, entry_id, before))


def note(connection: Connection, entry_id: int, text: str) -> Undo | None:
    """Keeps a note on an entry; an empty one takes it away."""
    with connection.batch():
        before = connection.value("SELECT note FROM mark WHERE id = ?", (entry_id,)) or ""
        if text == before:
            return None
        _set(connection, "note", [(entry_id, text)])
    return Undo("The note is as before", lambda later: _set(later, "note", [(entry_id, before)]))


def set_scroll(connection: Connection, entry_id: int, line: int) -> None:
    """Keeps how far an entry was read."""
    with connection.batch():
        _set(connection, "scroll", [(entry_id, line)])


def set_setting(connection: Connection, name: str, value: object) -> None:
    """Keeps a setting, as JSON."""
    import json

    connection.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, json.dumps(value)))


def _set(connection: Connection, column: str, rows: Iterable[tuple[int, object]]) -> None:
    connection.run_many(
        f"INSERT INTO mark (id, {column}) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET {column} = excluded.{column}",
        rows,
    )


def _set_all(connection: Connection, ids: Sequence[int], column: str, value: object) -> None:
    """One value for all of them, in one statement: a hundred thousand take half a second."""
    connection.run(
        f"INSERT INTO mark (id, {column}) SELECT value, ? FROM json_each(?) WHERE true"
        f" ON CONFLICT (id) DO UPDATE SET {column} = excluded.{column}",
        (value, _as_json(ids)),
    )


def _as_json(ids: Sequence[int]) -> str:
    return f"[{','.join(map(str, ids))}]"


def _undo(turned: Sequence[int], sentence: str, revert: Callable[[Connection, Sequence[int]], object]) -> Undo | None:
    return Undo(sentence, lambda later: revert(later, turned)) if turned else None


def _retag(connection: Connection, entry_id: int, names: Iterable[str]) -> None:
    connection.run("DELETE FROM tag WHERE entry_id = ?", (entry_id,))
    connection.run_many("INSERT INTO tag (name, entry_id) VALUES (?, ?)", [(name, entry_id) for name in names])


def _differing(connection: Connection, ids: Sequence[int], where: str) -> list[int]:
    """Those of the ids that are on the lists and would change."""
    rows = connection.rows(
        f"SELECT id FROM shelf WHERE id IN (SELECT value FROM json_each(?)) AND {where}", (_as_json(ids),)
    )
    found = {row[0] for row in rows}
    return [entry_id for entry_id in dict.fromkeys(ids) if entry_id in found]


def _column(connection: Connection, column: str, ids: Sequence[int]) -> list[tuple[int, object]]:
    known = connection.rows(
        f"SELECT id, {column} FROM mark WHERE id IN (SELECT value FROM json_each(?))", [_as_json(ids)]
    )
    before = dict(known)
    return [(entry_id, before.get(entry_id)) for entry_id in ids]


def _count(ids: Sequence[int]) -> str:
    return "1 article is" if len(ids) == 1 else f"{len(ids):,} articles are"
