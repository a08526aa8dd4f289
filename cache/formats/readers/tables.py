"""Tables of saved links: the CSV of Pocket, Instapaper and Readwise Reader."""

from __future__ import annotations

import csv
import json
from ast import literal_eval
from collections.abc import Callable, Iterator, Mapping
from io import StringIO
from typing import TypeAlias

from cache.formats.readers.story import SavedStory, moment

Row: TypeAlias = Mapping[str, str]

TABLE_COLUMNS = {
    "pocket": {"url", "time_added", "tags", "status"},
    "instapaper": {"url", "title", "selection", "folder", "timestamp"},
    "readwise": {"title", "url", "document tags", "saved date", "location"},
}
"""The columns by which each is told, in small letters."""
_LONGEST_FIELD = 1_000_000
_FINISHED = 0.99
"""How much of a text is read where a reader has come to its end."""


def kind_of_table(first_line: str) -> str:
    """Which of these tables begins with such a line; "" for none."""
    try:
        names = {name.strip().lower() for name in next(csv.reader([first_line]), [])}
    except csv.Error:
        return ""
    return next((kind for kind, wanted in TABLE_COLUMNS.items() if wanted <= names), "")


def read(kind: str, text: str) -> Iterator[SavedStory]:
    """The stories of a table of this kind; raises ValueError where a field has no end."""
    csv.field_size_limit(_LONGEST_FIELD)
    rows = csv.reader(StringIO(text))
    try:
        names = [name.strip().lower() for name in next(rows, [])]
        for row in rows:
            if row:
                yield _READ[kind](dict(zip(names, row, strict=False)))
    except csv.Error as error:
        raise ValueError(str(error)) from error


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
