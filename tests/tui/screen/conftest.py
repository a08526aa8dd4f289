"""What a part of the screen is given in tests: a real library, a status line and a prompt that only take note."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path

import pytest

from cache.library import Library, open_library
from tests.tui.newsroom import NOW
from tui.background import BackgroundLibrary
from tui.config.config_file import ConfigFile
from tui.panes.list_news import ListNews
from tui.panes.prompt import Question
from tui.screen.context import ScreenContext
from tui.screen.library_watch import LibraryWatch
from tui.screen.writing import Writing


class Harness:
    """A context, and what was said, asked and started through it."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.said: list[str] = []
        self.asked: list[tuple[Question, str]] = []
        self.written: list[list[int]] = []
        self.tasks: list[tuple[str, asyncio.Task[None]]] = []
        self.config = ConfigFile(library.path.parent / "config.toml")
        background = BackgroundLibrary(library.path.parent)
        self.context = ScreenContext(library, background, lambda: NOW, self._say, self._ask, self._start, self.config)
        self.watch = LibraryWatch(library, lambda: None)
        self.watch.catch_up()
        self.writing = Writing(self.context, self.watch, lambda ids: self.written.append([*ids]), lambda: True)

    @property
    def question(self) -> Question:
        return self.asked[-1][0]

    def _say(self, sentence: str, *, of_article: bool = False, instead_of: str = "") -> None:
        del of_article, instead_of
        self.said.append(self.config.now.keymap.said(sentence))

    def _ask(self, question: Question, typed: str = "") -> None:
        self.asked.append((question, typed))

    def _start(
        self, work: Callable[[], Coroutine[None, None, None]], *, group: str, exclusive: bool = False
    ) -> asyncio.Task[None]:
        for earlier, task in self.tasks:
            if exclusive and earlier == group:
                task.cancel()
        self.tasks.append((group, asyncio.ensure_future(work())))
        return self.tasks[-1][1]

    async def done(self) -> None:
        """Wait for all that was started."""
        while waiting := [task for _, task in self.tasks if not task.done()]:
            await asyncio.gather(*waiting, return_exceptions=True)
        for _, task in self.tasks:
            if not task.cancelled() and (error := task.exception()):
                raise error


@pytest.fixture
async def harness(home: Path) -> AsyncIterator[Harness]:
    """A harness on the invented edition."""
    async with open_library(home) as library:
        made = Harness(library)
        yield made
        await made.done()
        made.context.background.close()


class ListStandIn:
    """Stands in for the article list: ids and a highlight, drawn nowhere."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.index = 0
        self.open_id = 0
        self.title = ""
        self.forgotten: list[object] = []
        self.news = ListNews()

    @property
    def highlighted(self) -> int:
        return self.ids[self.index] if self.ids else 0

    def show(self, title: str, ids: list[int], **_: object) -> None:
        self.title, self.ids, self.index = title, list(ids), 0

    def renew(self, ids: list[int], news: object = ()) -> None:
        self.ids = list(ids)

    def highlight(self, entry_id: int) -> bool:
        if entry_id in self.ids:
            self.index = self.ids.index(entry_id)
        return entry_id in self.ids

    def following(self, most: int) -> list[int]:
        return self.ids[self.index + 1 : self.index + 1 + most]

    def drop(self, entry_id: int) -> None:
        self.ids.remove(entry_id)

    def settle(self, entry_id: int) -> None:
        self.forgotten.append(entry_id)

    def forget(self, ids: object = None) -> None:
        self.forgotten.append(ids)


@pytest.fixture
def article_list(harness: Harness) -> ListStandIn:
    """The list of all articles."""
    listed = ListStandIn()
    listed.ids = list(harness.library.ids())
    return listed


@pytest.fixture
def terminal_of_many_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that shows pictures in half blocks, and is not at the end of a line."""
    for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
