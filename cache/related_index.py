"""The index behind the related stories: which entries share which words, kept in the library's own file.

An entry is a vector of its heaviest words. A word is known by its CRC-32, so that no word list is kept. Postings lie in
one row per two weeks and word, in that order: asking reads a story's own weeks only, and what lands in a refresh is
written side by side. What has just landed is fresh: it is asked one by one until enough has come together to be filed.
Weights are counts; rarity is applied when asking, so that it is always that of the library as it stands.
"""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from cache.terms import terms

SCHEMA = """
CREATE TABLE IF NOT EXISTS related_vectors (
    entry_id INTEGER PRIMARY KEY, day INTEGER NOT NULL, source_id INTEGER NOT NULL, norm REAL NOT NULL,
    words BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS related_fresh (entry_id INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS related_words (word INTEGER PRIMARY KEY, entries INTEGER NOT NULL, weeks BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS related_postings (place INTEGER PRIMARY KEY, entries BLOB NOT NULL);
"""

KEPT = 96  # words an entry is known by
BUCKET = 14  # days a row of postings spans
FRESH = 64  # entries that are asked one by one before they are filed
UNDATED = 0  # the day of an entry that names none
_LEVELS = 31  # a posting is an entry's id, shifted, and its weight in five bits
_SHIFT = 5
_FINENESS = 6.0  # levels to a unit of weight
_HEADLINE = 2.0  # what a word in the headline weighs, where one in the text weighs a half
_READ = 4000  # characters of text that count: news says what it is about first
_TOTAL = -1  # the row of related_words that counts all entries


@dataclass(frozen=True, slots=True)
class Vector:
    """An entry as the index knows it: its day (an ordinal, 0 if undated), source, and the weight of each word.

    `norm` is the length of the vector with the rarity its words had when it was last measured.
    """

    day: int
    source_id: int
    weights: Mapping[int, int]
    norm: float = 1.0


def weigh(headline: str, text: str) -> dict[int, int]:
    """How much each word counts in a story, in levels from 1 to 31, by the word's CRC-32."""
    heavy = Counter(terms(headline))
    counts = Counter(terms(text[:_READ]))
    found: dict[int, int] = {}
    for word in counts.keys() | heavy.keys():
        weight = _HEADLINE * (word in heavy) + (0.5 * (1 + math.log(counts[word])) if word in counts else 0.0)
        found[crc32(word.encode())] = max(1, min(_LEVELS, round(weight * _FINENESS)))
    return found


def bucket(day: int) -> int:
    """The two weeks a day lies in; undated entries share a bucket of their own."""
    return day // BUCKET


def place(word: int, weeks: int) -> int:
    """The number of the row that holds a word's postings of two weeks."""
    return weeks << 32 | word


