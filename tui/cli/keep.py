"""`keep`: how long, or how many of, a source's articles are kept."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cache.library import Library
from tui.cli.common import reference, with_library
from tui.cli.options import amount, source_option
from tui.cli.output import say
from tui.typeset import wording


def options(parser: ArgumentParser) -> None:
    """What `keep` takes."""
    source_option(parser)
    parser.add_argument("--days", type=amount, metavar="N", help="no longer than so many days; for ever without")
    parser.add_argument("--count", type=amount, metavar="N", help="no more than so many; all without")


def run(chosen: Namespace, home: str | None) -> int:
    """Set how long, or how many of, a source's articles are kept; nothing is removed before `prune`."""

    async def work(library: Library) -> int:
        source = library.source(reference(chosen.source))
        await library.keep_for(source.id, days=chosen.days, count=chosen.count)
        days = f" for {wording.count(chosen.days, 'day')}" if chosen.days else ""
        newest = f"the newest {wording.count(chosen.count, 'article')}" if chosen.count else "everything"
        say(f"From {source.title or source.url}, {newest} will be kept{days}; what you saved or marked stays anyway.")
        return 0

    return with_library(home, work)
