"""A morning with the paper, in a real tmux: from the refresh to the next start, which is where it was left."""

from __future__ import annotations

import os
import re
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
from cache.writes.store import Store
from fetch.article import Article
from tests.loopback import Loopback
from tests.newsroom import publish, subscribe
from tests.tui.newsroom import NOW, edition, paragraph, shelve

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds after which a test gives up waiting
LAUNCH = (
    "The Orlan yard in Port Maren launched the frigate Vestra with {} guns. Admiral Dunja Kest came to the launch. "
    "The yard worked through the winter on the ship. The frigate will sail in autumn."
)
PAPERS = ("Herald", "Courier", "Echo", "Mirror")
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


def launch(at: int) -> Article:
    paper = PAPERS[at]
    return Article(
        f"https://{paper.lower()}.example/launch",
        f"Frigate Vestra launched, says the {paper}",
        (paragraph(LAUNCH.format(10 + at)), paragraph(f"The {paper} has seen {at} more things on the quay.")),
        published=NOW - timedelta(hours=9 - at),
        source=paper,
    )


def paper_of(screen: str) -> str:
    """The paper whose report is open."""
    found = re.search(r"says the (\w+)", " ".join(reading(screen).split()))
    return found[1] if found else ""


def turned(desk: Desk, before: str) -> str:
    """The paper whose report is open once it is another, with the others beside it."""
    end = time.monotonic() + PATIENCE
    while True:
        now, beside = paper_of(screen := desk.see("read on")), "\n".join(line[91:] for line in screen.splitlines())
        if now not in ("", before) and now not in beside and sum(paper in beside for paper in PAPERS) == 3:
            return now
        assert time.monotonic() < end, screen
        time.sleep(0.03)


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


def test_a_morning_on_the_train(tmp_path: Path, desk: Desk) -> None:
    """A story followed, three related deep and back twice; what is wished for offline comes once there is a network."""
    site = Loopback()
    with site:
        shelve(tmp_path, [launch(at) for at in reversed(range(4))])
        publish(site, "eastern-mole", "spring-tides")
        site.put("/news/spring-tides", status=503)
        subscribe(places(tmp_path).library, site.url("/feed"))
        with Store(places(tmp_path).library) as store:
            store.stories.assign_all()
        desk.start()
        desk.press("r")
        desk.see("2 new", "? keys")
        desk.type("/vestra")
        desk.see("Search (enter", "Frigate Vestra")
        desk.press("Enter")
        desk.see("Search: vestra", "next unread")
        desk.press("Enter")
        trail = [turned(desk, "")]
        desk.press("t")
        desk.see("FOLLOW THE STORY")
        desk.press("q")
        assert turned(desk, "") == trail[0]
        for _ in range(3):
            desk.press("1")
            trail.append(turned(desk, trail[-1]))
        desk.press("H", "H")
        end = time.monotonic() + PATIENCE
        while paper_of(desk.screen()) != trail[1]:
            assert time.monotonic() < end, desk.screen()
            time.sleep(0.03)
        desk.press("q")
        desk.see("next unread")
    port = int(site.url().rpartition(":")[2].rstrip("/"))

    desk.type("/spring tides")  # in the tunnel
    desk.see("Search (enter", "Harbour report: spring tides")
    desk.press("Enter")
    desk.see("Search: spring tides", "next unread")
    desk.press("Enter")
    desk.see("queued for the next refresh")
    desk.press("q")
    desk.press("S")
    desk.type("/queue")
    desk.see("Lists is:queued")
    desk.press("Escape")
    desk.press("Escape")
    desk.see("Search: spring tides", "next unread")

    with Loopback(port=port) as again:  # and out of it
        publish(again, "eastern-mole", "spring-tides")
        desk.press("r")
        desk.see("online", "all 6 complete")
        desk.press("Enter")
        desk.see("(spring-tides)", "read on")
    desk.press("C-q")
    desk.left()
    with open_reading(tmp_path) as library:
        assert library.count("is:queued") == 0
        assert library.count("-is:full") == 0
