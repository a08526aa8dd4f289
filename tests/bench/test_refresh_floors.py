"""The refresh keeps to the figures in floors.toml: ratios measured in one run, and memory."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.bench.newsworld import NEWSWIRE, newswire
from tests.bench.refresh_speed import Figures, compare, quickest

pytestmark = pytest.mark.wall_clock

FEEDS, ITEMS = 20, 10
MOST_ROUNDS = 4


@pytest.fixture(scope="module")
def figures(floors: dict[str, float]) -> Figures:
    """The quickest of each run: a busy machine, which only ever adds, is given another round."""
    if not NEWSWIRE.exists():
        pytest.skip("../shared/tools/newswire.py is not here")
    rounds = []
    with newswire(FEEDS, ITEMS) as urls:
        for _ in range(MOST_ROUNDS):
            rounds.append(compare(urls, ITEMS))
            if is_quick(quickest(rounds), floors):
                break
    return quickest(rounds)


@pytest.fixture(scope="module")
def floors() -> dict[str, float]:
    kept: dict[str, float] = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["refresh"]
    return kept


def is_quick(figures: Figures, floors: dict[str, float]) -> bool:
    timed = ("full_beside_floor", "unchanged_beside_floor")
    return all(getattr(figures, name) <= floors[name] for name in timed)


def test_everything_is_complete(figures: Figures) -> None:
    assert figures.complete == f"{FEEDS * ITEMS} of {FEEDS * ITEMS} complete"


def test_full_text_takes_little_longer_than_fetching_alone(figures: Figures, floors: dict[str, float]) -> None:
    assert figures.full_beside_floor <= floors["full_beside_floor"]


def test_a_refresh_without_news_is_quick(figures: Figures, floors: dict[str, float]) -> None:
    assert figures.unchanged_beside_floor <= floors["unchanged_beside_floor"]


def test_memory_stays_small(figures: Figures, floors: dict[str, float]) -> None:
    assert figures.memory / 1024 <= floors["megabytes"]
