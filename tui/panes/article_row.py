"""One headline as a row of the list: mark, headline, where and when, and what of it is on disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cache.entry import CLOSES, OPENS, Entry
from tui.typeset import wording
from tui.typeset.cells import cells
from tui.typeset.line import BLANK, Line, Run, cut
from tui.typeset.marks import CHANGED_MARK, CURSOR, OFFLINE_MARKS, OPEN_MARK, QUEUED_MARK, SAVED_MARK, UNREAD_MARK
from tui.typeset.wrap import break_lines, clip, right_to_left, wrap_within

_GUTTER = 2


@dataclass(frozen=True, slots=True)
class RowState:
    """What of a row is not the entry's own.

    `snippet` is what a search found in it, the matches marked as in a Hit; it has a line in the summary's
    stead. `is_open` when it is the one open in the reader, `highlighted` when the highlight is on it: a line beside it
    says so where colours don't.
    """

    snippet: str | None = None
    is_open: bool = False
    highlighted: bool = False


_PLAIN = RowState()


def set_row(entry: Entry, width: int, height: int, *, now: datetime, state: RowState = _PLAIN) -> tuple[Line, ...]:
    """The entry in `height` lines of `width` cells."""
    snippet = state.snippet
    room = width - _GUTTER - 1
    # The last line parts the rows; only where there are no more than three has the headline all but one.
    most = max(height - 2 - (snippet is not None), 2)
    headline = wrap_within(entry.headline or wording.site(entry.url) or entry.url, room, most)
    free = max(height - 2 - len(headline), int(snippet is not None))
    lines: list[tuple[Run, ...]] = [(Run(text, "read" if entry.read else "unread"),) for text in headline]
    if right_to_left(entry.headline):
        lines = [(Run(" " * (room - cells(run.text)), "text"), run) for (run,) in lines]
    if snippet is not None:
        lines += set_snippet(snippet, room, free)
    elif not entry.headline or not entry.summary.startswith(entry.headline):  # what stands above need not stand again
        lines += [(Run(text, "summary"),) for text in wrap_within(entry.summary, room, free) if text]
    lines.append(_facts(entry, room, now))
    first = OPEN_MARK if state.is_open else (" ", "text") if entry.read else UNREAD_MARK
    below = OPEN_MARK if state.is_open else (" ", "text")
    cursor = Run(CURSOR[0] if state.highlighted else " ", CURSOR[1])
    rows = [Line((Run(*(below if at else first)), cursor, *runs)) for at, runs in enumerate(lines[:height])]
    return tuple(rows) + (BLANK,) * (height - len(rows))


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


def _facts(entry: Entry, width: int, now: datetime) -> tuple[Run, ...]:
    """Source and age to the left, marks to the right."""
    marks = _marks(entry)
    room = width - sum(cells(mark) + 1 for mark, _ in marks)
    age = wording.briefly_ago(entry.published, now) + (f" · +{entry.reports - 1}" if entry.reports > 1 else "")
    age = age.removeprefix(" · ")
    source = clip(entry.source, max(0, room - cells(age) - 3)) if age else clip(entry.source, room)
    facts = " · ".join(part for part in (source, age) if part)
    if entry.reason and entry.offline != "full":
        facts = _with_reason(facts, age, entry.reason, room)
    space = " " * max(0, room - cells(facts))
    return (Run(facts + space, "meta"), *(Run(f" {mark}", role) for mark, role in marks))


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
