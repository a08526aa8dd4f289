"""JSON Lines: an article a line, in the form that the command line prints; what was written can be taken in again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cache.errors import CacheError
from cache.formats.article_form import incoming, record_of
from cache.formats.file_limits import MOST_ARTICLES, bounded_lines
from cache.formats.record import drawable_json
from fetch.bounded_json import parse_json

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Incoming, Outgoing


def write(path: Path, articles: Iterable[Outgoing]) -> int:
    """Writes a line for each article, with all that is kept of it; how many."""
    number = 0
    with path.open("w", encoding="utf-8") as lines:
        for each in articles:
            lines.write(drawable_json(record_of(each)) + "\n")
            number += 1
    return number


def read(path: Path) -> Iterator[Incoming]:
    """The articles in a file; raises CacheError at the first line that is no article."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        yield from read_lines(bounded_lines(lines, str(path)), str(path))


def read_lines(lines: Iterable[str], where: str, *, pictured: bool = False) -> Iterator[Incoming]:
    """The articles in these lines, every string through the gate; `where` names them in an error. Raises CacheError.

    `pictured`: their pictures are decoded, too.
    """
    for number, line in enumerate(lines, 1):
        if number > MOST_ARTICLES:
            raise CacheError(f"{where} holds more than {MOST_ARTICLES:,} articles.")
        if line.strip():
            try:
                yield incoming(parse_json(line), pictured=pictured)
            except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
                raise CacheError(f"What stands in line {number} of {where} is no article.") from error
