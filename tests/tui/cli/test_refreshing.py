"""`refresh` as a person and a script meet it: what each source gave, the receipt, the pace, the budget."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.loopback import Loopback
from tests.newsroom import RSS, feed, page
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, records

SLUGS = ("mole", "tide", "quay")


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        running.put("/feed", feed(running.url(""), SLUGS), kind=RSS, etag='"1"')
        for slug in SLUGS:
            running.put(f"/news/{slug}", page(slug))
        yield running


@pytest.fixture
def subscribed(cli: Cli, site: Loopback) -> Cli:
    done(cli("add", site.url("/feed")))
    site.seen.clear()
    return cli


def test_headlines_alone_are_counted_as_such(subscribed: Cli) -> None:
    *sources, last = records(done(subscribed("refresh", "--teasers", "--json")))
    gazette = next(source for source in sources if source["source"] == "Harbour Gazette")
    assert (gazette["full"], gazette["teaser"], gazette["failed"]) == (0, 3, 0)
    assert last["summary"]["receipt"].endswith("3 waiting")


def test_sources_without_news_are_only_counted_and_the_handbook_not_even_that(subscribed: Cli) -> None:
    assert "Harbour Gazette: 3 articles complete" in done(subscribed("refresh"))
    said = done(subscribed("refresh"))
    assert "1 source had nothing new." in said
    assert "Gazette" not in said
    assert "Handbook" not in said
    assert "Harbour Gazette: nothing new" in done(subscribed("refresh", "Harbour Gazette"))


def test_a_scheduled_refresh_leaves_alone_what_was_just_asked(subscribed: Cli, site: Loopback) -> None:
    done(subscribed("refresh", "--scheduled"))
    done(subscribed("refresh", "--scheduled"))
    done(subscribed("refresh", "--scheduled", "Harbour Gazette"))
    assert len(site.asked("/feed")) == 1
    done(subscribed("refresh"))
    assert len(site.asked("/feed")) == 2


def test_without_any_answer_it_fails_and_says_so_once(subscribed: Cli, site: Loopback) -> None:
    site.stop()
    code, _, err = subscribed("refresh")
    assert code == 1
    assert "nobody answers" in err
    assert err.count("None of the sources asked could be had") == 1


def test_it_stays_within_its_bytes_and_goes_on_next_time(subscribed: Cli, site: Loopback) -> None:
    most = len(feed(site.url(""), SLUGS)) + 2 * len(page("mole"))
    *_, last = records(done(subscribed("refresh", "--max-bytes", str(most), "--json")))
    assert last["summary"]["bytes"] <= most
    assert last["summary"]["teaser"] > 0
    done(subscribed("refresh"))
    assert len(records(done(subscribed("list", "--source", "Harbour Gazette", "is:full", "--json")))) == 3


def test_what_was_asked_for_while_offline_comes_and_is_told(cli: Cli) -> None:
    with Loopback() as gone:
        address = gone.url("/news/mole")
    assert "queued" in cli("show", address)[2]
    assert address in done(cli("list", "is:queued"))
    assert "of what you asked for: 0 came, 1 refused connection" in cli("refresh")[1]
    assert address in done(cli("list", "is:queued"))
