"""The floor under a brief's speed: a full day is told within a second of processor time, start-up counted."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("The processor time of a program that has ended is told as Unix has it.", allow_module_level=True)

from cache.paths import places
from cache.writes.store import Store
from tests.bench.newsworld import run
from tests.news_events import Newsroom, World

pytestmark = pytest.mark.wall_clock

MOST = 1.0
"""Seconds of processor time."""
EVENTS = 200
"""Of one day: more stories than a page looks at, so that a larger library costs little more."""


def test_a_brief_of_a_full_day_is_there_within_a_second(tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    with Store(places(tmp_path).library) as store:
        landed = Newsroom(store).land(World(EVENTS, seed=3, start=now - timedelta(hours=23), hours=20).reports, now)
    assert len(landed) > 2 * EVENTS
    command = [sys.executable, "-m", "tui", "--home", str(tmp_path), "brief", "--stories", "12", "--since", "24h"]
    tries = []
    for _ in range(4):  # the first compiles; a busy machine gets another chance
        told = run([*command, "--markdown"])
        assert told.said.count("\n### ") == 12, told.said
        tries.append(told.processor)
        if tries[-1] <= MOST:
            break
    assert min(tries) <= MOST, tries
