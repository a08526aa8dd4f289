"""A morning with the paper, in a real tmux: from the refresh to the next start, which is where it was left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cache.library import open_reading
from cache.paths import places
from fetch.article import Article
from tests.loopback import Loopback
from tests.newsroom import publish, subscribe
from tests.tui.newsroom import NOW, edition, paragraph, shelve

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds after which a test gives up waiting
pytestmark = pytest.mark.skipif(not shutil.which("tmux"), reason="needs tmux")


class Desk:
    """The reader in a tmux of its own, at 120 by 40."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._tmux = ["tmux", "-f", "/dev/null", "-S", str(home / "tmux.socket")]

    def start(self) -> None:
        command = f"cd '{ROOT}' && BROADSHEET_HOME='{self._home}' exec '{sys.executable}' -m tui"
        environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES", "TMUX"}}
        window = ["-u", "new-session", "-d", "-x", "120", "-y", "40", command]
        subprocess.run([*self._tmux, *window], env=environment, check=True)
        self.see("? keys")

    def press(self, *keys: str) -> None:
        """All of these keys at once."""
        subprocess.run([*self._tmux, "send-keys", *keys], check=True)

    def type(self, text: str) -> None:
        subprocess.run([*self._tmux, "send-keys", "-l", text], check=True)

    def screen(self) -> str:
        return subprocess.run([*self._tmux, "capture-pane", "-p"], capture_output=True, text=True, check=True).stdout

    def see(self, *marks: str) -> str:
        """The screen, once it shows all of this."""
        end = time.monotonic() + PATIENCE
        while not all(mark in (now := self.screen()) for mark in marks):
            assert time.monotonic() < end, f"{marks} do not come:\n{now}"
            time.sleep(0.03)
        return now

    def left(self) -> None:
        """Wait until the reader has been left."""
        end = time.monotonic() + PATIENCE
        while subprocess.run([*self._tmux, "has-session"], capture_output=True, check=False).returncode == 0:
            assert time.monotonic() < end, self.screen()
            time.sleep(0.03)

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.close()


def older(number: int) -> Article:
    when = NOW - timedelta(days=20, hours=number)
    body = (paragraph(f"Nothing but the tide was seen on day {number} of the old log. " * 6),)
    url = f"https://log.example/{number}"
    return Article(url, f"From the old log, page {number}", body, published=when, source="The Log")


def reading(screen: str) -> str:
    """What stands right of the list."""
    return "\n".join(line[40:90] for line in screen.splitlines())


def test_a_morning(tmp_path: Path, desk: Desk) -> None:
    with Loopback() as site:
        shelve(tmp_path, [*edition(), *map(older, range(40))])
        publish(site, "eastern-mole", "market-hall", "spring-tides")
        for path in ("/feed", "/gone"):
            subscribe(places(tmp_path).library, site.url(path))
        desk.start()
        desk.press("r")
        desk.see("3 new", "failed")
        desk.press("S")
        desk.type("/gone")
        desk.see("It has moved or is gone")
        desk.press("Escape")
        desk.see("Not complete")
        desk.press("q")
        desk.see("━ All stories ━")

        desk.type("40j")  # forty headlines on, and back to the first
        desk.see("From the old log, page")
        desk.type("g")
        desk.see("Harbour pilots of three islands")
        for number in range(5):
            desk.press("n")
            desk.see(f"{57 - number} unread", "read on")
        assert "Council votes to keep" in reading(desk.screen())
        desk.press("H", "H")
        while "Ferry company knew" not in reading(desk.see("read on")):
            time.sleep(0.03)

        desk.press("/")
        desk.see("Find in this page")
        desk.press("/")
        desk.see("Search (enter")
        desk.type("lighthouse")
        desk.see("Council votes to keep the old light")
        desk.press("Enter")
        desk.see("Search: lighthouse · 1", "next unread")
        desk.press("s")
        desk.see("Saved.")
        desk.press("T")
        desk.see("Tags, separated")
        desk.type("coast")
        desk.press("Enter")
        desk.see("Tagged.")
        desk.press("Enter")
        desk.see("# coast", "read on")
        desk.press("q")
        desk.see("next unread")
        desk.press("q")
        desk.see("All stories")

    desk.press("r")  # the network is gone
    desk.see("failed")
    desk.press("q")
    desk.left()
    with open_reading(tmp_path) as library:
        (kept,) = library.entries(library.ids("is:saved"))
        assert (kept.headline.partition(",")[0], kept.tags) == (
            "Council votes to keep the old lighthouse lit",
            ("coast",),
        )
        assert len(library.ids("is:read")) == 5
    desk.start()
    desk.see("Harbour pilots of three islands", "All stories")
    desk.press("u")
    desk.see("The tags are as before")
    desk.press("q")
    desk.left()
