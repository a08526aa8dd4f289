"""What a library does grows with what there is to do, never with its square: twice as much takes twice as long."""

from __future__ import annotations

import gc
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from cache.db import schema
from cache.diff import compare, difference
from cache.related import nearest, stories, upkeep
from fetch.article import Article, Paragraph, Span
from tests.relating import assign_stories

MOST = 2.6
"""What twice as much may take of the time of once as much."""
ROUNDS = 15
"""Of a few milliseconds each, on a machine that does other things, too: the first that holds is enough."""


def least(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()  # its passes over all that a whole suite has made fall now into one run, now into another
    try:
        begun = process_time()
        work()
        return process_time() - begun
    finally:
        gc.enable()


def growth(prepare: Callable[[int], Callable[[], object]], size: int) -> float:
    """How much longer twice as much takes, as the least of some rounds tells it."""
    ratio = float("inf")
    once = twice = float("inf")
    for _ in range(ROUNDS):
        once, twice = min(once, least(prepare(size))), min(twice, least(prepare(2 * size)))
        ratio = twice / once
        if ratio < MOST:
            break
    return ratio


def article(lines: list[str]) -> Article:
    return Article("https://paper.example/1", "Headline", tuple(Paragraph((Span(line),)) for line in lines))


def sentence(number: int, kind: int) -> str:
    chance = random.Random(number * 7 + kind)
    return " ".join(f"w{chance.randrange(900)}{'xyz'[kind]}" for _ in range(14))


TEXTS: dict[str, Callable[[int], tuple[list[str], list[str]]]] = {
    "all other": lambda n: ([sentence(i, 0) for i in range(n)], [sentence(i, 1) for i in range(n)]),
    "every other": lambda n: ([sentence(i, 0) for i in range(n)], [sentence(i, i % 2) for i in range(n)]),
    "the same line": lambda n: (["The end."] * n, ["The end.", "No."] * (n // 2)),
    "in disorder": lambda n: ([sentence(i, 0) for i in range(n)], [sentence(i, 0) for i in reversed(range(n))]),
    "rewritten": lambda n: ([sentence(i, 0) for i in range(n)], [f"{sentence(i, 0)} too" for i in range(n)]),
}


@pytest.mark.wall_clock
@pytest.mark.parametrize("kind", TEXTS)
def test_what_was_changed_in_an_article(kind: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        before, after = TEXTS[kind](size)
        return lambda: difference(article(before), article(after))

    assert growth(prepare, 800) < MOST


WORDS: dict[str, Callable[[int], tuple[str, str]]] = {
    "one word": lambda n: ("no " * n, "no yes " * (n // 2)),
    "all other": lambda n: (" ".join(f"a{i}" for i in range(n)), " ".join(f"b{i}" for i in range(n))),
    "every other": lambda n: (" ".join(f"a{i}" for i in range(n)), " ".join(f"{'ab'[i % 2]}{i}" for i in range(n))),
    "in disorder": lambda n: (" ".join(f"a{i}" for i in range(n)), " ".join(f"a{i}" for i in reversed(range(n)))),
}


@pytest.mark.wall_clock
@pytest.mark.parametrize("kind", WORDS)
def test_what_was_changed_in_a_passage(kind: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        before, after = WORDS[kind](size)
        return lambda: compare(before, after)

    assert growth(prepare, 4000) < MOST


@pytest.fixture
def collection(tmp_path: Path) -> Callable[[int], sqlite3.Connection]:
    """A library's index with so many like reports of as many sources, among as many others; no story is given yet."""
    made = iter(range(1000))

    def make(size: int) -> sqlite3.Connection:
        connection = sqlite3.connect(tmp_path / f"{next(made)}.db", isolation_level=None)
        connection.execute("PRAGMA synchronous = off")
        for step in schema.STEPS:
            step(connection)
        connection.execute("BEGIN")
        for number in range(1, 2 * size):
            told = f"Ferry strike in Port Maren, day {number % 3}" if number % 2 else sentence(number, 1)
            text = (
                f"{told}. {'Pilots of the Orlan yard struck at the quay.' if number % 2 else ''} {sentence(number, 2)}"
            )
            landed = upkeep.IndexedArticle(number, f"https://p.example/{number}", told, text, date(2031, 3, 3), number)
            upkeep.add(connection, landed)
        connection.execute("COMMIT")
        return connection

    return make


@pytest.mark.wall_clock
def test_sorting_many_reports_of_one_event(
    collection: Callable[[int], sqlite3.Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is looked at for one entry grows with the library up to these limits; a test is quick where they are low.
    monkeypatch.setattr(nearest, "_SMALL_BUDGET", 200)
    monkeypatch.setattr(stories, "MOST_TOGETHER", 200)
    monkeypatch.setattr(stories, "MOST_REPORTS", 24)

    def prepare(size: int) -> Callable[[], object]:
        connection = collection(size)

        def sort() -> None:
            more = True
            with closing(connection):
                while more:
                    connection.execute("BEGIN")
                    more = assign_stories(connection, limit=100)
                    connection.execute("COMMIT")

        return sort

    assert growth(prepare, 250) < MOST


@pytest.mark.wall_clock
def test_removing_many_reports_of_one_story(collection: Callable[[int], sqlite3.Connection]) -> None:
    def prepare(size: int) -> Callable[[], object]:
        connection = collection(size)
        upkeep.flush(connection)
        connection.execute("UPDATE reports SET story = 1")

        def remove() -> None:
            with closing(connection):
                for number in range(1, 2 * size, 4):
                    connection.execute("BEGIN")
                    stories.remove(connection, range(number, number + 4))
                    connection.execute("COMMIT")

        return remove

    assert growth(prepare, 4000 // 8) < MOST
