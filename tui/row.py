"""One headline as a row of the list: mark, headline, where and when, and what of it is on disk."""

from __future__ import annotations

from datetime import datetime

from rich.cells import cell_len

from cache.entry import Entry
from tui import phrases
from tui.line import BLANK, Line, Run
from tui.wrap import clip, wrap

OFFLINE_MARKS = {"full": ("≡", "meta"), "teaser": ("–", "meta"), "failed": ("!", "warning")}
QUEUED_MARK = ("↓", "star")
SAVED_MARK = ("★", "star")
UNREAD_MARK = ("●", "dot")
OPEN_MARK = ("▌", "bar")
_GUTTER = 2


def set_row(entry: Entry, width: int, height: int, *, now: datetime, shown: bool = False) -> tuple[Line, ...]:
    """The entry in `height` lines of `width` cells; `shown` when it is the one open in the reader."""
    headline = _headline(entry, width - _GUTTER - 1, max(1, height - 1))
    role = "read" if entry.read else "unread"
    mark, mark_role = OPEN_MARK if shown else (" ", "text") if entry.read else UNREAD_MARK
    rows = [Line((Run(f"{mark} ", mark_role), Run(headline[0], role)))]
    side = Run(f"{OPEN_MARK[0]} ", OPEN_MARK[1]) if shown else Run("  ", "text")
    rows += [Line((side, Run(text, role))) for text in headline[1:]]
    rows.append(Line((side, *_facts(entry, width - _GUTTER - 1, now))))
    return tuple(rows[:height]) + (BLANK,) * (height - len(rows))


def _headline(entry: Entry, width: int, most: int) -> list[str]:
    lines = wrap(entry.headline or phrases.site(entry.url) or entry.url, max(1, width))
    if len(lines) > most:
        lines[most - 1 :] = [clip(" ".join(lines[most - 1 :]), width)]
    return lines


def _facts(entry: Entry, width: int, now: datetime) -> tuple[Run, ...]:
    """Source and age to the left, marks to the right."""
    marks = _marks(entry)
    room = width - sum(cell_len(mark) + 1 for mark, _ in marks)
    age = phrases.briefly_ago(entry.published, now)
    source = clip(entry.source, max(0, room - cell_len(age) - 3)) if age else clip(entry.source, room)
    told = " · ".join(part for part in (source, age) if part)
    space = " " * max(0, room - cell_len(told))
    return (Run(told + space, "meta"), *(Run(f" {mark}", role) for mark, role in marks))


def _marks(entry: Entry) -> list[tuple[str, str]]:
    marks = [SAVED_MARK] if entry.saved else []
    marks.append(QUEUED_MARK if entry.queued else OFFLINE_MARKS[entry.offline])
    return marks
