"""Two libraries, each with the same accounts on one server or two, of either protocol, end alike with all of them.

Random acts on every side, with connections cut at random. `BROADSHEET_ACTS=500` makes each of six histories so long, by
chance.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Coroutine
from contextlib import AsyncExitStack, ExitStack
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
from tests.fever_side import FeverOddities, FeverSide
from tests.loopback import CUTS, Cut
from tests.reading_server import Oddities, ReadingServer

T = TypeVar("T")
Making = Callable[[], ReadingServer]
LIBRARIES = 2
MOST_SERVERS = 2
MARKS = ("read", "saved", "tide", "work")
"""What is marked at random; the last two are tags, which Fever does not have."""
marks, which_library = st.sampled_from(MARKS), st.integers(0, LIBRARIES - 1)
any_server, any_one = st.integers(0, MOST_SERVERS - 1), st.integers(0, 10_000)


def google_reader() -> ReadingServer:
    return ReadingServer(oddities=Oddities(page=7))


def fever() -> ReadingServer:
    return ReadingServer(path="", fever=FeverSide(oddities=FeverOddities(page=5)))


def odd_fever() -> ReadingServer:
    odd = FeverOddities(page=5, toggles=True, combines=False, text_ids=False)
    return ReadingServer(path="", fever=FeverSide("/fever/", odd))


class Accounts(RuleBasedStateMachine):
    """`acted` holds, for each mark since all were last alike, where something was done with it, and the last of it."""

    made_of: tuple[Making, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.loop = asyncio.new_event_loop()
        self.opened, self.stack = ExitStack(), AsyncExitStack()
        self.servers = [self.opened.enter_context(make()) for make in self.made_of]
        self.libraries: list[Library] = []
        self.acted: dict[tuple[str, str], dict[str, bool]] = {}
        self.arrived = 0

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @initialize()
    def begin(self) -> None:
        for server in self.servers:
            server.feed("https://harbour.example/feed", "Harbour")
        for _ in range(9):
            self.arrives()
        self.run(self._open())
        self._alike()

    async def _open(self) -> None:
        for number in range(LIBRARIES):
            fetcher = await self.stack.enter_async_context(Fetcher())
            home = self.folder / str(number)
            self.libraries.append(await self.stack.enter_async_context(open_library(home, fetcher=fetcher)))
            for server in self.servers:
                await set_up(self.libraries[-1], server.origin, "pat", Secret("harbour"))

    @rule()
    def arrives(self) -> None:
        self.arrived += 1
        for server in self.servers:
            server.item(server.feeds[1], f"https://harbour.example/{self.arrived}")

    @rule(where=any_server, which=any_one, mark=marks, value=st.booleans())
    def is_marked_there(self, where: int, which: int, mark: str, value: bool) -> None:
        server = self.servers[where % len(self.servers)]
        made = list(server.items.values())
        item = made[which % len(made)]
        if mark in ("read", "saved"):
            setattr(item, "read" if mark == "read" else "starred", value)
        elif server.fever:
            return
        else:
            item.tags = {name for name in item.tags if name.lower() != mark} | ({mark.capitalize()} if value else set())
        self._note(item.url, mark, f"server {where % len(self.servers)}", value)

    @rule(place=which_library, which=any_one, mark=marks, value=st.booleans())
    def is_marked_here(self, place: int, which: int, mark: str, value: bool) -> None:
        library, url = self.libraries[place], f"https://harbour.example/{which % self.arrived + 1}"
        try:
            entry = library.entry(url)
        except NewsError:  # it has not come yet
            return
        if mark in ("read", "saved"):
            act = library.mark_read if mark == "read" else library.save
            self.run(act([entry.id], value))
        else:
            self.run(library.tag(entry.id, [mark] if value else [], [] if value else [mark]))
        self._note(url, mark, f"library {place}", value)

    @rule(place=which_library, where=any_server, after=st.integers(1, 8), cut=st.sampled_from(CUTS))
    def is_cut(self, place: int, where: int, after: int, cut: Cut) -> None:
        server = self.servers[where % len(self.servers)]
        server.cuts = {len(server.seen) + after: cut}
        self.syncs(place)
        if server.cuts:
            server.cuts = {}
            return
        # What was sent and not seen is sent again: an act elsewhere meanwhile is one of two.
        for acts in self.acted.values():
            acts.setdefault("cut", False)

    @rule(place=which_library)
    def syncs(self, place: int) -> None:
        try:
            self.run(self._sync(place))
        except NewsError:
            assert not any(server.cuts for server in self.servers), "only what is cut fails"

    @rule()
    def all_sync(self) -> None:
        self._alike()

    async def _sync(self, place: int) -> None:
        library = self.libraries[place]
        for account in await accounts_of(library):
            await sync_account(library, account, tags_after=0.0)

    def _alike(self) -> None:
        for server in self.servers:
            server.cuts = {}
        for _ in range(2 + len(self.servers)):  # from a server by a library to the other server, and on
            for place in range(LIBRARIES):
                self.run(self._sync(place))
        for number in range(1, self.arrived + 1):
            url = f"https://harbour.example/{number}"
            entries = [library.entry(url) for library in self.libraries]
            states = [{"read": each.read, "saved": each.saved} | _tagged(each.tags) for each in entries]
            for server in self.servers:
                for item in (each for each in server.items.values() if each.url == url):
                    tagged = {} if server.fever else _tagged({name.lower() for name in item.tags})
                    states.append({"read": item.read, "saved": item.starred} | tagged)
            for mark in MARKS:
                if mark not in ("read", "saved") and all(server.fever for server in self.servers):
                    continue
                values = {state[mark] for state in states if mark in state}
                assert len(values) == 1, f"{url}, {mark}: {states}"
                where = self.acted.get((url, mark), {})
                assert len(where) != 1 or values == set(where.values()), "what one did alone stands"
        self.acted = {}

    def _note(self, url: str, mark: str, place: str, value: bool) -> None:
        self.acted.setdefault((url, mark), {})[place] = value

    def teardown(self) -> None:
        if self.libraries:
            self._alike()
        self.run(self.stack.aclose())
        self.loop.close()
        self.opened.close()
        shutil.rmtree(self.folder)


def _tagged(tags: Collection[str]) -> dict[str, bool]:
    return {mark: mark in tags for mark in MARKS[2:]}


LONG = int(os.environ.get("BROADSHEET_ACTS", "0"))
SETTINGS = settings(
    max_examples=6 if LONG else 2,
    stateful_step_count=LONG or 14,
    derandomize=not LONG,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def machines(*made_of: Making) -> type[Any]:
    """The test of libraries with accounts on such servers."""
    case: type[Any] = type("Of", (Accounts,), {"made_of": made_of}).TestCase  # type: ignore[attr-defined]
    case.settings = SETTINGS
    return case


TestGoogleReader = machines(google_reader)
TestFever = machines(fever)
TestOddFever = machines(odd_fever)
TestGoogleReaderAndFever = machines(google_reader, odd_fever)
TestTwoOfGoogleReader = machines(google_reader, google_reader)
TestTwoOfFever = machines(fever, odd_fever)
