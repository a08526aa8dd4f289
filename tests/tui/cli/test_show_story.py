"""A story followed on the command line: what each report adds, and where they differ."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cache.paths import places
from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.source import Source
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, records

NINE = datetime(2031, 3, 3, 9, tzinfo=UTC)
BEGINS = "The Orlan yard in Port Maren launched the frigate Vestra with 12 guns."
COMMON = (
    f"{BEGINS} Admiral Dunja Kest came to the launch. The yard worked through the winter on the ship. "
    "The frigate will sail in autumn."
)
ADDED = "Two sisters of the Vestra were ordered on the quay."


@pytest.fixture
def told(tmp_path: Path) -> list[str]:
    """The entries of three reports of a launch by three papers; the third is the first again."""
    texts = {"Herald": COMMON, "Courier": f"{COMMON.replace('12 guns', '15 guns')} {ADDED}", "Echo": COMMON}
    numbers = []
    with Store(places(tmp_path / "home").library) as store:
        for hour, (paper, text) in enumerate(texts.items()):
            when = NINE + timedelta(hours=hour)
            source_id = store.sources.add(Source(f"https://{paper.lower()}.example/feed", "feed", title=paper))
            url = f"https://{paper.lower()}.example/launch"
            wanted = store.entries.store_teaser(source_id, Teaser(url, "Frigate Vestra launched", published=when), 0.0)
            assert wanted is not None
            body = (Paragraph((Span(text),)),)
            store.articles.store_article(
                wanted.entry_id, Article(url, "Frigate Vestra launched", body, published=when), 0.0
            )
            numbers.append(str(wanted.entry_id))
        store.stories.assign_all()
    return numbers


def test_a_story_is_told_by_its_first_report_and_what_each_adds(cli: Cli, told: list[str]) -> None:
    out = done(cli("show", told[0], "--story", "--width", "120"))
    assert out.startswith("One story, 3 reports")
    assert f"    {BEGINS}" in out
    added = [line for line in out.splitlines() if line.startswith("  + ")]
    assert f"  + {ADDED}" in added
    assert len(added) == 2, "the second report's new figure and its news"
    assert f"A copy of number {told[0]}." in out


def test_figures_that_differ_stand_side_by_side(cli: Cli, told: list[str]) -> None:
    out = done(cli("show", told[0], "--story", "--width", "160"))
    differing = out.partition("Where they differ")[2]
    assert "guns: 12 guns (Herald, " in differing
    assert "15 guns (Courier, " in differing


def test_json_tells_the_same(cli: Cli, told: list[str]) -> None:
    story = records(done(cli("show", told[0], "--story", "--json")))[0]
    assert [report["copy_of"] for report in story["reports"]] == [None, None, told[0]]
    assert story["disputes"][0]["what"] == "guns"
