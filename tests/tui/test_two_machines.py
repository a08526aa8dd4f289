"""Two machines with readers in real terminals and one server: what is done in bursts on one is seen on the other."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from cache.library import open_library, open_reading
from cache.sync.server import set_up, sync_account
from fetch.secret import Secret
from tests.reading_server import ReadingServer
from tests.tui.pty_reader import PATIENCE, ROOT, PtyReader


async def machine(home: Path, server: ReadingServer) -> None:
    async with open_library(home) as library:
        await sync_account(library, await set_up(library, server.base, "pat", Secret("harbour")))


def once(server: ReadingServer, is_so: Callable[[], bool]) -> threading.Event:
    """Set by the request after which something is so on the server."""
    event = threading.Event()

    def heard(_: int) -> None:
        if is_so():
            event.set()

    server.heard = heard
    return event


def wait(event: threading.Event, *readers: PtyReader) -> None:
    """Waits for it, and takes in what is drawn meanwhile: a full terminal would hold a reader up."""
    end = time.monotonic() + PATIENCE
    while not event.is_set():
        assert time.monotonic() < end, [reader.seen[-1000:] for reader in readers]
        for reader in readers:
            reader.type([""], 0.1)


def synced_by_name(home: Path, server: ReadingServer) -> None:
    command = [sys.executable, "-m", "tui", "--home", str(home), "sync", server.base]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def marks(home: Path, url: str) -> tuple[bool, bool, tuple[str, ...]]:
    with open_reading(home) as library:
        entry = library.entry(url)
        return entry.read, entry.saved, entry.tags


def test_bursts_on_one_machine_are_seen_on_the_other_and_back(tmp_path: Path) -> None:
    one_home, two_home = tmp_path / "one", tmp_path / "two"
    with ReadingServer() as server:
        sea = server.feed("http://127.0.0.1:9/feed", "Harbour", "Sea")
        urls = [f"http://127.0.0.1:9/{number}" for number in range(3)]
        third, second, newest = (server.item(sea, url, f"Boat {url[-1]} came in") for url in urls)
        for home in (one_home, two_home):
            asyncio.run(machine(home, server))
        with PtyReader(one_home) as one, PtyReader(two_home) as two:
            sent = once(server, lambda: newest.starred and second.read and newest.tags == {"tide"})
            one.press("sTtide\rjmr")
            wait(sent, one, two)
            two.press("r")
            two.until("★")
            sent = once(server, lambda: third.read and not newest.starred)
            two.press("sjjmr")
            wait(sent, one, two)
            for reader in (one, two):
                reader.press("q")
                assert reader.left() == 0
        for home in (one_home, two_home):
            synced_by_name(home, server)
            assert [marks(home, item.url) for item in (newest, second, third)] == [
                (False, False, ("tide",)),
                (True, False, ()),
                (True, False, ()),
            ]
