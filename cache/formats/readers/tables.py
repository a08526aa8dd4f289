"""Tables of saved links: the CSV of Pocket, Instapaper and Readwise Reader."""

from __future__ import annotations

import csv
import json
from ast import literal_eval
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from typing import TypeAlias

from cache.formats.readers.story import BREAKS_OFF, DAMAGED, Damage, LeftStory, SavedStory, moment

Row: TypeAlias = Mapping[str, str]

TABLE_COLUMNS = {
    "pocket": {"url", "time_added", "tags", "status"},
    "instapaper": {"url", "title", "selection", "folder", "timestamp"},
    "readwise": {"title", "url", "document tags", "saved date", "location"},
}
"""The columns by which each is told, in small letters."""
_LONGEST_FIELD = 1_000_000
_MOST_ASTRAY = 100
"""Lines whose quotes nothing closes; behind each, others are read twice."""
_LINE_ENDS = ("\r", "\n")
_FINISHED = 0.99
"""How much of a text is read where a reader has come to its end."""


def kind_of_table(first_line: str) -> str:
    """Which of these tables begins with such a line; "" for none."""
    try:
        names = {name.strip().lower() for name in next(csv.reader([first_line]), [])}
    except csv.Error:
        return ""
    return next((kind for kind, wanted in TABLE_COLUMNS.items() if wanted <= names), "")


class _Rows:
    """The rows of these lines from one on, None for one that is no row; `at` is the line behind the last."""

    def __init__(self, lines: list[str], begin: int = 0) -> None:
        self._lines, self.at = lines, begin
        self._reader = csv.reader(self._handed())

    def _handed(self) -> Iterator[str]:
        while self.at < len(self._lines):
            self.at += 1
            yield self._lines[self.at - 1]

    def read(self) -> list[str] | None:
        """The next row; None at the end, and where a field is too long."""
        try:
            return next(self._reader, None)
        except csv.Error:
            return None


def read(kind: str, text: str) -> Iterator[SavedStory | LeftStory | Damage]:
    """The stories of a table of this kind, rows that are none, and that it was cut, where its last row shows that.

    Raises ValueError where its quotes go astray.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    lines = StringIO(text, newline="").readlines()
    rows = _Rows(lines)
    names = [name.strip().lower() for name in rows.read() or []]
    for row in _whole(rows, lines, len(names)):
        if isinstance(row, Damage):
            yield row
        else:
            yield LeftStory("", DAMAGED) if row is None else _READ[kind](dict(zip(names, row, strict=False)))


def _whole(rows: _Rows, lines: list[str], columns: int) -> Iterator[list[str] | Damage | None]:
    """The rows, None for a damaged one. A mark of quotation that nothing closes costs its own line, and no other.

    Where that is the last line, or the row in it is shorter than all others and its line has no end, the file was cut.
    """
    astray, shortest = 0, columns
    while True:
        begin = rows.at
        row = rows.read()
        if rows.at == begin:
            return
        if row is None or (rows.at > begin + 1 and len(row) != columns):
            astray += 1
            if astray > _MOST_ASTRAY:
                raise ValueError("the marks of quotation in it have no order")
            rows = _Rows(lines, begin + 1)
            yield _without_quotes(lines[begin], columns)
        elif rows.at == len(lines) and _is_open(lines[begin:]):
            yield _without_quotes(lines[begin], columns)
            yield Damage(BREAKS_OFF)
        elif rows.at == len(lines) and len(row) < shortest and lines[-1].strip() and not lines[-1].endswith(_LINE_ENDS):
            yield None
            yield Damage(BREAKS_OFF)
        elif row:
            shortest = min(shortest, len(row))
            yield row


def _without_quotes(line: str, columns: int) -> list[str] | None:
    """The row that a line is without its marks of quotation; None where that is none."""
    alone = line.rstrip("\r\n").replace('"', "").split(",")
    return alone if len(alone) == columns else None


def _is_open(lines: list[str]) -> bool:
    """Whether a mark of quotation in the row that these lines are is not closed: it goes on in a line behind them."""
    try:
        return len(list(csv.reader([*lines, "\n"]))) == 1
    except csv.Error:  # the longest field that may be has grown by that line
        return True


def _pocket(row: Row) -> SavedStory:
    return SavedStory(
        row.get("url", ""),
        row.get("title", ""),
        saved=moment(row.get("time_added", "")),
        read=row.get("status", "").strip().lower() == "archive",
        tags=row.get("tags", "").replace(",", "|").split("|"),
        is_wanted=True,
    )


def _instapaper(row: Row) -> SavedStory:
    folder = row.get("folder", "").strip()
    kept = [] if folder.lower() in ("", "unread", "archive") else [folder.lower() if folder == "Starred" else folder]
    return SavedStory(
        row.get("url", ""),
        row.get("title", ""),
        saved=moment(row.get("timestamp", "")),
        read=folder.lower() == "archive",
        tags=[*kept, *_listed(row.get("tags", ""))],
        summary=row.get("selection", ""),
        is_wanted=True,
    )


def _readwise(row: Row) -> SavedStory:
    place = row.get("location", "").strip().lower()
    at, is_of_a_feed = moment(row.get("saved date", "")), place == "feed"
    try:
        finished = float(row.get("reading progress", "") or 0) >= _FINISHED
    except ValueError:
        finished = False
    return SavedStory(
        row.get("url", ""),
        row.get("title", ""),
        saved=None if is_of_a_feed else at,
        read=place == "archive" or finished or (is_of_a_feed and row.get("seen", "").strip().lower() == "true"),
        tags=_listed(row.get("document tags", "")),
        is_wanted=not is_of_a_feed,
    )


_READ: dict[str, Callable[[Row], SavedStory]] = {
    "pocket": _pocket,
    "instapaper": _instapaper,
    "readwise": _readwise,
}


def _listed(said: str) -> list[str]:
    """Tags that stand in one field as a list, as JSON or Python write it, or with commas between them."""
    if not said.startswith("["):
        return said.split(",")
    for parsed in (json.loads, literal_eval):
        try:
            found = parsed(said)
        except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
            continue
        return [str(each) for each in found] if isinstance(found, list) else []
    return []
