"""Reports sorted into stories, on likenesses given."""

from cache.sorting import Desk

CROWDS = dict.fromkeys(range(10), 0.25)  # two such reports count as twice as alike


def stories(desk, *reports):
    desk.sort(reports)
    return {frozenset({report, *desk.beside(report)}) for report in reports}


def test_alike_reports_tell_one_story():
    desk = Desk({}, {1: {2: 0.3}, 2: {3: 0.3}, 3: {1: 0.3}, 4: {1: 0.05}}, CROWDS, 500)
    assert stories(desk, 1, 2, 3, 4) == {frozenset({1, 2, 3}), frozenset({4})}


def test_one_alike_report_among_many_does_not_draw_another_in():
    story = {1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1}
    desk = Desk(story, {7: {1: 0.3}}, CROWDS, 500)
    assert stories(desk, 7) == {frozenset({7})}


def test_a_story_is_named_by_its_first_report():
    desk = Desk({5: 5}, {3: {5: 0.4}}, CROWDS, 500)
    desk.sort([3])
    assert sorted(desk.changed()) == [(3, 3), (3, 5)]


def test_two_stories_that_have_grown_together_become_one():
    desk = Desk({1: 1, 2: 2}, {3: {1: 0.3, 2: 0.28}, 1: {2: 0.26}}, CROWDS, 500)
    assert stories(desk, 3) == {frozenset({1, 2, 3})}


def test_what_is_enough_grows_with_the_library():
    alike = {1: {2: 0.16}}
    assert stories(Desk({}, alike, CROWDS, 500), 1, 2) == {frozenset({1, 2})}
    assert stories(Desk({}, alike, CROWDS, 20_000), 1, 2) == {frozenset({1}), frozenset({2})}


def test_little_likeness_in_an_empty_room_is_no_story():
    lonely = dict.fromkeys((1, 2), 0.01)
    assert stories(Desk({}, {1: {2: 0.05}}, lonely, 500), 1, 2) == {frozenset({1}), frozenset({2})}
