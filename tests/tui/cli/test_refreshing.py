"""`refresh` as a person and a script meet it: what each source gave, the receipt, the pace, the budget."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cache.paths import places
from tests.loopback import Loopback, Reply
from tests.newsroom import RSS, feed, page, subscribe
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


@pytest.fixture
def dead() -> str:
    """The address of a feed whose server is gone."""
    with Loopback() as gone:
        return gone.url("/feed")


def keep(home: Path, *addresses: str) -> None:
    """Keeps sources without asking them."""
    for address in addresses:
        subscribe(places(home).library, address)


def test_a_run_is_told_in_figures_apart_from_the_library(cli: Cli, tmp_path: Path, site: Loopback, dead: str) -> None:
    keep(tmp_path / "home", site.url("/feed"), dead)
    code, out, err = cli("refresh", "--json")
    assert code == 0, "something could be had"
    *sources, last = records(out)
    summary = last["summary"]
    assert {name: summary[name] for name in ("new", "full", "part", "teaser", "failed", "left", "asked")} == {
        "new": 3, "full": 3, "part": 0, "teaser": 0, "failed": 0, "left": 0, "asked": 2
    }  # fmt: skip
    (failed,) = summary["failed_sources"]
    assert (failed["source"], failed["reason"]) == (dead, "refused connection")
    assert err == f"broadsheet: {failed['sentence']}\n"
    assert failed["sentence"].startswith(dead)
    assert summary["library"]["total"] == summary["library"]["full"] == 3
    assert summary["bytes"] > 1000
    assert summary["seconds"] > 0
    assert [source["new"] for source in sources if source["source"] == site.url("/feed")] == [3]
    *_, again = records(cli("refresh", "--json")[1])
    assert (again["summary"]["new"], again["summary"]["full"], again["summary"]["library"]["full"]) == (0, 0, 3)


def test_the_exit_code_says_whether_anything_could_be_had(cli: Cli, tmp_path: Path, site: Loopback, dead: str) -> None:
    assert cli("refresh")[::2] == (0, ""), "nothing was due"
    keep(tmp_path / "home", dead)
    assert cli("refresh")[0] == 1
    keep(tmp_path / "home", site.url("/feed"))
    site.routes["/feed"] = lambda seen: Reply(status=304) if "if-none-match" in seen.headers else whole_feed(site)
    assert cli("refresh")[0] == 0
    code, out, err = cli("refresh")
    assert code == 0, "a 304 counts"
    assert err.count("\n") == 1
    assert "nothing new · 1 source failed." in out
    assert cli("refresh", "--strict")[0] == 1
    assert cli("refresh", "--strict", "Harbour Gazette")[0] == 0


def whole_feed(site: Loopback) -> Reply:
    return Reply(feed(site.url(""), SLUGS).encode(), headers={"ETag": '"1"'}, kind=RSS)


def test_what_is_left_for_the_next_refresh_is_told(subscribed: Cli) -> None:
    out = done(subscribed("refresh", "--most", "2"))
    assert "Harbour Gazette: 2 articles complete, 1 teaser for later, 1 left for the next refresh (--most N" in out
    assert "3 new · 1 left for the next refresh." in out
    assert "1 article complete" in done(subscribed("refresh"))


def test_a_budget_used_up_is_no_failure(subscribed: Cli) -> None:
    code, out, err = subscribed("refresh", "--max-bytes", "1", "--strict")
    assert (code, err) == (0, "")
    assert "not asked, the byte budget was used up" in out


def test_each_source_tells_when_it_last_answered(subscribed: Cli, site: Loopback) -> None:
    assert "— not asked yet" in done(subscribed("sources"))
    done(subscribed("refresh"))
    assert "— answered just now" in done(subscribed("sources"))
    (before,) = [one for one in records(done(subscribed("sources", "--json"))) if one["kind"] == "feed"]
    site.put("/feed", status=500)
    subscribed("refresh")
    (after,) = [one for one in records(done(subscribed("sources", "--json"))) if one["kind"] == "feed"]
    assert before["refreshed"] == after["refreshed"]
    assert "— answered with an error (HTTP 500) · last answered just now" in done(subscribed("sources"))


def test_a_list_that_is_imported_is_not_fetched_before_the_next_refresh(
    cli: Cli, tmp_path: Path, site: Loopback
) -> None:
    (tmp_path / "list.opml").write_text(f'<opml><body><outline text="G" xmlUrl="{site.url("/feed")}"/></body></opml>')
    done(cli("import", str(tmp_path / "list.opml")))
    assert site.seen == []
    done(cli("refresh"))
    assert len(site.asked("/feed")) == 1
