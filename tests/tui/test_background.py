"""Long questions are asked on threads of their own: none waits for one of another kind, and leaving waits for none."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from threading import Event

import pytest

from cache.errors import CacheError
from cache.library import Library, open_library
from tui.background import BackgroundLibrary

pytestmark = pytest.mark.anyio
ENDLESS = "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number) SELECT count(*) FROM number"


async def test_what_stands_beside_an_article_waits_for_no_page_over_it(home: Path) -> None:
    async with open_library(home) as library:
        background, goes_on = BackgroundLibrary(home), Event()
        slow = asyncio.ensure_future(background.ask(lambda _: goes_on.wait(), lane="page"))
        entry_id = library.ids()[0]
        assert await background.ask(lambda one: one.related(entry_id)) == library.related(entry_id)
        assert not slow.done()
        goes_on.set()
        assert await slow
        background.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
async def test_nobody_waits_for_an_export(home: Path, tmp_path: Path) -> None:
    slow = tmp_path / "slow.jsonl"
    os.mkfifo(slow)
    async with open_library(home) as library:
        background, entry_id = BackgroundLibrary(home), library.ids()[0]
        exporting = asyncio.ensure_future(library.export("jsonl", slow))
        assert await background.ask(lambda one: one.related(entry_id)) == library.related(entry_id)
        await library.save([entry_id])
        assert library.entry(entry_id).saved
        background.close()
        assert not exporting.done()
        lines = await asyncio.to_thread(slow.read_text, "utf-8")  # not before somebody reads can it go on
        assert len(lines.splitlines()) == (await exporting).count > 0


async def test_leaving_cuts_short_what_is_being_asked(home: Path) -> None:
    async with open_library(home):
        background, begun = BackgroundLibrary(home), Event()

        def endless(library: Library) -> object:
            begun.set()
            return library.connection.rows(ENDLESS)

        asked = asyncio.ensure_future(background.ask(endless, lane="overview"))
        waiting = asyncio.ensure_future(background.ask(lambda library: library.count(), lane="overview"))
        await asyncio.to_thread(begun.wait)
        background.close()
        for each in (asked, waiting):
            with pytest.raises(CacheError, match="broken off"):
                await each
