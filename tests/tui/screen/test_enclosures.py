"""A file that a feed hands out is opened by the system's program for its type."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cache.entry import Entry
from fetch.article import Enclosure
from tests.tui.screen.conftest import Harness
from tui.screen.enclosures import Enclosures, command_for

EPISODE = Enclosure("https://courier.example/audio/seven.mp3", "audio/mpeg", 1_200_000)
ENTRY = Entry(7, "https://courier.example/7", "Episode 7", enclosures=(EPISODE,))

pytestmark = [pytest.mark.anyio, pytest.mark.skipif(sys.platform == "win32", reason="a desktop of another kind")]


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs that note what they are asked to open; nothing else can be found."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(sys, "platform", "linux")
    return programs


def program(desktop: Path, name: str, does: str) -> None:
    (desktop / name).write_text(f"#!/bin/sh\n{does}\n")
    (desktop / name).chmod(0o755)


def opened_in(harness: Harness, entry: Entry = ENTRY) -> tuple[Enclosures, list[str]]:
    browsed: list[str] = []
    return Enclosures(harness.context, lambda: entry, browsed.append), browsed


async def test_the_program_of_its_type_opens_it(harness: Harness, desktop: Path, tmp_path: Path) -> None:
    fifo = tmp_path / "asked"
    os.mkfifo(fifo)
    program(desktop, "xdg-mime", 'test "$3" = audio/mpeg && echo player.desktop')
    program(desktop, "gtk-launch", f'echo "$@" > {fifo}')
    enclosures, browsed = opened_in(harness)
    assert enclosures.open(EPISODE.url)
    await harness.done()
    assert fifo.read_text() == f"player.desktop {EPISODE.url}\n"
    assert (browsed, harness.said) == ([], ["Opened Audio: seven.mp3 (audio/mpeg, 1.2 MB)."])


async def test_the_readers_own_player_opens_sound(harness: Harness, desktop: Path, tmp_path: Path) -> None:
    os.mkfifo(fifo := tmp_path / "asked")
    program(desktop, "hear", f'echo "$@" > {fifo}')
    harness.config.path.write_text('[open]\nplayer = ["hear", "--once", "{}"]\n', encoding="utf-8")
    assert harness.config.look()
    enclosures, browsed = opened_in(harness)
    assert enclosures.open(EPISODE.url)
    await harness.done()
    assert fifo.read_text() == f"--once {EPISODE.url}\n"
    assert browsed == []


async def test_where_no_program_is_known_the_browser_does(harness: Harness, desktop: Path) -> None:
    enclosures, browsed = opened_in(harness)
    assert enclosures.open(EPISODE.url)
    await harness.done()
    assert browsed == [EPISODE.url]


async def test_any_other_link_is_left_to_the_reader(harness: Harness) -> None:
    enclosures, browsed = opened_in(harness)
    assert not enclosures.open("https://courier.example/8")
    assert (browsed, harness.said) == ([], [])


def test_a_desktop_that_names_no_program_has_the_address_opened(desktop: Path) -> None:
    program(desktop, "xdg-open", "exit 0")
    assert command_for(EPISODE) == ("xdg-open", EPISODE.url)
    program(desktop, "gtk-launch", "exit 0")
    program(desktop, "xdg-mime", "echo; exit 3")
    assert command_for(EPISODE) == ("xdg-open", EPISODE.url)
    assert command_for(replace(EPISODE, type="")) == ("xdg-open", EPISODE.url)
