"""What a library keeps of entries beside what lists show: what its reader did and when, who listed them, since when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from cache.db.values import integer, number, text
from fetch.source import Source

if TYPE_CHECKING:
    from cache.db.connection import Connection

Mark: TypeAlias = Literal["read", "saved", "queued", "gone", "note", "tag"]


class TimedAct(NamedTuple):
    """One act of a reader's: a mark set or withdrawn, a note's text, or a tag, by `name`, given or taken away.

    `at` is in seconds since 1970, 0 where nobody knows it any more: such an act is older than any other.
    """

    mark: Mark
    value: bool | str
    at: float = 0.0
    name: str = ""


@dataclass(frozen=True, slots=True)
class KeptFacts:
    """What goes along with an entry to another library.

    `source` is who listed it, in the group `group` (a level a line); None for nobody. `seen` is when it was first seen
    and `listed` where it stands in the list, in seconds since 1970, 0 where that is unknown. `place` is its place in
    the reading list, 0 for none, `scroll` the characters that were read.
    """

    source: Source | None = None
    group: str = ""
    seen: int = 0
    listed: int = 0
    acts: tuple[TimedAct, ...] = ()
    place: float = 0.0
    scroll: int = 0


NO_FACTS = KeptFacts()

_ROWS = """
    SELECT entry.id, entry.seen, entry.at, source.url, source.kind, source.title, source.home, source.language,
    source.section, mark.read, mark.read_at, mark.saved, mark.saved_at, mark.queued, mark.queued_at, mark.note,
    mark.note_at, mark.scroll
    FROM entry LEFT JOIN source ON source.id = entry.source_id LEFT JOIN mark ON mark.id = entry.id
    WHERE entry.id IN (SELECT value FROM json_each(?))
"""


def facts_of(connection: Connection, entry_ids: Sequence[int]) -> dict[int, KeptFacts]:
    """What goes along with these entries, by their numbers."""
    ids = f"[{','.join(map(str, entry_ids))}]"
    tags = dict[int, list[TimedAct]]()
    for table, given in (("tag", True), ("withdrawn_tag", False)):
        query = f"SELECT entry_id, name, at FROM {table} WHERE entry_id IN (SELECT value FROM json_each(?))"
        for entry_id, name, at in connection.rows(query, (ids,)):
            tags.setdefault(entry_id, []).append(TimedAct("tag", given, number(at), text(name)))
    return {row[0]: _facts(row[1:], tags.get(row[0], ())) for row in connection.rows(_ROWS, (ids,))}


def _facts(row: Sequence[object], tags: Sequence[TimedAct]) -> KeptFacts:
    seen, listed, url, kind, title, home, language, group, *marks, scroll = row
    source = Source(text(url), kind, text(title), text(home), text(language)) if url else None  # type: ignore[arg-type]
    place = number(marks[2])
    acts = (*_acts(*marks), *tags)
    return KeptFacts(source, text(group), integer(seen), integer(listed), acts, place, integer(scroll))


def _acts(*marks: object) -> Iterator[TimedAct]:
    """The acts that a row of marks tells of: what is set, and what was withdrawn at a time that is known."""
    read, read_at, saved, saved_at, queued, queued_at, note, note_at = marks
    values: tuple[tuple[Mark, bool | str, object], ...] = (
        ("read", read == 1, read_at),
        ("saved", saved is not None, saved_at),
        ("queued", queued == 1, queued_at),
        ("note", text(note), note_at),
    )
    for mark, value, at in values:
        if value or number(at):
            yield TimedAct(mark, value, number(at))
