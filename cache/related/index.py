"""The index behind the related stories: which entries share which words, kept in the library's own file.

A word is known by 27 bits of its CRC-32, so that no word list is kept. Each entry's rarest words are posted, in one row
per two weeks and word, in that order: asking reads a story's own weeks only, and what lands in a refresh is written
side by side. What has just landed is fresh: it is asked one by one until enough has come together to be filed.
Weights are counts; rarity is applied when asking, so that it is always that of the library as it stands.
"""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cache.related.vector import SHIFT, Vector, packed_numbers

POSTED = 48  # words an entry can be found by
BUCKET = 14  # days a row of postings spans
FRESH = 64  # entries that are asked one by one before they are filed
WORD = 0x7FFFFFF  # the bits of a place that name its word
_WORD_BITS = 27
_TOTAL = -1  # the row of related_words that counts all entries,
_MEASURED = -2  # how many there were when all had been measured,
_MEASURING = -3  # and the entry up to which they have been measured since
_GROWN = 1.5  # all are measured again when the library has grown by this
_COMMON = 0.4  # a word in more than this share of all entries tells nothing
_RARITY_POWER = 0.8

AMONG = "(SELECT value FROM json_each(?))"  # what `listed` gives as the parameter


class Rarity:
    """How rare words are in the library as it stands: log of entries by entries with the word, 0 if very common."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.total = max(_fact(connection, _TOTAL), 1)
        self._unseen = self._weight(0)
        self._weights: dict[int, float] = {}
        self._known: dict[int, float] = {}

    def learn(self, words: Iterable[int]) -> None:
        """Look up all of these words at once."""
        new = dict.fromkeys((word for word in words if word not in self._known), self._unseen)
        rows = self._connection.execute(f"SELECT word, entries FROM related_words WHERE word IN {AMONG}", listed(new))
        new.update((word, self._of(entries)) for word, entries in rows)
        self._known.update(new)

    def __getitem__(self, word: int) -> float:
        return self._known.get(word, self._unseen)

    def spread(self, words: Iterable[int]) -> dict[int, tuple[int, array[int]]]:
        """In how many entries each word stands, and in which two-week spans, as `bucket` numbers them."""
        asked = f"SELECT word, entries, weeks FROM related_words WHERE word IN {AMONG}"
        rows = self._connection.execute(asked, listed(words))
        return {word: (entries, array("H", weeks)) for word, entries, weeks in rows}

    def _of(self, entries: int) -> float:
        """The rarity of a word that stands in so many entries."""
        found = self._weights.get(entries)
        if found is None:
            found = self._weights[entries] = self._weight(entries)
        return found

    def _weight(self, entries: int) -> float:
        if self.total > 50 and entries > self.total * _COMMON:
            return 0.0
        return math.pow(max(0.0, math.log((self.total + 1) / (max(entries, 0) + 0.5))), _RARITY_POWER)


def listed(numbers: Iterable[int]) -> tuple[str]:
    """Numbers as the parameter of `AMONG`: one statement, however many there are."""
    return (f"[{','.join(map(str, numbers))}]",)


def vector(connection: sqlite3.Connection, entry_id: int) -> Vector | None:
    """What the index knows of an entry; None if nothing."""
    return next((found for _, found in vectors(connection, (entry_id,))), None)


def vectors(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> Iterator[tuple[int, Vector]]:
    """What the index knows of these entries, those it knows."""
    rows = connection.execute(
        f"SELECT entry_id, day, source_id, norm, words FROM related_vectors WHERE entry_id IN {AMONG}",
        listed(entry_ids),
    )
    for entry_id, day, source_id, norm, words in rows:
        yield entry_id, Vector(day, source_id, words, norm)


def sources(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> dict[int, int]:
    """The numbers of the sources of these entries, 0 where unknown."""
    return dict(
        connection.execute(
            f"SELECT entry_id, source_id FROM related_vectors WHERE entry_id IN {AMONG}", listed(entry_ids)
        )
    )


def knows(connection: sqlite3.Connection, entry_id: int) -> bool:
    """Whether an entry is in the index."""
    return bool(connection.execute("SELECT 1 FROM related_vectors WHERE entry_id = ?", (entry_id,)).fetchone())


def keep(connection: sqlite3.Connection, entry_id: int, story: Vector) -> None:
    """Put an entry that is not there yet into the index."""
    rarity = Rarity(connection)
    rarity.learn(story.weights)
    connection.execute(
        "INSERT INTO related_vectors VALUES (?, ?, ?, ?, ?)",
        (entry_id, story.day, story.source_id, length(story.weights, rarity), story.packed),
    )
    connection.execute("INSERT INTO related_fresh VALUES (?)", (entry_id,))
    if connection.execute("SELECT count(*) FROM related_fresh").fetchone()[0] >= FRESH:
        file(connection)


def fresh(connection: sqlite3.Connection) -> list[int]:
    """The entries that have landed and are not filed yet."""
    return [row[0] for row in connection.execute("SELECT entry_id FROM related_fresh")]


def file(connection: sqlite3.Connection) -> None:
    """Enter what is fresh into the postings, row by row in the order they lie in the file."""
    stories = list(vectors(connection, fresh(connection)))
    counts = Counter(word for _, story in stories for word in story.weights)
    counts[_TOTAL] = len(stories)
    rarity = Rarity(connection)
    rarity.learn(counts)
    waiting: dict[int, array[int]] = {}
    for entry_id, story in stories:
        weeks = bucket(story.day)
        for word in posted(story, rarity):
            waiting.setdefault(place(word, weeks), array("I")).append(entry_id << SHIFT | story.weights[word])
    _count(connection, counts, _append(connection, waiting))
    connection.execute("DELETE FROM related_fresh")


def drop(connection: sqlite3.Connection, entry_ids: Sequence[int]) -> None:
    """Take entries out of the index, as if they had never been there."""
    unfiled = set(fresh(connection))
    for entry_id, story in list(vectors(connection, entry_ids)):
        if entry_id in unfiled:
            connection.execute("DELETE FROM related_fresh WHERE entry_id = ?", (entry_id,))
        else:
            weeks = bucket(story.day)
            _strike(connection, [place(word, weeks) for word in story.weights], entry_id)
            _count(connection, dict.fromkeys((*story.weights, _TOTAL), -1), {})
            connection.execute(
                f"DELETE FROM related_words WHERE word IN {AMONG} AND entries <= 0", listed(story.weights)
            )
        connection.execute("DELETE FROM related_vectors WHERE entry_id = ?", (entry_id,))
    if _fact(connection, _TOTAL) < _fact(connection, _MEASURED):  # what comes now is measured by what is left
        _note(connection, _MEASURED, _fact(connection, _TOTAL))


def measure(connection: sqlite3.Connection, limit: int = 300) -> bool:
    """Measure up to `limit` entries again where the library has grown much since; whether more are waiting."""
    rarity = Rarity(connection)
    measured, last = _fact(connection, _MEASURED), _fact(connection, _MEASURING)
    if rarity.total < _GROWN * measured:
        return False
    stories = _batch_after(connection, last, limit)
    rarity.learn({word for _, story in stories for word in story.weights})
    connection.executemany(
        "UPDATE related_vectors SET norm = ? WHERE entry_id = ?",
        [(length(story.weights, rarity), entry_id) for entry_id, story in stories],
    )
    _note(connection, _MEASURING, stories[-1][0] if stories else 0)
    if not stories:
        _note(connection, _MEASURED, rarity.total)
    return bool(stories)


def length(weights: Mapping[int, int], rarity: Rarity) -> float:
    """The length of a vector with its words' rarity."""
    return math.sqrt(sum((weight * rarity[word]) ** 2 for word, weight in weights.items())) or 1.0


