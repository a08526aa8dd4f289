"""The index behind the related stories: which entries share which words, kept in the library's own file.

A word is known by 27 bits of its CRC-32, so that no word list is kept. Each entry's rarest words are posted, in one row
per two weeks and word, in that order: a query reads a story's own weeks only, and what lands in a refresh is written
side by side. What has just landed is compared one by one until there is enough of it to flush into the postings.
Weights are counts; the inverse document frequency (idf) is applied by the query, as the library then stands.
"""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import mul

from cache.related import commonness
from cache.related.vector import SHIFT, UNDATED, Vector, packed_numbers

INDEX_TERMS = 48  # words of an entry that have postings
BUCKET = 14  # days a row of postings spans
MOST_UNFLUSHED = 64  # entries that are compared one by one; more are flushed as soon as may be
WORD_MASK = 0x7FFFFFF  # the bits of a row's key that name its word
_WORD_BITS = 27
_TOTAL = -1  # the row of related_words that counts all entries,
_NORMED = -2  # how many there were when all norms had been computed,
_NORMING = -3  # and the entry up to which they have been computed since
_GROWN = 1.5  # all are computed again when the library has grown by this
_COMMON = 0.4  # a word in more than this share of all entries tells nothing
_IDF_POWER = 0.8

AMONG = "(SELECT value FROM json_each(?))"  # what `listed` gives as the parameter
IS_SOUND = (
    "typeof(day) = 'integer' AND day BETWEEN 0 AND 4000000 AND typeof(source_id) = 'integer'"
    " AND typeof(norm) IN ('real', 'integer') AND norm > 0 AND typeof(words) = 'blob' AND length(words) % 4 = 0"
)  # a row of related_vectors that can be read: SQLite keeps any kind of value in any column
_COUNTS = f"SELECT word, entries FROM related_words WHERE word IN {AMONG} AND typeof(entries) = 'integer'"
_SOURCES = (
    f"SELECT entry_id, source_id FROM related_vectors WHERE entry_id IN {AMONG} AND typeof(source_id) = 'integer'"
)
POSTINGS_ARE_SOUND = "typeof(entries) = 'blob' AND length(entries) % 4 = 0"


