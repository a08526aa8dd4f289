"""What a reader types is kept, in the order it was typed: bursts, another program writing, leaving at once, a kill."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cache.library import open_reading
from cache.paths import places
from cache.sync.standing import standings
from tests.reading_server import ReadingServer
from tests.tui.pty_reader import HELD, PtyReader

BUSY = "Another program is writing"


def saved(home: Path) -> list[int]:
    """The rows of the whole list that are saved, by their place."""
    with open_reading(home) as library:
        return [at for at, entry in enumerate(library.entries(library.ids())) if entry.saved]


def read(home: Path) -> list[int]:
    with open_reading(home) as library:
        return [at for at, entry in enumerate(library.entries(library.ids())) if entry.read]


@contextmanager
def another_program_writing(home: Path) -> Iterator[sqlite3.Connection]:
    """A transaction that lasts until it is rolled back."""
    with closing(sqlite3.connect(places(home).library, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def test_marks_typed_in_one_burst_with_q_behind_them_are_kept(home: Path) -> None:
    with PtyReader(home) as reader:
        reader.press("sjsjsq")
        assert reader.left() == 0
    assert saved(home) == [0, 1, 2]


def test_the_same_while_another_program_is_writing(home: Path) -> None:
    with PtyReader(home) as reader, another_program_writing(home) as other:
        reader.press("sjsjsq")
        reader.until(BUSY)
        other.execute("ROLLBACK")
        assert reader.left() == 0
    assert saved(home) == [0, 1, 2]


def test_the_same_on_a_screen_that_is_held(home: Path) -> None:
    with PtyReader(home, command=(str(HELD),)) as reader:
        reader.press("sjsjmmsjmq")
        assert reader.left() == 0
    assert (saved(home), read(home)) == ([0, 1, 2], [3])


def test_told_to_end_the_reader_leaves_with_everything_kept(home: Path) -> None:
    with PtyReader(home) as reader, another_program_writing(home) as other:
        reader.press("sjsjs")
        reader.until(BUSY)
        reader.program.send_signal(signal.SIGTERM)
        other.execute("ROLLBACK")
        assert reader.left() == 128 + signal.SIGTERM
    assert saved(home) == [0, 1, 2]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_told_to_end_while_it_is_being_left_it_waits_all_the_same(home: Path, number: signal.Signals) -> None:
    with PtyReader(home) as reader, another_program_writing(home) as other:
        reader.press("sjsq")
        reader.until("q again drops")
        reader.program.send_signal(number)
        with pytest.raises(subprocess.TimeoutExpired):
            reader.program.wait(3)
        other.execute("ROLLBACK")
        assert reader.left() in (0, 128 + number)
    assert saved(home) == [0, 1]


def test_leaving_twice_leaves_without_and_says_what_was_not_kept(home: Path) -> None:
    with PtyReader(home) as reader, another_program_writing(home):
        reader.press("sjsq")
        reader.until("q again drops")
        reader.press("q")
        assert reader.left() == 1
        assert b"things you did were not kept" in reader.seen
    assert saved(home) == []


@pytest.mark.parametrize(("keys", "ends"), [("mm", ([], [])), ("mmm", ([], [0])), ("ss", ([], [])), ("sss", ([0], []))])
def test_a_key_pressed_twice_counts_twice(home: Path, keys: str, ends: tuple[list[int], list[int]]) -> None:
    with PtyReader(home) as reader:
        reader.press(f"{keys}q")
        reader.left()
    assert (saved(home), read(home)) == ends


def test_undo_does_not_overtake_what_it_undoes(home: Path) -> None:
    with PtyReader(home) as reader, another_program_writing(home) as other:
        reader.press("sjsju")
        reader.until(BUSY)
        other.execute("ROLLBACK")
        reader.until("no longer saved")
        reader.press("q")
        reader.left()
    assert saved(home) == [0]


def test_what_is_acknowledged_outlives_a_kill(home: Path) -> None:
    with PtyReader(home) as reader:
        reader.press("s")
        reader.until("Saved.")
        reader.program.kill()
        reader.left()
    assert saved(home) == [0]


def test_opening_is_not_in_the_way_of_undo_nor_is_a_restart(home: Path) -> None:
    with open_reading(home) as library:
        thrown, *others = library.ids()
    with PtyReader(home) as reader:
        reader.press("x")
        reader.until("Thrown away")
        reader.press("n")
        reader.until("13 unread")
        reader.press("n")
        reader.until("12 unread")
        reader.press("qq")
        reader.left()
    with open_reading(home) as library:
        assert list(library.ids()) == others
    with PtyReader(home) as reader:
        reader.press("u")
        reader.until("1 article is back")
        reader.press("q")
        reader.left()
    with open_reading(home) as library:
        assert list(library.ids()) == [thrown, *others]


@pytest.mark.parametrize("opening", ["/", "a", "e", "T", "W", "B", "\x10", "S", "?", "E"])
def test_what_is_typed_behind_a_key_that_opens_something_is_no_command(home: Path, opening: str) -> None:
    """One write, so that all keys are there before the line or the dialog is."""
    with open_reading(home) as library:
        before = [(entry.id, entry.saved, entry.read) for entry in library.entries(library.ids())]
    with PtyReader(home) as reader:
        reader.press(f"{opening}xsmAjx")
        reader.press("\x1b")
        reader.program.send_signal(signal.SIGTERM)
        reader.left()
    with open_reading(home) as library:
        after = [(entry.id, entry.saved, entry.read) for entry in library.entries(library.ids())]
    assert [row[:2] for row in after] == [row[:2] for row in before]


def test_a_search_typed_in_one_write_is_whole(home: Path) -> None:
    with PtyReader(home) as reader:
        reader.press("/sxmAj")
        reader.until("Nothing found for “sxmAj”")


def test_what_is_mended_while_it_is_typed_in_one_write_is_as_it_was_meant(home: Path) -> None:
    """Letters do not overtake the keys that delete and move."""
    with PtyReader(home) as reader:
        reader.press("/sxmAjkk\x7f\x7fl\x1b[D\x1b[Di\r")
        reader.until("Nothing found for “sxmAijl”")


def test_an_address_typed_in_one_write_with_the_key_that_adds_is_whole(home: Path) -> None:
    with PtyReader(home) as reader:
        reader.press("axsmAj.q")
        reader.until("xsmAj.q")


def test_what_is_typed_stands_in_the_line_that_the_keys_before_it_lead_to(home: Path) -> None:
    with PtyReader(home) as reader:
        reader.press("E\x1b[B\x1b[B300k\x1b[B50\x1b[A\x7f\x7f\x7f\x7f40k\r")
        reader.until("everything is kept")
    with open_reading(home) as library:
        source = library.source(library.entries(library.ids(limit=1))[0].source_id)
    assert (source.keep_count, source.max_bytes, source.most) == (None, 40_000, 50)


def test_what_is_typed_in_one_write_to_find_a_source_is_no_command(home: Path) -> None:
    with PtyReader(home) as reader:
        reader.press("S/dDrq")
        reader.until("Nothing here is called “dDrq”")


def test_acts_on_sources_typed_in_one_write_are_on_what_was_gone_to_and_a_double_press_removes_one(home: Path) -> None:
    with open_reading(home) as library:
        before = library.sources()
    with PtyReader(home) as reader:
        reader.press("SGpdd")
        reader.until("brings it back")
        reader.press("uuqq")
        assert reader.left() == 0
    with open_reading(home) as library:
        assert library.sources() == before, "of two at once one was removed, and came back with its pause"


@pytest.mark.parametrize("opening", ["\x10zz", "azz", "Ezz", "@zz", "?zz\x1b", "/zz", "Tzz", "S/zz\x1b"])
def test_keys_behind_the_escape_that_closes_a_line_are_commands_again(home: Path, opening: str) -> None:
    """One write: none of them is swallowed by the line that was closed before them."""
    with PtyReader(home) as reader:
        reader.press(f"{opening}\x1bsjs\x11")
        assert reader.left() == 0
    assert saved(home) == [0, 1]


def test_the_choice_taken_is_the_one_that_the_arrow_before_enter_leads_to(home: Path) -> None:
    """Enter does not overtake it: the first command called so marks one article read, the one below it marks all."""
    with PtyReader(home) as reader:
        reader.press("\x10mark read\x1b[B\r\x11")
        assert reader.left() == 0
    with open_reading(home) as library:
        assert library.count("is:unread") == 0


def test_what_is_typed_behind_a_key_that_leads_out_of_a_line_belongs_there(home: Path) -> None:
    with PtyReader(home) as reader:
        reader.press("S/dd\x10zqx")
        reader.until("Nothing here is called “zqx”")


def test_keys_behind_enter_in_a_dialog_belong_to_what_lies_below(home: Path) -> None:
    with PtyReader(home) as reader:
        reader.press("Xthe\rsjsqq")
        assert reader.left() == 0
    assert len(saved(home)) == 2


def test_keys_behind_enter_in_a_dialog_that_acts_come_after_its_act(home: Path) -> None:
    with PtyReader(home) as reader:
        reader.press("\rXthe\rsuqq")
        assert reader.left() == 0
    with open_reading(home) as library:
        assert len(library.site_rules()) == 1, "u took back the saving, which came last"
    assert saved(home) == []


def test_keys_behind_enter_in_a_search_are_commands_on_its_rows(home: Path) -> None:
    with open_reading(home) as library:
        hit = library.ids("ferry")[0]
    with PtyReader(home) as reader:
        reader.press("/ferry\rs" + "\x11")
        assert reader.left() == 0
    with open_reading(home) as library:
        assert [entry.id for entry in library.entries(library.ids()) if entry.saved] == [hit]


def test_a_server_is_set_up_in_one_burst_each_word_in_its_line(home: Path) -> None:
    with ReadingServer() as server, PtyReader(home) as reader:
        reader.press(f"@{server.origin}\rpat\rharbour\r")
        reader.until("enter once more")
        reader.press("\r")
        reader.until("lets pat in")
        reader.press("q")
        assert reader.left() == 0
    with open_reading(home) as library:
        assert [each.user for each in standings(library)] == ["pat"]
