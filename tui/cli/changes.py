"""`show --changes`: what a site changed in an article since it was kept."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from cache.formats.record import Record, time_record
from cache.library import open_reading
from tui.cli.output import complain, page_width, say_json, say_lines
from tui.cli.read import now, reference

if TYPE_CHECKING:
    from cache.diff import Difference, Passage


def changes(chosen: Namespace, home: str | None) -> int:
    """Print the difference between the text before and now; 1 where there is none."""
    with open_reading(home) as library:
        entry = library.entry(reference(chosen.ref))
        difference = library.difference(entry.id)
    if difference is None:
        complain(f"Nothing has changed in {entry.url} since it was kept.")
        return 1
    if chosen.json:
        say_json({"id": str(entry.id), "url": entry.url, **difference_json(difference)})
        return 0
    from tui.typeset.article import as_text
    from tui.typeset.changes import lay_out_changes

    say_lines(as_text(lay_out_changes(difference, page_width(chosen.width), now=now(), bracketed=True)))
    return 0


def difference_json(difference: Difference) -> Record:
    """A difference as JSON: each passage as pairs of "kept", "removed" or "added" and the words."""
    return {
        "since": time_record(difference.since),
        "added": difference.added,
        "removed": difference.removed,
        "headline": _edits(difference.headline),
        "passages": [_edits(passage) for passage in difference.passages],
    }


def _edits(passage: Passage) -> list[list[str]]:
    return [[edit.change, edit.text] for edit in passage.edits]
