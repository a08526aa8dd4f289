"""Programs in a real terminal, timed by ../shared/tools/tui_time.py: from the key until the screen shows its effect."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
TIMER = ROOT.parent / "shared" / "tools" / "tui_time.py"
SIZE = "120x40"
PATIENCE = 5
"""Seconds that a press is waited for."""


@dataclass(frozen=True)
class Program:
    """What is started, and what its screen shows once it has."""

    name: str
    command: str
    ready: str


@dataclass(frozen=True)
class Press:
    """Keys sent at once, and what to wait for: any change, unless more is said."""

    name: str
    keys: str
    until: str = "change"

    def __mul__(self, times: int) -> list[Press]:
        return [self] * times


@dataclass(frozen=True)
class Times:
    """Milliseconds of the same press again and again, or of a start."""

    each: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.each)

    @property
    def p95(self) -> float:
        return sorted(self.each)[max(0, round(len(self.each) * 0.95) - 1)]


SETTLED = Press("settled", "sleep:1200", "stable:300")
"""What a program does on its own once it has started is over."""


def start(program: Program) -> tuple[float, float]:
    """Milliseconds until the first screen, and megabytes a moment later."""
    first, *_, last = next(_runs(program, [SETTLED], 1))
    return first["ms"], last["rss_mb"]


def press(program: Program, presses: Iterable[Press]) -> dict[str, Times]:
    """The times of each press by its name, in one run."""
    (run,) = _runs(program, [SETTLED, *presses], 1)
    found: dict[str, list[float]] = {}
    for step in run[2:]:
        if step["ok"]:
            found.setdefault(step["step"].rpartition(" ")[0], []).append(step["ms"])
    return {name: Times(tuple(each)) for name, each in found.items()}


def memory(program: Program, presses: Iterable[Press]) -> list[float]:
    """Megabytes after the start and after each press; the program and all that it started."""
    (run,) = _runs(program, [SETTLED, *presses], 1)
    return [step["rss_mb"] for step in run[1:] if step["rss_mb"]]


def _runs(program: Program, presses: Iterable[Press], repeat: int) -> Iterator[list[dict]]:
    steps = [f"{press.name} {at}|{press.keys}|{press.until}|{PATIENCE}" for at, press in enumerate(presses)]
    with tempfile.NamedTemporaryFile(suffix=".json") as told:
        subprocess.run(
            [
                *(sys.executable, str(TIMER), "--label", program.name, "--cmd", program.command),
                *("--wait", program.ready, "--json", told.name, "--repeat", str(repeat), "--size", SIZE),
                *("--keep-going", "--cwd", str(ROOT)),
                *(argument for step in steps for argument in ("--step", step)),
            ],
            check=False,
            stdout=subprocess.DEVNULL,
        )
        yield from json.loads(Path(told.name).read_text())["runs"]
