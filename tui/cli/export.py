"""`export`: sources or articles into a file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from cache.formats.table import FORMATS, Format
from cache.library import Library
from fetch.text import clean
from tui.cli.common import complain_of_query, require_file_names, with_library
from tui.cli.options import since_option, size
from tui.cli.output import ProgressLine, complain, put_out, say, say_json


def options(parser: ArgumentParser) -> None:
    """What `export` takes."""
    parser.add_argument("format", choices=tuple(FORMATS), metavar="FORMAT", help=", ".join(FORMATS))
    parser.add_argument("--query", default="", metavar="QUERY", help="which articles; all without")
    since_option(parser)
    parser.add_argument("--max-bytes", type=size, metavar="N", help="of a pack: stop at this size, best first")
    parser.add_argument(
        "--missing-from", metavar="FILE", help="of a pack or JSON Lines: only what another's receipt does not name"
    )
    parser.add_argument("--pictures", action="store_true", help="of a pack or an EPUB: with the pictures on disk")
    parser.add_argument(
        "--revisions", action="store_true", help="of a pack or JSON Lines: also what the articles said before"
    )
    parser.add_argument("--output", default="-", metavar="FILE", help="where to write; standard output without")
    parser.add_argument("--json", action="store_true", help="with --output: print as JSON what was written")


def run(chosen: Namespace, home: str | None) -> int:
    """Write sources or articles out; a file's name is needed for what is a folder, or no text for a screen."""
    require_file_names(chosen.output, chosen.missing_from)
    screen = chosen.output == "-"
    form = FORMATS[chosen.format]
    if screen and not form.is_text and sys.stdout.isatty():
        complain(f"Where to? `--output NAME` says where the {chosen.format} export is written.")
        return 2
    if screen and chosen.json:
        complain("The export itself goes to standard output; with `--output NAME`, --json says what was written.")
        return 2
    query = clean(" ".join([chosen.query, *([chosen.since] if chosen.since else [])]))
    _complain_of_what_does_not_count(chosen, form)
    if chosen.missing_from and not (form.begins and form.holds == "articles"):
        complain("Only packs and JSON Lines can leave out what the receipt --missing-from names.")
        return 2
    missing_from = Path(chosen.missing_from) if chosen.missing_from else None
    wishes = {
        "missing_from": missing_from,
        "max_bytes": chosen.max_bytes,
        "pictures": chosen.pictures,
        "revisions": chosen.revisions,
        "as_folder": False if screen else None,
    }

    async def work(library: Library) -> int:
        if form.holds == "articles":
            complain_of_query(library, query)
        with _written_to(chosen.output) as path:
            with ProgressLine() as line:
                line.show("Writing …")
                written = partial(_told, line)
                exported = await library.export(chosen.format, path, query, written=written, **wishes)
            sentence = exported.sentence.replace(str(path), "standard output" if screen else str(path))
        if chosen.json:
            told = {"format": chosen.format, "file": chosen.output, "count": exported.count, "sentence": sentence}
            say_json(told)
        elif not screen:
            say(sentence)
        elif exported.damaged:  # of a whole export, what is printed says enough
            complain(sentence)
        return 1 if exported.damaged else 0  # what it holds is not all that was asked for

    return with_library(home, work)


def _told(line: ProgressLine, number: int) -> None:
    line.show(f"{number:,} articles written")


def _complain_of_what_does_not_count(chosen: Namespace, form: Format) -> None:
    if form.holds == "sources" and (chosen.query or chosen.since):
        complain("--query and --since choose articles; the export of sources holds all of them.")
    if chosen.pictures and not form.pictured:
        complain("Only a pack and an EPUB hold pictures; this export has their addresses.")
    if chosen.revisions and not (form.begins and form.holds == "articles"):
        complain("Only packs and JSON Lines hold what articles said before; this export has what they say now.")
    if chosen.max_bytes and not form.sized:
        complain("Only a pack stops at --max-bytes; this export holds all that was asked for.")


@contextmanager
def _written_to(name: str) -> Iterator[Path]:
    """The path to write to; of standard output, a passing file whose content is printed at the end."""
    if name != "-":
        yield Path(name)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        yield path
        put_out(path.read_bytes())
