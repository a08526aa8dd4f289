"""The reader on an invented edition, at a fixed hour."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from cache.library import open_library
from tests.tui.newsroom import NOW, shelve
from tui.app import Broadsheet
from tui.typeset.date_language import DATE_LANGUAGE


@pytest.fixture(autouse=True)
def _dates_in_english() -> Iterator[None]:
    """The language of dates is the process's own, as its locale is."""
    yield
    DATE_LANGUAGE.choose("en", {})


Opening = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A library with the invented edition in it."""
    shelve(tmp_path)
    return tmp_path


@pytest.fixture
def opened(home: Path) -> Opening:
    """Opens the reader on that library, at a size; with the theme "" it chooses its own."""

    @asynccontextmanager
    async def opening(
        width: int = 120, height: int = 40, *, at: Path = home, theme: str = "night"
    ) -> AsyncIterator[Pilot[None]]:
        async with open_library(at) as library:
            app = Broadsheet(library, lambda: NOW)
            app.theme = theme or app.theme
            async with app.run_test(size=(width, height)) as pilot:
                await settled(pilot)
                yield pilot
            await app.main_screen.put_away()

    return opening


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing is being written, fetched or drawn; a dialog may stay open."""
    await pilot.pause()
    while any(not worker.is_finished and worker.group != "dialog" for worker in pilot.app.workers):
        await pilot.pause(0.01)
    await pilot.pause()


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait until something holds; what goes on in the background has its own pace."""
    for _ in range(400):
        if holds():
            return
        await pilot.pause(0.05)
    assert holds()
