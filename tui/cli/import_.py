"""`import`: sources or articles from a file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cache.formats.table import titles_to_take_in
from cache.library import Library
from tui.cli.common import with_library
from tui.cli.options import json_option
from tui.cli.output import ProgressLine, say, say_json


def options(parser: ArgumentParser) -> None:
    """What `import` takes."""
    parser.add_argument("file", metavar="FILE", help=f"{titles_to_take_in()}; - for standard input")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Take in a file of sources or articles."""

    async def work(library: Library) -> int:
        with _read_from(chosen.file) as path, ProgressLine() as line:
            line.show("Reading the file …")
            imported = await library.import_file(path, lambda number: line.show(f"{number:,} articles taken in"))
        if chosen.json:
            say_json({"count": imported.count, "sentence": imported.sentence})
        else:
            say(imported.sentence)
        return 0

    return with_library(home, work)


@contextmanager
def _read_from(name: str) -> Iterator[Path]:
    """The path to read from; for standard input, a passing file with what came in."""
    if name != "-":
        yield Path(name)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "standard input"
        path.write_bytes(sys.stdin.buffer.read())
        yield path
