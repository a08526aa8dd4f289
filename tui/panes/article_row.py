"""One headline as a row of the list: mark, headline, where and when, and what of it is on disk."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from cache.entry import CLOSES, OPENS, Entry
from tui.settings import Density
from tui.typeset import wording
from tui.typeset.cells import cells
from tui.typeset.line import BLANK, Line, Run, cut
from tui.typeset.marks import (
    CHANGED_MARK,
    CURSOR,
    OFFLINE_MARKS,
    OPEN_MARK,
    QUEUED_MARK,
    SAVED_MARK,
    TAGGED_MARK,
    UNREAD_MARK,
)
from tui.typeset.wrap import break_lines, clip, pad, right_to_left, wrap_within

_GUTTER = 2
_LEAST = 8  # cells of a source's name that tags leave
_AGE = 6  # cells of an age, where ages stand in a column
_SOURCE = 18  # cells of a source's name, where names stand in a column
_WITH_SOURCE = 72  # cells of a row from which on that column is there
_MARKS = 4  # marks that a row has at most


class RowState(NamedTuple):
    """What of a row is not the entry's own.

    `snippet` is what a search found in it, the matches marked as in a Hit. `is_open` when it is the one open in the
    reader, `highlighted` when the highlight is on it: a line beside it says so where colours don't. `age` tells when it
    was.
    """

    snippet: str | None = None
    is_open: bool = False
    highlighted: bool = False
    age: wording.Age = wording.briefly_ago


_PLAIN = RowState()


def row_height(density: Density, *, found: bool) -> int:
    """The lines of a row: with the dek, one parts it from the next; `found` when a search's snippet has one, too."""
    return 5 if density == 4 else density + found


def set_row(entry: Entry, width: int, density: Density, *, now: datetime, state: RowState = _PLAIN) -> tuple[Line, ...]:
    """The entry in as many lines of `width` cells as `row_height` says."""
    room = width - _GUTTER - 1
    age = state.age(entry.published, now)
    if density == 1:
        lines = [_in_one_line(entry, room, age), *_snippet(state, room)]
    elif density == 2:
        lines = [
            *_headline(entry, room, 1),
            *_snippet(state, room),
            _facts(entry, room, age),
        ]
    else:
        lines = _with_dek(entry, room, age, state)
    first = OPEN_MARK if state.is_open else (" ", "text") if entry.read else UNREAD_MARK
    below = OPEN_MARK if state.is_open else (" ", "text")
    cursor = Run(CURSOR[0] if state.highlighted else " ", CURSOR[1])
    rows = [Line((Run(*(below if at else first)), cursor, *runs)) for at, runs in enumerate(lines)]
    return tuple(rows) + (BLANK,) * (row_height(density, found=state.snippet is not None) - len(rows))


def _headline(entry: Entry, room: int, most: int) -> list[tuple[Run, ...]]:
    role = "read" if entry.read else "unread"
    lines = [
        Run(text, role) for text in wrap_within(entry.headline or wording.site(entry.url) or entry.url, room, most)
    ]
    if right_to_left(entry.headline):
        return [(Run(" " * (room - cells(run.text)), "text"), run) for run in lines]
    return [(run,) for run in lines]


def _with_dek(entry: Entry, room: int, age: str, state: RowState) -> list[tuple[Run, ...]]:
    """Headline, facts, and in what is left of four lines the dek, or what a search found in the text."""
    lines = [*_headline(entry, room, 2), _facts(entry, room, age)]
    free = 4 - len(lines)
    if state.snippet is not None:
        return lines + set_snippet(state.snippet, room, free)
    if entry.headline and entry.summary.startswith(entry.headline):  # what stands above need not stand again
        return lines
    return lines + [(Run(text, "summary"),) for text in wrap_within(entry.summary, room, free) if text]


def _snippet(state: RowState, room: int) -> list[tuple[Run, ...]]:
    """The one line of a snippet, which may be empty; none where nothing was searched for."""
    if state.snippet is None:
        return []
    return set_snippet(state.snippet, room, 1) or [(Run("", "summary"),)]


def _in_one_line(entry: Entry, room: int, age: str) -> tuple[Run, ...]:
    """The headline to the left, age and marks to the right; between them, where there is room, the source."""
    marks = [TAGGED_MARK, *_marks(entry)] if entry.tags else _marks(entry)
    if cells(age) > _AGE:  # of a day in another year the year, of one in digits what is behind the year
        age = age[5:] if age[4:5] == "-" else age[-4:]
    others = f"+{entry.reports - 1}" if entry.reports > 1 else ""
    if room < _WITH_SOURCE:
        facts = "".join(f"{part} " for part in (others, age) if part)
    else:
        facts = (
            f"{pad(wording.paper(entry), _SOURCE)} {others.rjust(3)} {age.rjust(_AGE)} {' ' * (_MARKS - len(marks))}"
        )
    left = max(1, room - cells(facts) - len(marks) - 1)
    (headline,) = _headline(entry, left, 1)
    gap = " " * (left + 1 - sum(cells(run.text) for run in headline))
    return (*headline, Run(gap + facts, "meta"), *(Run(mark, role) for mark, role in marks))


def set_snippet(snippet: str, width: int, most: int) -> list[tuple[Run, ...]]:
    """A snippet in at most so many lines, the first match in the first of them."""
    before, opens, rest = snippet.partition(OPENS)
    if opens and cells(before) > width // 3:
        before = "… " + before[-(width // 3) :].partition(" ")[2]
    runs = [Run(before, "summary")]
    for number, marked in enumerate((opens + rest).split(OPENS)):
        match, _, after = marked.rpartition(CLOSES) if number else ("", "", marked)
        runs += [Run(match, "match"), Run(after, "summary")]
    text = "".join(run.text for run in runs)
    lines = [cut(runs, start, end) for start, end in break_lines(text, width)]
    return lines[:most]


def _facts(entry: Entry, width: int, age: str) -> tuple[Run, ...]:
    """Source, age and tags to the left, marks to the right."""
    marks = _marks(entry)
    room = width - sum(cells(mark) + 1 for mark, _ in marks)
    age += f" · +{entry.reports - 1}" if entry.reports > 1 else ""
    age = age.removeprefix(" · ")
    tags = clip(" ".join(f"#{tag}" for tag in entry.tags), max(0, room - cells(age) - _LEAST - 6)) if entry.tags else ""
    left = room - cells(tags) - 1 if tags else room
    paper = wording.paper(entry)
    source = clip(paper, max(0, left - cells(age) - 3)) if age else clip(paper, left)
    facts = " · ".join(part for part in (source, age) if part)
    if entry.reason and entry.offline != "full":
        facts = _with_reason(facts, age, entry.reason, left)
    space = Run(" " * max(0, room - cells(facts) - cells(tags) - bool(tags)), "meta")
    tagged = (Run(f" {tags}", "star"),) if tags else ()
    return (Run(facts, "meta"), *tagged, space, *(Run(f" {mark}", role) for mark, role in marks))


def _with_reason(facts: str, age: str, reason: str, room: int) -> str:
    """The facts with why the text is not whole; where room is short it goes before the source, and before the age."""
    for before in (facts, age):
        if before and cells(further := f"{before} · {reason}") <= room:
            return further
    return clip(reason, room)


def _marks(entry: Entry) -> list[tuple[str, str]]:
    marks = [CHANGED_MARK] if entry.changed else []
    marks += [SAVED_MARK] if entry.saved else []
    marks.append(QUEUED_MARK if entry.queued else OFFLINE_MARKS[entry.offline])
    return marks
