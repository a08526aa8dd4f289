"""A pack: a small edition in one file, for a reader without any network; compressed, and checked when it arrives.

A line says what it is, a second what it holds and which library wrote it; then come streams of articles, some
megabytes of JSON Lines each (`cache.formats.pack_streams`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cache.db.codec import body_rows
from cache.errors import CacheError
from cache.formats import first_pack
from cache.formats.article_form import record_of
from cache.formats.exchanged_articles import PACK, Incoming, NotArrived
from cache.formats.file_limits import MOST_ARTICLES
from cache.formats.jsonl import read_line
from cache.formats.pack_streams import STREAM_BYTES, KinLine, compressed, framed, header, read_header, streams
from cache.formats.pictures import picture_records

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Outgoing
    from cache.formats.pictures import PictureSupply

MAGIC = PACK + b"2\n"
_LONGEST_FIRST_LINE = 40
_AT_BEST = 30  # times as small as they were: more lines than would so fit need not be tried
_TRIES = 8
"""How often the number of articles that fit is sought; the second is nearly right, where each takes as much."""
_IN_THE_BODY = ("id", "text", "words", "images")


def write(
    path: Path,
    articles: Iterable[Outgoing],
    max_bytes: int | None = None,
    pictures: PictureSupply | None = None,
    library: str = "",
) -> int:
    """Writes the articles, the most valuable given first, until the size is reached; how many it holds.

    With their `pictures` they go as far as these fit; from there on, text alone. `library` is who writes it.
    """
    with path.open("wb") as file:
        file.write(MAGIC + header({}))
        packing = _Packing(file, None if max_bytes is None else max_bytes - file.tell(), pictures)
        for each in articles:
            if not packing.add(each):
                break
        else:
            packing.end()
        file.seek(len(MAGIC))
        file.write(header({"articles": packing.number, "library": library}))
    return packing.number


@dataclass(slots=True)
class _Packing:
    """Articles on their way into a file: how many are there, and those that wait for their stream with their lines."""

    file: BinaryIO
    room: int | None
    pictures: PictureSupply | None
    number: int = 0
    _waiting: list[tuple[Outgoing, dict[str, bytes], bytes]] = field(default_factory=list)
    _length: int = 0

    def add(self, outgoing: Outgoing) -> bool:
        """Takes one more; whether there is room for further ones."""
        shown = self.pictures.of(outgoing.entry.id, outgoing.article) if self.pictures else {}
        written = line(outgoing, shown)
        self._waiting.append((outgoing, shown, written))
        self._length += len(written)
        enough = STREAM_BYTES if self.room is None else min(STREAM_BYTES, self.room * _AT_BEST)
        return self._length < enough or self.end()

    def end(self) -> bool:
        """Writes what waits, or as much of it as there is room for; whether that was all."""
        while self._waiting:
            held = self._fitting()
            if self.pictures:
                for _, shown, _ in self._waiting[:held]:
                    self.pictures.written(shown)
            self._waiting = self._waiting[held:]
            if self._waiting and self.pictures is None:
                return False
            if self._waiting:  # from here on without pictures
                self.pictures = None
                self._waiting = [(each, {}, line(each)) for each, _, _ in self._waiting]
        self._length = 0
        return True

    def _fitting(self) -> int:
        """Writes as many of those that wait as fit, from the first; how many."""
        lines = [KinLine(_kin(each), written.rstrip()) for each, _, written in self._waiting]
        fits, too_many, best = 0, len(lines) + 1, b""
        tried = len(lines)
        for _ in range(_TRIES):
            stream = framed(compressed(lines[:tried], quickly=self.pictures is not None), self.number, tried)
            room = len(stream) if self.room is None else self.room
            if len(stream) <= room:
                fits, best = tried, stream
            else:
                too_many = tried
            if too_many - fits <= 1 or room <= 0:
                break
            tried = min(max(tried * room // len(stream), fits + 1), too_many - 1)
        self.file.write(best)
        self.number += fits
        self.room = None if self.room is None else self.room - len(best)
        return fits


def _kin(outgoing: Outgoing) -> tuple[str, ...]:
    """By what an article is like others: its language, and its site's words and addresses."""
    return outgoing.article.language, outgoing.entry.source


def read(path: Path, *, pictured: bool = False) -> Iterator[Incoming | NotArrived]:
    """What a pack delivers and what of it is missing, with its pictures where those are wanted.

    Raises CacheError for one of a newer program.
    """
    number = 0
    with path.open("rb") as file:
        for line_read in _lines(file, path):
            if isinstance(line_read, NotArrived):
                yield line_read
                continue
            number += 1
            if number > MOST_ARTICLES:
                yield NotArrived("The pack", f"holds more than {MOST_ARTICLES:,} articles", None)
                return
            yield read_line(line_read, f"Article {number:,}", pictured=pictured)


def counted(path: Path) -> int:
    """How many articles a pack says that it holds, or holds where it does not say; raises CacheError as `read` does."""
    with path.open("rb") as file:
        if _version(file, path) == 1:
            return sum(len(lines or ()) for lines in first_pack.lines_of(file))
        said = _number(read_header(file))
        return sum(len(held.lines) for held in streams(file, None)) if said is None else said


def library_of(path: Path) -> str:
    """The library that wrote a pack, "" where it does not say."""
    with path.open("rb") as file:
        said = "" if _version(file, path) == 1 else read_header(file).get("library")
    return said if isinstance(said, str) else ""


def _version(file: BinaryIO, path: Path) -> int:
    """The version of a pack; raises CacheError for one that this program does not know."""
    said = file.readline(_LONGEST_FIRST_LINE)
    if said in (first_pack.MAGIC_1, MAGIC):
        return 1 if said == first_pack.MAGIC_1 else 2
    number = said.removeprefix(PACK).strip()
    if number.isdigit() and int(number) > 2:
        raise CacheError(f"The pack {path} is of a newer Broadsheet than this one.")
    raise CacheError(f"The pack {path} is cut or damaged at its beginning, and cannot be opened.")


def _lines(file: BinaryIO, path: Path) -> Iterator[str | NotArrived]:
    """The lines of a pack of any version, and what did not arrive of it."""
    if _version(file, path) == 1:
        for some in first_pack.lines_of(file):
            if some is None:
                yield NotArrived("A part of the pack", "did not arrive whole", None)
            yield from (line.decode(errors="replace") for line in some or ())
        return
    number = 0
    for held in streams(file, _number(read_header(file))):
        yield from (line.decode(errors="replace") for line in held.lines)
        number += len(held.lines)
        if held.missing != 0:
            where = f"What stands behind article {number:,}" if number else "The beginning of the pack"
            yield NotArrived(where, "did not arrive whole", held.missing)


def _number(says: Mapping[str, object]) -> int | None:
    said = says.get("articles")
    return said if isinstance(said, int) and 0 <= said <= MOST_ARTICLES else None


def line(outgoing: Outgoing, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """An article as a line of JSON, its body block by block, without what is empty or stands in the body."""
    row = {name: value for name, value in record_of(outgoing).items() if value and name not in _IN_THE_BODY}
    if outgoing.has_text:
        row["body"] = body_rows(outgoing.article)
    if pictures:
        row["pictures"] = picture_records(pictures)
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
