"""Two libraries and a server, after random acts on all three with connections cut at random, end alike.

`BROADSHEET_ACTS=500` makes each of six histories so long, by chance.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from cache.library import Library, open_library
from cache.sync.server import accounts_of, set_up, sync_account
from fetch.errors import NewsError
from fetch.fetcher import Fetcher
from fetch.secret import Secret
from tests.loopback import CUTS, Cut
from tests.reading_server import ReadingServer
from tests.remote_items import Item

T = TypeVar("T")
LIBRARIES = 2
THERE = LIBRARIES
"""The server as a place of acts, beside the libraries."""
marks, places, any_one = st.sampled_from(["read", "saved"]), st.integers(0, LIBRARIES - 1), st.integers(0, 10_000)


class Machines(RuleBasedStateMachine):
    """`acted` holds, for each mark since all were last alike, where something was done with it, and the last of it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()
        self.server = ReadingServer()
        self.libraries: list[Library] = []
        self.acted: dict[tuple[str, str], dict[int, bool]] = {}
        self.acts = 0

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @initialize()
    def begin(self) -> None:
        self.server.__enter__()
        self.server.odd.page = 7
        feed = self.server.feed("https://harbour.example/feed", "Harbour")
        for number in range(12):
            self.server.item(feed, f"https://harbour.example/{number}")
        self.run(self._open())
        self._alike()

    async def _open(self) -> None:
        for number in range(LIBRARIES):
            fetcher = await self.stack.enter_async_context(Fetcher())
            home = self.folder / str(number)
            self.libraries.append(await self.stack.enter_async_context(open_library(home, fetcher=fetcher)))
            await set_up(self.libraries[-1], self.server.base, "pat", Secret("harbour"))

    @rule()
    def arrives(self) -> None:
        self.server.item(self.server.feeds[1], f"https://harbour.example/{len(self.server.items) + 1000}")

    @rule(which=any_one, mark=marks, value=st.booleans())
    def is_marked_there(self, which: int, mark: str, value: bool) -> None:
        item = self._item(which)
        setattr(item, "read" if mark == "read" else "starred", value)
        self._note(item.url, mark, THERE, value)

    @rule(place=places, which=any_one, mark=marks, value=st.booleans())
    def is_marked_here(self, place: int, which: int, mark: str, value: bool) -> None:
        library, url = self.libraries[place], self._item(which).url
        try:
            entry = library.entry(url)
        except NewsError:  # it has not come yet
            return
        act = library.mark_read if mark == "read" else library.save
        self.run(act([entry.id], value))
        self._note(url, mark, place, value)

    @rule(place=places, after=st.integers(1, 9), cut=st.sampled_from(CUTS))
    def is_cut(self, place: int, after: int, cut: Cut) -> None:
        self.server.cuts = {len(self.server.seen) + after: cut}
        self.syncs(place)
        if self.server.cuts:
            self.server.cuts = {}
            return
        # What was sent and not seen is sent again: an act elsewhere meanwhile is one of two.
        for where in self.acted.values():
            where.setdefault(THERE + 1, False)

    @rule(place=places)
    def syncs(self, place: int) -> None:
        self.acts += 1
        try:
            self.run(self._sync(place))
        except NewsError:
            assert not self.server.cuts, "only what is cut fails"

    @rule()
    def all_sync(self) -> None:
        self._alike()

    async def _sync(self, place: int) -> None:
        library = self.libraries[place]
        await sync_account(library, (await accounts_of(library))[0])

    def _alike(self) -> None:
        self.server.cuts = {}
        for place in (*range(LIBRARIES), *range(LIBRARIES)):
            self.run(self._sync(place))
        for item in self.server.items.values():
            for library in self.libraries:
                entry = library.entry(item.url)
                assert (entry.read, entry.saved) == (item.read, item.starred)
            for mark, value in (("read", item.read), ("saved", item.starred)):
                where = self.acted.get((item.url, mark), {})
                assert len(where) != 1 or value in where.values(), "what one did alone stands"
        self.acted = {}

    def _item(self, which: int) -> Item:
        made = list(self.server.items.values())
        return made[which % len(made)]

    def _note(self, url: str, mark: str, place: int, value: bool) -> None:
        self.acts += 1
        self.acted.setdefault((url, mark), {})[place] = value

    def teardown(self) -> None:
        if self.libraries:
            self._alike()
        self.run(self.stack.aclose())
        self.loop.close()
        self.server.__exit__(None, None, None)
        shutil.rmtree(self.folder)


TestMachines = Machines.TestCase
LONG = int(os.environ.get("BROADSHEET_ACTS", "0"))
TestMachines.settings = settings(
    max_examples=6 if LONG else 3,
    stateful_step_count=LONG or 20,
    derandomize=not LONG,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
