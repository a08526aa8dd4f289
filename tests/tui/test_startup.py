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
FIRST = Path(__file__).with_name("first_modules.txt")
"""What is loaded for the first paint beside what a bare Textual app loads, a module a line.

Each costs every start a quarter of a millisecond and more: a further one belongs there only if the first paint shows
what it makes.
"""
OURS = """
import asyncio, sys
from cache.library import open_library
from tui.app import Broadsheet

async def main():
    async with open_library(sys.argv[1]) as library:
        async with Broadsheet(library).run_test(size=(120, 40)):
            print(*sys.modules)

asyncio.run(main())
"""
BARE = """
import asyncio, sys
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("text")

async def main():
    async with Bare().run_test(size=(120, 40)):
        print(*sys.modules)

asyncio.run(main())
"""


def loaded(program: str, home: Path) -> set[str]:
    """The modules that are loaded once a program has painted its screen."""
    ran = subprocess.run([sys.executable, "-c", program, home], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return set(ran.stdout.split())


def test_the_first_paint_loads_only_what_it_shows(tmp_path: Path) -> None:
    shelve(tmp_path, [PILOTS])
    ours = loaded(OURS, tmp_path)
    assert ours & set(LATER) == set()
    more = ours - loaded(BARE, tmp_path)
    own = {name for name in more if name.partition(".")[0] in ("fetch", "cache", "tui")}
    assert own == set(FIRST.read_text("utf-8").split())
    assert {name.partition(".")[0] for name in more - own} <= {"_sqlite3", "gc", "sqlite3"}


def test_what_is_left_for_later_is_there() -> None:
    assert [name for name in LATER if not find_spec(name)] == []
