"""`import`: sources or articles from a file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISCHR, S_ISFIFO
from tempfile import TemporaryDirectory
from typing import BinaryIO

from cache.errors import CacheError
from cache.formats.table import titles_to_take_in
from cache.library import Library
from tui import descriptors
from tui.cli.common import require_file_names, with_library
from tui.cli.options import json_option
from tui.cli.output import ProgressLine, say_json, say_lines

_PIECE = 1 << 20
_MOST_BYTES = 2_000_000_000
"""Bytes that are kept of a stream: twice what a pack may hold unpacked."""


def options(parser: ArgumentParser) -> None:
    """What `import` takes."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help=f"{titles_to_take_in()}, another reader's export, or a folder; - for standard input",
    )
    marks = parser.add_mutually_exclusive_group()
    marks.add_argument("--marks", action="store_true", help="of a pack: its sender's marks, too, whoever that is")
    marks.add_argument("--no-marks", action="store_true", help="of articles: without what their sender marked")
    marks.add_argument("--marks-only", action="store_true", help="of articles: only that, for those that are here")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Take in a file of sources or articles."""

    async def work(library: Library, path: Path) -> int:
        with ProgressLine() as line:
            line.show("Reading the file …")
            imported = await library.import_file(
                path,
                marks=True if chosen.marks or chosen.marks_only else False if chosen.no_marks else None,
                marks_only=chosen.marks_only,
                landed=lambda number: line.show(f"{number:,} articles taken in"),
            )
            sentence = imported.sentence.replace(str(path), _named(chosen.file))
        if chosen.json:
            say_json({"count": imported.count, **imported.counts, "sentence": sentence})
        else:
            say_lines(sentence)
        return 0 if imported.is_whole else 1

    with _read_from(chosen.file) as path:  # ahead of the loop, in which waiting for a pipe could not be broken off
        return with_library(home, lambda library: work(library, path))


@contextmanager
def _read_from(name: str) -> Iterator[Path]:
    """The path to read from; for standard input and what else can be read once, a passing file with what came in."""
    require_file_names(name)
    if name != "-" and not _is_stream(name):
        yield Path(name)
        return
    if name == "-" and 0 in descriptors.closed:  # what stands in for it would count as an empty file
        raise CacheError("Standard input is closed; there is nothing to take in.")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "standard input"
        with path.open("wb") as kept:
            if name == "-":
                _copy(sys.stdin.buffer, kept, _named(name))
            else:
                with open(name, "rb") as stream:
                    _copy(stream, kept, name)
        try:
            yield path
        except CacheError as error:
            raise CacheError(str(error).replace(str(path), _named(name))) from error


def _is_stream(name: str) -> bool:
    """Whether this is a pipe, as `<(command)` of a shell is, or a device."""
    try:
        mode = Path(name).stat().st_mode
    except (OSError, ValueError):
        return False
    return S_ISFIFO(mode) or S_ISCHR(mode)


def _copy(stream: BinaryIO, kept: BinaryIO, named: str) -> None:
    """Keeps what a stream brings; raises CacheError where it has no end that a file of articles would have."""
    size = 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > _MOST_BYTES:
            raise CacheError(f"{named} brings more than {_MOST_BYTES // 10**9} GB; nothing was taken.")
        kept.write(piece)


def _named(name: str) -> str:
    """How a sentence calls what is read."""
    return "standard input" if name == "-" else name
