"""Hooks run after a refresh in the reader, and nobody waits for them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.tui.conftest import Opening, until
from tests.tui.pilot import main_screen, press
from tui.config.kinds import literal
from tui.hooks import last_runs

pytestmark = pytest.mark.anyio

COPY = "import sys; open(sys.argv[1], 'w').write(sys.stdin.read())"
HANG = "import time; time.sleep(600)"


def hook(query: str, code: str, *words: str) -> str:
    return f"[[hook]]\nquery = {literal(query)}\ncommand = {literal([sys.executable, '-c', code, *words])}\n"


async def test_they_get_what_a_refresh_brought_and_keys_go_on(opened: Opening, home: Path, tmp_path: Path) -> None:
    got = tmp_path / "got.jsonl"
    (home / "config.toml").write_text(hook("freighter", COPY, str(got)) + hook("", HANG), encoding="utf-8")
    async with opened() as pilot:
        shown = main_screen(pilot)
        wanted = set(shown.library.ids("freighter"))
        shown.later.refreshing._ended(set(shown.library.ids()))
        await until(pilot, lambda: last_runs(shown.library.path))
        assert {int(json.loads(line)["id"]) for line in got.read_text(encoding="utf-8").splitlines()} == wanted
        await pilot.press("question_mark")  # `press` would wait for the one that hangs
        await until(pilot, lambda: pilot.app.screen is not shown)
    assert [run.trouble for run in last_runs(home / "library.db").values()] == [""], "leaving waits for none"


async def test_without_news_none_runs(opened: Opening, home: Path, tmp_path: Path) -> None:
    (home / "config.toml").write_text(hook("", COPY, str(tmp_path / "got")), encoding="utf-8")
    async with opened() as pilot:
        shown = main_screen(pilot)
        shown.later.refreshing._ended(set())
        await press(pilot, "j")
    assert not (tmp_path / "got").exists()
