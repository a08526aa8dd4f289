"""What each setting changes on screen: at the start, and when the file is saved while the reader is open."""

from __future__ import annotations

import os
import re
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from textual.app import App

from fetch.article import Article
from tests.tui.conftest import Opening, settled, until
from tests.tui.newsroom import NOW, edition, paragraph, shelve
from tests.tui.pilot import headline, main_screen, press, screen
from tests.tui.screen.conftest import Harness
from tui.config.config_file import ConfigFile
from tui.dialogs.contents import Contents
from tui.messages import BackgroundTold
from tui.screen.automatic_refresh import AutomaticRefresh
from tui.screen.browsing import Browsing

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def _terminal_of_many_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


def configure(home: Path, text: str) -> None:
    (home / "config.toml").write_text(text, encoding="utf-8")


async def test_without_a_file_all_is_as_it_was(opened: Opening, home: Path) -> None:
    async with opened() as pilot:
        before = screen(pilot)
    configure(home, "# nothing\n[list]\n")
    async with opened() as pilot:
        assert screen(pilot) == before


@pytest.mark.parametrize(("width", "name", "rows"), [(60, "narrow", 4), (100, "middle", 1), (130, "wide", 4)])
async def test_rows_are_those_that_are_set_for_the_width(
    opened: Opening, home: Path, width: int, name: str, rows: int
) -> None:
    configure(home, f"[list]\nrows_{name} = {rows}\n")
    async with opened(width, 30) as pilot:
        assert main_screen(pilot).article_list.density == rows


async def test_rows_fold_measure_and_theme_are_those_of_the_file(opened: Opening, home: Path) -> None:
    configure(home, '[screen]\ntheme = "day"\nmeasure = 40\n[list]\nfold = false\nrows_wide = 4\nrows_middle = 1\n')
    async with opened(130, 40, theme="") as pilot:
        shown = main_screen(pilot)
        assert pilot.app.theme == "day"
        assert shown.article_list.density == 4
        assert shown.listing.folded is False
        assert max(len(line.text) for line in shown.reader._lines) <= 40
        await pilot.resize_terminal(100, 30)
        await settled(pilot)
        assert shown.article_list.density == 1


async def test_what_a_key_sets_holds_for_now_and_the_file_at_the_next_start(opened: Opening, home: Path) -> None:
    configure(home, "[list]\nrows_wide = 4\n")
    async with opened(130, 40) as pilot:
        await press(pilot, "c")
        assert main_screen(pilot).article_list.density == 1
        assert "config.toml says what holds at the next start." in screen(pilot)
    async with opened(130, 40) as pilot:
        assert main_screen(pilot).article_list.density == 4
    (home / "config.toml").unlink()
    async with opened(130, 40) as pilot:
        assert main_screen(pilot).article_list.density == 1, "the library has kept it"


async def test_a_file_saved_while_the_reader_is_open_holds_at_once(opened: Opening, home: Path) -> None:
    async with opened(130, 40) as pilot:
        shown = main_screen(pilot)
        await press(pilot, "c")
        configure(
            home,
            '[screen]\ntheme = "day"\nmeasure = 40\nmarks = "ascii"\n[list]\nfold = false\nrows_wide = 1\n',
        )
        shown.look()
        await settled(pilot)
        assert (pilot.app.theme, shown.article_list.density, shown.listing.folded) == ("day", 1, False)
        assert max(len(line.text) for line in shown.reader._lines) <= 40
        assert "●" not in screen(pilot)
        configure(home, "[list]\nrows_wide = 3\n")
        shown.look()
        await settled(pilot)
        assert "config.toml, line 2: list.rows_wide must be 1, 2 or 4" in screen(pilot)
        assert "●" in screen(pilot)
        assert shown.library.setting("theme", "") == "", "the file's theme is not taken for a choice of the reader's"


async def test_what_is_wrong_in_the_file_is_told_at_the_start_and_the_rest_holds(opened: Opening, home: Path) -> None:
    configure(home, "[list]\nrows_wide = 3\nfold = false\nfold_all = 1\n")
    async with opened(130, 40) as pilot:
        told = "2 things are wrong; , shows them. config.toml, line 2: list.rows_wide must be 1, 2 or 4, so the default"
        assert told in screen(pilot)
        assert main_screen(pilot).listing.folded is False
        configure(home, "[list]\nrows_wide = 1\n")
        main_screen(pilot).look()
        await settled(pilot)
        assert "Nothing is wrong in config.toml any more." in screen(pilot)


