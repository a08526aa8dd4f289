"""Hooks on the command line: run at the end of a refresh, told where they fail, listed by `config` and `doctor`."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from cache.library import Library
from cache.progress import Progress
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, records
from tui.config.kinds import literal

COPY = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read())"


@pytest.fixture
def hooked(cli: Cli, paper: str, tmp_path: Path) -> Cli:
    """A library with a source to refresh, and two hooks: one that keeps what it gets, and one that fails."""
    done(cli("add", f"{paper}/feed.xml"))
    scripts = ([COPY, str(tmp_path / "got.jsonl")], ["raise SystemExit(7)"])
    commands = [[sys.executable, "-c", *script] for script in scripts]
    tables = (f'[[hook]]\nquery = "source:gazette harbour"\ncommand = {literal(command)}\n' for command in commands)
    (tmp_path / "home" / "config.toml").write_text("".join(tables), encoding="utf-8")
    return cli


def test_a_refresh_hands_what_it_brought_to_hooks_once(hooked: Cli, tmp_path: Path) -> None:
    code, out, err = hooked("refresh", "--json")
    assert code == 0
    assert records(out)[-1]["summary"]["full"] >= 3
    name = f"“source:gazette harbour” → {Path(sys.executable).name}"
    assert err == f"broadsheet: Hook {name}: {sys.executable} ended with 7.\n"
    hooked("refresh", "--force")
    lines = (tmp_path / "got.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len({json.loads(line)["url"] for line in lines}) == 2
    shown = records(done(hooked("show", json.loads(lines[0])["id"], "--json")))
    assert shown == [json.loads(lines[0])]


def test_doctor_tells_how_each_went_last(hooked: Cli, tmp_path: Path) -> None:
    assert [each["sentence"].endswith("has not run yet.") for each in findings(hooked)] == [True, True]
    hooked("refresh")
    good, bad = findings(hooked)
    assert (good["ok"], bad["ok"]) == (True, False)
    assert ", with 2 articles." in good["sentence"]
    assert bad["sentence"].endswith("ended with 7.")
    text = '[[hook]]\nquery = "since:never"\ncommand = ["cat"]\n[[hook]]\nquery = ""\ncommand = ["no-such-program"]\n'
    (tmp_path / "home" / "config.toml").write_text(text, encoding="utf-8")
    query, program = findings(hooked)
    assert (query["ok"], program["ok"]) == (False, False)
    assert program["sentence"].endswith("there is no program no-such-program.")


def findings(cli: Cli) -> list[dict[str, object]]:
    return [each for each in records(cli("doctor", "--json")[1]) if each["name"] == "hook"]


def test_config_lists_them(hooked: Cli) -> None:
    listed = [each["value"] for each in records(done(hooked("config", "--json"))) if each["key"] == "hook"]
    assert [each["query"] for each in listed] == ["source:gazette harbour"] * 2
    assert done(hooked("config")).count("hook = {query = ") == 2


def test_a_refresh_that_is_stopped_hands_on_what_had_landed(
    hooked: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh = Library.refresh

    async def stopped(library: Library, *arguments: Any, **named: Any) -> AsyncIterator[Progress]:
        landed = 0
        async for progress in refresh(library, *arguments, **named):
            yield progress
            landed += bool(progress.entry_id)
            if landed == 3:
                os.kill(os.getpid(), signal.SIGINT)
                await asyncio.sleep(60)

    monkeypatch.setattr(Library, "refresh", stopped)
    code, _, err = hooked("refresh")
    assert code == 1
    assert "Stopped before it was done" in err
    landed = [json.loads(line)["url"] for line in (tmp_path / "got.jsonl").read_text(encoding="utf-8").splitlines()]
    assert 1 <= len(landed) <= 3
