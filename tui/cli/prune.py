"""`prune`: what is kept no longer, removed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cache.library import Library
from tui.cli.common import with_library
from tui.cli.output import say
from tui.config.config import keep_limits


def options(parser: ArgumentParser) -> None:
    """What `prune` takes."""
    parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")


def run(chosen: Namespace, home: str | None) -> int:
    """Remove what is kept no longer, or say what that would be."""
    limits = keep_limits(chosen.config)

    async def work(library: Library) -> int:
        pruning = library.prunable(*limits) if chosen.dry_run else await library.prune(*limits)
        say(f"{'Would be removed' if chosen.dry_run else 'Removed'}: {pruning.sentence}")
        return 0

    return with_library(home, work)
