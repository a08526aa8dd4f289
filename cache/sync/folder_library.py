"""The acts of a library as those that share a folder tell them: read from its rows, and taken into them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cache.db.acts import TimedAct
from cache.db.highlights import HIGHLIGHT_COLUMNS, to_highlight
from cache.db.rows import IS_KEPT, OFFLINE, address_key
from cache.db.values import integer, number, text
from cache.highlight import Highlight
from cache.sync.folder_acts import TAG, TIMED_MARKS, Acts, flag, names_of, seconds
from cache.writes import highlights, timed_marks
from cache.writes.marks import as_tags
from cache.writes.merge import merge

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.writes.store import Store

_MARKED = (
    "SELECT entry.url, mark.read = 1, mark.read_at, mark.saved IS NOT NULL, mark.saved_at, mark.queued = 1,"
    " mark.queued_at, mark.gone IS NOT NULL, mark.gone_at, mark.gone IS NOT NULL AND mark.gone IS source.removed,"
    " mark.note, mark.note_at FROM mark JOIN entry USING (id) LEFT JOIN source ON source.id = entry.source_id"
)
_WHOLE = {"full": 2, "part": 1}
_AT_ONCE = 10_000


class KnownAct(NamedTuple):
    """An act to be taken in: which register it is, of which entry, and what it says."""

    entry_id: int
    about: tuple[str, ...]
    is_set: bool
    at: float
    said: str = ""
    stands: tuple[int, str] = (0, "")
    """Of a note on a highlight: what is known of the highlight itself."""


def acts_of(connection: Connection) -> Acts:
    """What the reader of a library did with entries, each with when; what went with its source was not thrown away."""
    acts = Acts()
    for url, *marks, went, note, noted in connection.rows(_MARKED):
        name = address_key(text(url))
        for mark, is_set, at in zip(TIMED_MARKS, marks[::2], marks[1::2], strict=True):
            if (is_set or at) and not (mark == "gone" and went):
                acts.add(mark, name, bool(is_set), number(at))
        if note or noted:
            acts.say(("note", str(name)), text(note), number(noted))
    for table, given in (("tag", True), ("withdrawn_tag", False)):
        tagged = f"SELECT entry.url, {table}.name, {table}.at FROM {table} JOIN entry ON entry.id = {table}.entry_id"
        for url, tag, at in connection.rows(tagged):
            acts.add(TAG + text(tag), address_key(text(url)), given, number(at))
    for url, *row in connection.rows(
        f"SELECT entry.url, {_of('highlight', HIGHLIGHT_COLUMNS)} FROM highlight JOIN entry ON entry.id = entry_id"
    ):
        _add_highlight(acts, address_key(text(url)), to_highlight(tuple(row)))
    return acts


def _of(table: str, columns: str) -> str:
    return ", ".join(f"{table}.{column}" for column in columns.split(", "))


def _add_highlight(acts: Acts, name: int, highlight: Highlight) -> None:
    about = (str(name), highlight.text, highlight.prefix, highlight.suffix, str(highlight.occurrence))
    acts.say(("highlight", *about), "" if highlight.withdrawn is not None else "stands", highlight.at)
    acts.say(("highlight note", *about), highlight.note, highlight.noted)


def state_of(connection: Connection) -> bytes:
    """A digest of all that a sync by a folder depends on in a library."""
    import marshal
    from hashlib import blake2b

    digest = blake2b(digest_size=16)
    for query in (
        "SELECT id, read, read_at, saved IS NOT NULL, saved_at, queued, queued_at, gone, gone_at, note, note_at"
        " FROM mark",
        "SELECT entry_id, name, at FROM tag",
        "SELECT entry_id, name, at FROM withdrawn_tag",
        "SELECT entry_id, name, made, withdrawn, note, note_at FROM highlight",
        "SELECT id, url, kind, title, section, place, removed FROM source",
        "SELECT count(*), max(rowid) FROM address",
        "SELECT seq FROM sqlite_sequence WHERE name = 'entry'",
        f"SELECT id, offline FROM shelf WHERE {IS_KEPT}",
    ):
        digest.update(marshal.dumps(connection.rows(query), 2))
    return digest.digest()


def ids_of(connection: Connection, names: Sequence[int]) -> dict[int, int]:
    """The entries that have these names."""
    found = dict[int, int]()
    for begin in range(0, len(names), _AT_ONCE):
        wanted = f"[{','.join(map(str, names[begin : begin + _AT_ONCE]))}]"
        query = "SELECT name, entry_id FROM address WHERE name IN (SELECT value FROM json_each(?)) AND entry_id > 0"
        found.update((name, entry_id) for name, entry_id in connection.rows(query, (wanted,)))
    return found


def known_acts(connection: Connection, fresh: Acts, others: Acts) -> list[KnownAct]:
    """The acts of others that speak of entries which are here; what they say of the rest waits in their files."""
    ids = ids_of(connection, list(dict.fromkeys(names_of(fresh))))
    return list(_known_acts(ids, fresh, others))


def _known_acts(ids: dict[int, int], fresh: Acts, others: Acts) -> Iterator[KnownAct]:
    for mark, column in fresh.flags.items():
        if mark in TIMED_MARKS or mark.startswith(TAG):
            for name, packed in column.items():
                if entry_id := ids.get(name):
                    yield KnownAct(entry_id, (mark,), *flag(packed))
    for about, (moment, said) in fresh.words.items():
        if about[0] not in ("source", "order") and (entry_id := ids.get(integer_of(about))):
            stands = others.words.get(("highlight", *about[1:]), (0, ""))
            yield KnownAct(entry_id, about, bool(said), seconds(moment), said, stands)


def integer_of(about: tuple[str, ...]) -> int:
    """The name of the entry that words are about; 0 for words about none."""
    return int(about[1]) if len(about) > 1 and about[1].lstrip("-").isdigit() else 0


def take_some(store: Store, waiting: Sequence[KnownAct]) -> list[bool]:
    """Takes acts in, as many as a short transaction holds; of each whether it was newer than what is here."""
    return next(store.connection.in_batches(waiting, lambda act: _take(store.connection, act)), [])


def _take(connection: Connection, act: KnownAct) -> bool:
    kind = act.about[0]
    if kind not in (*TIMED_MARKS, "note"):
        timed_marks.round_times(connection, act.entry_id)
    if kind.startswith(TAG):
        names = as_tags([kind.removeprefix(TAG)])
        return any(merge(connection, act.entry_id, TimedAct("tag", act.is_set, act.at, name)) for name in names)
    if kind == "note":
        return timed_marks.take_note(connection, act.entry_id, act.said, act.at)
    if kind in TIMED_MARKS:
        return timed_marks.take_mark(connection, act.entry_id, kind, act.is_set, act.at)
    return _take_highlight(connection, act)


def _take_highlight(connection: Connection, act: KnownAct) -> bool:
    """A highlight, its withdrawal, or the note on one, which goes with what is known of the highlight."""
    kind, _, said, prefix, suffix, which = act.about
    at, stands = (act.at, act.is_set) if kind == "highlight" else (seconds(act.stands[0]), bool(act.stands[1]))
    made, withdrawn = (at, None) if stands else (0.0, at)
    note, noted = (act.said, act.at) if kind == "highlight note" else ("", 0.0)
    occurrence = int(which) if which.isdigit() else 0
    coming = Highlight(said, prefix, suffix, note, made, withdrawn, noted, occurrence)
    return highlights.merge(connection, act.entry_id, coming)


def kept_of(connection: Connection) -> dict[int, tuple[int, int]]:
    """What the reader keeps, and the program did not bring along: the name of each entry → its number, how whole."""
    rows = connection.rows(
        "SELECT entry.url, entry.id, entry.offline FROM shelf JOIN entry USING (id)"
        f" LEFT JOIN source ON source.id = entry.source_id WHERE {IS_KEPT} AND source.kind IS NOT 'bundled'"
    )
    return {
        address_key(text(url)): (entry_id, _WHOLE.get(OFFLINE[integer(offline)], 0)) for url, entry_id, offline in rows
    }


def wholeness(connection: Connection, names: Sequence[int]) -> dict[int, int]:
    """How whole the texts of the entries with these names are here, those that are not here left out.

    What was thrown away here is wanted no more, and what went with its source is as if it were not here.
    """
    ids = ids_of(connection, names)
    wanted = f"[{','.join(map(str, ids.values()))}]"
    rows = connection.rows(
        "SELECT entry.id, entry.offline, mark.gone IS NOT NULL, mark.gone IS source.removed FROM entry"
        " LEFT JOIN mark USING (id) LEFT JOIN source ON source.id = entry.source_id"
        " WHERE entry.id IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    states = {
        entry_id: (-1 if went else _WHOLE["full"]) if gone else _WHOLE.get(OFFLINE[integer(offline)], 0)
        for entry_id, offline, gone, went in rows
    }
    return {name: states[entry_id] for name, entry_id in ids.items() if entry_id in states}
