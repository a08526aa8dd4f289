"""`import`: sources or articles from a file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cache.errors import CacheError
from cache.formats.table import titles_to_take_in
from cache.library import Library
from tui.cli.common import with_library
from tui.cli.options import json_option
from tui.cli.output import ProgressLine, say, say_json


def options(parser: ArgumentParser) -> None:
    """What `import` takes."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help=f"{titles_to_take_in()}, another reader's export, or a folder; - for standard input",
    )
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Take in a file of sources or articles."""

    async def work(library: Library) -> int:
        with _read_from(chosen.file) as path, ProgressLine() as line:
            line.show("Reading the file …")
            imported = await library.import_file(path, lambda number: line.show(f"{number:,} articles taken in"))
            sentence = imported.sentence.replace(str(path), _named(chosen.file))
        if chosen.json:
            say_json({"count": imported.count, "sentence": sentence})
        else:
            say(sentence)
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
        try:
            yield path
        except CacheError as error:
            raise CacheError(str(error).replace(str(path), _named(name))) from error


def _named(name: str) -> str:
    """How a sentence calls what is read."""
    return "standard input" if name == "-" else name
