"""What the reader loads before its first paint: nothing that only acts, searches, refreshes or rare letters need."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tests.tui.newsroom import PILOTS, shelve

LATER = (
    "cache.db.migration",
    "cache.found",
    "cache.front_page",
    "cache.highlight",
    "cache.progress",
    "cache.refresh.on_demand",
    "cache.writes.marks",
    "cache.writes.store",
    "fetch.article",
    "fetch.format_characters",
    "fetch.gate",
    "fetch.letters",
    "fetch.picture",
    "fetch.secret",
    "httpx",
    "selectolax",
    "tomlkit",
    "tomllib",
    "tui.panes.prompt",
    "tui.screen.front_list",
    "tui.typeset.front_sheet",
    "wcwidth",
)
PROGRAM = f"""
import asyncio, sys
from cache.library import open_library
from tui.app import Broadsheet

async def main():
    async with open_library(sys.argv[1]) as library:
        async with Broadsheet(library).run_test(size=(120, 40)):
            print(*[name for name in {LATER!r} if name in sys.modules])

asyncio.run(main())
"""


def test_the_first_paint_loads_only_what_it_shows(tmp_path: Path) -> None:
    shelve(tmp_path, [PILOTS])
    ran = subprocess.run([sys.executable, "-c", PROGRAM, tmp_path], capture_output=True, text=True, check=False)
    assert (ran.stdout.strip(), ran.stderr) == ("", "")


def test_what_is_left_for_later_is_there() -> None:
    assert [name for name in LATER if not find_spec(name)] == []
