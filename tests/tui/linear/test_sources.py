"""What there is to add and to keep in the linear reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cache.library import Library
from fetch.source import Candidate, Source
from tests.loopback import Loopback
from tests.newsroom import publish
from tests.tui.linear.keys_pressed import linear_reader
from tests.tui.newsroom import shelve

pytestmark = pytest.mark.anyio


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running


async def test_of_several_sources_at_an_address_one_is_chosen(
    tmp_path: Path, site: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(site, "mole")

    async def discover(_: Library, url: str) -> list[Candidate]:
        named = (("Harbour Gazette", site.url("/feed")), ("Only ferries", site.url("/ferries")))
        return [Candidate(Source(address, "feed", title), stories=3) for title, address in named]

    monkeypatch.setattr(Library, "discover", discover)
    async with linear_reader(tmp_path) as reader:
        said = await reader.press("a", typed="courier.example\r")
        assert said == ["Looking …", "Sources there, the best first, 2:", "Harbour Gazette. feed, 3 stories, teasers."]
        assert await reader.press("j", "enter") == [
            "Only ferries. feed, 3 stories, teasers.",
            "Added Only ferries.",
            "Refreshing …",
        ]
        assert "Only ferries" in [source.title for source in reader.desk.library.sources()]
        assert len(reader.desk.levels) == 1


async def test_a_search_is_kept_as_a_section(tmp_path: Path) -> None:
    shelve(tmp_path)
    async with linear_reader(tmp_path) as reader:
        assert await reader.press("ctrl+s") == ["This is no search; slash / begins one."]
        await reader.press("slash", typed="freighter\r")
        assert await reader.press("ctrl+s") == ["Kept as a section: freighter. capital S lists it."]
        assert [each.query for each in reader.desk.library.searches()] == ["freighter"]


async def test_the_reading_list_is_ordered_where_it_is_listed(tmp_path: Path) -> None:
    shelve(tmp_path)
    async with linear_reader(tmp_path) as reader:
        assert "set in the section Saved" in (await reader.press("J"))[0]
        await reader.press("s", "j", "s", "v", "v")
        first, second = reader.desk.stories.ids
        assert await reader.press("J") == ["Now 2 of 2."]
        assert list(reader.desk.stories.ids) == [second, first]
        assert await reader.press("y") == [reader.desk.library.entry(first).url]


async def test_the_sections_to_choose_from_are_those_of_the_settings(home: Path) -> None:
    async with linear_reader(home, '[list]\nsections = ["unread", "all"]\n') as reader:
        first, second, third = [await reader.press(key) for key in ("S", "j", "j")]
        assert (first[-1][:6], second[0][:3]) == ("Unread", "All")
        assert not third[0].startswith(("Saved", "Today"))
