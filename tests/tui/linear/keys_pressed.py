"""The linear reader without a terminal: keys by their names in, what it says out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from cache.library import Library, open_library
from cache.paths import places
from tests.tui.newsroom import NOW
from tui.config.config_file import ConfigFile, config_path
from tui.linear.commands import Commands
from tui.linear.desk import LinearDesk
from tui.linear.keyboard import Keyboard


class LinearReader:
    """A desk and its keys; `said` is all that was said, `clock` stands still."""

    def __init__(self, library: Library, home: Path, clock: datetime) -> None:
        self.said: list[str] = []
        self.on_say: Callable[[str], object] = lambda _: None
        self.keyboard = Keyboard(-1, lambda _: None)
        config = ConfigFile(config_path(places(home).config))
        self._spoke = asyncio.Event()
        self.desk = LinearDesk(library, self.keyboard, self._say, config, lambda: clock)
        self.commands = Commands(self.desk)

    async def hear(self, sentence: str) -> None:
        """Wait until this has been said."""
        async with asyncio.timeout(30):
            while sentence not in self.said:
                self._spoke.clear()
                await self._spoke.wait()

    async def hear_of(self, words: str) -> None:
        """Wait until a sentence with these words has been said."""
        async with asyncio.timeout(30):
            while not any(words in each for each in self.said):
                self._spoke.clear()
                await self._spoke.wait()

    def _say(self, sentence: str) -> None:
        self.said.append(sentence)
        self.on_say(sentence)
        self._spoke.set()

    async def press(self, *keys: str, typed: str = "") -> list[str]:
        """What is said to these keys, the line that the last one asks for being `typed`."""
        before = len(self.said)
        self.keyboard.put_back(list(typed))
        for key in keys:
            await self.desk.done(self.commands.do(key))
        return self.said[before:]


@asynccontextmanager
async def linear_reader(home: Path, settings: str = "", clock: datetime = NOW) -> AsyncIterator[LinearReader]:
    """The reader at the list of all stories, with these lines in its settings file."""
    path = config_path(places(home).config)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(settings, "utf-8")
    async with open_library(home) as library:
        reader = LinearReader(library, home, clock)
        reader.desk.enter(reader.desk.lister.views[0])
        yield reader
        await reader.commands.refreshing.put_away()
