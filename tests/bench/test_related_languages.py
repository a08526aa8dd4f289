"""The figures of related stories in six languages and across them: none may fall below floors.toml."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.bench import related_languages
from tests.bench.related_languages import LANGUAGES, Figures

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text())["related_languages"]


@pytest.fixture(scope="module")
def figures() -> tuple[dict[str, Figures], Figures]:
    return related_languages.measure(related_languages.mixed())


@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_of_one_event_are_found_and_joined(figures: tuple[dict[str, Figures], Figures], language: str) -> None:
    found = figures[0][language]
    assert found.ndcg10 >= FLOORS["ndcg10"], found
    assert found.recall >= FLOORS["recall"], found
    assert found.precision >= FLOORS["precision"], found


def test_what_is_joined_across_languages_is_one_story(figures: tuple[dict[str, Figures], Figures]) -> None:
    across = figures[1]
    assert across.precision >= FLOORS["across_precision"], across
    assert across.recall >= FLOORS["across_recall"], across


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_sixty_pairs_and_a_third_of_them_is_hard(language: str) -> None:
    told = Counter(report["story"] for report in related_languages.reports(language))
    assert sum(1 for count in told.values() if count == 2) == 40
    assert sum(1 for story, count in told.items() if story[-1] in "sw" and count == 1) == 20
