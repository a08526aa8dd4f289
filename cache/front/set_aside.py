"""Stories that the reader muted until something else happens, and what has happened in them since.

Something else has happened once two sources and more, each in a report of its own, say a sentence in substance that no
report said which was there when the story was muted, and it is their news: begun with, or of the headline. That others
report the same, or copy it, or add a detail, is nothing else, in a story of its own neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db import reads
from cache.errors import TextDamaged
from cache.front.independence import originals
from cache.front.shared_sentence import Telling, is_said, shared_sentence
from cache.related import index
from cache.related.index import Idf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cache.db.connection import Connection
    from cache.entry import Entry
    from cache.front.candidates import ReportRow

_MOST_READ = 12
"""Reports whose texts are read, of the earlier and of the later ones, the last of each."""
_CHARACTERS = 3000
"""Of a text, those that are read."""


def last_known(connection: Connection, chosen: Iterable[int]) -> dict[int, int]:
    """By story the last report that was there when it was muted; `chosen` are these reports."""
    rows = connection.rows(
        f"SELECT story, entry_id FROM reports WHERE story > 0 AND entry_id IN {index.AMONG} ORDER BY entry_id",
        index.id_list(chosen),
    )
    return {row[0]: row[1] for row in rows}


def happened_since(connection: Connection, reports: Sequence[ReportRow], last: int) -> str:
    """What has happened in a story since its report `last` landed, as a report has it, "" where nothing else has."""
    first = originals(connection.sql, reports)
    own = [one for one in reports if one.entry_id > last and first[one.entry_id] == one.entry_id]
    new = [*{one.source_id: one.entry_id for one in own}.values()]
    if len(new) < 2:
        return ""
    earlier = [one.entry_id for one in reports if one.entry_id <= last]
    idf = Idf(connection.sql)
    found = shared_sentence(_tellings(connection, new), idf, _tellings(connection, earlier))
    return found.text if found else ""


def only_repeats(connection: Connection, reports: Sequence[ReportRow], earlier: Sequence[ReportRow]) -> bool:
    """Whether what a story says in one sentence was said by these reports of another, which it should have joined."""
    idf = Idf(connection.sql)
    found = shared_sentence(_tellings(connection, [one.entry_id for one in reports]), idf)
    known = _tellings(connection, [one.entry_id for one in earlier])
    return found is not None and is_said(found.text, known, idf)


def _tellings(connection: Connection, ids: Sequence[int]) -> list[Telling]:
    entries = reads.entries(connection, ids[-_MOST_READ:])
    return [Telling(entry.id, entry.headline, _text(connection, entry)) for entry in entries]


def _text(connection: Connection, entry: Entry) -> str:
    try:
        article = reads.article(connection, entry)
    except TextDamaged:
        article = None
    return ((article.text if article else "") or entry.summary)[:_CHARACTERS]
