"""Where the tree of sources leads, and acts on one source or on all that are marked, typed as fast as people do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cache.arrangement import Arrangement
from cache.writes.store import Store
from fetch.article import Teaser
from fetch.errors import BadStatus
from fetch.source import Source
from tests.tui.conftest import Opening
from tests.tui.dialogs.tree_seen import contents_dialog, filed
from tests.tui.newsroom import NOW
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.contents_rows import contents
from tui.dialogs.source_settings import ArrangeTogether
from tui.screen.refreshing import Refreshing

pytestmark = pytest.mark.anyio


async def test_above_the_sources_stand_views_failures_tags_single_articles_and_searches(
    opened: Opening, home: Path
) -> None:
    with Store(home / "library.db") as store:
        source = store.sources.add(Source("https://mole.example/feed", "feed", "Mole"))
        wanted = store.entries.store_teaser(source, Teaser("https://mole.example/1", "Mole", "", NOW), NOW.timestamp())
        assert wanted
        error = BadStatus("It is not there.", "https://mole.example/1", status=404)
        store.articles.store_failure(wanted.entry_id, error.reason, NOW.timestamp())
    async with opened() as pilot:
        library = main_screen(pilot).library
        await library.tag(library.ids()[0], ["coast"])
        await library.keep_search("Boats", "freighter")
        rows = contents(library)
        titles = [row.title for row in rows[: next(at for at, row in enumerate(rows) if row.source)]]
        reason = next(iter(library.failures()))
        order = ["Today", "Unread", "Saved", "Queue", "Failed", reason, "Single articles", "Tagged", "# coast"]
        assert [title for title in titles if title in order] == order
        assert titles.index("# coast") < titles.index("Searches") < titles.index("Boats") < len(titles) - 1
        for row in rows:
            if row.section and not row.source and row.section.query:
                typed = row.title.removeprefix("# ").casefold()
                await press(pilot, "S", "slash", *(key if key != " " else "space" for key in typed), "enter", "enter")
                section = main_screen(pilot).listing.section
                assert section == row.section or section.title.casefold().startswith(typed), row.title


async def test_the_page_of_a_source_is_opened_and_that_is_said(
    opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as pilot:
        visited: list[str] = []
        browsing = main_screen(pilot).later.browsing
        monkeypatch.setattr(type(browsing), "open", lambda _, url: visited.append(url))
        await press(pilot, "S", *"/signal", "escape", "o")
        assert visited == ["https://signal.example/feed"]
        assert "Opening signal.example …" in screen(pilot)


async def test_every_act_is_on_all_that_are_marked(opened: Opening, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[int]] = []

    def begin(_: object, ids: Sequence[int], because: str = "") -> bool:
        asked.append(sorted(ids))
        return True

    monkeypatch.setattr(Refreshing, "begin", begin)
    async with opened() as pilot:
        library = main_screen(pilot).library
        papers = await filed(library)
        both = sorted([papers["Orla Observer"].id, papers["Signal & Noise"].id])
        here: Callable[[], list[int]] = lambda: [source.id for source in library.sources()]  # noqa: E731
        await press(pilot, "S", "G", "left", "left", "h", "h", "space", "r", "p")
        assert asked == [both]
        assert sorted(source.id for source in library.sources() if source.paused) == both
        await press(pilot, "E", *["backspace"] * 20, *"Work", "enter")
        assert sorted(source.id for source in library.sources() if source.groups == ("Work",)) == both
        await press(pilot, "d")
        assert not set(both) & set(here())
        assert "Removed 2 sources; u brings them back" in screen(pilot)
        await press(pilot, "u", "u", "u")
        assert library.sources() == sorted(papers.values(), key=lambda source: here().index(source.id))
        await press(pilot, "G", "left", "left", "h", "h", "space", "D")
        assert not set(both) & set(here())
        await press(pilot, "u")
        assert sorted(here()) == sorted(source.id for source in papers.values())


async def test_what_is_marked_stays_so_under_another_filter_and_is_counted(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "S", *"/signal", "down", "space")
        assert "1 marked · " in screen(pilot)
        await press(pilot, "escape")
        assert "1 marked · " in screen(pilot)
        await press(pilot, *"/obs", "down", "space")
        assert "2 marked, 1 not shown · " in screen(pilot)
        await press(pilot, "escape")
        assert "2 marked · " in screen(pilot)


async def test_marked_sources_of_a_group_are_put_in_order_together(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await filed(library, {})
        order = lambda: [row.title for row in contents(library) if row.within == ("sources",)]  # noqa: E731
        before = order()
        await press(pilot, "S", *"/sources", "escape", "down", "down", "space", "space", "k", "K")
        assert order() == [before[1], before[2], before[0], *before[3:]]
        await press(pilot, "K", "K", "J", "J", "J", "J", "J")
        assert order() == [before[0], *before[3:], before[1], before[2]]
        assert len(contents_dialog(pilot)._tree.marked) == 2


async def test_interval_limits_and_kind_of_marked_sources_are_set_at_once_and_one_undo_takes_it_back(
    opened: Opening,
) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        papers = await filed(library)
        before = library.sources()
        await library.arrange(papers["Orla Observer"].id, Arrangement(most=7))
        mark = ["S", "G", "left", "left", "h", "h", "space", "E"]
        await press(pilot, *mark, "down", *"6h", "down", "down", *"2M", "down", *["backspace"] * 9, *"section", "enter")
        assert "2 sources are set up; u takes it back" in screen(pilot)
        two = [source for source in library.sources() if source.groups in (("Sea",), ("Sea/Harbours",))]
        assert [(source.every, source.max_bytes, source.kind) for source in two] == [(21600, 2_000_000, "section")] * 2
        assert {source.most for source in two} == {7, None}, "a line that was left as it is changes nothing"
        await press(pilot, "u", "u")
        assert library.sources() == before
        await press(pilot, "E", "down", *"soon", "enter")
        assert isinstance(pilot.app.screen, ArrangeTogether), "what is no time is said"
        await press(pilot, *["backspace"] * 9, "enter")
        assert library.sources() == before
