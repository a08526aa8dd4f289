"""Terminals of few colours, of none, and without other letters than ASCII, in a real tmux: all can be read and told."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from cache.library import open_reading
from tests.tui.newsroom import PILOTS, shelve
from tests.tui.terminal import ROOT

pytestmark = pytest.mark.skipif(not shutil.which("tmux"), reason="needs tmux")
PATIENCE = 40.0  # seconds
UTF8 = {"LC_ALL": "C.UTF-8"}
KINDS = {
    "16 colours": ("screen", UTF8),
    "no colours": ("tmux-256color", {**UTF8, "NO_COLOR": "1", "COLORTERM": "truecolor"}),
    "ASCII": ("tmux-256color", {"LC_ALL": "C", "COLORTERM": "truecolor"}),
    "an old console": ("linux", UTF8),
}
"""What the terminal is called, and the environment of the reader in it."""


class Tmux:
    """A tmux server of its own with the reader in it, at 120 by 40."""

    def __init__(self, home: Path, term: str, environment: Mapping[str, str]) -> None:
        self._tmux = ["tmux", "-f", "/dev/null", "-S", str(home / "tmux.socket")]
        words = " ".join(f"{name}='{value}'" for name, value in {**environment, "TERM": term}.items())
        command = f"cd '{ROOT}' && exec env -u COLORTERM {words} BROADSHEET_HOME='{home}' '{sys.executable}' -m tui"
        left_out = {"COLUMNS", "LINES", "TMUX", "NO_COLOR", "COLORTERM", "COLORFGBG"}
        outside = {name: value for name, value in os.environ.items() if name not in left_out}
        start = [*self._tmux, "-u", "new-session", "-d", "-x", "120", "-y", "40", command]
        subprocess.run(start, env=outside, check=True)

    def type(self, *keys: str) -> None:
        """Send keys by their names."""
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def until(self, words: str) -> str:
        """The screen once it has these words, with what its terminal was told of colours."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            styled = subprocess.run(
                [*self._tmux, "capture-pane", "-p", "-e"], capture_output=True, text=True, check=True
            ).stdout
            if words in re.sub(r"\x1b\[[\d;]*m", "", styled):
                return styled
            time.sleep(0.05)
        raise AssertionError(f"{words!r} did not come, but {styled}")

    def end(self) -> None:
        """End the server, and the reader with it."""
        subprocess.run([*self._tmux, "kill-server"], check=False)


@contextmanager
def reader(home: Path, kind: str) -> Iterator[Tmux]:
    tmux = Tmux(home, *KINDS[kind])
    try:
        yield tmux
    finally:
        tmux.end()


def codes(styled: str) -> set[int]:
    """The numbers of all that was said of styles; those behind 38 and 48 are of the colour."""
    return {int(each) for found in re.findall(r"\x1b\[([\d;]*)m", styled) for each in found.split(";") if each}


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_read_chosen_highlighted_and_set_up_there(tmp_path: Path, kind: str) -> None:
    shelve(tmp_path)
    old, ascii_only = kind in ("ASCII", "an old console"), kind == "ASCII"
    with reader(tmp_path, kind) as tmux:
        seen = [tmux.until("? keys"), tmux.until("Harbour pilots of three")]
        tmux.type("Enter")
        seen.append(tmux.until("By Mara Lindqvist"))
        tmux.type("p")
        seen.append(tmux.until("v words"))
        assert (">" if old else "▸") in seen[-1]
        tmux.type("Enter")
        seen.append(tmux.until("Highlighted"))
        tmux.type("Escape")
        tmux.type("?")
        seen.append(tmux.until("Type what you look for"))
        tmux.type("Escape")
        tmux.type(",")
        seen.append(tmux.until("Settings"))
        tmux.type("Escape")
        tmux.type("C-q")
    with open_reading(tmp_path) as library:
        assert [each.text for each in library.highlights(library.entry(PILOTS.url).id)] == [PILOTS.text.split("\n")[0]]
    whole = "".join(seen)
    said = codes(whole)
    if kind in ("16 colours", "an old console"):
        assert not said & {38, 48}, "only the terminal's own sixteen"
    if kind == "no colours":
        assert not said & {*range(30, 39), *range(40, 49), *range(90, 108)}
        assert {4, 7} & said, "what is chosen and highlighted is told by style"
    if ascii_only:
        assert re.sub(r"\x1b\[[\d;]*m", "", whole).isascii()
    if kind == "an old console":
        assert not set("┃│━─╭╮╰╯▏▌●≡▐") & set(whole)
