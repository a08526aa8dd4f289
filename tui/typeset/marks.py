"""The marks of an article, each a character and its role: on screen, in the help and on the command line."""

from __future__ import annotations

from tui.typeset.line import Line

OFFLINE_MARKS = {"full": ("≡", "meta"), "part": ("=", "meta"), "teaser": ("–", "meta"), "failed": ("!", "warning")}
QUEUED_MARK = ("↓", "star")
CHANGED_MARK = ("Δ", "star")
TAGGED_MARK = ("#", "star")
SAVED_MARK = ("★", "star")
UNREAD_MARK = ("●", "dot")
OPEN_MARK = ("▌", "bar")
CURSOR = ("▏", "cursor")

_ASCII = {
    OFFLINE_MARKS["full"]: "+",
    OFFLINE_MARKS["teaser"]: "-",
    QUEUED_MARK: "v",
    CHANGED_MARK: "~",
    SAVED_MARK: "*",
    UNREAD_MARK: "o",
    OPEN_MARK: "|",
    CURSOR: ">",
}


def in_ascii(line: Line) -> Line:
    """The line with its marks in ASCII, for fonts that lack the others; what is not a mark of ours stays."""
    return Line(tuple(run._replace(text=_plain(run.text, run.role)) for run in line.runs))


def _plain(text: str, role: str) -> str:
    mark = text.strip()
    return text.replace(mark, _ASCII.get((mark, role), mark)) if mark else text
