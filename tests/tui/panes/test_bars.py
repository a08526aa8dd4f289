"""The status line: what is said there is said whole, in 80 columns too."""

from __future__ import annotations

import pytest

from cache.writes.losses import Salvage
from tests.tui.conftest import Opening, settled
from tests.tui.pilot import main_screen, press, screen
from tui.app import Broadsheet
from tui.screen.main import MainScreen
from tui.typeset import wording

pytestmark = pytest.mark.anyio
SENTENCES = (
    "Another program is writing to the library; try again in a moment.",
    "Another program is writing; 1,200 acts will be kept once it is done.",
    "The library cannot be written: the disk or the file is read-only.",
    "The disk could not be read or written; the last change was not made.",
    Salvage(True, "").fact,
    Salvage(False, "").fact,
)


@pytest.mark.parametrize("sentence", SENTENCES)
async def test_a_sentence_goes_before_the_counts_beside_it(opened: Opening, sentence: str) -> None:
    async with opened(80, 24) as pilot:
        main_screen(pilot).context.say(sentence)
        await pilot.pause()
        assert sentence in screen(pilot).splitlines()[-1]
        main_screen(pilot).context.say("")
        await pilot.pause()
        assert "unread" in screen(pilot).splitlines()[-1]


async def test_nothing_is_said_of_the_library_before_it_was_asked(
    opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MainScreen, "_show_status", lambda _: None)
    async with opened(80, 24) as pilot:
        assert not {"never", "refreshed", "unread"} & {*screen(pilot).splitlines()[-1].split()}
        monkeypatch.undo()
        main_screen(pilot)._show_status()
        await settled(pilot)
        assert "refreshed 12 minutes ago · all 15 complete" in screen(pilot).splitlines()[-1]
        assert "15 unread" in screen(pilot).splitlines()[-1]


async def test_bars_put_what_is_written_from_right_to_left_in_order_too(
    opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Broadsheet, "visual_order", True)
    monkeypatch.setattr(wording, "masthead_day", lambda _: "22 نوفمبر")
    async with opened() as pilot:
        main_screen(pilot).context.say("بحر is paused")
        await settled(pilot)
        assert "رحب is paused" in screen(pilot), "a sentence of ours begins at the left"
        assert "ربمفون 22" in screen(pilot)


async def test_what_is_said_of_an_article_goes_when_another_is_opened(opened: Opening) -> None:
    async with opened() as pilot:
        status = main_screen(pilot).status
        await press(pilot, "j", "enter")
        main_screen(pilot).context.say_of_article("This article has no links.")
        await press(pilot, "n")
        assert status.notice != "This article has no links."
        main_screen(pilot).context.say("47 new · 3 sources failed")
        await press(pilot, "n")
        assert status.notice == "47 new · 3 sources failed"


async def test_that_an_act_is_kept_hides_nothing_else(opened: Opening) -> None:
    async with opened() as pilot:
        status = main_screen(pilot).status
        status.say("Keeping 1 act …")
        status.say("This article has no links.")
        status.say("Kept.", instead_of="Keeping 1 act …")
        assert status.notice == "This article has no links."
        status.say("Keeping 1 act …")
        status.say("Kept.", instead_of="Keeping 1 act …")
        assert status.notice == "Kept."
