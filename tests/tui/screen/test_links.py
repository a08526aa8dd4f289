"""Links by their numbers."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.tui.screen.conftest import Harness
from tui.screen.links import LinkNumbers

pytestmark = pytest.mark.anyio


def links(harness: Harness, number: int) -> tuple[LinkNumbers, list[str]]:
    went: list[str] = []
    hrefs = [f"https://courier.example/{at}" for at in range(1, number + 1)]
    reader = SimpleNamespace(hrefs=hrefs, id="reader", hint=lambda _: None)
    return LinkNumbers(harness.context, reader, lambda: went.append("closed"), went.append), went


async def test_a_number_is_followed_without_enter_where_no_other_begins_so(harness: Harness) -> None:
    made, went = links(harness, 12)
    made.ask()
    harness.question.typed("1")
    assert went == [], "it may become 10, 11 or 12"
    harness.question.typed("2")
    assert went == ["closed", "https://courier.example/2"]


async def test_enter_follows_what_could_go_on(harness: Harness) -> None:
    made, went = links(harness, 12)
    made.ask()
    harness.question.answered("1")
    assert went == ["https://courier.example/1"]


@pytest.mark.parametrize("words", ["0", "13", "x", "", "²"])
async def test_a_number_that_is_none_is_said(harness: Harness, words: str) -> None:
    made, went = links(harness, 12)
    made.ask()
    harness.question.answered(words)
    assert (went, harness.said) == ([], [f"There is no link {words}."])


async def test_an_article_without_links_asks_nothing(harness: Harness) -> None:
    made, _ = links(harness, 0)
    made.ask()
    assert (harness.asked, harness.said) == ([], ["This article has no links."])
