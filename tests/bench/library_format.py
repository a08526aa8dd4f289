"""Makes a small library of the format that a program writes, for `tests/cache/db/formats`.

    python tests/bench/library_format.py                  this program's format: before a step is added to schema.STEPS
    python tests/bench/library_format.py FOLDER           that of an earlier program, unpacked there

Five pages of the handbook, two of them read, two saved, one tagged, one noted; made by the command line alone, whose
verbs stay while everything below them changes.
"""

from __future__ import annotations

import json
import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[2]
FORMATS = ROOT / "tests" / "cache" / "db" / "formats"
PAGES = 5


def make(program: Path, home: Path) -> Path:
    """The library that the program in a folder makes under `home`."""

    def verb(*words: str) -> str:
        command = [sys.executable, "-m", "tui", "--home", str(home), *words]
        environment = {**os.environ, "PYTHONPATH": str(program)}
        return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=True).stdout

    verb("keep", "1", "--count", str(PAGES))
    verb("prune")
    first, second, third, *_ = [str(json.loads(line)["id"]) for line in verb("list", "--json").splitlines()]
    verb("mark", first, second, "--read")
    verb("mark", second, third, "--save")
    verb("mark", first, "--tag", "work", "--note", "Ask at the harbour office.")
    verb("keep", "1")
    return home / "library.db"


def pack(library: Path) -> Path:
    """Keeps a library among the tests' under the number of its format, all of it in one file."""
    with closing(sqlite3.connect(library)) as connection:
        number = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("PRAGMA journal_mode = DELETE")
    kept = FORMATS / f"{number}.db.xz"
    kept.write_bytes(lzma.compress(library.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    return kept


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print(pack(make(Path(sys.argv[1]).resolve() if sys.argv[1:] else ROOT, Path(folder))))
