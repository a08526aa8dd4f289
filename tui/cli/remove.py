"""`remove`: a source taken out, with its articles."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cache.library import Library
from tui.cli.common import reference, with_library
from tui.cli.options import source_option
from tui.cli.output import say


def options(parser: ArgumentParser) -> None:
    """What `remove` takes."""
    source_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Take a source out, with its articles."""

    async def work(library: Library) -> int:
        source = library.source(reference(chosen.source))
        await library.remove(source.id)
        say(f"Removed {source.title or source.url}.")
        return 0

    return with_library(home, work)
