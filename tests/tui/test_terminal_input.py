"""What comes from a terminal: pasted text is text to its end, and no byte ends the keyboard."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste
from textual.message import Message

from tests.tui.newsroom import PILOTS, shelve
from tests.tui.pty_reader import PtyReader
from tui.messages import BackgroundTold, TerminalTold
from tui.terminal_input import BACKGROUND_QUESTION, MOST_PASTED, TerminalInput

START, END = b"\x1b[200~", b"\x1b[201~"


def told(events: list[Message]) -> list[str]:
    """The name of each key, and each paste in quotes."""
    return [f"“{event.text}”" if isinstance(event, Paste) else event.key for event in events if _counts(event)]  # type: ignore[attr-defined]


def _counts(event: Message) -> bool:
    return isinstance(event, Paste | Key)


def read(*pieces: bytes) -> list[str]:
    terminal = TerminalInput()
    return told([event for piece in pieces for event in terminal.feed(piece)])


@pytest.mark.parametrize(
    ("pasted", "text"),
    [
        (b"one\x1bxtwo", "onextwo"),
        (b"one\x1b[Atwo", "one[Atwo"),
        (b"\x1b", ""),
        (b"\x1b\x1b[B\x1bOP\x1b]0;t\x07", "[BOP]0;t\x07"),
        (b"a\x1b[200~b", "a[200~b"),
        (b"a\x1b[201~xs", "a[201~xs"),
        (b"a\xffb\xc3", "a\ufffdb\ufffd"),
        ("Grüße 👍".encode(), "Grüße 👍"),
        (b"\x1b[20", "[20"),
        (b"two\rlines\n", "two\rlines\n"),
    ],
)
def test_what_is_pasted_is_text_and_never_a_key(pasted: bytes, text: str) -> None:
    assert read(b"a" + START + pasted + END + b"b\x1b[A") == ["a", f"“{text}”", "b", "up"]


def test_a_byte_that_is_no_utf_8_and_a_key_beyond_all_characters_end_nothing() -> None:
    assert read(b"a\xffb", b"\x1b[99999999999u", b"c")[-1] == "c"
    assert read(b"a\xffb")[::2] == ["a", "b"]


def test_an_escape_alone_is_a_key_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = TerminalInput()
    assert told(list(terminal.feed(b"\x1b"))) == []
    monkeypatch.setattr("textual._parser.get_time", lambda: float("inf"))
    assert told(list(terminal.tick())) == ["escape"]


def test_an_escape_is_looked_after_the_moment_it_is_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("textual._parser.get_time", lambda: now[0])
    terminal = TerminalInput()
    usual = terminal.next_tick
    assert told(list(terminal.feed(b"\x1b"))) == []
    now[0] += 0.03  # what is typed meanwhile, a click say, is over
    waited = terminal.next_tick
    assert 0 < waited < usual
    now[0] += waited + 1e-6
    assert told([*terminal.tick(), *terminal.feed(b"/")]) == ["escape", "slash"]
    assert terminal.next_tick == usual


@pytest.mark.parametrize(
    ("pieces", "keys"),
    [
        ((b"\x1b/",), ["escape", "slash"]),
        ((b"\x1b", b"/"), ["escape", "slash"]),
        ((b"\x1b\x1bq",), ["escape", "escape", "q"]),
        ((b"\x1b", b"\x1b", b"5"), ["escape", "escape", "5"]),
        ((b"abc\x1bxy\x1b j",), ["a", "b", "c", "escape", "x", "y", "escape", "space", "j"]),
        (("\x1bü".encode(),), ["escape", "ü"]),
        ((b"\x1b", b"\xc3", b"\xbc"), ["escape", "ü"]),
        ((b"\x1b[A\x1bj\x1bOB",), ["up", "escape", "j", "down"]),
        ((b"\x1b", b"[A", b"\x1b[1;3C"), ["up", "alt+right"]),
        ((b"\x1bf",), ["ctrl+right"]),
        ((b"\x1b\r",), ["escape", "enter"]),
        ((b"\x1b", b"\r"), ["escape", "enter"]),
        ((b"\x1b\x13\x1b\x10\x1b\x11",), ["escape", "ctrl+s", "escape", "ctrl+p", "escape", "ctrl+q"]),
        ((b"\x1b\t\x1b\x7f",), ["shift+tab", "ctrl+w"]),
        ((b"\x1b", b"f"), ["escape", "f"]),
        (
            (b"\x1b[1;", b"\x1bq", b"q"),
            ["circumflex_accent", "left_square_bracket", "1", "semicolon", "escape", "q", "q"],
        ),
    ],
)
def test_a_key_behind_escape_is_a_key_however_fast_it_comes(pieces: tuple[bytes, ...], keys: list[str]) -> None:
    assert read(*pieces)[: len(keys)] == keys


def test_a_key_with_alt_is_one_where_something_is_bound_to_it() -> None:
    terminal = TerminalInput({"alt+x", "alt+shift+q"}.__contains__)
    assert told([*terminal.feed(b"\x1bx\x1bQ\x1bq")]) == ["alt+x", "alt+shift+q", "escape", "q"]
    assert told([*terminal.feed(b"\x1b"), *terminal.feed(b"x")]) == ["escape", "x"]


def test_a_paste_without_an_end_takes_what_it_may_and_no_more() -> None:
    terminal = TerminalInput()
    assert not list(terminal.feed(START))
    for _ in range(20):
        assert not list(terminal.feed(b"x" * MOST_PASTED))
    assert told(list(terminal.feed(END))) == [f"“{'x' * MOST_PASTED}”"]


@given(
    st.lists(
        st.sampled_from([b"x", START, END, b"\x1b", b"\x1b[A", b"[20", b"0~", "ü".encode(), b"\xff"]), max_size=12
    ),
    st.lists(st.integers(1, 40), max_size=8),
)
def test_property_it_does_not_matter_where_what_comes_is_cut(pieces: list[bytes], sizes: list[int]) -> None:
    whole = b"a" + START + b"".join(piece for piece in pieces if piece not in (START, END)) + END + b"z"
    cut, at = [], 0
    for size in sizes:
        cut.append(whole[at : at + size])
        at += size
    cut.append(whole[at:])
    assert read(*cut) == read(whole)
    assert read(whole)[::2] == ["a", "z"]


def test_keys_behind_a_strange_paste_and_a_strange_byte_still_work(home: Path) -> None:
    with PtyReader(home) as reader:
        reader.press("/\x1b[200~mo\x1bxs\x1b[Ale\x1b[201~")
        reader.until("moxs[Ale")
        reader.press("\x15")
        os.write(reader.terminal, b"q\xff\x15harbour")
        reader.until("harbour")


def told_with_answers(terminal: TerminalInput, *pieces: bytes) -> list[str]:
    events = [event for piece in pieces for event in terminal.feed(piece)]
    return [
        ("light" if event.light else "dark") if isinstance(event, BackgroundTold) else told([event])[0]
        for event in events
        if isinstance(event, BackgroundTold) or _counts(event)
    ]


@pytest.mark.parametrize(
    ("answer", "background"),
    [
        (b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\", "light"),
        (b"\x1b]11;rgb:FA/f4/EA\x07", "light"),
        (b"\x1b]11;rgb:1919/1818/1717\x1b\\", "dark"),
        (b"\x1b]11;rgb:0/0/f\x07", "dark"),
    ],
)
def test_what_a_terminal_answers_of_its_background_is_no_key(answer: bytes, background: str) -> None:
    terminal = TerminalInput()
    assert told_with_answers(terminal, b"a" + answer + b"b\x1b[A") == ["a", background, "b", "up"]
    for at in range(1, len(answer)):
        terminal = TerminalInput()
        terminal.expect_answer()
        assert told_with_answers(terminal, b"a" + answer[:at], answer[at:] + b"b") == ["a", background, "b"]


def test_an_answer_in_pasted_text_is_text() -> None:
    pasted = START + b"x\x1b]11;rgb:0/0/0\x07" + END
    assert told_with_answers(TerminalInput(), pasted) == ["“x]11;rgb:0/0/0\x07”"]
    assert told_with_answers(TerminalInput(), pasted[:4], pasted[4:]) == ["“x]11;rgb:0/0/0\x07”"]


def test_an_escape_is_a_key_while_an_answer_is_expected_too(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    terminal = TerminalInput()
    terminal.expect_answer()
    assert told(list(terminal.feed(b"\x1b"))) == []
    assert told(list(terminal.tick())) == []
    now[0] += 0.2
    assert told(list(terminal.tick())) == []
    monkeypatch.setattr("textual._parser.get_time", lambda: float("inf"))
    assert told(list(terminal.tick())) == ["escape"]
    terminal.expect_answer()
    assert told(list(terminal.feed(b"\x1b]1"))) == []
    now[0] += 9
    events = list(terminal.tick())
    assert told([*events, *terminal.feed(b"n")])[-2:] == ["1", "n"]


def test_a_terminal_with_a_light_background_is_asked_and_gets_light_paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shelve(tmp_path, [PILOTS])
    with PtyReader(tmp_path) as reader:
        reader.until(BACKGROUND_QUESTION.strip("\x1b\\"))
        reader.press("\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
        reader.until("48;2;248;244;234")


def answered(*pieces: bytes) -> list[object]:
    terminal = TerminalInput()
    terminal.expect_answer(2)
    events = [event for piece in pieces for event in terminal.feed(piece)]
    return [
        (sorted(event.attributes), event.cell) if isinstance(event, TerminalTold) else told([event])[0]
        for event in events
        if isinstance(event, TerminalTold) or _counts(event)
    ]


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        (b"\x1b[6;20;10t\x1b[?64;1;4;22c", ([1, 4, 22, 64], (10, 20))),
        (b"\x1b[?1;2c", ([1, 2], (0, 0))),
        (b"\x1b[?;;99999;c", ([9999], (0, 0))),
    ],
)
def test_what_a_terminal_says_it_can_is_no_key_wherever_it_is_cut(answer: bytes, read: object) -> None:
    assert answered(b"a" + answer + b"b\x1b[A\x1b[6~") == ["a", read, "b", "up", "pagedown"]
    for at in range(1, len(answer)):
        assert answered(b"a" + answer[:at], answer[at:] + b"b") == ["a", read, "b"]
