"""A page pasted into the search line: the keys behind it are answered."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

import pytest

from fetch.article import Article, Paragraph, Span
from tests.tui.newsroom import NOW, shelve
from tests.tui.pty_reader import PtyReader

VOICES = [
    f"{first}{second}" for first in ("bo", "ca", "di", "fe", "gu", "ha", "ki", "lo") for second in "abcdefghijklmn"
]
PASTED = {
    "words": " ".join(f"{one}{two}" for one in VOICES for two in VOICES[:40])[:20_000],
    "phrases": " ".join(f'"{one} {two}"' for one in VOICES for two in VOICES[:20])[:20_000],
    "beginnings": " ".join(f"{one}*" for one in VOICES * 60)[:20_000],
    "choices": " OR ".join(VOICES * 40)[:20_000],
    "one word": "boca" * 5000,
    "no filters": " ".join(f"{one}:{one}" for one in VOICES * 40)[:20_000],
}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of 300 articles of the words that are pasted."""
    home = tmp_path_factory.mktemp("large")
    words = [f"{one}{two}" for one in VOICES for two in VOICES[:40]]
    shelve(
        home,
        [
            Article(
                f"https://courier.example/{number}",
                f"Story {number}",
                (Paragraph((Span(" ".join(words[number::31] + VOICES)),)),),
                published=NOW - timedelta(minutes=number),
                source="The Island Courier",
            )
            for number in range(300)
        ],
    )
    return home


@pytest.mark.wall_clock
@pytest.mark.parametrize("what", PASTED)
def test_what_is_pasted_into_a_search_keeps_no_key_waiting(large: Path, what: str) -> None:
    with PtyReader(large) as reader:
        began = time.monotonic()
        reader.press(f"/\x1b[200~{PASTED[what]}\x1b[201~")
        reader.until(f"Search: {PASTED[what][:10]}")
        reader.press("\x15")  # takes out what is typed
        reader.until("All stories")
        assert time.monotonic() - began < 5  # it was 15 and more


def test_of_what_is_pasted_the_beginning_is_searched_and_that_is_said(large: Path) -> None:
    with PtyReader(large) as reader:
        reader.press(f"/\x1b[200~{PASTED['words']}\x1b[201~")
        reader.until("This is long: only its beginning is searched")
