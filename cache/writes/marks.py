"""What a reader marks: read, saved, tags, notes, what was thrown away. Each act returns how to take it back.

A toggle is decided here, where it is written, so that two quick presses are two. `now` is in seconds since 1970, this
moment where it is left out; every mark carries it, and so does its withdrawal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from time import time
from typing import TYPE_CHECKING

from cache.db.rows import IS_KEPT
from cache.db.values import text as value_text
from cache.search.lists import reading_list
from cache.writes import reader_rows
from cache.writes.undo import Undo, UndoChange

if TYPE_CHECKING:
    from cache.db.connection import Connection


def mark_read(connection: Connection, ids: Sequence[int], read: bool, now: float | None = None) -> Undo | None:
    """Marks entries read or unread."""
    with connection.batch():
        turned = _differing(connection, ids, f"shelf.read <> {int(read)}")
        reader_rows.set_column(connection, "read", int(read), turned, time() if now is None else now)
    before = "unread" if read else "read"
    return _undo(turned, f"{_count(turned)} {before} again", ["marks", "read", [[int(not read), turned]]])


def toggle_read(connection: Connection, entry_id: int, now: float | None = None) -> Undo | None:
    """Marks an entry read, or unread again, whichever it is not."""
    with connection.batch():
        read = connection.value("SELECT read FROM shelf WHERE id = ?", (entry_id,))
        return mark_read(connection, [entry_id], not read, now)


def mark_repeats_read(connection: Connection, ids: Sequence[int]) -> None:
    """Marks entries read that nobody has looked at; as nobody did it, whatever a reader does is newer."""
    with connection.batch():
        reader_rows.set_column(connection, "read", 1, _differing(connection, ids, "shelf.read = 0"), 0.0)


def save(connection: Connection, ids: Sequence[int], saved: bool, now: float | None = None) -> Undo | None:
    """Saves entries for later, the last saved at the end of the reading order, or lets them go."""
    now = time() if now is None else now
    with connection.batch():
        turned = _differing(connection, ids, "shelf.saved IS NULL" if saved else "shelf.saved IS NOT NULL")
        before = reader_rows.places_of(connection, turned)
        last = end_of_reading_list(connection, now)
        for place, entry_id in enumerate(turned):
            reader_rows.set_column(connection, "saved", last + place if saved else None, [entry_id], now)
    sentence = f"{_count(turned)} {'no longer saved' if saved else 'saved again'}"
    return _undo(turned, sentence, ["marks", "saved", [[place, [entry_id]] for entry_id, place in before]])


def toggle_saved(connection: Connection, entry_id: int, now: float | None = None) -> Undo | None:
    """Saves an entry, or lets it go, whichever it is not."""
    with connection.batch():
        saved = connection.value("SELECT saved FROM shelf WHERE id = ?", (entry_id,))
        return save(connection, [entry_id], saved is None, now)


def end_of_reading_list(connection: Connection, now: float) -> float:
    """The place of what is saved next."""
    last = connection.value("SELECT max(saved) FROM mark WHERE typeof(saved) IN ('real', 'integer') AND saved < 1e15")
    return max(now, float(last or 0) + 1)


def move_saved(connection: Connection, entry_id: int, by: int) -> Undo | None:
    """Moves a saved entry so many places down the reading list, or up, as far as it goes."""
    with connection.batch():
        order = list(reading_list(connection))
        if entry_id not in order:
            return None
        moved = [one for one in order if one != entry_id]
        moved.insert(max(0, order.index(entry_id) + by), entry_id)
        if moved == order:
            return None
        places = reader_rows.places_of(connection, order)
        for one, (_, place) in zip(moved, places, strict=True):
            reader_rows.set_place(connection, one, place)
    return Undo("The reading list is as before", (["places", list(map(list, places))],), 1)


def throw_away(connection: Connection, ids: Sequence[int], now: float) -> Undo | None:
    """Takes entries off every list; `prune` frees their space later."""
    with connection.batch():
        turned = _differing(connection, ids, "1")
        reader_rows.set_column(connection, "gone", now, turned, now)
    return _undo(turned, f"{_count(turned)} back", ["marks", "gone", [[None, turned]]])


def remove_source(connection: Connection, source_id: int, now: float, *, with_kept: bool = False) -> Undo | None:
    """Takes a source and its entries off the lists; what the reader keeps of it stays on them, unless `with_kept`."""
    with connection.batch():
        facts = connection.row(
            "SELECT url, kind, title, home, language, section FROM source WHERE id = ?", (source_id,)
        )
        if facts is None or not connection.run(
            "UPDATE source SET removed = ? WHERE id = ? AND removed IS NULL", (now, source_id)
        ):
            return None
        staying = "0" if with_kept else IS_KEPT
        rows = connection.rows(f"SELECT id FROM shelf WHERE source_id = ? AND NOT {staying}", (source_id,))
        turned = [row[0] for row in rows]
        reader_rows.set_column(connection, "gone", now, turned, now)
    told = [value_text(fact) for fact in facts]
    changes: tuple[UndoChange, ...] = (["source", source_id, *told], ["marks", "gone", [[None, turned]]])
    return Undo(f"{told[2] or told[0]} is back", changes, len(turned))


def tag(connection: Connection, entry_id: int, names: Iterable[str], now: float | None = None) -> Undo | None:
    """Gives an entry these tags, too, in lower case."""
    return retag(connection, entry_id, names, (), now)


def retag(
    connection: Connection, entry_id: int, add: Iterable[str], remove: Iterable[str], now: float | None = None
) -> Undo | None:
    """Gives an entry tags, in lower case, and takes others away; those that are not named stay as they are."""
    now = time() if now is None else now
    with connection.batch():
        rows = connection.rows("SELECT name FROM tag WHERE entry_id = ? AND typeof(name) = 'text'", (entry_id,))
        before = {row[0] for row in rows}
        fresh, stale = sorted(as_tags(add) - before), sorted((as_tags(remove) - as_tags(add)) & before)
        if not fresh and not stale:
            return None
        reader_rows.add_tags(connection, entry_id, fresh, now)
        reader_rows.remove_tags(connection, entry_id, stale, now)
    return Undo("The tags are as before", (["tags", entry_id, stale, fresh],), 1)


def tag_all(connection: Connection, ids: Sequence[int], names: Iterable[str], now: float) -> Undo | None:
    """Gives entries these tags, too, as one act."""
    given = tuple(names)
    with connection.batch():
        acts = [act for entry_id in ids if (act := retag(connection, entry_id, given, (), now))]
    return Undo(acts[0].sentence, tuple(change for act in acts for change in act.changes), len(acts)) if acts else None


def note(connection: Connection, entry_id: int, text: str, now: float | None = None) -> Undo | None:
    """Keeps a note on an entry; an empty one takes it away."""
    with connection.batch():
        before = value_text(connection.value("SELECT note FROM mark WHERE id = ?", (entry_id,)))
        if text == before:
            return None
        reader_rows.set_column(connection, "note", text, [entry_id], time() if now is None else now)
    return Undo("The note is as before", (["note", entry_id, before, text],), 1)


def set_scroll(connection: Connection, entry_id: int, text_offset: int) -> None:
    """Keeps how far an entry was read: the characters of its text above the screen."""
    connection.run(
        "INSERT INTO mark (id, scroll) SELECT id, ? FROM entry WHERE id = ?"
        " ON CONFLICT (id) DO UPDATE SET scroll = excluded.scroll",
        (text_offset, entry_id),
    )


def set_setting(connection: Connection, name: str, value: object) -> None:
    """Keeps a setting, as JSON."""
    reader_rows.set_setting(connection, name, value)


def as_tags(names: Iterable[str]) -> set[str]:
    """The tags as they are kept: in lower case, without # or comma about them, one word each."""
    return {"-".join(name.strip("#, \t\n").lower().split()) for name in names} - {""}


def _undo(turned: Sequence[int], sentence: str, change: UndoChange) -> Undo | None:
    return Undo(sentence, (change,), len(turned)) if turned else None


def _differing(connection: Connection, ids: Sequence[int], where: str) -> list[int]:
    """Those of the ids that are on the lists and would change."""
    rows = connection.rows(
        f"SELECT id FROM shelf WHERE id IN (SELECT value FROM json_each(?)) AND {where}",
        (reader_rows.as_json(ids),),
    )
    found = {row[0] for row in rows}
    return [entry_id for entry_id in dict.fromkeys(ids) if entry_id in found]


def _count(ids: Sequence[int]) -> str:
    return "1 article is" if len(ids) == 1 else f"{len(ids):,} articles are"
