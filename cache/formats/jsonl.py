"""JSON Lines: an article a line, in the form that the command line prints; what was written can be taken in again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cache.errors import CacheError
from cache.formats.article_form import MALFORMED, incoming, record_of
from cache.formats.exchanged_articles import NotArrived
from cache.formats.file_limits import MOST_ARTICLES, bounded_lines
from cache.formats.record import drawable_json
from fetch.bounded_json import parse_json
from fetch.decoding import marked

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Incoming, Outgoing

_PIECE = 1 << 20
_MOST_LOOKED_AT = 50
_LONG = 20_000


def looks_like_one(beginning: str) -> bool:
    """Whether a text, which begins as an object of JSON does, is lines of articles, and not JSON of another form."""
    for line in map(str.strip, beginning.splitlines()[:_MOST_LOOKED_AT]):
        if not line.startswith("{"):
            continue
        try:
            row = parse_json(line)
        except (ValueError, RecursionError):
            if '"url"' in line or len(line) > _LONG:  # damaged, or longer than what is looked at
                return True
        else:
            if isinstance(row, dict) and not row.keys().isdisjoint(("url", "headline", "format")):
                return True
    return False


def write(path: Path, articles: Iterable[Outgoing]) -> int:
    """Writes a line for each article, with all that is kept of it; how many."""
    number = 0
    with path.open("w", encoding="utf-8") as lines:
        for each in articles:
            lines.write(drawable_json(record_of(each)) + "\n")
            number += 1
    return number


def read(path: Path) -> Iterator[Incoming | NotArrived]:
    """The articles in a file, in whichever form of Unicode, and the lines that are none."""
    with path.open(encoding=_codec(path), errors="replace") as lines:
        for number, line in enumerate(bounded_lines(lines), 1):
            if number > MOST_ARTICLES:
                yield NotArrived("The file", f"holds more than {MOST_ARTICLES:,} articles", None)
                return
            if line is None:
                yield NotArrived(f"Line {number:,}", "is longer than any article")
            elif line.strip("\ufeff \t\r\n\0"):
                yield read_line(line, f"Line {number:,}")


def counted(path: Path) -> int:
    """How many articles a file holds at most."""
    with path.open("rb") as file:
        return 1 + sum(piece.count(b"\n") for piece in iter(lambda: file.read(_PIECE), b""))


def read_lines(lines: Iterable[str], where: str) -> Iterator[Incoming]:
    """The articles in lines of our own making; raises CacheError at the first that is none, by the name `where`."""
    for number, line in enumerate(lines, 1):
        found = read_line(line, f"Line {number:,}")
        if isinstance(found, NotArrived):
            raise CacheError(f"{found.what} of {where} {found.reason}.")
        yield found


def read_line(line: str, where: str, *, pictured: bool = False) -> Incoming | NotArrived:
    """The article in a line, every string through the gate; `where` names the line. `pictured`: with its pictures."""
    try:
        row = parse_json(line.strip("\ufeff"))
        if _is_newer(row):
            return NotArrived(where, "is of a newer Broadsheet than this one")
        return incoming(row, pictured=pictured)
    except MALFORMED:
        return NotArrived(where, "is no article")


def _is_newer(row: object) -> bool:
    """Whether a record says of itself that it has a form that this program does not know."""
    said = row.get("format") if isinstance(row, dict) else None
    version = said.removeprefix("broadsheet/") if isinstance(said, str) and said.startswith("broadsheet/") else ""
    return version.isascii() and version.isdigit() and int(version[:9]) > 2


def _codec(path: Path) -> str:
    """The form of Unicode in which a file is, by its mark, else by the zeros among its first letters."""
    with path.open("rb") as file:
        beginning = file.read(4)
    if said := marked(beginning):
        return said
    zeros = beginning[:2].find(b"\0")
    return {0: "utf-16-be", 1: "utf-16-le"}.get(zeros, "utf-8")
