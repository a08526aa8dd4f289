"""`show --changes`: what a site changed in an article since it was kept."""

from __future__ import annotations

from argparse import Namespace

from cache.library import open_reading
from tui.cli.common import reference
from tui.cli.json import difference_json
from tui.cli.output import complain, page_width, say_json, say_lines
from tui.local_time import now


def print_changes(chosen: Namespace, home: str | None) -> int:
    """Print what was changed, step by step, the latest first; 1 where nothing was."""
    with open_reading(home) as library:
        entry = library.entry(reference(chosen.ref))
        changes = library.changes(entry.id)
    if not changes:
        complain(f"Nothing has changed in {entry.url} since it was kept.")
        return 1
    if chosen.json:
        latest, *earlier = map(difference_json, changes)
        say_json({"id": str(entry.id), "url": entry.url, **latest, "earlier": earlier})
        return 0
    from tui.typeset.article import as_text
    from tui.typeset.changes import lay_out_changes

    say_lines(as_text(lay_out_changes(changes, page_width(chosen.width), now=now(), bracketed=True)))
    return 0
