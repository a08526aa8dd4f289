"""However often a library is pruned, its full-text indexes can be read: merging leaves no empty levels behind."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cache.db.health import examine, kept_copies
from cache.library import repair_file
from cache.search.index_levels import drop_empty_levels, levels_in, without_empty_levels
from cache.writes import retention

INDEXES = ("text_index", "headline_index")
BEYOND = 2_001
"""Levels of which FTS5 says that the index is damaged."""


def structure(path, index):
    with closing(sqlite3.connect(path)) as library:
        return library.execute(f"SELECT block FROM {index}_data WHERE id = 10").fetchone()[0]


def varints(*numbers):
    coded = b""
    for number in numbers:
        low = [number & 0x7F]
        while number := number >> 7:
            low.append(number & 0x7F | 0x80)
        coded += bytes(reversed(low))
    return coded


def test_pruning_again_and_again_leaves_few_levels(store, keep, path):
    for number in range(40):
        keep(f"Story {number}", f"The tide turned {number}")
        retention.give_back(store.connection)
    assert all(len(levels_in(structure(path, index))) <= 3 for index in INDEXES)
    for index in INDEXES:
        store.connection.run(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
    assert len(store.connection.rows("SELECT rowid FROM text_index WHERE text_index MATCH 'tide'")) == 40


def with_levels(path, index, number):
    """Gives an index so many levels, as merging did that often."""
    whole = structure(path, index)
    levels = levels_in(whole)
    segments = sum(level[1] for level in levels)
    empty = [0, 0] * (number - len(levels))
    many = whole[:4] + varints(number, segments, 7, *empty, *(number for level in levels for number in level))
    with closing(sqlite3.connect(path)) as library:
        library.execute(f"UPDATE {index}_data SET block = ? WHERE id = 10", (many,))
        library.commit()


def asked(index):
    return f"SELECT count(*) FROM {index} WHERE {index} MATCH 'tide'"


@pytest.mark.parametrize("index", INDEXES)
def test_an_index_with_too_many_levels_can_be_read_again(store, keep, path, index):
    for number in range(3):
        keep(f"Tide {number}", "The tide turned")
    store.close()
    with_levels(path, index, BEYOND)
    with closing(sqlite3.connect(path)) as library, pytest.raises(sqlite3.DatabaseError):
        library.execute(asked(index))
    drop_empty_levels(path, index)
    with closing(sqlite3.connect(path)) as library:
        assert library.execute(asked(index)).fetchone() == (3,)
        library.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")


@pytest.mark.parametrize("index", INDEXES)
def test_doctor_says_so_and_a_repair_puts_it_in_order(store, keep, path, index):
    keep("Tide", "The tide turned")
    store.close()
    with_levels(path, index, BEYOND)
    assert [finding.name for finding in examine(path) if not finding.ok and finding.name != "room"] == ["search"]
    assert repair_file(path)[-1].sentence == "The search was put in order; nothing was lost."
    assert kept_copies(path) == []
    with closing(sqlite3.connect(path)) as library:
        assert library.execute(asked(index)).fetchone() == (1,)


@pytest.mark.parametrize("index", INDEXES)
def test_an_index_that_is_no_index_is_made_anew(store, keep, path, index):
    keep("Tide", "The tide turned")
    store.close()
    with closing(sqlite3.connect(path)) as library:
        library.execute(f"UPDATE {index}_data SET block = x'{'ff' * 40}' WHERE id = 10")
        library.commit()
    assert [finding.name for finding in examine(path) if not finding.ok and finding.name != "room"] == ["search"]
    assert repair_file(path)[-1].ok
    assert len(kept_copies(path)) == 1
    with closing(sqlite3.connect(path)) as library:
        assert library.execute(asked(index)).fetchone() == (1,)


def test_a_connection_that_has_used_the_index_goes_on_with_it(store, keep, path):
    for number in range(30):
        keep(f"Tide {number}", "The tide turned")
        if number % 5 == 0:
            drop_empty_levels(path, "text_index")
    store.connection.run("INSERT INTO text_index (text_index) VALUES ('integrity-check')")
    assert len(store.connection.rows("SELECT rowid FROM text_index WHERE text_index MATCH 'tide'")) == 30


LEVELS = st.lists(
    st.lists(st.tuples(*[st.integers(0, 2**40)] * 3), max_size=3).map(
        lambda segments: [0, len(segments), *(number for segment in segments for number in segment)]
    ),
    max_size=30,
)


@given(LEVELS, st.integers(0, 2**50))
def test_property_what_is_on_a_level_stays(levels, writes):
    segments = sum(level[1] for level in levels)
    record = b"abcd" + varints(len(levels), segments, writes, *(number for level in levels for number in level))
    assert levels_in(record) == levels
    fewer = without_empty_levels(record)
    kept = [level for level in levels if level[1]]
    assert levels_in(fewer) == kept
    assert fewer.startswith(b"abcd" + varints(len(kept), segments, writes))


@given(st.binary(max_size=200))
def test_property_any_other_bytes_stay_as_they_are_or_say_the_same(record):
    fewer = without_empty_levels(record)
    if fewer != record:
        assert levels_in(fewer) == [level for level in levels_in(record) if level != [0, 0]]


def test_a_later_form_stays_as_it_is():
    record = b"abcd\xff\x00\x00\x01" + varints(2, 0, 0, 0, 0, 0, 0)
    assert without_empty_levels(record) is record
