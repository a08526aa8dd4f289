"""Acts in the linear reader: none is lost to another program that writes, and a browser has the terminal to itself."""

from __future__ import annotations

import shlex
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cache.paths import places
from tests.tui.linear.keys_pressed import linear_reader
from tests.tui.newsroom import PILOTS, shelve
from tests.tui.terminal import READER, Terminal
from tui.linear import desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a terminal as Unix has it")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shelve(tmp_path)
    return tmp_path


@pytest.mark.anyio
async def test_what_is_done_while_another_program_writes_is_told_and_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "_LONG", 0.01)
    async with linear_reader(home) as reader:
        with closing(sqlite3.connect(places(home).library, isolation_level=None, check_same_thread=False)) as other:
            other.execute("BEGIN IMMEDIATE")
            reader.on_say = lambda sentence: other.in_transaction and other.execute("ROLLBACK")
            assert await reader.press("s") == [desk._BUSY, "Saved. It is kept until you put it back."]
        assert reader.desk.library.entry(PILOTS.url).saved


@pytest.mark.anyio
async def test_whoever_leaves_waits_for_no_other_program(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "_LONG", 0.01)
    async with linear_reader(home) as reader:
        with closing(sqlite3.connect(places(home).library, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            reader.on_say = lambda sentence: reader.keyboard.close()
            said = await reader.press("s")
            assert said[0] == desk._BUSY
            assert len(said) == 2, "that it is not kept is told"
            assert not reader.desk.library.entry(PILOTS.url).saved


@pytest.mark.anyio
async def test_what_another_program_has_removed_is_told(home: Path) -> None:
    async with linear_reader(home) as reader:
        await reader.desk.library.write(lambda store: store.connection.run("DELETE FROM entry"))
        for key in ("enter", "full_stop"):
            assert desk.GONE in await reader.press(key)


@pytest.mark.anyio
async def test_an_address_that_is_none_of_the_web_is_given_to_no_browser(tmp_path: Path) -> None:
    async with linear_reader(tmp_path, '[open]\nbrowser = ["false", "{}"]\n') as reader:
        assert await reader.press("o") == ["This has no address that a browser opens."]


def test_a_browser_that_needs_the_terminal_is_given_it_and_keys_come_back(home: Path, tmp_path: Path) -> None:
    script = tmp_path / "a browser"
    script.write_text('#!/bin/sh\nstty -a | grep -q " icanon" && echo "LINES $1"\nread line; echo "READ $line"\n')
    script.chmod(0o755)
    with Terminal(home, (*READER, "--linear"), BROWSER=f"{shlex.quote(str(script))} %s") as terminal:
        terminal.see(b"text.\r\n")
        terminal.type(b"o")
        terminal.see(f"LINES {PILOTS.url}".encode())
        terminal.type(b"x\r")
        terminal.see(b"READ x")
        terminal.see(b"Opened courier.example in the browser.")
        terminal.type(b"j")
        terminal.see(b"text.\r\n")


@pytest.mark.anyio
async def test_the_browser_is_the_one_that_the_settings_name(home: Path) -> None:
    async with linear_reader(home, f"[open]\nbrowser = ['{sys.executable}', '-c', '', '{{}}']\n") as reader:
        assert await reader.press("o") == [f"Opened courier.example by {sys.executable}."]
    async with linear_reader(home, "[open]\nbrowser = ['no such program', '{}']\n") as reader:
        assert await reader.press("o") == ["no such program cannot be started; open.browser in config.toml names it."]


@pytest.mark.anyio
async def test_what_pictures_show_is_told_by_their_words(home: Path) -> None:
    async with linear_reader(home) as reader:
        told = (await reader.press("I"))[0]
        assert told.startswith("Picture 1 of ")
        assert "Pilots on the quay of Port Elsewhere" in told
        assert "Credit: Photo by A. Nyman" in told
        await reader.desk.library.write(lambda store: store.connection.run("DELETE FROM article"))
        assert await reader.press("I") == ["This article has no pictures."]
        assert await reader.press("Y") == ["The text of this article is not on disk."]
