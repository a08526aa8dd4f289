"""Keys come one by one and under Textual's names, however their bytes arrive."""

from __future__ import annotations

import asyncio
import os
import pty
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual.keys import _character_to_key

from tui.linear.key_decoder import CLOSED, LONGEST, PASTED, KeyDecoder, key_name
from tui.linear.keyboard import Keyboard
from tui.linear.typed_line import TypedLine

pytestmark = [pytest.mark.anyio, pytest.mark.skipif(sys.platform == "win32", reason="a terminal as Unix has it")]


@contextmanager
def keyboard(shown: list[str]) -> Iterator[tuple[Keyboard, int]]:
    ours, theirs = pty.openpty()
    try:
        with Keyboard(theirs, shown.append).open() as opened:
            yield opened, ours
    finally:
        os.close(theirs)
        os.close(ours)


async def keys(opened: Keyboard, number: int) -> list[str]:
    return [await asyncio.wait_for(opened.key(), 10) for _ in range(number)]


async def test_characters_have_the_names_that_textual_gives_them() -> None:
    printable = [chr(number) for number in range(0x21, 0x7F)]
    with keyboard([]) as (opened, ours):
        os.write(ours, "".join(printable).encode())
        assert await keys(opened, len(printable)) == [_character_to_key(each) for each in printable]


@pytest.mark.parametrize("piece", [1, 2, 3, 100])
async def test_sequences_are_one_key_in_whatever_pieces_they_come(piece: int) -> None:
    typed = b"\x1b[A\x1bOBj\x1b[5~\x1b[1;5C\x1b[Z\x7f\t\r \x01\xc3\xa9"
    named = [
        "up",
        "down",
        "j",
        "pageup",
        "ctrl+right",
        "shift+tab",
        "backspace",
        "tab",
        "enter",
        "space",
        "ctrl+a",
        "é",
    ]
    heard: list[str] = []
    with keyboard([]) as (opened, ours):
        for at in range(0, len(typed), piece):
            os.write(ours, typed[at : at + piece])
            await asyncio.sleep(0)  # what has come is read
        heard = await keys(opened, len(named))
    assert heard == named


@pytest.mark.parametrize(
    ("typed", "name"),
    [("\x1b[1;2A", "shift+up"), ("\x1b[1;2B", "shift+down"), ("\x1b[1;3D", "alt+left"), ("\x1b[15~", "")],
)
def test_arrows_have_their_modifiers(typed: str, name: str) -> None:
    assert key_name(typed) == name


async def test_an_escape_that_nothing_follows_is_a_key_and_one_before_a_letter_two() -> None:
    with keyboard([]) as (opened, ours):
        os.write(ours, b"\x1b")
        assert await keys(opened, 1) == ["escape"]
        os.write(ours, b"\x1bj")
        assert await keys(opened, 2) == ["escape", "j"]


async def test_a_line_shows_what_is_typed_and_is_edited() -> None:
    shown: list[str] = []
    with keyboard(shown) as (opened, ours):
        os.write(ours, "né\x7fe 港\x7f\x1b[Aw\x01\r".encode())
        assert await asyncio.wait_for(opened.line("Search\x1b[2J"), 10) == "ne w"
    assert "".join(shown) == "Search[2J: né\b \be 港\b \b\b \bw\n"


async def test_a_paste_is_one_key_and_one_line_in_whatever_pieces_it_comes() -> None:
    pasted = "a b\r\nx é\x1b[A\tq"
    with keyboard([]) as (opened, ours):
        for byte in f"j\x1b[200~{pasted}\x1b[201~k\x1b[200~{pasted}\x1b[201~\r".encode():
            os.write(ours, bytes((byte,)))
            await asyncio.sleep(0)
        assert await keys(opened, 3) == ["j", PASTED, "k"]
        assert await asyncio.wait_for(opened.line("Note"), 10) == "a b x é[A q"


async def test_a_paste_without_an_end_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.linear.keyboard._STUCK", 0.01)
    with keyboard([]) as (opened, ours):
        os.write(ours, b"\x1b[200~abc\x1b[20")
        assert await keys(opened, 1) == [PASTED]
        os.write(ours, b"j")
        assert await keys(opened, 1) == ["j"]


def test_of_a_huge_paste_no_more_is_kept_than_a_line_takes() -> None:
    decoder = KeyDecoder()
    began = time.process_time()
    assert decoder.feed(b"\x1b[200~") == []
    for _ in range(200):
        assert decoder.feed(b"x" * 1000) == []
    assert [len(key) - len(PASTED) for key in decoder.feed(b"\x1b[201~")] == [LONGEST + 1]
    assert time.process_time() - began < 1


def typed(*typing: str, width: int = 80) -> tuple[str, str]:
    """The text of a line after this, and all that was shown."""
    line = TypedLine("Note", width)
    return "".join([line.begin(), *(line.take(key) for key in typing)]), line.text


@pytest.mark.parametrize(
    ("typing", "shown", "text"),
    [
        ("ne\u0301\x7f", "ne\u0301\b \b", "n"),
        ("港\x7f", "港\b \b\b \b", ""),
        ("\x7f", "", ""),
        ("one two \x17\x17\x17", "one two " + "\b \b" * 4 + "\b \b" * 4, ""),
        ("ab\x15c", "ab\nNote: c", "c"),
        ("कि\x7fa", "कि\nNote: a", "a"),
    ],
)
def test_what_is_taken_back_is_a_whole_character_and_is_seen_to_be_gone(typing: str, shown: str, text: str) -> None:
    assert typed(*typing) == (f"Note: {shown}", text)


def test_a_line_longer_than_the_screen_goes_on_below_and_is_taken_back_there() -> None:
    shown, text = typed(*"abcdefgh", *"\x7f" * 5, width=12)
    assert shown == "Note: abcde\nfgh\b \b\b \b\b \b\nabcd\b \b"
    assert text == "abc"


def test_a_long_question_breaks_between_words() -> None:
    assert TypedLine("Address of a feed", 12).begin() == "Address of\na feed: "


def test_what_goes_into_no_line_any_more_is_told() -> None:
    shown, text = typed(PASTED + "x" * (LONGEST + 1), width=1 << 20)
    assert shown.endswith("No more than 4,000 characters go into a line.\n")
    assert len(text) == LONGEST


async def test_a_long_paste_ends_where_a_line_does() -> None:
    with keyboard([]) as (opened, ours):
        asked = asyncio.ensure_future(opened.line("Search"))
        for _ in range(20):  # a terminal that is full has whoever writes wait
            await asyncio.to_thread(os.write, ours, b"a" * 1000)
        os.write(ours, b"\r")
        assert len(await asyncio.wait_for(asked, 10) or "") == 4000


async def test_escape_ends_work_and_other_keys_are_kept_for_afterwards() -> None:
    with keyboard([]) as (opened, ours):
        work = asyncio.ensure_future(asyncio.Event().wait())
        os.write(ours, b"jk\x1b")
        assert not await opened.unless_escaped(work)
        os.write(ours, b"l")
        assert await keys(opened, 3) == ["j", "k", "l"]
        done = asyncio.ensure_future(asyncio.sleep(0, "found"))
        assert await opened.unless_escaped(done)
        assert done.result() == "found"


async def test_a_terminal_that_is_gone_ends_whatever_is_waited_for() -> None:
    ours, theirs = pty.openpty()
    with Keyboard(theirs, lambda _: None).open() as opened:
        line = asyncio.ensure_future(opened.line("Note"))
        os.close(ours)
        assert await asyncio.wait_for(line, 10) is None
        assert await keys(opened, 1) == [CLOSED]
    os.close(theirs)
