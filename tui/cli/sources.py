"""`sources`: the sources there are."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime

from cache.library import open_reading
from cache.source_entry import SourceEntry
from tui.cli.json import source_json
from tui.cli.options import json_option
from tui.cli.output import say, say_json
from tui.local_time import now
from tui.typeset import wording


def options(parser: ArgumentParser) -> None:
    """What `sources` takes."""
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Print the sources."""
    at = now()
    with open_reading(home) as library:
        for source in library.sources():
            if chosen.json:
                say_json(source_json(source))
            else:
                say(source_line(source, at))
    return 0


def source_line(source: SourceEntry, at: datetime) -> str:
    """A source on one line: number, unread of all, kind, title, when it last answered, and what went wrong since."""
    answer = wording.last_answer(source, at)
    wrong = f" — {answer}" if answer else ""
    return f"{source.id:>6} {source.unread:>5}/{source.total:<5} {source.kind:8} {source.title}  {source.url}{wrong}"
