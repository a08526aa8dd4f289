"""Reports sorted into stories, on likenesses given."""

from itertools import combinations

from cache.related.clustering import cluster
from cache.related.neighbours import KEPT

SMALL, LARGE = 500, 20_000
ELSEWHERE = {100: 0.2, 101: 0.2, 102: 0.2, 103: 0.2}
"""Four others, so that it is equally crowded around each report."""


def lists(pairs):
    """Each report's list, from the likeness of pairs."""
    found = {}
    for (one, other), likeness in pairs.items():
        found.setdefault(one, dict(ELSEWHERE))[other] = likeness
        found.setdefault(other, dict(ELSEWHERE))[one] = likeness
    return found


def stories(pairs, entries=SMALL):
    return sorted(sorted(told) for told in cluster(lists(pairs), entries))


def all_pairs(reports, likeness):
    return dict.fromkeys(combinations(reports, 2), likeness)


def test_alike_reports_tell_one_story():
    assert stories({(1, 2): 0.3, (2, 3): 0.3, (1, 3): 0.3, (1, 4): 0.01}) == [[1, 2, 3], [4]]


def test_one_alike_report_among_many_does_not_draw_another_in():
    assert stories({**all_pairs(range(1, 7), 0.3), (6, 7): 0.2}) == [[1, 2, 3, 4, 5, 6], [7]]


def test_sibling_stories_stay_two_though_a_lone_report_that_alike_would_join():
    reports = {**all_pairs((1, 2, 3), 0.4), **all_pairs((4, 5, 6), 0.4)}
    between = {(one, other): 0.2 for one in (1, 2, 3) for other in (4, 5, 6)}
    assert stories({**reports, **between}) == [[1, 2, 3], [4, 5, 6]]
    assert stories({(1, 4): 0.2}) == [[1, 4]]


def test_the_order_in_which_reports_came_tells_nothing():
    pairs = {**all_pairs((1, 5, 9), 0.35), **all_pairs((2, 6, 8), 0.35), (1, 2): 0.2}
    backwards = cluster(dict(reversed(lists(pairs).items())), SMALL)
    assert sorted(sorted(told) for told in backwards) == stories(pairs) == [[1, 5, 9], [2, 6, 8]]


def test_a_story_with_more_reports_than_a_list_holds_stays_one():
    reports = range(1, 3 * KEPT)
    near = {one: {(one + k) % len(reports) + 1: 0.5 - k / 100 for k in range(1, KEPT + 1)} for one in reports}
    assert len(cluster(near, LARGE)) == 1


def test_what_is_enough_grows_with_the_library():
    assert stories({(1, 2): 0.12}) == [[1, 2]]
    assert stories({(1, 2): 0.12}, LARGE) == [[1], [2]]


def test_little_likeness_in_an_empty_room_is_no_story():
    assert cluster({1: {2: 0.04}, 2: {1: 0.04}}, SMALL) == [[1], [2]]


def test_a_report_without_neighbours_is_a_story_of_its_own():
    assert cluster({1: {}}, SMALL) == [[1]]


def test_small_stories_that_name_no_day_must_be_more_alike_to_be_one():
    pairs = {(1, 2): 0.4, (3, 4): 0.4} | {(one, other): 0.28 for one in (1, 2) for other in (3, 4)}
    assert sorted(map(sorted, cluster(lists(pairs), SMALL))) == [[1, 2, 3, 4]]
    assert sorted(map(sorted, cluster(lists(pairs), SMALL, undated={1, 3}))) == [[1, 2], [3, 4]]


def test_large_stories_that_name_no_day_may_be_less_alike():
    reports = {**all_pairs((1, 2, 3, 4), 0.4), **all_pairs((5, 6, 7, 8), 0.4)}
    pairs = reports | {(one, other): 0.25 for one in (1, 2, 3, 4) for other in (5, 6, 7, 8)}
    assert len(cluster(lists(pairs), SMALL)) == 2
    assert len(cluster(lists(pairs), SMALL, undated=range(1, 9))) == 1
