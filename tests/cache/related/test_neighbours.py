"""The lists that entries keep of their nearest."""

import pytest

from cache.related import neighbours, stories


@pytest.fixture
def landed(connection):
    """Thirty entries that have no list yet."""
    for number in range(1, 31):
        stories.enqueue(connection, [number])
    return connection


def link(connection, found):
    """Keeps the lists as they are to be; gives those that were."""
    held, lists = neighbours.linked(connection, found)
    rows = [(neighbours.pack(near), one) for one, near in lists.items()]
    connection.executemany("UPDATE reports SET nearest = ? WHERE entry_id = ?", rows)
    return held


def test_a_newcomer_enters_the_lists_of_those_it_is_near_to(landed):
    assert link(landed, {1: {2: 0.5, 3: 0.25}}) == {1: b"", 2: b"", 3: b""}
    lists = neighbours.read(landed, (1, 2, 3))
    assert [set(lists[one]) for one in (1, 2, 3)] == [{2, 3}, {1}, {1}]
    assert lists[2][1] == pytest.approx(0.5, abs=1e-4)


def test_a_list_holds_the_nearest_only(landed):
    link(landed, {1: {other: other / 100 for other in range(2, 31)}})
    assert set(neighbours.read(landed, (1,))[1]) == set(range(31 - neighbours.KEPT, 31))


def test_what_is_told_anew_takes_the_place_of_what_was_known(landed):
    link(landed, {1: {2: 0.5}})
    stories.enqueue(landed, [1])
    link(landed, {1: {2: 0.1}})
    assert neighbours.read(landed, (2,))[2][1] == pytest.approx(0.1, abs=1e-4)


def test_one_that_is_not_on_a_full_list_is_taken_to_be_half_as_alike_as_the_last(landed):
    full = dict.fromkeys(range(2, 2 + neighbours.KEPT), 0.4)
    lists = {1: full, 20: {**full, 2: 0.2}, 21: {2: 0.4}}
    assert neighbours.likeness_between(lists, 1, 20) == pytest.approx(0.1)
    assert neighbours.likeness_between(lists, 1, 21) == 0.0


def test_it_is_less_crowded_around_an_entry_with_few_neighbours():
    assert neighbours.density({1: 0.4}) < neighbours.density({1: 0.4, 2: 0.4, 3: 0.4, 4: 0.4}) == pytest.approx(0.4)
