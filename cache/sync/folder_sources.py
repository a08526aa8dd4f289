"""Sources, with titles, groups and order, as those that share a folder tell them.

No row of a source says when its reader changed what, so a library remembers how all stood at its last sync: what is
otherwise now was changed since, and counts as of now. At the first sync nothing is known, and what either side has is
there. A source that was removed elsewhere leaves the lists here, too, and what its reader keeps of it stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from cache.db import reads
from cache.db.values import integer_or_none, text
from cache.sync.folder_acts import ToldWords, moment_of
from cache.writes import marks
from cache.writes.reader_rows import LATER, set_setting
from fetch.links import absolute
from fetch.source import Kind, Source

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.writes.store import Store

_REMEMBERED = "sync_sources"
_KINDS = frozenset(get_args(Kind)) - {"bundled"}
_HERE, _MOVED = "here", ">"
_ORDER = ("order",)
_NEXT = round(LATER * 1_000_000)


@dataclass(slots=True)
class SourceChanges:
    """What is known of sources now, and the names of those that were added and removed, as others did."""

    words: ToldWords = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    kind: str
    title: str
    groups: str
    place: int | None


def exchange(store: Store, others: ToldWords, now: float) -> SourceChanges:
    """Notes what was changed here since the last sync, and takes over what others have changed since."""
    connection = store.connection
    with store.batch():
        known, ids, is_first = _remembered(connection)
        rows = _rows(connection)
        told = {about: said for about, said in others.items() if _is_sound(about, said[1])}
        changes = SourceChanges(dict(known))
        _note_changes(changes.words, rows, ids, 0.0 if is_first else now)
        if is_first:
            _stay(changes.words, told, now)
        fresh = {about: said for about, said in told.items() if said > changes.words.get(about, (-1, ""))}
        changes.words |= fresh
        _take(store, fresh, changes, now)
        after = {url: row.id for url, row in _rows(connection).items()}
        if fresh or (changes.words, after) != (known, ids) or is_first:
            listed = [[*about, *said] for about, said in sorted(changes.words.items())]
            set_setting(connection, _REMEMBERED, {"words": listed, "ids": after})
    return changes


def _remembered(connection: Connection) -> tuple[ToldWords, dict[str, int], bool]:
    kept: Any = reads.setting(connection, _REMEMBERED, None)
    if not isinstance(kept, dict):
        return {}, {}, True
    words = {tuple(map(str, about)): (int(at), str(said)) for *about, at, said in kept.get("words", ())}
    return words, dict(kept.get("ids", {})), False


def _rows(connection: Connection) -> dict[str, _Row]:
    rows = connection.rows(
        "SELECT url, id, kind, title, section, place FROM source WHERE removed IS NULL AND kind <> 'bundled'"
    )
    return {
        text(url): _Row(source_id, text(kind), text(title), text(groups), integer_or_none(place))
        for url, source_id, kind, title, groups, place in rows
    }


def _is_sound(about: tuple[str, ...], said: str) -> bool:
    """Whether words speak of sources that can be asked, in a way that is known here."""
    if about == _ORDER:
        return True
    if about[0] != "source" or len(about) != 3 or not _is_address(about[1]):
        return False
    match about[2]:
        case "there":
            return said in ("", _HERE) or (said.startswith(_MOVED) and _is_address(said.removeprefix(_MOVED)))
        case "kind":
            return said in _KINDS
    return about[2] in ("title", "groups")


def _is_address(url: str) -> bool:
    return url.startswith(("http://", "https://")) and absolute(url, "") != "" and "@" not in url.split("/")[2]


def _note_changes(words: ToldWords, rows: Mapping[str, _Row], ids: Mapping[str, int], now: float) -> None:
    """Notes what is otherwise than it was remembered."""
    for about, said in _said_now(words, rows, ids):
        known = words.get(about)
        if known is None and said:
            words[about] = (moment_of(now) or 0, said)
        elif known and known[1] != said:
            words[about] = (max(moment_of(now) or 0, known[0] + _NEXT), said)


def _said_now(
    words: ToldWords, rows: Mapping[str, _Row], ids: Mapping[str, int]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is to be said of each source now, and of those that were there and are not."""
    for url, row in rows.items():
        if _is_address(url):
            yield ("source", url, "there"), _HERE
            yield ("source", url, "kind"), row.kind
            yield ("source", url, "title"), row.title
            yield ("source", url, "groups"), row.groups
    now_at = {row.id: url for url, row in rows.items()}
    for about in [about for about, (_, said) in words.items() if about[-1] == "there" and said == _HERE]:
        if about[1] not in rows:
            moved = now_at.get(ids.get(about[1], 0), "")
            yield about, f"{_MOVED}{moved}" if moved else ""
    order = _order(rows)
    known = words.get(_ORDER, (0, ""))[1].split("\n")
    if set(order) - set(known) or [url for url in known if url in order] != [url for url in order if url in known]:
        yield _ORDER, "\n".join(order)


def _order(rows: Mapping[str, _Row]) -> list[str]:
    """The sources that their reader has put in an order, in it."""
    placed = sorted((row.place, row.id, url) for url, row in rows.items() if row.place is not None)
    return [url for _, _, url in placed]


def _stay(words: ToldWords, told: ToldWords, now: float) -> None:
    """Has the sources of a library that is synced for the first time stay, whenever others have removed them."""
    for about, (moment, said) in told.items():
        if about[-1] == "there" and said != _HERE and words.get(about, (0, ""))[1] == _HERE:
            words[about] = (max(moment_of(now) or 0, moment + _NEXT), _HERE)


def _take(store: Store, fresh: ToldWords, changes: SourceChanges, now: float) -> None:
    """Does here what others have done."""
    for about, (_, said) in fresh.items():
        if about[-1] == "there":
            _take_place(store, about[1], said, changes, now)
    rows = _rows(store.connection)
    for about, (_, said) in fresh.items():
        if about != _ORDER and (row := rows.get(about[1])):
            _take_name(store, row, about[2], said)
    if _ORDER in fresh:
        wanted = [url for url in fresh[_ORDER][1].split("\n") if url in rows]
        behind = [url for url in _order(rows) if url not in wanted]
        store.sources.put_in_order([rows[url].id for url in (*wanted, *behind)])


def _take_place(store: Store, url: str, said: str, changes: SourceChanges, now: float) -> None:
    """Has a source be there, be gone, or be at another address."""
    rows, words = _rows(store.connection), changes.words
    row, title = rows.get(url), words.get(("source", url, "title"), (0, ""))[1]
    if said == _HERE and row is None:
        kind: Any = words.get(("source", url, "kind"), (0, "feed"))[1]
        groups = words.get(("source", url, "groups"), (0, ""))[1]
        number = store.sources.add(Source(url, kind, title), section=groups)
        store.sources.file(number, title or None, groups.split("\n") if groups else None)
        changes.added.append(title or url)
    elif row and said.startswith(_MOVED) and said.removeprefix(_MOVED) not in rows:
        store.sources.move(row.id, said.removeprefix(_MOVED))
    elif row and said != _HERE:
        marks.remove_source(store.connection, row.id, now)
        changes.removed.append(row.title or url)


def _take_name(store: Store, row: _Row, what: str, said: str) -> None:
    if what == "kind" and row.kind != said:
        store.sources.set_column("kind", said, [row.id])
    elif what == "title" and row.title != said:
        store.sources.file(row.id, said, None)
    elif what == "groups" and row.groups != said:
        store.sources.file(row.id, None, said.split("\n"))
