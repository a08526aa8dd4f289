"""The file that a reader types the name of to write to: one that is there is replaced once it is typed twice."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cache.paths import typed_path
from fetch.errors import NewsError

if TYPE_CHECKING:
    from cache.library import Library


WITH_PICTURES = "With the pictures that are on disk, too? y takes them along"
"""What is asked where pictures may go along."""


class FileNotReplaced(NewsError):
    """Why nothing is written to the file that was named."""


class ExportTarget(NamedTuple):
    """Where to write, and whether a folder is meant."""

    path: Path
    as_folder: bool


class TypedTargets:
    """Takes the names that are typed."""

    def __init__(self) -> None:
        self._there: Path | None = None

    def take(self, typed: str, library: Library, again: str) -> ExportTarget:
        """What is to be written to; raises NewsError where it cannot be, or is there and named for the first time.

        `again` is how a sentence calls naming it once more.
        """
        path = typed_path(typed)
        library.require_exportable(path)
        before, self._there = self._there, path
        if path.is_file() and path != before:  # what somebody wrote there is not lost by a slip of the fingers
            raise FileNotReplaced(f"{path.name} is there; {again} replaces it.")
        return ExportTarget(path, typed.endswith(("/", os.sep)))


def takes_pictures(answer: str) -> bool:
    """Whether that was the answer to WITH_PICTURES."""
    return answer.strip().lower() in ("y", "yes")
