"""The tree of sources: folded, gone to by group, put in order, paused, filed and removed, with keys in bursts."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from cache.library import open_library
from cache.writes.store import Store
from fetch.article import Teaser
from fetch.errors import BadStatus
from fetch.source import Source
from tests.tui.conftest import Opening, settled
from tests.tui.dialogs.tree_seen import contents_dialog, filed, highlighted, tree
from tests.tui.newsroom import NOW
from tests.tui.pilot import main_screen, press, screen
from tui.app import Broadsheet
from tui.dialogs.contents import Contents
from tui.dialogs.contents_rows import contents
from tui.dialogs.source_acts import moved
from tui.screen.main import MainScreen
from tui.sections import found

pytestmark = pytest.mark.anyio


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
        await pilot.click(dialog.choices, offset=(3, row - dialog.choices.scroll_offset.y + 1))
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


async def test_groups_and_sources_are_in_the_order_of_the_numbers_in_their_names(home: Path) -> None:
    with Store(home / "library.db") as store:
        for name in ("Desk 10", "desk 9", "Desk 2"):
            store.sources.add(Source(f"https://{name}.example/feed", "feed", name), section="2 10")
        store.sources.add(Source("https://last.example/feed", "feed", "Last"), section="2 2/Part 11")
        store.sources.add(Source("https://first.example/feed", "feed", "First"), section="2 2/Part 3")
    async with open_library(home) as library:
        rows = [row.title for row in contents(library)]
    assert rows[rows.index("2 2") :][:9] == [
        *("2 2", "Part 3", "First", "Part 11", "Last"),
        *("2 10", "Desk 2", "desk 9", "Desk 10"),
    ]


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


async def test_of_a_group_that_is_narrowed_only_what_is_shown_is_marked_and_of_a_folded_one_all(
    opened: Opening,
) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await filed(library)
        await press(pilot, "S", *"/observer", "down", "g", "space")
        assert highlighted(pilot) == "▾ Sea"
        assert "1 marked" in screen(pilot)
        await press(pilot, "p")
        assert [source.title for source in library.sources() if source.paused] == ["Orla Observer"]
        await press(pilot, "u", "space", "escape")
        assert "marked" not in screen(pilot)
        await press(pilot, "h", "h", "space")
        assert "2 marked" in screen(pilot), "a group that is folded holds what it did"


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


async def test_filing_several_leaves_the_groups_of_each_alone_where_nothing_is_typed(opened: Opening) -> None:
    async with opened() as pilot:
        library = main_screen(pilot).library
        await filed(library)
        await press(pilot, "S", "G", "left", "left", "space", "h", "h", "space", "E", "enter")
        groups = {source.title: source.groups for source in library.sources()}
        assert (groups["Orla Observer"], groups["Signal & Noise"]) == (("Sea",), ("Sea/Harbours",))


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


async def test_a_low_screen_is_the_trees_and_counts_stand_in_a_column(opened: Opening) -> None:
    async with opened(40, 10) as pilot:
        await filed(main_screen(pilot).library, {})
        await press(pilot, "S")
        assert len(tree(pilot).splitlines()) >= 6
        await press(pilot, *"/sources", "escape", "down", "space", "space")
        counts = {row.index(" of ") for row in tree(pilot).splitlines() if " of " in row}
        assert len(counts) == 1, tree(pilot)
        await press(pilot, *"/s")
        assert len(tree(pilot).splitlines()) >= 5


async def test_a_wide_screen_has_more_of_a_name(opened: Opening, home: Path) -> None:
    name = "The Harbour Messenger and Tidal Observer"
    with Store(home / "library.db") as store:
        store.sources.add(Source("https://mole.example/feed", "feed", name))
    async with opened(80, 24) as pilot:
        await press(pilot, "S", *"/messenger")
        assert "The Harbour Messenger" in tree(pilot)
        assert name not in tree(pilot)
    async with opened(120, 40) as pilot:
        await press(pilot, "S", *"/messenger")
        assert name in tree(pilot)


@pytest.mark.parametrize("height", [3, 4, 5, 6, 7])
async def test_the_highlight_is_in_view_however_low_the_screen_is(opened: Opening, height: int) -> None:
    async with opened(20, height) as pilot:
        await press(pilot, "S")
        for key in ("down", "G", "up", "up", "d", "g", "down", "up"):
            await press(pilot, key)
            assert highlighted(pilot)[:4] in tree(pilot), key


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
        first = next(line for line in tree(pilot).splitlines() if "All stories" in line)
        assert f"{main_screen_of(pilot).library.count()}" in first
        assert told in screen(pilot)


def main_screen_of(pilot: Pilot[None]) -> MainScreen:
    """The main screen below the dialog."""
    (main,) = [each for each in pilot.app.screen_stack if isinstance(each, MainScreen)]
    return main


async def test_the_sign_of_a_group_stands_before_a_name_written_from_right_to_left(
    opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Broadsheet, "visual_order", True)
    async with opened() as pilot:
        await filed(main_screen(pilot).library, {"Orla Observer": ["بحر"]})
        await press(pilot, "S", "G", "left")
        assert "▾ رحب" in tree(pilot)


async def test_the_footer_names_no_key_of_the_tree_while_a_letter_is_none(opened: Opening) -> None:
    async with opened() as pilot:
        await press(pilot, "S", "slash")
        assert "removes" not in screen(pilot)
        assert "esc shows all again" in screen(pilot)
        await press(pilot, *"http", "enter")
        assert "removes" in screen(pilot)
        assert "esc shows all again" in screen(pilot)
        assert "closes" not in screen(pilot)
        await press(pilot, "escape")
        assert "removes" in screen(pilot)
        assert "esc closes" in screen(pilot)