class Idf:
    """Inverse document frequency: log of entries by entries with the word, dampened; 0 for what is very common."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.total = max(_counter(connection, _TOTAL), 1)
        self.smallness = commonness.smallness(self.total)
        self._unseen = self._compute(0)
        self._weights: dict[int, float] = {}
        self._known: dict[int, float] = {}

    def load(self, words: Iterable[int]) -> None:
        """Look up all of these words at once."""
        new = dict.fromkeys((word for word in words if word not in self._known), self._unseen)
        rows = self._connection.execute(
            f"SELECT word, entries FROM related_words WHERE word IN {AMONG} AND typeof(entries) = 'integer'",
            id_list(new),
        )
        new.update((word, self._idf_of(entries)) for word, entries in rows)
        self._known.update(new)

    def __getitem__(self, word: int) -> float:
        return self._known.get(word, self._unseen)

    def rarities(self, words: Iterable[int]) -> list[float]:
        """The idf of each of these words."""
        return [*map(self._known.get, words, repeat(self._unseen))]

    def occurrences(self, words: Iterable[int]) -> dict[int, tuple[int, array[int]]]:
        """In how many entries each word stands, and in which two-week spans, as `bucket` numbers them."""
        asked = (
            f"SELECT word, entries, weeks FROM related_words WHERE word IN {AMONG}"
            " AND typeof(entries) = 'integer' AND typeof(weeks) = 'blob' AND length(weeks) % 2 = 0"
        )
        rows = self._connection.execute(asked, id_list(words))
        return {word: (entries, array("H", weeks)) for word, entries, weeks in rows}

    def _idf_of(self, entries: int) -> float:
        """The idf of a word that stands in so many entries."""
        found = self._weights.get(entries)
        if found is None:
            found = self._weights[entries] = self._compute(entries)
        return found

    def _compute(self, entries: int) -> float:
        if self.total > 50 and entries > self.total * _COMMON:
            return 0.0
        return math.pow(max(0.0, math.log((self.total + 1) / (max(entries, 0) + 0.5))), _IDF_POWER)


def id_list(numbers: Iterable[int]) -> tuple[str]:
    """Numbers as the parameter of `AMONG`: one statement, however many there are."""
    return (f"[{','.join([str(each) for each in numbers if isinstance(each, int)])}]",)


def vector(connection: sqlite3.Connection, entry_id: int) -> Vector | None:
    """What the index knows of an entry; None if nothing."""
    return next((found for _, found in vectors(connection, (entry_id,))), None)


def vectors(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> Iterator[tuple[int, Vector]]:
    """What the index knows of these entries, those it knows."""
    rows = connection.execute(
        f"SELECT entry_id, day, source_id, norm, words FROM related_vectors WHERE entry_id IN {AMONG} AND {IS_SOUND}",
        id_list(entry_ids),
    )
    for entry_id, day, source_id, norm, words in rows:
        yield entry_id, Vector(day, source_id, words, norm)


def sources(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> dict[int, int]:
    """The numbers of the sources of these entries, 0 where unknown."""
    return dict(connection.execute(f"{_SOURCES} AND typeof(source_id) = 'integer'", id_list(entry_ids)))


def undated(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> set[int]:
    """Those of these entries that name no day."""
    rows = connection.execute(
        f"SELECT entry_id FROM related_vectors WHERE entry_id IN {AMONG} AND day = {UNDATED}", id_list(entry_ids)
    )
    return {row[0] for row in rows}


def present(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> list[int]:
    """Those of these entries that are in the index."""
    rows = connection.execute(f"SELECT entry_id FROM related_vectors WHERE entry_id IN {AMONG}", id_list(entry_ids))
    return [row[0] for row in rows]


def add(connection: sqlite3.Connection, stories: Mapping[int, Vector]) -> None:
    """Put entries that are not there yet into the index."""
    idf = Idf(connection)
    idf.load({word for story in stories.values() for word in story.weights})
    connection.executemany(
        "INSERT INTO related_vectors VALUES (?, ?, ?, ?, ?)",
        [
            (entry_id, story.day, story.source_id, norm_of(story.weights, idf), story.packed)
            for entry_id, story in stories.items()
        ],
    )
    connection.executemany("INSERT INTO related_fresh VALUES (?)", [(entry_id,) for entry_id in stories])


def count_unflushed(connection: sqlite3.Connection) -> int:
    """How many entries have landed and have no postings yet."""
    return int(connection.execute("SELECT count(*) FROM related_fresh").fetchone()[0])


def unflushed(connection: sqlite3.Connection) -> list[int]:
    """The entries that have landed and have no postings yet."""
    return [row[0] for row in connection.execute("SELECT entry_id FROM related_fresh")]


def last_with_a_story(connection: sqlite3.Connection) -> int:
    """The highest number of an entry that has been given its story, 0 where none has."""
    row = connection.execute("SELECT entry_id FROM reports WHERE story > 0 ORDER BY entry_id DESC LIMIT 1").fetchone()
    return row[0] if row else 0


@dataclass(frozen=True, slots=True)
class Landed:
    """What is to be entered of entries that have landed: how often each word is new, and what is added to each row.

    `version` tells whether anybody has written since this was found.
    """

    counts: Mapping[int, int]
    rows: Mapping[int, array[int]]
    version: tuple[int, int]


def landed(connection: sqlite3.Connection) -> Landed:
    """What is to be entered of what has landed, found by reading alone."""
    version = version_of(connection)
    stories = list(vectors(connection, unflushed(connection)))
    counts = Counter(word for _, story in stories for word in story.weights)
    counts[_TOTAL] = len(stories)
    idf = Idf(connection)
    idf.load(counts)
    rows: dict[int, array[int]] = {}
    for entry_id, story in stories:
        weeks = bucket(story.day)
        for word in index_terms(story, idf):
            rows.setdefault(row_key(word, weeks), array("I")).append(entry_id << SHIFT | story.weights[word])
    return Landed(counts, rows, version)


def flush(connection: sqlite3.Connection, found: Landed | None = None) -> None:
    """Enter what has landed into the postings, row by row in the order they lie in the file.

    It is found anew where somebody has written since it was.
    """
    if found is None or found.version != version_of(connection):
        found = landed(connection)
    _add_counts(connection, found.counts, _append_postings(connection, found.rows))
    connection.execute("DELETE FROM related_fresh")


def version_of(connection: sqlite3.Connection) -> tuple[int, int]:
    """Numbers of which one changes when a connection writes, this one or another."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0]), connection.total_changes


def remove(connection: sqlite3.Connection, entry_ids: Sequence[int]) -> None:
    """Take entries out of the index, as if they had never been there."""
    unflushed_ids = set(unflushed(connection))
    for entry_id, story in list(vectors(connection, entry_ids)):
        if entry_id in unflushed_ids:
            connection.execute("DELETE FROM related_fresh WHERE entry_id = ?", (entry_id,))
        else:
            weeks = bucket(story.day)
            _remove_postings(connection, [row_key(word, weeks) for word in story.weights], entry_id)
            _add_counts(connection, dict.fromkeys((*story.weights, _TOTAL), -1), {})
            connection.execute(
                f"DELETE FROM related_words WHERE word IN {AMONG} AND entries <= 0", id_list(story.weights)
            )
    connection.execute(
        f"DELETE FROM related_vectors WHERE entry_id IN {AMONG}", id_list(entry_ids)
    )  # unsound ones, too
    if _counter(connection, _TOTAL) < _counter(connection, _NORMED):  # what comes now is compared with what is left
        _set_counter(connection, _NORMED, _counter(connection, _TOTAL))


