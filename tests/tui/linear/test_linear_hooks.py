"""Hooks in the linear reader: they get what landed, however the refresh ended, and end with the reader."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from cache.library import open_reading
from cache.progress import Progress
from tests.tui.newsroom import edition, shelve
from tui.config.config import Config
from tui.hooks import Hook
from tui.linear.desk import LinearDesk
from tui.linear.refreshing import LinearRefreshing

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def commands(home: Path, code: str, *words: str) -> AsyncIterator[LinearRefreshing]:
    """Refreshes of a library whose refresh brings all that is there, and then waits for an answer."""
    shelve(home, edition())
    with open_reading(home) as library:

        async def refresh(*_: object, **__: object) -> AsyncIterator[Progress]:
            for entry_id in library.ids():
                yield Progress("landed", entry_id=entry_id)
            await asyncio.Event().wait()

        there = {"path": library.path, "setting": library.setting, "connection": library.connection}
        held = SimpleNamespace(**there, refresh=refresh)
        config = SimpleNamespace(now=Config(hooks=(Hook("freighter", (sys.executable, "-c", code, *words)),)))
        desk = SimpleNamespace(library=held, config=config, tell=lambda _: None)
        made = LinearRefreshing(cast("LinearDesk", desk))
        try:
            yield made
        finally:
            await made.put_away()


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not done():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0)


async def test_what_a_refresh_brought_before_it_was_stopped_is_handed_on(tmp_path: Path) -> None:
    code = "import os, sys; p = sys.argv[1]; open(p + '.new', 'w').write(sys.stdin.read()); os.rename(p + '.new', p)"
    async with commands(tmp_path, code, str(tmp_path / "got")) as made:
        await made.refresh()
        await until(lambda: bool(made._landed))
        await made.leave()
        await until((tmp_path / "got").exists)
    with open_reading(tmp_path) as library:
        wanted = {str(each) for each in library.ids("freighter")}
    assert {json.loads(line)["id"] for line in (tmp_path / "got").read_text("utf-8").splitlines()} == wanted


async def test_the_hooks_of_every_refresh_end_with_the_reader(tmp_path: Path) -> None:
    code = "import os, sys, time; open(f'{sys.argv[1]}/{os.getpid()}', 'w'); time.sleep(600)"
    (begun := tmp_path / "begun").mkdir()
    async with commands(tmp_path, code, str(begun)) as made:
        for number in (1, 2):
            await made.refresh()
            await until(lambda: bool(made._landed))
            await made.leave()
            await until(lambda number=number: len(os.listdir(begun)) == number)
    for process in os.listdir(begun):
        with pytest.raises(ProcessLookupError):
            os.kill(int(process), 0)