def posted(story: Vector, rarity: Rarity) -> list[int]:
    """The words a story can be found by: those that tell most."""
    return sorted(story.weights, key=lambda word: -story.weights[word] * rarity[word])[:POSTED]


def bucket(day: int) -> int:
    """The two weeks a day lies in; undated entries share a bucket of their own."""
    return day // BUCKET


def place(word: int, weeks: int) -> int:
    """The number of the row that holds a word's postings of two weeks."""
    return weeks << _WORD_BITS | word


def weeks_of(row: int) -> int:
    """The two weeks of which a row holds postings."""
    return row >> _WORD_BITS


def _batch_after(connection: sqlite3.Connection, entry_id: int, limit: int) -> list[tuple[int, Vector]]:
    rows = connection.execute(
        "SELECT entry_id FROM related_vectors WHERE entry_id > ? ORDER BY entry_id LIMIT ?", (entry_id, limit)
    )
    return sorted(vectors(connection, [row[0] for row in rows]), key=lambda one: one[0])


def _fact(connection: sqlite3.Connection, name: int) -> int:
    row = connection.execute("SELECT entries FROM related_words WHERE word = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


def _note(connection: sqlite3.Connection, name: int, number: int) -> None:
    connection.execute("INSERT OR REPLACE INTO related_words VALUES (?, ?, x'')", (name, number))


def _append(connection: sqlite3.Connection, waiting: Mapping[int, array[int]]) -> dict[int, bytes]:
    """Append to the rows of postings; says for each word which weeks are new to it."""
    new: dict[int, bytes] = {}
    for row in sorted(waiting):
        added = waiting[row].tobytes()
        changed = connection.execute(
            "UPDATE related_postings SET entries = CAST(entries || ? AS BLOB) WHERE place = ?", (added, row)
        ).rowcount
        if not changed:
            connection.execute("INSERT INTO related_postings VALUES (?, ?)", (row, added))
            word = row & WORD
            new[word] = new.get(word, b"") + array("H", [weeks_of(row)]).tobytes()
    return new


def _count(connection: sqlite3.Connection, counts: Mapping[int, int], weeks: Mapping[int, bytes]) -> None:
    connection.executemany(
        "INSERT INTO related_words VALUES (?, ?, ?) ON CONFLICT (word) DO UPDATE SET "
        "entries = entries + excluded.entries, weeks = CAST(weeks || excluded.weeks AS BLOB)",
        [(word, counts[word], weeks.get(word, b"")) for word in sorted(counts)],
    )


def _strike(connection: sqlite3.Connection, places: Sequence[int], entry_id: int) -> None:
    held = connection.execute(
        f"SELECT place, entries FROM related_postings WHERE place IN {AMONG}", listed(places)
    ).fetchall()
    for row, entries in held:
        left = array("I", [one for one in packed_numbers(entries) if one >> SHIFT != entry_id])
        if left:
            connection.execute("UPDATE related_postings SET entries = ? WHERE place = ?", (left.tobytes(), row))
        else:
            connection.execute("DELETE FROM related_postings WHERE place = ?", (row,))
