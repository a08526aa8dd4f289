"""What a query finds is told as it lands."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cache.library import open_reading
from cache.writes.store import Store
from tests.news_events import Event, Newsroom, Report, World
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, records
from tests.tui.newsroom import PILOTS, edition, shelve
from tui.cli.watch import landing

OTHERS = [article for article in edition() if article.url != PILOTS.url]


def in_turn(*steps: Callable[[], object]) -> Callable[..., object]:
    """Does another step whenever it is called."""
    left = iter(steps)

    def step(*_: object) -> object:
        return next(left)()

    return step


def interrupt() -> None:
    raise KeyboardInterrupt


def test_what_lands_is_told_once_and_what_was_there_is_not(tmp_path: Path) -> None:
    shelve(tmp_path, [PILOTS])
    wait = in_turn(int, lambda: shelve(tmp_path, OTHERS[:2]), int, lambda: shelve(tmp_path, OTHERS[2:4]))
    with open_reading(tmp_path) as library:
        landed = landing(library, library.ids, wait)
        found = [next(landed).url for _ in range(4)]
    assert sorted(found) == sorted(article.url for article in OTHERS[:4])


def test_what_the_query_finds_is_printed_until_an_interrupt_which_ends_it_well(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(tmp_path / "home", [PILOTS])
    monkeypatch.setattr("time.sleep", in_turn(lambda: shelve(tmp_path / "home", OTHERS), interrupt))
    told = records(done(cli("watch", "freighter")))
    assert 0 < len(told) < len(OTHERS)
    assert os.listdir(tmp_path / "home") == ["library.db"]
    assert all(each["note"] == "" and each["tags"] == [] for each in told)
    monkeypatch.undo()
    assert {each["id"] for each in told} == {
        each["id"] for each in records(done(cli("list", "freighter", "--json")))
    } - {"1"}


def test_so_many_are_enough_where_that_is_said(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelve(tmp_path / "home", [PILOTS])
    monkeypatch.setattr("time.sleep", in_turn(lambda: shelve(tmp_path / "home", OTHERS)))
    assert len(records(done(cli("watch", "is:unread", "--limit", "3")))) == 3


def test_nothing_to_watch_for_is_wrong_usage(cli: Cli) -> None:
    assert cli("watch")[0] == 2
    assert cli("watch", "freighter", "--followed")[0] == 2


def test_what_is_of_a_topic_that_is_followed_is_told_as_it_lands(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "home" / "library.db"
    world, begun = World(0, seed=8), datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)
    facts = [world.facts() for _ in range(3)]
    shared = {name: facts[0][name] for name in ("other", "person", "person2")}
    kinds = (("flood", facts[0]), ("flood", {**facts[1], **shared}), ("merger", facts[2]))
    events = [world.reports_of(Event(place, kind, begun, of, 2, 0, 1.0)) for place, (kind, of) in enumerate(kinds)]

    def land(*reports: Report) -> dict[int, int]:
        with Store(path) as store:
            newsroom = Newsroom(store)
            newsroom.land(reports, datetime.now(UTC))
            return newsroom.events

    done(cli("list"))
    done(cli("front", "--follow", str(min(land(*events[0])))))
    monkeypatch.setattr("time.sleep", in_turn(lambda: land(*events[1], *events[2]), interrupt))
    told = {each["headline"] for each in records(done(cli("watch", "--followed")))}
    monkeypatch.undo()
    assert told == {report.headline for report in events[1]}
