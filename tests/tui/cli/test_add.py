"""What `add` understands, what it shows before anything is kept, and what it says of what is no source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Loopback
from tests.newsroom import RSS, feed, headline, text
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, fails, records

SLUGS = ("mole-repair-begins", "tide-tables-printed-anew", "quay-closed-for-a-week", "ferry-sails-at-night")


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        running.put("/feed", feed(running.url(""), SLUGS), kind=RSS)
        running.put("/other", feed(running.url(""), SLUGS[:2], title="The Other", content=text("mole")), kind=RSS)
        rows = "".join(
            f"<article><h2><a href='/news/{slug}'>{headline(slug)}</a></h2><p>{text(slug)[3:90]}</p></article>"
            for slug in SLUGS
        )
        running.put(
            "/", f"<html><head><link rel=alternate type='{RSS.partition(';')[0]}' href='/feed'></head><body>{rows}"
        )
        yield running


def added(cli: Cli) -> list[str]:
    return [row["url"] for row in records(done(cli("sources", "--json"))) if row["kind"] != "bundled"]


def test_a_preview_says_what_each_would_give_and_keeps_none(cli: Cli, site: Loopback) -> None:
    said = done(cli("add", site.url("/"), "--dry-run")).splitlines()
    assert said[0].startswith(
        f"Would add Harbour Gazette: a feed at {site.url('/feed')}: 4 stories, teasers, the newest "
    )
    assert said[0].endswith(", one about every day.")
    assert said[1].startswith("Also there: ")
    assert f"a section page at {site.url('/')}: 4 stories" in said[1]
    assert added(cli) == []


def test_a_preview_for_programs(cli: Cli, site: Loopback) -> None:
    best, page = records(done(cli("add", site.url("/"), "--dry-run", "--json")))
    assert (best["chosen"], page["chosen"]) == (True, False)
    assert {**best, "why": ""} == {
        "url": site.url("/feed"), "kind": "feed", "title": "Harbour Gazette", "chosen": True, "stories": 4, "full": 0,
        "newest": "2026-09-28T08:00:00+00:00", "every": 86400, "why": "",
    }  # fmt: skip
    (other,) = records(done(cli("add", site.url("/other"), "--dry-run", "--json")))
    assert (other["full"], other["every"]) == (2, None)


@pytest.mark.parametrize("spelt", ["http:/{}", "htp://{}", "http;//{}", "{}", "Read http://{}, it is good."])
def test_what_is_nearly_an_address_is_understood(cli: Cli, site: Loopback, spelt: str) -> None:
    host = site.url("/feed").removeprefix("http://")
    done(cli("add", spelt.format(host)))
    assert added(cli) == [site.url("/feed")]


def test_two_addresses_in_one_word_are_two_sources(cli: Cli, site: Loopback) -> None:
    done(cli("add", f"{site.url('/feed')}\n{site.url('/other')}"))
    assert added(cli) == [site.url("/feed"), site.url("/other")]


def test_a_file_of_sources_is_taken_in(cli: Cli, site: Loopback, tmp_path: Path) -> None:
    (tmp_path / "mine.opml").write_text(f"<opml><body><outline xmlUrl='{site.url('/feed')}'/></body></opml>")
    assert "1 source added" in done(cli("add", str(tmp_path / "mine.opml")))
    assert added(cli) == [site.url("/feed")]


def test_a_folder_and_a_file_that_is_not_there_are_one_sentence_each(cli: Cli, tmp_path: Path) -> None:
    assert "is a folder; name a file in it" in fails(cli("add", str(tmp_path)))
    assert "There is no file" in fails(cli("add", str(tmp_path / "none.opml")))


def test_the_home_of_nobody_is_told_as_such(cli: Cli) -> None:
    for words in (("add", "~nobody-of-that-name/sources.opml"), ("sync", "~nobody-of-that-name/shared")):
        assert "There is nobody called ~nobody-of-that-name here." in fails(cli(*words))


def test_a_broken_list_on_the_web_is_read_as_far_as_it_goes(cli: Cli, site: Loopback) -> None:
    outlines = (
        f"<outline text='A & B' xmlUrl='{site.url('/feed')}'/><outline text='cut' xmlUrl='feed:{site.url('/other')}'"
    )
    site.put("/mine.opml", f"<opml><body>{outlines}", kind="text/x-opml")
    done(cli("add", site.url("/mine.opml")))
    assert added(cli) == [site.url("/feed"), site.url("/other")]