class Rarity:
    """How rare words are in the library as it stands: log of entries by entries with the word, 0 if very common."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        row = connection.execute("SELECT entries FROM related_words WHERE word = ?", (_TOTAL,)).fetchone()
        self.total: int = row[0] if row else 0
        self._known: dict[int, float] = {}
        self._unseen = self._weight(0)

    def learn(self, words: Iterable[int]) -> None:
        """Look up all of these words at once."""
        asked = ",".join(map(str, words))
        for word, entries in self._connection.execute(
            f"SELECT word, entries FROM related_words WHERE word IN ({asked})"
        ):
            self._known[word] = self._weight(entries)

    def __getitem__(self, word: int) -> float:
        known = self._known.get(word)
        return self._unseen if known is None else known

    def spread(self, words: Iterable[int]) -> dict[int, tuple[int, set[int]]]:
        """In how many entries each word stands, and in which two-week spans, as `bucket` numbers them."""
        asked = ",".join(map(str, words))
        rows = self._connection.execute(f"SELECT word, entries, weeks FROM related_words WHERE word IN ({asked})")
        return {word: (entries, set(array("H", weeks))) for word, entries, weeks in rows}

    def _weight(self, entries: int) -> float:
        total = max(self.total, 1)
        return 0.0 if total > 50 and entries > total * 0.4 else math.log((total + 1) / (entries + 0.5))


def vector(connection: sqlite3.Connection, entry_id: int) -> Vector | None:
    """What the index knows of an entry; None if nothing."""
    return next((found for _, found in vectors(connection, (entry_id,))), None)


def vectors(connection: sqlite3.Connection, entry_ids: Sequence[int]) -> Iterator[tuple[int, Vector]]:
    """What the index knows of these entries, those it knows."""
    rows = connection.execute(
        "SELECT entry_id, day, source_id, norm, words FROM related_vectors "
        f"WHERE entry_id IN ({','.join(map(str, entry_ids))})"
    )
    for entry_id, day, source_id, norm, words in rows:
        yield entry_id, Vector(day, source_id, unpack(words), norm)


def keep(connection: sqlite3.Connection, entry_id: int, found: Vector) -> None:
    """Put an entry that is not there yet into the index, known by its heaviest words."""
    rarity = Rarity(connection)
    rarity.learn(found.weights)
    heaviest = sorted(found.weights, key=lambda word: -found.weights[word] * rarity[word])[:KEPT]
    chosen = {word: found.weights[word] for word in heaviest}
    connection.execute(
        "INSERT INTO related_vectors VALUES (?, ?, ?, ?, ?)",
        (entry_id, found.day, found.source_id, length(chosen, rarity), pack(chosen)),
    )
    connection.execute("INSERT INTO related_fresh VALUES (?)", (entry_id,))
    if len(fresh(connection)) >= FRESH:
        file(connection)


def fresh(connection: sqlite3.Connection) -> list[int]:
    """The entries that have landed and are not filed yet."""
    return [row[0] for row in connection.execute("SELECT entry_id FROM related_fresh")]


def file(connection: sqlite3.Connection) -> None:
    """Enter what is fresh into the postings, row by row in the order they lie in the file."""
    waiting: dict[int, array[int]] = {}
    counts: Counter[int] = Counter()
    for entry_id, known in vectors(connection, fresh(connection)):
        weeks = bucket(known.day)
        counts.update(known.weights.keys())
        counts[_TOTAL] += 1
        for word, weight in known.weights.items():
            waiting.setdefault(place(word, weeks), array("I")).append(entry_id << _SHIFT | weight)
    _count(connection, counts, _append(connection, waiting))
    connection.execute("DELETE FROM related_fresh")


def drop(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> None:
    """Take entries out of the index, as if they had never been there."""
    for entry_id in entry_ids:
        known = vector(connection, entry_id)
        if known is None:
            continue
        if not connection.execute("DELETE FROM related_fresh WHERE entry_id = ?", (entry_id,)).rowcount:
            weeks = bucket(known.day)
            for word in known.weights:
                _strike(connection, place(word, weeks), entry_id)
            _count(connection, dict.fromkeys((*known.weights, _TOTAL), -1), {})
        connection.execute("DELETE FROM related_vectors WHERE entry_id = ?", (entry_id,))


def clear(connection: sqlite3.Connection) -> None:
    """Empty the index."""
    for table in ("related_vectors", "related_fresh", "related_words", "related_postings"):
        connection.execute(f"DELETE FROM {table}")


def length(weights: Mapping[int, int], rarity: Rarity) -> float:
    """The length of a vector with its words' rarity."""
    return math.sqrt(sum((weight * rarity[word]) ** 2 for word, weight in weights.items())) or 1.0


def postings(row: bytes) -> array[int]:
    """The postings in a row: take an entry as `posting >> 5`, its weight as `posting & 31`."""
    found = array("I")
    found.frombytes(row)
    return found


def pack(weights: Mapping[int, int]) -> bytes:
    """A vector's words and weights in five bytes each."""
    return array("I", weights.keys()).tobytes() + bytes(weights.values())


def unpack(words: bytes) -> dict[int, int]:
    """The words and weights that `pack` packed."""
    count = len(words) // 5
    return dict(zip(postings(words[: 4 * count]), words[4 * count :], strict=True))


def _append(connection: sqlite3.Connection, waiting: Mapping[int, array[int]]) -> dict[int, bytes]:
    """Append to the rows of postings; says for each word which weeks are new to it."""
    new: dict[int, bytes] = {}
    for row in sorted(waiting):
        held = waiting[row].tobytes()
        changed = connection.execute(
            "UPDATE related_postings SET entries = CAST(entries || ? AS BLOB) WHERE place = ?", (held, row)
        ).rowcount
        if not changed:
            connection.execute("INSERT INTO related_postings VALUES (?, ?)", (row, held))
            word = row & 0xFFFFFFFF
            new[word] = new.get(word, b"") + (row >> 32).to_bytes(2, "little")
    return new


def _count(connection: sqlite3.Connection, counts: Mapping[int, int], weeks: Mapping[int, bytes]) -> None:
    connection.executemany(
        "INSERT INTO related_words VALUES (?, ?, ?) ON CONFLICT (word) DO UPDATE SET "
        "entries = entries + excluded.entries, weeks = CAST(weeks || excluded.weeks AS BLOB)",
        [(word, counts[word], weeks.get(word, b"")) for word in sorted(counts)],
    )


def _strike(connection: sqlite3.Connection, row: int, entry_id: int) -> None:
    held = connection.execute("SELECT entries FROM related_postings WHERE place = ?", (row,)).fetchone()
    if held is None:
        return
    left = array("I", (one for one in postings(held[0]) if one >> _SHIFT != entry_id))
    if left:
        connection.execute("UPDATE related_postings SET entries = ? WHERE place = ?", (left.tobytes(), row))
    else:
        connection.execute("DELETE FROM related_postings WHERE place = ?", (row,))
