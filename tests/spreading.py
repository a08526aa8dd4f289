"""How a run of many files is spread over the processors by pytest-xdist: files stay whole, but what is timed is last.

A run may be a sample as well: of each file its first test and every nth behind it, the same ones every time.
"""

from __future__ import annotations

import ast
import os
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).parents[1]
TIMED = "timed"
_MARK = "pytest.mark.wall_clock"


class TimedFilesLast(LoadFileScheduling):
    """Files in the order of their names; their tests that are timed are one piece, at the end, and alone."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return TIMED if is_timed(nodeid) else file


def is_timed(nodeid: str) -> bool:
    """Whether a test holds a time on the clock to a bound, by its id, which is all that a scheduler knows of it."""
    file, _, name = nodeid.partition("::")
    timed = _timed_in(file)
    return timed is None or name.partition("[")[0] in timed


@cache
def _timed_in(file: str) -> frozenset[str] | None:
    """The names of the tests of a file that bear the mark; None where the whole file does."""
    text = (ROOT / file).read_text(encoding="utf-8")
    if _MARK not in text:
        return frozenset()
    body = ast.parse(text).body
    if any(isinstance(node, ast.Assign) and _MARK in ast.unparse(node) for node in body):
        return None
    return frozenset(
        node.name
        for node in body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and any(_MARK in ast.unparse(mark) for mark in node.decorator_list)
    )


def timed_last(items: list[pytest.Item]) -> None:
    """Puts tests in order."""
    items.sort(key=lambda item: is_timed(item.nodeid))


def sampled(items: list[pytest.Item], apart: int) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The tests of a sample that takes one in `apart` of each file, and those left out."""
    numbers: Counter[str] = Counter()
    taken: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        file = item.nodeid.partition("::")[0]
        (left if numbers[file] % apart else taken).append(item)
        numbers[file] += 1
    return taken, left


def processes(paths: list[str]) -> int:
    """How many processes to spread over: none for single files, else two a processor that we may use.

    Half of the time that tests take they wait, for a screen to settle, a lock, another program.
    """
    if all(path.partition("::")[0].endswith(".py") for path in paths):
        return 0
    return 2 * (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
