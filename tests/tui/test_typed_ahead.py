"""What is typed while the reader starts, before anything of it is on screen, is done as if it were there."""

from __future__ import annotations

from pathlib import Path

from cache.library import open_reading
from tests.tui.terminal import Terminal


def test_letters_behind_a_key_that_opens_a_line_are_in_it(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.type(b"/qzxv")
        terminal.see("“qzxv”".encode())  # nothing is found for it


def test_a_paste_stays_behind_the_key_that_opens_a_line_for_it(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.type(b"/\x1b[200~qzxv\x1b[201~")
        terminal.see("“qzxv”".encode())


def saved_after(home: Path, typed: bytes) -> list[int]:
    """The rows of the whole list that are saved once a reader has left in which this was typed ahead."""
    with Terminal(home) as terminal:
        terminal.type(typed)
        terminal.see(b"\x1b[?1049l")  # back at the shell's screen
        assert terminal.program.wait(20) == 0
    with open_reading(home) as library:
        return [at for at, entry in enumerate(library.entries(library.ids())) if entry.saved]


def test_acts_with_q_behind_them_are_kept_in_their_order(home: Path) -> None:
    assert saved_after(home, b"sjsjjsq") == [0, 1, 3]


def test_enter_opens_though_the_terminal_still_makes_a_line_feed_of_it(home: Path) -> None:
    assert saved_after(home, b"jj\rqsq") == [2], "the first q leaves the article, the second the reader"
