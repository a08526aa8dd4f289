"""`remove`: a source taken out; what the reader keeps of it stays, unless that is to go, too."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from cache.library import Library
from tui.cli.common import WrongUsage, reference, with_library
from tui.cli.json import source_json
from tui.cli.options import json_option, source_option
from tui.cli.output import complain, say, say_json
from tui.typeset import wording


def options(parser: ArgumentParser) -> None:
    """What `remove` takes."""
    source_option(parser)
    parser.add_argument(
        "--with-kept", action="store_true", help="also what you keep of it: saved, tagged, noted and so on"
    )
    parser.add_argument("--yes", action="store_true", help="with --with-kept: do not ask")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Take a source out, and say how many of its articles stay; 1 where the reader thought better of it."""

    async def work(library: Library) -> int:
        source = library.source(reference(chosen.source))
        title, kept = source.title or source.url, library.kept_of(source.id)
        if chosen.with_kept and not (chosen.yes or _agreed(title, kept)):
            complain("Nothing was removed.")
            return 1
        await library.remove(source.id, with_kept=chosen.with_kept)
        if chosen.json:
            say_json({**source_json(source), "kept": 0 if chosen.with_kept else kept})
        else:
            say(f"Removed {title}{_what_of(kept, gone=chosen.with_kept)}.")
        return 0

    return with_library(home, work)


def _agreed(title: str, kept: int) -> bool:
    """Whether the person at the terminal wants what is kept to go, too; a script says so with `--yes`."""
    if not sys.stdin.isatty():
        what = f"{title} would go with {wording.stories(kept)} that you keep" if kept else "Nobody can be asked here"
        raise WrongUsage(f"{what}; --yes says that it may.")
    if not kept:
        return True
    sys.stderr.write(f"Remove {title} with {wording.stories(kept)} that you keep? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _what_of(kept: int, *, gone: bool) -> str:
    if not kept:
        return ""
    return (
        f", with {wording.stories(kept)} that you kept"
        if gone
        else f"; {wording.stories(kept)} that you keep {'stays' if kept == 1 else 'stay'}"
    )
