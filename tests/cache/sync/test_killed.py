"""A program is killed amid a sync with a server: nothing is lost, no act is undone, and the next sync mends all."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cache.library import Library, open_library
from cache.sync.server import accounts_of, set_up, sync_account, waiting_of
from fetch.secret import Secret
from tests.reading_server import Oddities, ReadingServer

pytestmark = [pytest.mark.once, pytest.mark.anyio]
KILLS, ENTRIES = 6, 48
MARKS = ("read", "saved", "tide")
_DELAY = 0.03
"""Seconds, at most, from the request at which it is killed: so it dies amid its own work, too."""


def killed(home: Path, server: ReadingServer, chance: random.Random) -> bool:
    """Has a program sync, and kills it a moment after a request by chance; whether it was still at it."""
    command = [sys.executable, "-m", "tui", "--home", str(home), "sync", server.base]
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    at = len(server.seen) + chance.randint(1, 14)
    timers = list[threading.Timer]()

    def heard(number: int) -> None:
        if number == at:
            timers.append(threading.Timer(chance.uniform(0, _DELAY), program.kill))
            timers[0].start()

    server.heard = heard
    program.wait()
    server.heard = None
    for timer in timers:
        timer.join()
    return program.returncode != 0


async def act(library: Library, server: ReadingServer, url: str, mark: str, *, here: bool) -> None:
    """Marks an entry on one side; it was not so before."""
    if not here:
        item = next(each for each in server.items.values() if each.url == url)
        if mark == "tide":
            item.tags.add(mark)
        else:
            setattr(item, "read" if mark == "read" else "starred", True)
        return
    entry_id = library.entry(url).id
    if mark == "tide":
        await library.tag(entry_id, [mark])
    else:
        await (library.mark_read if mark == "read" else library.save)([entry_id], True)


async def test_killed_at_any_moment_nothing_is_lost_or_undone_and_the_next_sync_converges(tmp_path: Path) -> None:
    chance, home, kills = random.Random(), tmp_path / "home", 0
    acted = list[tuple[str, str]]()
    with ReadingServer(oddities=Oddities(page=7)) as server:
        sea = server.feed("https://harbour.example/feed", "Harbour")
        urls = [server.item(sea, f"https://harbour.example/{number}").url for number in range(ENTRIES)]
        async with open_library(home) as library:
            await set_up(library, server.base, "pat", Secret("harbour"))
            kills += killed(home, server, chance)  # the first sync
            await sync_account(library, (await accounts_of(library))[0])
        left = [(url, mark) for url in urls for mark in MARKS]
        chance.shuffle(left)
        while kills < KILLS:
            assert len(left) >= 8, "a program that is killed so often has been at it"
            async with open_library(home) as library:
                for here in (True, False) * 4:
                    url, mark = left.pop()
                    await act(library, server, url, mark, here=here)
                    acted.append((url, mark))
            kills += killed(home, server, chance)
        async with open_library(home) as library:
            account = (await accounts_of(library))[0]
            for _ in range(2):
                await sync_account(library, account, tags_after=0.0)
            assert await waiting_of(library, account) == 0
            for item in server.items.values():
                entry = library.entry(item.url)
                here = {"read": entry.read, "saved": entry.saved, "tide": "tide" in entry.tags}
                there = {"read": item.read, "saved": item.starred, "tide": "tide" in item.tags}
                assert here == there == {mark: (item.url, mark) in acted for mark in MARKS}, item.url
