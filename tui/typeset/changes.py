"""What a site changed in an article, set in lines: removed words and new ones in roles of their own, or in brackets.

Pure, as `tui.typeset.article`; long stretches that stayed as they were are summed up in a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby

from cache.diff import Change, Difference, Edit, Passage
from tui.typeset import wording
from tui.typeset.line import BLANK, Line, Run, cut, line
from tui.typeset.wrap import break_lines, wrap

_ROLES: dict[Change, str] = {"kept": "text", "removed": "removed", "added": "added"}
_BRACKETS: dict[Change, tuple[str, str]] = {"kept": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
_MANY = 3  # passages that stayed; as many at least are summed up


def lay_out_changes(
    changes: Iterable[Difference], width: int, *, now: datetime, bracketed: bool = False
) -> Iterator[Line]:
    """One difference after the other as lines no wider than `width` cells.

    `bracketed` marks words for those who see no roles.
    """
    for place, difference in enumerate(changes):
        if place:
            yield from (BLANK, line("─" * width, "rule"), BLANK)
        yield from _lay_out(difference, width, now=now, bracketed=bracketed)


def _lay_out(difference: Difference, width: int, *, now: datetime, bracketed: bool) -> Iterator[Line]:
    yield from _set(difference.headline, width, bracketed=bracketed, role="headline")
    yield BLANK
    yield from (line(text, "notice") for text in wrap(summary(difference, now), width))
    yield line("─" * width, "rule")
    for stayed, group in groupby(difference.passages, key=lambda passage: passage.change == "kept"):
        passages = list(group)
        if stayed and len(passages) >= _MANY:
            yield BLANK
            yield line(f"… {wording.count(len(passages), 'paragraph')} unchanged …", "meta")
            continue
        for passage in passages:
            yield BLANK
            yield from _set(passage, width, bracketed=bracketed)


def summary(difference: Difference, now: datetime) -> str:
    """What was changed, in a sentence."""
    since = f" since {wording.moment(difference.since, now)}" if difference.since else ""
    added, removed = wording.count(difference.added, "word"), wording.count(difference.removed, "word")
    return f"Changed on its site{since}: {added} added, {removed} removed."


def _set(passage: Passage, width: int, *, bracketed: bool, role: str = "text") -> Iterator[Line]:
    runs = [Run(_marked(edit) if bracketed else edit.text, _role(edit, role)) for edit in passage.edits]
    text = "".join(run.text for run in runs)
    for start, end in break_lines(text, width):
        yield Line(cut(runs, start, end))


def _role(edit: Edit, role: str) -> str:
    return role if edit.change == "kept" else _ROLES[edit.change]


def _marked(edit: Edit) -> str:
    """The words between brackets, the space after them outside."""
    before, after = _BRACKETS[edit.change]
    words = edit.text.rstrip(" ")
    return f"{before}{words}{after}{edit.text[len(words) :]}"
