"""`mark`: what the reader's keys do with an article: read, saved, tags and a note."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cache.entry import Entry
from cache.library import Library
from fetch.text import clean
from tui.cli.common import WrongUsage, entry_line, reference, with_library
from tui.cli.json import noted
from tui.cli.options import json_option, reference_option
from tui.cli.output import complain, say, say_json
from tui.local_time import now


def options(parser: ArgumentParser) -> None:
    """What `mark` takes."""
    reference_option(parser, many=True)
    read = parser.add_mutually_exclusive_group()
    read.add_argument("--read", action="store_true", default=None, help="it is read")
    read.add_argument("--unread", action="store_false", dest="read", default=None, help="it is unread")
    saved = parser.add_mutually_exclusive_group()
    saved.add_argument("--save", action="store_true", dest="saved", default=None, help="save it for later, with a star")
    saved.add_argument("--let-go", action="store_false", dest="saved", default=None, help="save it no longer")
    parser.add_argument("--tag", action="append", default=[], metavar="NAME", help="give it this tag, too")
    parser.add_argument("--untag", action="append", default=[], metavar="NAME", help="take this tag away")
    parser.add_argument("--note", metavar="TEXT", help="keep this note on it; an empty one takes it away")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Mark articles and print them as they then are; 2 where nothing was asked for."""
    asked = (chosen.read, chosen.saved, chosen.note, chosen.tag or None, chosen.untag or None)
    if all(each is None for each in asked):
        complain("Mark it how? `broadsheet mark --help` lists the marks.")
        return 2
    if not all(clean(name).strip("#, ") for name in [*chosen.tag, *chosen.untag]):
        raise WrongUsage("A tag is a word.")

    async def work(library: Library) -> int:
        entries = [library.entry(reference(ref)) for ref in chosen.refs]
        for entry in entries:
            await _mark(library, entry, chosen)
        for entry in library.entries([entry.id for entry in entries]):
            if chosen.json:
                say_json(noted(library, entry))
                continue
            tags = f" #{' #'.join(entry.tags)}" if entry.tags else ""
            say(f"{entry_line(entry, now())}{tags}")
        return 0

    return with_library(home, work)


async def _mark(library: Library, entry: Entry, chosen: Namespace) -> None:
    if chosen.read is not None:
        await library.mark_read([entry.id], chosen.read)
    if chosen.saved is not None:
        await library.save([entry.id], chosen.saved)
    if chosen.tag or chosen.untag:
        await library.tag(entry.id, map(clean, chosen.tag), map(clean, chosen.untag))
    if chosen.note is not None:
        await library.note(entry.id, clean(chosen.note))
