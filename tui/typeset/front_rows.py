"""A story of the front page as a row: headline, counts, the one sentence, the figures that differ, why it is there."""

from __future__ import annotations

from typing import NamedTuple

from cache.front_page import FrontStory, InDossier
from tui.settings import Density
from tui.typeset.cells import cells
from tui.typeset.front_page import headline_of
from tui.typeset.line import BLANK, Line, Run
from tui.typeset.marks import CURSOR, OPEN_MARK, UNREAD_MARK
from tui.typeset.wrap import clip, clip_words, right_to_left, wrap_evenly, wrap_whole, wrap_within

HELD = "\u00a0"
"""A space at which no line ends."""
GUTTER = 2
"""Cells before a row, for its mark and the highlight's."""


class FrontRow(NamedTuple):
    """What is said of a story; `id` is the report that the row stands for, `quote` is said to be
    `quoted_from` whom, `differ` are the figures on which reports differ where there is no room for whose they are;
    `counts` says its place in a `dossier`, too.
    """

    id: int
    story: FrontStory
    counts: str
    quote: str = ""
    quoted_from: str = ""
    figures: tuple[str, ...] = ()
    differ: str = ""
    why: str = ""
    dossier: InDossier | None = None


class RowRoom(NamedTuple):
    """The most lines of a row's parts; `parted`: a blank one behind it. With no line for facts they stand beside."""

    headline: int
    facts: int
    quote: int
    figures: int
    parted: bool = True
    lead: bool = False


IN_ONE_COLUMN: dict[Density, RowRoom] = {1: RowRoom(1, 0, 0, 0, False), 2: RowRoom(2, 2, 3, 1), 4: RowRoom(3, 3, 6, 3)}
"""In one column."""
LOW = RowRoom(1, 1, 0, 0, False)
"""Of two lines and more on a screen of few lines."""
IN_COLUMNS: dict[Density, RowRoom] = {1: RowRoom(2, 1, 0, 0), 2: RowRoom(3, 2, 3, 1), 4: RowRoom(4, 3, 6, 3)}
"""In one of several columns."""
LEAD, SECOND = RowRoom(3, 2, 6, 3, lead=True), RowRoom(3, 2, 3, 1)


class RowLook(NamedTuple):
    """What of a row is not the story's own: whether one of its reports is open, and whether it is highlighted."""

    is_open: bool = False
    highlighted: bool = False


_PLAIN = RowLook()


def set_front_row(row: FrontRow, width: int, room: RowRoom, look: RowLook = _PLAIN) -> tuple[Line, ...]:
    """The row in lines of `width` cells; how many is the same for any look."""
    inner = max(1, width - GUTTER - 1)
    lines: list[tuple[Run, ...]] = [_in_one_line(row, inner)]
    if room.facts:
        lines = [*_headline(row, inner, room.headline, lead=room.lead), *_below(row, inner, room)]
    lines += [(Run(text, "why"),) for text in wrap_within(row.why, inner, 8)] if row.why else []
    first = OPEN_MARK if look.is_open else (" ", "text") if row.story.read else UNREAD_MARK
    below = OPEN_MARK if look.is_open else (" ", "text")
    cursor = Run(CURSOR[0] if look.highlighted else " ", CURSOR[1])
    laid = tuple(Line((Run(*(below if at else first)), cursor, *runs)) for at, runs in enumerate(lines))
    return (*laid, BLANK) if room.parted else laid


def _headline(row: FrontRow, width: int, most: int, *, lead: bool) -> list[tuple[Run, ...]]:
    role = "read" if row.story.read else "unread"
    text = headline_of(row.story)
    evenly = wrap_evenly(text, width) if lead else []
    lines = evenly if 0 < len(evenly) <= most else wrap_whole(text, width, most)
    if right_to_left(text):
        return [(Run(" " * (width - cells(each)), "text"), Run(each, role)) for each in lines]
    return [(Run(each, role),) for each in lines]


def _below(row: FrontRow, width: int, room: RowRoom) -> list[tuple[Run, ...]]:
    lines: list[tuple[Run, ...]] = [(Run(text, "meta"),) for text in _facts(row.counts, width, room.facts) if text]
    if row.quote and room.quote:  # whose it is stands there however much of it is cut
        lines += [(Run(text, "text"),) for text in wrap_whole(f"“{row.quote}”", width, room.quote)]
        lines += [(Run(text, "attribution"),) for text in wrap_whole(f"— {row.quoted_from}", width, 2)]
    if room.figures == 1 and row.differ:
        lines.append((Run(_differing(row.differ, width), "summary"),))
    for figure in row.figures[: room.figures] if room.figures > 1 else ():
        lines += [(Run(text, "summary"),) for text in wrap_whole(f"Reports differ on {figure}", width, 2)]
    return lines


def _facts(counts: str, width: int, most: int) -> list[str]:
    """The facts in lines that end between two of them; one that is wider than a line is broken as any text."""
    held = "".join(
        f"{fact if cells(fact) > width else fact.replace(' ', HELD)}{HELD}· " for fact in counts.split(" · ")
    )
    lines = wrap_whole(held.removesuffix(f"{HELD}· "), width, most)
    return [each.removesuffix(f"{HELD}·").replace(HELD, " ") for each in lines]


def _differing(figures: str, width: int) -> str:
    """As many of the figures as a line has room for, each whole; two at least, if need be cut."""
    said, rest = f"Reports differ: {figures}", figures.split(", ")
    while len(rest) > 2 and cells(said) > width:
        rest.pop()
        said = f"Reports differ: {', '.join(rest)} …"
    return clip_words(said, width)


def _in_one_line(row: FrontRow, width: int) -> tuple[Run, ...]:
    """The headline, and at the right as many of the facts as leave it two thirds."""
    facts = row.counts.split(" · ")
    while len(facts) > 1 and cells(" · ".join(facts)) > width // 3:
        facts.pop()
    said = clip(" · ".join(facts), max(0, width // 3))
    left = max(1, width - cells(said) - 1)
    (headline,) = _headline(row, left, 1, lead=False)
    return (*headline, Run(" " * (left + 1 - sum(cells(run.text) for run in headline)) + said, "meta"))
