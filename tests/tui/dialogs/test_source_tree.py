"""The tree of sources: folded, gone to by group, put in order, paused, filed and removed, with keys in bursts."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cache.library import Library, open_library
from cache.source_entry import SourceEntry
from cache.writes.store import Store
from fetch.article import Teaser
from fetch.errors import BadStatus
from fetch.source import Source
from tests.tui.conftest import Opening, settled
from tests.tui.newsroom import NOW
from tests.tui.pilot import main_screen, press, screen
from tui.dialogs.contents import Contents
from tui.dialogs.contents_rows import _of_sources, contents, visible
from tui.dialogs.source_acts import moved
from tui.screen.main import MainScreen
from tui.sections import found

pytestmark = pytest.mark.anyio


_TWO = {"Orla Observer": ["Sea"], "Signal & Noise": ["Sea/Harbours"]}


async def filed(library: Library, groups: Mapping[str, Sequence[str]] = _TWO) -> dict[str, SourceEntry]:
    """The sources by title, all loose but two: the Observer in Sea, the Signal in Sea/Harbours."""
    for source in library.sources():
        await library.file_source(source.id, groups=groups.get(source.title, []))
    return {source.title: source for source in library.sources()}


async def test_a_group_folds_with_those_in_it_and_stays_folded(opened: Opening, home: Path) -> None:
    async with opened() as pilot:
        await filed(main_screen(pilot).library)
        await press(pilot, "S", "G", "left", "left")
        assert "▸ Harbours" in screen(pilot), "from a source to its heading, which then folds"
        await press(pilot, "left", "left")
        assert "▸ Sea" in screen(pilot)
        assert "Harbours" not in tree(pilot)
        await press(pilot, "escape")
    async with opened() as pilot:
        await press(pilot, "S", "G")
        assert "▸ Sea" in screen(pilot)
        await press(pilot, *"/sig")
        assert "Signal & Noise" in tree(pilot), "what is looked for is found in what is folded, too"
        await press(pilot, "escape", "G", "h", "right")
        assert "▾ Sea" in screen(pilot)


async def test_a_group_is_gone_to_as_any_section_and_its_sign_folds_by_a_click(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        papers = await filed(library)
        await press(pilot, "S", "G", "left")
        dialog = pilot.app.screen
        assert isinstance(dialog, Contents)
        row = dialog.choices._rows.index(dialog.choices.index)
        await pilot.click(dialog.choices, offset=(3, row - dialog.choices.scroll_offset.y))
        assert "▸ Harbours" in screen(pilot)
        await press(pilot, *"/sea", "enter", "enter")
        assert main_screen(pilot).listing.section.title == "Sea"
        both = papers["Orla Observer"].total + papers["Signal & Noise"].total
        assert len(library.ids('group:"Sea"')) == both
        assert set(main_screen(pilot).article_list.ids) <= set(library.ids('group:"Sea"'))


async def test_a_source_rests_until_the_key_is_pressed_again(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await press(pilot, "S", *"/signal", "enter", "S", *"/signal", "tab", "escape")
        await press(pilot, "p")
        assert [source.title for source in library.sources() if source.paused] == ["Signal & Noise"]
        assert "is paused: r alone asks" in screen(pilot)
        assert "paused" in tree(pilot)
        await press(pilot, "p", "p", "p")
        assert not any(source.paused for source in library.sources()), "each of a burst is done"


async def test_sources_are_put_in_order_in_their_group(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await filed(library)
        loose = ["The Far Rock Gazette", "The Island Courier", "海峡新報"]
        await press(pilot, "S", *"/海峡", "escape", "K", "K", "K")
        rows = [row.title for row in contents(library) if row.within == ("sources",)]
        assert rows == [loose[2], loose[0], loose[1]]
        await press(pilot, "J")
        assert [row.title for row in contents(library) if row.within == ("sources",)] == [loose[0], loose[2], loose[1]]
        await press(pilot, "escape", "S")
        shown = tree(pilot)
        assert shown.index(loose[0]) < shown.index("海") < shown.index(loose[1])


def test_a_source_moves_among_those_of_its_group_alone() -> None:
    assert moved([1, 2, 3, 4, 5], 5, -1, [1, 3, 5]) == [1, 2, 5, 3, 4]
    assert moved([1, 2, 3, 4, 5], 1, 1, [1, 3, 5]) == [2, 3, 1, 4, 5]
    assert moved([1, 2, 3], 1, -1, [1, 2, 3]) == [1, 2, 3]
    assert moved([1, 2, 3], 3, 9, [1, 2, 3]) == [1, 2, 3]


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


async def test_all_of_a_group_are_marked_filed_and_paused_at_once(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await filed(library)
        await press(pilot, "S", "G", "left", "left", "space")
        await press(pilot, "h", "h", "space")
        assert "2 marked" in screen(pilot)
        await press(pilot, "p")
        assert sum(source.paused for source in library.sources()) == 2
        await press(pilot, "E", *["backspace"] * 20, *"Work", "enter")
        assert {source.title for source in library.sources() if source.groups == ("Work",)} == {
            "Orla Observer",
            "Signal & Noise",
        }


async def test_an_act_is_kept_and_told_where_the_list_is_closed_at_once(opened: Opening) -> None:
    async with opened() as pilot:
        main = main_screen(pilot)
        await press(pilot, "S", "G")
        dialog = contents_dialog(pilot)
        dialog.action_pause()  # as keys that come in one piece
        dialog.action_give_up()
        await settled(pilot)
        assert [source.title for source in main.library.sources() if source.paused] == ["海峡新報"]
        assert "海峡新報 is paused: r alone asks" in screen(pilot)
        await press(pilot, "S", "G", "p", "q", "s")
        assert not any(source.paused for source in main.library.sources()), "each once, and what comes behind as well"
        assert main.library.count("is:saved") == 1


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


async def test_filing_several_leaves_the_groups_of_each_alone_where_nothing_is_typed(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await filed(library)
        await press(pilot, "S", "G", "left", "left", "space", "h", "h", "space", "E", "enter")
        groups = {source.title: source.groups for source in library.sources()}
        assert (groups["Orla Observer"], groups["Signal & Noise"]) == (("Sea",), ("Sea/Harbours",))


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
        sources = [dialog._shown[dialog.choices.index].source]
        await main.library.remove(*(source.id for source in sources if source))
        dialog.action_remove()
        await settled(pilot)
        assert "Removed already" in screen(pilot)


async def test_a_refresh_is_not_announced_where_one_is_under_way(
    opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as pilot:
        refreshing = main_screen(pilot).later.refreshing
        monkeypatch.setattr(type(refreshing), "under_way", True)
        await press(pilot, "S", "G", "r")
        assert "A refresh is under way already" in screen(pilot)


async def test_counts_stand_beside_the_names_on_a_narrow_screen(opened: Opening) -> None:
    async with opened(40, 12) as pilot:
        await press(pilot, "S", *"/signal", "escape")
        assert "3 of 3" in tree(pilot)


async def test_tags_and_reasons_of_failures_are_gone_to(opened: Opening, home: Path) -> None:
    with Store(home / "library.db") as store:
        source = store.sources.add(Source("https://mole.example/feed", "feed", "Mole"))
        for number, status in enumerate((404, 404, 503)):
            teaser = Teaser(f"https://mole.example/{number}", f"Mole {number}", "", NOW)
            wanted = store.entries.store_teaser(source, teaser, NOW.timestamp())
            assert wanted
            error = BadStatus("It is not there.", teaser.url, status=status)
            store.articles.store_failure(wanted.entry_id, error.reason, NOW.timestamp())
    async with opened() as pilot:
        library = main_screen(pilot).library
        await library.tag(library.ids()[0], ["coast"])
        reasons = library.failures()
        assert list(reasons.values()) == [2, 1]
        first = next(iter(reasons))
        await press(pilot, "S", *f"/{first}", "enter")
        assert len(main_screen(pilot).article_list.ids) == 2
        await press(pilot, "S", *"/coast", "enter")
        assert main_screen(pilot).article_list.ids == library.ids("tag:coast")


async def test_beside_the_tree_stands_the_newest_of_what_is_highlighted(opened: Opening) -> None:
    async with opened(150, 40) as pilot:
        library, listed = main_screen(pilot).library, main_screen(pilot).listing.section
        await press(pilot, "S", *"/signal", "escape")
        dialog = pilot.app.screen
        assert isinstance(dialog, Contents)
        newest = library.entries(library.ids('source:"Signal & Noise"'))[0]
        assert newest.headline[:20] in screen(pilot)
        await press(pilot, "escape")
        assert main_screen(pilot).listing.section == listed
    async with opened() as pilot:
        await press(pilot, "S")
        dialog = pilot.app.screen
        assert isinstance(dialog, Contents)
        assert not dialog.headlines.display


async def test_what_another_program_does_to_sources_shows_by_itself(opened: Opening, home: Path) -> None:
    async with opened() as pilot:
        await press(pilot, "S", "G")
        async with open_library(home) as other:
            await other.file_source(other.sources()[0].id, title="Renamed elsewhere")
        for _ in range(100):
            await pilot.pause(0.05)
            if "Renamed elsewhere" in tree(pilot):
                break
        assert "Renamed elsewhere" in tree(pilot)


async def test_five_hundred_sources_are_one_walk(home: Path) -> None:
    with Store(home / "library.db") as store:
        for number in range(500):
            url = f"https://paper-{number}.example/feed"
            store.sources.add(Source(url, "feed", f"Paper {number}"), section=f"Group {number % 50}/Part {number % 7}")
    async with open_library(home) as library:
        rows = contents(library)
        assert sum(row.source_id > 0 for row in rows) == len(library.sources())
        assert [row.title for row in visible(rows, "paper 77", ()) if row.source_id] == ["Paper 77"]
        folded = {row.heads for row in rows if row.heads}
        assert not any(row.source_id for row in visible(rows, "", folded))


def test_what_the_tree_costs_grows_with_the_sources() -> None:
    def rows(number: int) -> float:
        kept = [
            SourceEntry(at, f"https://{at}.example/", "feed", f"Paper {at}", groups=(f"Group {at % 50}/Part {at % 7}",))
            for at in range(number)
        ]
        times = []
        for _ in range(5):
            began = time.process_time()
            made = [*_of_sources(kept)]
            visible(made, "paper 7", ())
            times.append(time.process_time() - began)
        return min(times)

    assert rows(4000) < 20 * rows(500)


def contents_dialog(pilot: Pilot[None]) -> Contents:
    dialog = pilot.app.screen
    assert isinstance(dialog, Contents)
    return dialog


def highlighted(pilot: Pilot[None]) -> str:
    dialog = contents_dialog(pilot)
    return dialog.choices.choices[dialog.choices.index].label.strip()


def tree(pilot: Pilot[None]) -> str:
    """What stands in the tree alone."""
    dialog = pilot.app.screen
    assert isinstance(dialog, Contents)
    return "\n".join(dialog.choices.render_line(y).text for y in range(dialog.choices.size.height))


async def test_every_empty_section_says_what_would_fill_it(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await filed(library)
        await library.keep_search("none", "qqqq")
        empty = [row.section for row in contents(library) if row.section]
        assert len(empty) > 12
        for section in (*empty, found("qqqq")):
            said, _, filled = section.empty.partition("\n\n")
            assert said.endswith("."), section
            assert filled.endswith(".") or section.title in ("Not complete",), section


@pytest.mark.parametrize(("width", "height", "told"), [(40, 10, "/ filters"), (80, 24, "marks"), (120, 40, "p pauses")])
async def test_counts_and_keys_are_told_at_any_size(opened: Opening, width: int, height: int, told: str) -> None:
    async with opened(width, height) as pilot:
        await press(pilot, "S")
        first = tree(pilot).splitlines()[0]
        assert "All stories" in first
        assert f"{main_screen_of(pilot).library.count()}" in first
        assert told in screen(pilot)


def main_screen_of(pilot: Pilot[None]) -> MainScreen:
    """The main screen below the dialog."""
    (main,) = [each for each in pilot.app.screen_stack if isinstance(each, MainScreen)]
    return main
