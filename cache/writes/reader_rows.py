"""The rows that hold what a reader did, each with the time it was done: marks, tags, kept searches, sources removed.

Every write here is a statement or two inside the caller's transaction. `now` is in seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cache.db.highlights import name_of
from cache.db.values import number, text

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.highlight import Highlight

LATER = 0.001
"""Seconds that an act counts as later than the one it follows, where another machine's clock says otherwise."""


def set_column(connection: Connection, column: str, value: object, ids: Sequence[int], now: float) -> int:
    """One mark of many entries, in one statement: a hundred thousand take half a second; how many are there."""
    return connection.run(
        f"INSERT INTO mark (id, {column}, {column}_at)"
        " SELECT entry.id, ?, ? FROM json_each(?) JOIN entry ON entry.id = json_each.value WHERE true"
        f" ON CONFLICT (id) DO UPDATE SET {column} = excluded.{column},"
        f" {column}_at = max(excluded.{column}_at, {column}_at + {LATER})",
        (value, now, as_json(ids)),
    )


def set_place(connection: Connection, entry_id: int, place: object) -> int:
    """Where a saved entry stands in the reading list; when it was saved stays as it is. Whether it is saved, 0 or 1."""
    return connection.run("UPDATE mark SET saved = ? WHERE id = ? AND saved IS NOT NULL", (place, entry_id))


def add_tags(connection: Connection, entry_id: int, names: Iterable[str], now: float) -> int:
    """Tags an entry, after whatever was done with these tags before; how many it has got."""
    added = 0
    for name in names:
        added += connection.run(
            "INSERT OR REPLACE INTO tag (entry_id, name, at) SELECT id, ?, max(?, ? + coalesce("
            "(SELECT at FROM withdrawn_tag WHERE entry_id = ? AND name = ?), 0)) FROM entry WHERE id = ?",
            (name, now, LATER, entry_id, name, entry_id),
        )
        connection.run("DELETE FROM withdrawn_tag WHERE entry_id = ? AND name = ?", (entry_id, name))
    return added


def remove_tags(connection: Connection, entry_id: int, names: Iterable[str], now: float) -> int:
    """Takes tags off an entry, and notes when: a tag that comes from elsewhere may be older. How many it had."""
    had = 0
    for name in names:
        connection.run(
            "INSERT OR REPLACE INTO withdrawn_tag (entry_id, name, at)"
            " SELECT entry_id, name, max(?, at + ?) FROM tag WHERE entry_id = ? AND name = ?",
            (now, LATER, entry_id, name),
        )
        had += connection.run("DELETE FROM tag WHERE entry_id = ? AND name = ?", (entry_id, name))
    return had


def set_search(connection: Connection, name: str, query: str | None) -> None:
    """Keeps a search under a name, in place of one that has it; None drops it."""
    if query is None:
        connection.run("DELETE FROM saved_search WHERE name = ?", (name,))
        return
    connection.run(
        "INSERT INTO saved_search (name, query) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET query = excluded.query",
        (name, query),
    )


def set_site_rule(connection: Connection, passages: Sequence[str], kept: int | None, at: float) -> None:
    """Keeps what the reader says of passages (their site, how they are meant, their text); None takes it away."""
    if kept is None:
        connection.run("DELETE FROM site_rule WHERE host = ? AND how = ? AND text = ?", passages)
        return
    connection.run("INSERT OR REPLACE INTO site_rule VALUES (?, ?, ?, ?, ?)", (*passages, kept, at))


def set_highlight(connection: Connection, entry_id: int, quote: Sequence[str], *, stands: bool, now: float) -> int:
    """Highlights words of an entry, or withdraws that, as the newest that is known of it; 0 where it is so already."""
    if not stands:
        return connection.run(
            f"UPDATE highlight SET withdrawn = max(?, made + {LATER})"
            " WHERE entry_id = ? AND name = ? AND withdrawn IS NULL",
            (now, entry_id, name_of(quote)),
        )
    return connection.run(
        "INSERT INTO highlight (entry_id, name, text, prefix, suffix, occurrence, made)"
        " SELECT id, ?, ?, ?, ?, ?, ? FROM entry WHERE id = ?"
        f" ON CONFLICT (entry_id, name) DO UPDATE SET made = max(excluded.made, withdrawn + {LATER}), withdrawn = NULL"
        " WHERE withdrawn IS NOT NULL",
        (name_of(quote), *_quoted(quote), now, entry_id),
    )


