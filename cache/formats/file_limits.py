"""How much of a stranger's file is taken in; what is larger is refused in a sentence, before it is parsed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from cache.errors import CacheError

MOST_LIST_BYTES = 20_000_000
"""Bytes of a list of sources; ten thousand of them take 3 million."""
MOST_SOURCES = 20_000
"""Sources that are taken of a list; each is asked at every refresh."""
LONGEST_LINE = 8_000_000
"""Characters of an article in JSON, as a page may have no more."""
MOST_ARTICLES = 1_000_000
"""Articles of a file; the largest libraries thought of hold 400,000."""


def list_bytes(path: Path) -> bytes:
    """The bytes of a list of sources; raises CacheError where it is larger than any is."""
    with path.open("rb") as file:
        body = file.read(MOST_LIST_BYTES + 1)
    if len(body) > MOST_LIST_BYTES:
        raise CacheError(f"{path} is larger than {MOST_LIST_BYTES // 10**6} MB, as no list of sources is.")
    return body


def bounded_lines(file: TextIO) -> Iterator[str | None]:
    """The lines of a file; None for one that is longer than any article."""
    while line := file.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE:
            yield line
            continue
        while line and not line.endswith("\n"):
            line = file.readline(LONGEST_LINE)
        yield None