def renew_norms(connection: sqlite3.Connection, limit: int = 100) -> bool:
    """Compute up to `limit` norms again where the library has grown much since; whether more are waiting."""
    idf = Idf(connection)
    normed, last = _counter(connection, _NORMED), _counter(connection, _NORMING)
    if idf.total < _GROWN * normed:
        return False
    stories = _batch_after(connection, last, limit)
    idf.load({word for _, story in stories for word in story.weights})
    connection.executemany(
        "UPDATE related_vectors SET norm = ? WHERE entry_id = ?",
        [(norm_of(story.weights, idf), entry_id) for entry_id, story in stories],
    )
    _set_counter(connection, _NORMING, stories[-1][0] if stories else 0)
    if not stories:
        _set_counter(connection, _NORMED, idf.total)
    return bool(stories)


def norm_of(weights: Mapping[int, int], idf: Idf) -> float:
    """The norm of a vector, its words weighted by idf."""
    return math.hypot(*map(mul, weights.values(), idf.rarities(weights))) or 1.0


def index_terms(story: Vector, idf: Idf) -> list[int]:
    """The words a story has postings for: those with the highest weights."""
    telling = dict(zip(story.weights, map(mul, story.weights.values(), idf.rarities(story.weights)), strict=True))
    return sorted(telling, key=telling.__getitem__, reverse=True)[:INDEX_TERMS]


def bucket(day: int) -> int:
    """The two weeks a day lies in; undated entries share a bucket of their own."""
    return day // BUCKET


def row_key(word: int, weeks: int) -> int:
    """The number of the row that holds a word's postings of two weeks."""
    return weeks << _WORD_BITS | word


def weeks_in(row: int) -> int:
    """The two weeks of which a row holds postings."""
    return row >> _WORD_BITS


def _batch_after(connection: sqlite3.Connection, entry_id: int, limit: int) -> list[tuple[int, Vector]]:
    rows = connection.execute(
        "SELECT entry_id FROM related_vectors WHERE entry_id > ? ORDER BY entry_id LIMIT ?", (entry_id, limit)
    )
    return sorted(vectors(connection, [row[0] for row in rows]), key=lambda one: one[0])


def _counter(connection: sqlite3.Connection, name: int) -> int:
    row = connection.execute("SELECT entries FROM related_words WHERE word = ?", (name,)).fetchone()
    return row[0] if row and isinstance(row[0], int) else 0


def _set_counter(connection: sqlite3.Connection, name: int, number: int) -> None:
    connection.execute("INSERT OR REPLACE INTO related_words VALUES (?, ?, x'')", (name, number))


def _append_postings(connection: sqlite3.Connection, waiting: Mapping[int, array[int]]) -> dict[int, bytes]:
    """Append to the rows of postings; says for each word which weeks are new to it."""
    new: dict[int, bytes] = {}
    for row in sorted(waiting):
        added = waiting[row].tobytes()
        changed = connection.execute(
            "UPDATE related_postings SET entries = CAST(entries || ? AS BLOB) WHERE place = ?", (added, row)
        ).rowcount
        if not changed:
            connection.execute("INSERT INTO related_postings VALUES (?, ?)", (row, added))
            word = row & WORD_MASK
            new[word] = new.get(word, b"") + array("H", [weeks_in(row)]).tobytes()
    return new


def _add_counts(connection: sqlite3.Connection, counts: Mapping[int, int], weeks: Mapping[int, bytes]) -> None:
    connection.executemany(
        "INSERT INTO related_words VALUES (?, ?, ?) ON CONFLICT (word) DO UPDATE SET "
        "entries = entries + excluded.entries, weeks = CAST(weeks || excluded.weeks AS BLOB)",
        [(word, counts[word], weeks.get(word, b"")) for word in sorted(counts)],
    )


def _remove_postings(connection: sqlite3.Connection, keys: Sequence[int], entry_id: int) -> None:
    held = connection.execute(
        f"SELECT place, entries FROM related_postings WHERE place IN {AMONG} AND {POSTINGS_ARE_SOUND}", id_list(keys)
    ).fetchall()
    for row, entries in held:
        left = array("I", [one for one in packed_numbers(entries) if one >> SHIFT != entry_id])
        if left:
            connection.execute("UPDATE related_postings SET entries = ? WHERE place = ?", (left.tobytes(), row))
        else:
            connection.execute("DELETE FROM related_postings WHERE place = ?", (row,))