def _quoted(quote: Sequence[str]) -> tuple[str, str, str, int]:
    """What a highlight is known by as its columns have it."""
    said, prefix, suffix, *which = quote
    return said, prefix, suffix, int(which[0]) if which else 0


def highlight_note(connection: Connection, entry_id: int, quote: Sequence[str]) -> str | None:
    """The note on a highlight, be it withdrawn or not; None where there is no such highlight."""
    row = connection.row("SELECT note FROM highlight WHERE entry_id = ? AND name = ?", (entry_id, name_of(quote)))
    return text(row[0]) if row else None


def set_highlight_note(connection: Connection, entry_id: int, quote: Sequence[str], note: str, now: float) -> None:
    """Keeps a note on a highlight, after whatever was written there before."""
    connection.run(
        f"UPDATE highlight SET note = ?, note_at = max(?, note_at + {LATER}) WHERE entry_id = ? AND name = ?",
        (note, now, entry_id, name_of(quote)),
    )


def keep_highlight(connection: Connection, entry_id: int, coming: Highlight) -> int:
    """A highlight from elsewhere that is not known here, with its own times; 0 where its entry is not there."""
    return connection.run(
        "INSERT INTO highlight (entry_id, name, text, prefix, suffix, occurrence, made, withdrawn, note, note_at)"
        " SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM entry WHERE id = ?",
        (
            *(name_of(coming.quote), *_quoted(coming.quote), coming.made, coming.withdrawn),
            *(coming.note, coming.noted, entry_id),
        ),
    )


def keep_acts(connection: Connection, entry_id: int, coming: Highlight) -> int:
    """When a highlight was made and withdrawn elsewhere: exactly then, as another library must not see a newer act."""
    return connection.run(
        "UPDATE highlight SET made = ?, withdrawn = ? WHERE entry_id = ? AND name = ?",
        (coming.made, coming.withdrawn, entry_id, name_of(coming.quote)),
    )


def keep_note(connection: Connection, entry_id: int, coming: Highlight) -> int:
    """The note that a highlight has elsewhere, and since when."""
    return connection.run(
        "UPDATE highlight SET note = ?, note_at = ? WHERE entry_id = ? AND name = ?",
        (coming.note, coming.noted, entry_id, name_of(coming.quote)),
    )


def places_of(connection: Connection, ids: Sequence[int]) -> list[tuple[int, float | None]]:
    """Where each of these entries stands in the reading list, None where it is not saved."""
    known = connection.rows("SELECT id, saved FROM mark WHERE id IN (SELECT value FROM json_each(?))", [as_json(ids)])
    before = {entry_id: None if saved is None else number(saved) for entry_id, saved in known}
    return [(entry_id, before.get(entry_id)) for entry_id in ids]


def as_json(ids: Sequence[int]) -> str:
    """Numbers as a JSON array, for `json_each`."""
    return f"[{','.join(map(str, ids))}]"


def set_setting(connection: Connection, name: str, value: object) -> None:
    """Keeps a setting, as JSON."""
    import json

    connection.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, json.dumps(value)))


def set_front_choice(connection: Connection, name: str, back: list[int], away: list[int]) -> int:
    """Stories that were chosen on the front page come back to the choices, others go; whether any is otherwise now."""
    from cache.front.choices import chosen, most_chosen

    now = chosen(connection, name)
    then = [*(one for one in now if one not in away), *(one for one in back if one not in now)][-most_chosen(name) :]
    if then != now:
        set_setting(connection, name, then)
    return int(then != now)