async def test_day_or_night_is_as_the_terminal_says_and_remembered(
    opened: Opening, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORFGBG", "15;0")
    async with opened(theme="") as pilot:
        assert pilot.app.theme == "night"
        pilot.app.post_message(BackgroundTold(light=True))
        await settled(pilot)
        assert pilot.app.theme == "day"
    async with opened(theme="") as pilot:
        assert pilot.app.theme == "day", "the hint of the environment goes behind what the terminal said"
        assert main_screen(pilot).library.setting("theme", "") == "", "it is no choice of the reader's"
    configure(home, '[screen]\ntheme = "night"\n')
    async with opened(theme="") as pilot:
        pilot.app.post_message(BackgroundTold(light=True))
        await settled(pilot)
        assert pilot.app.theme == "night"


def drawn(app: App[None]) -> str:
    """What goes to the terminal, borders too."""
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_marks_and_borders_are_those_that_are_set(opened: Opening, home: Path) -> None:
    signs = set("─━│┃≡–★●▌▏▐Δ↓·…")
    async with opened(130, 40) as pilot:
        assert len(signs & set(drawn(pilot.app))) > 5
        configure(home, '[screen]\nmarks = "ascii"\n')
        main_screen(pilot).look()
        await settled(pilot)
        assert signs & set(drawn(pilot.app)) == set()
        await press(pilot, "question_mark")
        assert signs & set(drawn(pilot.app)) == set()


async def test_paragraphs_are_justified_where_that_is_set(opened: Opening, home: Path) -> None:
    async with opened(130, 40) as pilot:
        await press(pilot, "enter")
        shown = main_screen(pilot)
        ragged = [line.text for line in shown.reader._lines]
        configure(home, "[screen]\njustify = true\n")
        shown.look()
        await settled(pilot)
        justified = [line.text for line in shown.reader._lines]
        assert len(justified) == len(ragged)
        width = shown.reader._measure
        assert sum(len(text) == width for text in justified) > 3 + sum(len(text) == width for text in ragged)
        assert [text.split() for text in justified] == [text.split() for text in ragged]


@pytest.mark.parametrize(("marks", "terminal"), [("auto", ""), ("ascii", ""), ("unicode", "━")])
async def test_a_locale_without_other_letters_has_all_in_ascii(
    opened: Opening, home: Path, monkeypatch: pytest.MonkeyPatch, marks: str, terminal: str
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    configure(home, f'[screen]\nmarks = "{marks}"\n')
    async with opened(130, 40) as pilot:
        assert drawn(pilot.app).isascii() is (not terminal)
        await press(pilot, "enter", "S")
        assert terminal in drawn(pilot.app)
        assert drawn(pilot.app).isascii() is (not terminal)


async def test_days_in_iso(opened: Opening, home: Path) -> None:
    configure(home, '[list]\ndates = "iso"\n')
    async with opened(130, 40) as pilot:
        assert "2026-11-" in screen(pilot)
        configure(home, '[list]\ndates = "iso"\nrows_wide = 1\n')
        main_screen(pilot).look()
        await settled(pilot)
        assert re.search(r" 11-\d\d ", screen(pilot)), "there is no room for the year"


async def test_times_by_the_clock(opened: Opening, home: Path) -> None:
    configure(home, '[list]\ndates = "clock"\n')
    async with opened(130, 40) as pilot:
        rows = [strip.text[:40] for strip in pilot.app.screen._compositor.render_strips()[3:-2]]
        shown = main_screen(pilot)
        assert shown.library.entry(shown.article_list.highlighted).published
        assert " h " not in "".join(rows)


async def test_v_goes_through_the_views_that_are_set_and_the_reader_opens_with_the_first(
    opened: Opening, home: Path
) -> None:
    configure(home, '[list]\nviews = ["unread", "saved"]\n')
    async with opened() as pilot:
        shown = main_screen(pilot)
        titles = [shown.listing.section.title]
        for _ in range(2):
            await press(pilot, "v")
            titles.append(shown.listing.section.title)
        assert titles == ["Unread", "Saved", "Unread"]


async def test_the_sections_to_choose_from_are_those_of_the_file_in_its_order(opened: Opening, home: Path) -> None:
    configure(home, '[list]\nsections = ["tags", "saved", "today"]\n')
    async with opened() as pilot:
        await main_screen(pilot).library.keep_search("Ferries", "ferry")
        await press(pilot, "S")
        shown = pilot.app.screen
        assert isinstance(shown, Contents)
        await until(pilot, lambda: bool(shown._tree.rows))
        assert [row.title for row in shown._tree.rows][:5] == ["Tagged", "Saved", "Today", "Searches", "Ferries"]
        assert shown._tree.rows[-1].source


async def test_lists_have_the_order_that_is_set_and_a_key_holds_for_now(opened: Opening, home: Path) -> None:
    configure(home, '[list]\norder = "oldest"\n')
    async with opened() as pilot:
        shown = main_screen(pilot)
        assert shown.article_list.ids == shown.library.ids()[::-1]
        await press(pilot, "O", "O", "O")
        assert shown.article_list.ids == shown.library.ids()
        assert "config.toml says what holds at the next start." in screen(pilot)
        await press(pilot, "slash", *"freighter", "enter")
        assert shown.article_list.ids == shown.library.ids("freighter"), "the best match first"
        configure(home, '[list]\norder = "newest"\n')
        shown.look()
        await press(pilot, "escape", "escape", "O")
        assert "All stories · oldest first" in screen(pilot)


async def test_related_stories_stand_beside_or_not(opened: Opening, home: Path) -> None:
    configure(home, "[screen]\nrelated = false\n")
    async with opened(130, 40) as pilot:
        shown = main_screen(pilot)
        assert not shown.related.display
        await press(pilot, "i")
        assert shown.related.display
        (home / "config.toml").unlink()
        shown.look()
        assert shown.related.display


@pytest.mark.parametrize(("set_to", "ended"), [("leave", True), ("back", False)])
async def test_q_leaves_or_goes_back(opened: Opening, home: Path, set_to: str, ended: bool) -> None:
    configure(home, f'[screen]\nq = "{set_to}"\n')
    async with opened() as pilot:
        await press(pilot, "enter")
        await press(pilot, "tab", "q")
        assert main_screen(pilot).writing.leaving is ended


@pytest.mark.parametrize("limit", ["count = 1", "days = 1"])
async def test_pruning_keeps_what_is_set(opened: Opening, home: Path, limit: str) -> None:
    configure(home, f"[keep]\n{limit}\n")
    async with opened() as pilot:
        await press(pilot, "P")
        await until(pilot, lambda: "past their time" in screen(pilot))


async def test_a_refresh_begins_by_itself_when_it_is_time(
    harness: Harness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(harness.library, "online", lambda: True)
    begun: list[str] = []
    now = [1000.0]
    monkeypatch.setattr("tui.screen.automatic_refresh.time.monotonic", lambda: now[0])
    automatic = AutomaticRefresh(harness.context, lambda: begun.append(f"{now[0]:.0f}"), lambda: None)
    now[0] += 10_000
    automatic.start()
    automatic.look()
    assert begun == [], "off until it is set"
    configure(harness.config.path.parent, "[refresh]\nevery = 30\n")
    assert harness.config.look()
    for at in (11_001, 12_000, 12_800, 12_801, 14_601):
        now[0] = at
        automatic.look()
    assert begun == ["11001", "12801", "14601"]
    monkeypatch.setattr(harness.library, "online", lambda: False)
    now[0] = 20_000
    automatic.look()
    assert len(begun) == 3, "no network"


@pytest.mark.parametrize(("hours", "begins"), [(None, True), (3, True), (1, False), (-24, True)])
async def test_a_refresh_begins_on_start_where_the_last_answer_is_old(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, hours: int | None, begins: bool
) -> None:
    monkeypatch.setattr(harness.library, "online", lambda: True)
    configure(harness.config.path.parent, "[refresh]\non_start_after = 120\n")
    assert harness.config.look()
    begun: list[int] = []
    answered = None if hours is None else NOW - timedelta(hours=hours)
    AutomaticRefresh(harness.context, lambda: begun.append(1), lambda: answered).start()
    assert bool(begun) is begins


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
async def test_the_readers_own_browser_opens_an_address_as_one_word(harness: Harness, tmp_path: Path) -> None:
    os.mkfifo(asked := tmp_path / "asked")
    (program := tmp_path / "look at").write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {asked}\n', encoding="utf-8")
    program.chmod(0o755)
    configure(harness.config.path.parent, f'[open]\nbrowser = ["{program}", "--at={{}}", "a b"]\n')
    assert harness.config.look()
    browsing(harness).open("https://paper.example/$(id);x")
    await harness.done()
    assert asked.read_text(encoding="utf-8") == "--at=https://paper.example/$(id);x|a b|"
    assert harness.said[1:] == [f"Opened paper.example by {program}."]


async def test_a_browser_that_cannot_be_started_is_told(harness: Harness) -> None:
    configure(harness.config.path.parent, '[open]\nbrowser = ["/no/such/browser", "{}"]\n')
    assert harness.config.look()
    browsing(harness).open("https://paper.example/")
    await harness.done()
    assert harness.said[1:] == ["/no/such/browser cannot be started; open.browser in config.toml names it."]


def test_the_file_belongs_to_the_library(home: Path) -> None:
    assert ConfigFile(home / "config.toml").now.given == {}


def browsing(harness: Harness) -> Browsing:
    return Browsing(
        harness.context, lambda: pytest.fail("it needs no terminal"), lambda: None, lambda _: pytest.fail("nor a copy")
    )


async def test_a_preview_from_so_many_columns_on(home: Path, opened: Opening) -> None:
    configure(home, "[list]\npreview_from = 100\n")
    async with opened(100, 30) as pilot:
        await press(pilot, "j")
        assert headline(pilot) == edition()[1].headline
        configure(home, "[list]\npreview_from = 0\n")
        main_screen(pilot).look()
        await press(pilot, "j")
        assert headline(pilot) == edition()[1].headline


async def test_textuals_themes_and_ones_own_are_put_on(opened: Opening, home: Path) -> None:
    configure(home, '[screen]\ntheme = "nord"\n')
    async with opened(130, 40, theme="") as pilot:
        assert pilot.app.theme == "nord"
        assert pilot.app.current_theme.background == "#2E3440"
        (home / "themes").mkdir()
        (home / "themes" / "sepia.toml").write_text('paper = "#f4ecd8"\ntext = "#442211"\ndark = false\n', "utf-8")
        configure(home, '[screen]\ntheme = "sepia"\n')
        main_screen(pilot).look()
        await settled(pilot)
        assert (pilot.app.theme, paper(pilot.app)) == ("sepia", "#f4ecd8")
        (home / "themes" / "sepia.toml").write_text('paper = "#e4dcc8"\ntext = "#442211"\ndark = false\n', "utf-8")
        main_screen(pilot).look()
        await settled(pilot)
        assert paper(pilot.app) == "#e4dcc8", "as its file says now"
        await press(pilot, "ctrl+p", *"sepia")
        assert "Theme: sepia" in screen(pilot)
        await press(pilot, "escape")
        main_screen(pilot).action_theme("dracula")
        await settled(pilot)
        assert pilot.app.theme == "dracula"


def paper(app: App[None]) -> str:
    """The colour that the list stands on, as it is drawn."""
    strips = app.screen._compositor.render_strips()
    colours = {segment.style.bgcolor.name for segment in strips[-3] if segment.style and segment.style.bgcolor}
    (colour,) = colours
    return colour


@pytest.mark.parametrize(
    ("chosen", "environment", "ordered"),
    [("reader", "7000", True), ("terminal", "", False), ("auto", "", True), ("auto", "7000", False)],
)
async def test_bidi_is_of_the_reader_or_left_to_the_terminal(
    opened: Opening, home: Path, monkeypatch: pytest.MonkeyPatch, chosen: str, environment: str, ordered: bool
) -> None:
    monkeypatch.setenv("VTE_VERSION", environment)
    for name in ("KONSOLE_VERSION", "MLTERM", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    shelve(
        home, [Article("https://a.example/1", "שלום עולם", (paragraph("נמל ההפלגה נפתח"),), source="A", published=NOW)]
    )
    configure(home, f'[screen]\nbidi = "{chosen}"\n')
    async with opened() as pilot:
        assert ("םלוע םולש" in screen(pilot)) == ordered
        assert ("שלום עולם" in screen(pilot)) != ordered
        assert ("חתפנ הגלפהה למנ" in screen(pilot)) == ordered
        configure(home, '[screen]\nbidi = "terminal"\n')
        main_screen(pilot).look()
        await settled(pilot)
        assert "שלום עולם" in screen(pilot)
