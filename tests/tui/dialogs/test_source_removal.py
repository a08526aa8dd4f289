"""Removing sources, and taking back what was done to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cache.library import Library, open_library
from tests.tui.conftest import Opening, settled
from tests.tui.dialogs.tree_seen import contents_dialog, filed, highlighted, tree
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.contents_rows import contents
from tui.screen.main import MainScreen

pytestmark = pytest.mark.anyio


async def test_removing_asks_where_something_is_kept_and_is_taken_back_there(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        source = library.sources()[0]
        await library.save(library.ids(f"source:{source.id}")[:2])
        before = len(library.sources())
        await press(pilot, "S", *f"/{source.title.split()[-1]}", "escape", "d")
        assert f"d again removes {source.title}; 2 stories that you keep stay" in screen(pilot)
        assert len(library.sources()) == before
        await press(pilot, "p", "p", "d")
        assert f"d again removes {source.title}" in screen(pilot), "asked anew, where something else was told since"
        assert len(library.sources()) == before
        await press(pilot, "d")
        assert len(library.sources()) == before - 1
        assert library.count("is:saved") == 2
        await press(pilot, "u")
        assert len(library.sources()) == before
        assert source.title in tree(pilot)


async def test_of_marked_sources_all_are_removed_or_none_however_soon_the_reader_is_left(
    opened: Opening, home: Path
) -> None:
    async with opened() as pilot:
        number = len(await filed(main_screen(pilot).library, {}))
        await press(pilot, "S", *"/sources", "escape", "space")
        assert f"{number} marked" in screen(pilot)
        main, dialog = pilot.app.screen_stack[0], contents_dialog(pilot)
        dialog.action_remove_all()
        dialog.action_give_up()
        assert isinstance(main, MainScreen)
        main.later.leaving.ask()
        await settled(pilot)
    async with open_library(home) as library:
        assert library.sources() == []
        assert await library.undo() == f"{number} sources are back"
        assert len(library.sources()) == number


async def test_after_a_source_is_removed_the_next_one_is_highlighted(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await filed(library, {})
        await press(pilot, "S", *"/sources", "escape", "down")
        first, second = [row.source for row in contents(library) if row.source and row.within == ("sources",)][:2]
        assert highlighted(pilot) == first.title
        await press(pilot, "D")
        assert highlighted(pilot) == second.title
        await press(pilot, "G", "D")
        assert highlighted(pilot) == [row.title for row in contents(library)][-1]


async def test_pause_order_and_groups_are_taken_back_one_act_after_the_other(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await filed(library)
        before = library.sources()
        await press(pilot, "S", *"/海峡", "escape", "K", "p")
        assert "is paused: r alone asks; u takes it back" in screen(pilot)
        await press(pilot, "E", *["down"] * 6, *"Work", "enter")
        assert "takes it back" in screen(pilot)
        assert library.sources() != before
        await press(pilot, "u", "u")
        assert "is as before" in screen(pilot)
        assert not any(source.paused or "Work" in source.groups for source in library.sources())
        await press(pilot, "u")
        assert "The order is as before" in screen(pilot)
        assert library.sources() == before
        await press(pilot, "p", "q", "u")
        assert library.sources() == before, "on the page, too"


async def test_a_second_press_behind_a_removal_asks_before_the_next_source_goes(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await filed(library, {})
        before = len(library.sources())
        await press(pilot, "S", *"/sources", "escape", "down", "d", "d")
        assert len(library.sources()) == before - 1
        assert "d again removes" in screen(pilot)
        await press(pilot, "d")
        assert len(library.sources()) == before - 2
        await press(pilot, "u", "u")
        assert len(library.sources()) == before
        await press(pilot, "D", "D")
        assert len(library.sources()) == before - 1
        await press(pilot, "down", "D")
        assert len(library.sources()) == before - 2, "one that was gone to is meant"


async def test_removing_what_is_gone_already_is_not_offered_back(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await press(pilot, "S", "G")
        dialog = contents_dialog(pilot)
        sources = [dialog._tree.shown[dialog.choices.index].source]
        await main.library.remove(*(source.id for source in sources if source))
        dialog.action_remove()
        await settled(pilot)
        assert "Removed already" in screen(pilot)


@pytest.mark.parametrize("key", ["p", "K", "d"])
async def test_what_another_program_removed_is_not_offered_back(opened: Opening, key: str) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await press(pilot, "S", "G")
        acts = {"p": "pause", "K": "reorder(-1)", "d": "remove"}
        await main.library.remove(*(source.id for source in main.library.sources()))
        await contents_dialog(pilot).run_action(acts[key])
        await settled(pilot)
        assert "Removed already" in screen(pilot) or key == "K"
        assert "takes it back" not in screen(pilot)
        assert "brings it back" not in screen(pilot)


async def test_what_comes_where_another_program_removed_something_is_asked_about(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await filed(library, {})
        await press(pilot, "S", *"/sources", "escape", "down")
        dialog = contents_dialog(pilot)
        await library.remove(dialog._tree.shown[dialog.choices.index].source_id)
        dialog._look()
        await settled(pilot)
        before = library.sources()
        await press(pilot, "d")
        assert "d again removes" in screen(pilot)
        assert library.sources() == before


async def test_of_two_searches_for_the_same_the_one_that_is_highlighted_goes_and_the_next_is_asked_about(
    opened: Opening,
) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        for name in ("one", "two", "wide"):
            await library.keep_search(name, "ferry")
        await press(pilot, "S", *"/one", "escape")
        assert highlighted(pilot) == "one"
        await library.keep_search("zero", "ferry")
        contents_dialog(pilot)._look()
        await settled(pilot)
        assert highlighted(pilot) == "one", "another program's search does not move it"
        await press(pilot, "d", "d")
        assert names(library) == ["two", "wide", "zero"]
        assert "d again removes two" in screen(pilot)
        await press(pilot, "d")
        assert names(library) == ["wide", "zero"]
        await library.drop_search("wide")
        contents_dialog(pilot).action_remove()
        await settled(pilot)
        await press(pilot, "d")
        assert "d again removes zero" in screen(pilot), "the highlight came upon it as another program removed one"
        assert names(library) == ["zero"]


async def test_the_highlight_goes_with_a_source_that_is_filed_elsewhere(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        papers = await filed(library)
        await press(pilot, "S", *"/courier", "escape")
        await library.file_source(papers["The Island Courier"].id, groups=["Zoo"])
        contents_dialog(pilot)._look()
        await settled(pilot)
        assert highlighted(pilot) == "The Island Courier"
        await press(pilot, "u")
        assert highlighted(pilot) == "The Island Courier"


def names(library: Library) -> list[str]:
    return sorted(each.name for each in library.searches())
