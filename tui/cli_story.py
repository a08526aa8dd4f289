"""`show --story`: the timeline of the story an article belongs to."""

from __future__ import annotations

from argparse import Namespace

from cache.library import open_reading
from tui.cli_print import complain
from tui.cli_read import reference


def story(chosen: Namespace, home: str | None) -> int:
    """Print what each report of a story adds, in the order of time."""
    with open_reading(home) as library:
        library.entry(reference(chosen.ref))
    complain("This version cannot yet follow a story.")
    return 1
