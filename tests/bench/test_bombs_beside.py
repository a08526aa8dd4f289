"""Strange pages and feeds cost the good ones beside them little, and whoever opens one hardly waits."""

from __future__ import annotations

import sys

import pytest

from tests.bench.bombs_beside import Asked, Beside, measured

pytestmark = [
    pytest.mark.wall_clock,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux only"),
]


@pytest.fixture(scope="module")
def told() -> tuple[dict[str, Beside], dict[str, tuple[Asked, Asked]]]:
    return measured()


def test_good_articles_land_beside_bombs_as_they_do_alone(
    told: tuple[dict[str, Beside], dict[str, tuple[Asked, Asked]]],
) -> None:
    beside, _ = told
    alone = beside.pop("alone")
    assert {group: one for group, one in beside.items() if not 0 < one.good < alone.good + 3} == {}
    assert {group: one for group, one in beside.items() if one.done > 15} == {}
    assert {group: one for group, one in beside.items() if not 40 < one.memory < 250} == {}


def test_whoever_opens_or_adds_a_bomb_is_answered_and_can_type(
    told: tuple[dict[str, Beside], dict[str, tuple[Asked, Asked]]],
) -> None:
    asked = [one for both in told[1].values() for one in both]
    assert [one for one in asked if one.seconds > 10] == []
    assert [one for one in asked if not one.said] == []
    late = sorted(one.late for one in asked)
    assert late[int(len(late) * 0.9)] < 50
