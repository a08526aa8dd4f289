"""Dates in other languages than English: words and order are those of Unicode's CLDR."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.bench.date_words import made
from tests.tui.newsroom import NOW
from tui.panes.bars import masthead
from tui.settings import DATE_LANGUAGES
from tui.typeset import wording
from tui.typeset.cells import cells
from tui.typeset.date_language import DATE_LANGUAGE, WORDS, language_of


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    DATE_LANGUAGE.choose("en", {})


def test_the_words_are_those_that_babel_has() -> None:
    pytest.importorskip("babel")
    assert WORDS.read_text(encoding="utf-8") == made(), "python tests/bench/date_words.py makes it anew"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("de", ["vor 3 Stunden", "gestern", "29. Oktober", "29. Oktober 2024, ", "3 Std.", "29. Okt."]),
        ("fr", ["il y a 3 heures", "hier", "29 octobre", "29 octobre 2024, ", "3 h", "29 oct."]),
        ("es", ["hace 3 horas", "ayer", "29 de octubre", "29 de octubre de 2024, ", "3 h", "29 oct"]),
        ("ru", ["3 часа назад", "вчера", "29 октября", "29 октября 2024 г., ", "3 ч", "29 окт."]),
        ("hu", ["3 órával ezelőtt", "tegnap", "október 29.", "2024. október 29., ", "3 ó", "okt. 29."]),
        ("ja", ["3 時間前", "昨日", "10月29日", "2024年10月29日, ", "3 時間", "10月29日"]),
    ],
)
def test_a_language_has_its_own_words_and_order(code: str, said: list[str]) -> None:
    DATE_LANGUAGE.choose(code, {})
    before = [timedelta(hours=3), timedelta(days=1), timedelta(days=24), timedelta(days=754)]
    told = [wording.ago(NOW - each, NOW) for each in before[:3]]
    told.append(wording.moment(NOW - before[3], NOW).rpartition(" ")[0] + " ")
    told += [wording.briefly_ago(NOW - each, NOW) for each in (before[0], before[2])]
    assert told == said
    assert wording.refreshed(NOW - before[0], NOW) == "refreshed 3 hours ago", "sentences are in English"


@pytest.mark.parametrize("code", DATE_LANGUAGES)
def test_every_language_tells_every_age_and_the_front_page_has_its_width(code: str) -> None:
    DATE_LANGUAGE.choose(code, {})
    assert DATE_LANGUAGE
    ages = [timedelta(seconds=-90), timedelta(), *(timedelta(minutes=step) for step in range(1, 60))]
    ages += [timedelta(hours=step) for step in range(1, 24)] + [timedelta(days=step) for step in (*range(9), 24, 400)]
    for age in ages:
        told = [
            tell(NOW - age, NOW) for tell in (wording.ago, wording.briefly_ago, wording.moment, wording.clock_or_day)
        ]
        assert all(told)
        assert not any(sign in "".join(told) for sign in "{}%")
    for width in (40, 60, 80, 120):
        assert sum(cells(run.text) for run in masthead(width, NOW).runs) <= width


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "de_DE", "LC_TIME": "fr_FR.UTF-8@euro"}, "fr"),
        ({"LC_ALL": "zh_TW.UTF-8", "LANG": "de"}, "zh_TW"),
        ({"LANG": "nn_NO.UTF-8"}, "nb"),
        ({"LANG": "C"}, "en"),
        ({"LC_ALL": "tlh"}, "en"),
        ({"LC_ALL": "", "LANG": '"x: {'}, "en"),
        ({}, "en"),
    ],
)
def test_auto_is_the_language_of_the_locale(environment: dict[str, str], code: str) -> None:
    assert language_of(environment) == code
    DATE_LANGUAGE.choose("auto", environment)
    assert bool(DATE_LANGUAGE) == (code != "en")
