"""What is made beside the file that it replaces stays while its program lives, and goes with the next when it died."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cache.db.unfinished import unfinished
from cache.library import back_up, open_reading
from fetch.handbook.bundled import edition
from tests.cache.killing import ROOT

BACKS_UP = """
import sys
from pathlib import Path
from cache.db import backup
backup._checked = lambda *_: print("copied", flush=True) or sys.stdin.read()
backup.back_up(Path(sys.argv[1], "home", "library.db"), Path(sys.argv[2]))
"""
EXPORTS = """
import sys
from pathlib import Path
from cache import exporting
with exporting.replacing(Path(sys.argv[2])) as part:
    part.write_text("half")
    print("begun", flush=True)
    sys.stdin.read()
"""


def begun(script: str, folder: Path, target: Path) -> subprocess.Popen[str]:
    """A program in the middle of making a file."""
    program = subprocess.Popen(
        [sys.executable, "-c", script, str(folder), str(target)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert program.stdout is not None
    assert program.stdout.readline()
    return program


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    with open_reading(tmp_path / "home"):
        pass
    (tmp_path / "copies").mkdir()
    return tmp_path / "copies"


@pytest.mark.parametrize("script", [BACKS_UP, EXPORTS])
def test_what_a_killed_program_was_making_goes_with_the_next_that_is_made_there(copies: Path, script: str) -> None:
    program = begun(script, copies.parent, copies / "copy-of-yesterday.db")
    program.kill()
    program.communicate()
    assert len(names(copies)) == 2
    assert back_up(copies / "copy.db", copies.parent / "home").articles == len(edition())
    assert names(copies) == ["copy.db"]


def test_what_another_program_is_just_making_stays(copies: Path) -> None:
    with begun(BACKS_UP, copies.parent, copies / "copy.db") as program:
        back_up(copies / "copy.db", copies.parent / "home")
        assert len(names(copies)) == 3
        program.kill()
    with unfinished(copies / "copy.db"):
        assert names(copies)[0].startswith(f".copy.db.{os.getpid()}-")
    assert names(copies) == ["copy.db"]


def test_files_of_other_names_stay(copies: Path) -> None:
    others = [".copy.db.part", ".copy.db.1-2.part-lock", "copy.db.1-0a0b0c0d.part-lock", ".copy.db.film.part"]
    for name in others:
        (copies / name).touch()
    with unfinished(copies / "copy.db"):
        pass
    assert names(copies) == sorted(others)


def test_a_name_as_long_as_names_may_be(tmp_path: Path) -> None:
    target = tmp_path / ("ü" * 125)
    with unfinished(target) as part:
        part.touch()
        part.replace(target)
    assert names(tmp_path) == [target.name]
