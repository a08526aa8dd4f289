"""Lines set to both edges: the spaces between words are made wider, where that does not tear holes into the text."""

from __future__ import annotations

from collections.abc import Sequence

from tui.typeset.cells import cells
from tui.typeset.line import Run


def justified(runs: Sequence[Run], width: int) -> tuple[Run, ...]:
    """The runs of a line in exactly `width` cells; as they are where that took more than a cell more for each space."""
    lacks = width - cells("".join(run.text for run in runs))
    gaps = sum(_gaps(run) for run in runs)
    if not 0 < lacks <= gaps:
        return tuple(runs)
    stretched, seen = [], 0
    for run in runs:
        if not _gaps(run):
            stretched.append(run)
            continue
        first, *others = run.text.split(" ")
        text = first
        for word in others:
            # As many spaces more as are due by now, spread evenly over the line.
            text += " " * (1 + (seen + 1) * lacks // gaps - seen * lacks // gaps) + word
            seen += 1
        stretched.append(run._replace(text=text))
    return tuple(stretched)


def _gaps(run: Run) -> int:
    """The spaces that may be wider: none in code, which says what it says."""
    return 0 if run.role == "code" else run.text.count(" ")
