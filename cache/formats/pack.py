"""A pack: a small edition in one file, for a reader without any network; compressed, and checked when it arrives.

A line says what it is, a second holds the SHA-256 of all that follows: xz streams, one after the other, of JSON Lines.
Each stream stands for a handful of articles, so that a pack can stop at the size it was given.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cache.db.codec import body_rows
from cache.errors import CacheError
from cache.formats.article_form import record_of
from cache.formats.exchanged_articles import PACK, Incoming
from cache.formats.file_limits import check_line
from cache.formats.jsonl import read_lines
from cache.formats.pictures import picture_records

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Outgoing
    from cache.formats.pictures import PictureSupply

MAGIC = PACK + b"\n"
_A_HANDFUL = 16  # articles a stream: fewer compress worse, more make the end of a pack coarser
_A_FEW = 4  # with pictures
_TIGHTLY = 6 | lzma.PRESET_EXTREME
_QUICKLY = 1  # what is mostly pictures becomes no smaller by any effort
_MOST_UNPACKED = 1_000_000_000  # bytes; a file that swells beyond was not written by us
_MOST_MEMORY = 256_000_000
_PIECE = 1 << 20
_LONGEST_CHECKSUM = 65
_IN_THE_BODY = ("id", "story", "text", "words", "images")


def write(
    path: Path, articles: Iterable[Outgoing], max_bytes: int | None = None, pictures: PictureSupply | None = None
) -> int:
    """Writes the articles, the most valuable given first, until the size is reached; how many it holds.

    With their `pictures` they go as far as these fit; from there on, text alone.
    """
    room = max_bytes - len(MAGIC) - 65 if max_bytes else None
    number, streams, waiting = 0, bytearray(), iter(articles)
    handful: list[Outgoing] = []
    while handful := handful or list(islice(waiting, _A_FEW if pictures else _A_HANDFUL)):
        shown = [pictures.of(each.entry.id, each.article) if pictures else {} for each in handful]
        lines = [line(each, some) for each, some in zip(handful, shown, strict=True)]
        preset = _QUICKLY if pictures else _TIGHTLY
        held, stream = _fitting(lines, None if room is None else room - len(streams), preset)
        streams += stream
        number += held
        if pictures:
            for some in shown[:held]:
                pictures.written(some)
        handful = handful[held:]
        if handful and pictures is None:
            break
        pictures = None if handful else pictures
    path.write_bytes(MAGIC + sha256(streams).hexdigest().encode() + b"\n" + streams)
    return number


def read(path: Path, *, pictured: bool = False) -> Iterator[Incoming]:
    """What a pack delivers, with its pictures where those are wanted; raises CacheError for one that is not whole."""
    with path.open("rb") as file:
        begin, said = file.read(len(MAGIC)), file.readline(_LONGEST_CHECKSUM)
        streams = file.tell()
        if begin != MAGIC or _checksum(file) != said.rstrip(b"\n"):
            raise CacheError(f"The pack {path} did not arrive whole: its checksum differs.")
        file.seek(streams)
        try:
            yield from read_lines(_lines(file, str(path)), str(path), pictured=pictured)
        except (lzma.LZMAError, EOFError) as error:
            raise CacheError(f"The pack {path} cannot be opened.") from error


def _checksum(file: BinaryIO) -> bytes:
    """The SHA-256 of the rest of a file, in hexadecimal digits."""
    digest = sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest().encode()


def _fitting(lines: list[bytes], room: int | None, preset: int) -> tuple[int, bytes]:
    """As many of the lines as fit, from the first, and their stream."""
    held = len(lines)
    while held:
        stream = lzma.compress(b"".join(lines[:held]), preset=preset)
        if room is None or len(stream) <= room:
            return held, stream
        held = min(held - 1, held * max(room, 0) // len(stream))
    return 0, b""


def line(outgoing: Outgoing, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """An article as a line of JSON, its body block by block, without what is empty or stands in the body."""
    row = {name: value for name, value in record_of(outgoing).items() if value and name not in _IN_THE_BODY}
    if outgoing.has_text:
        row["body"] = body_rows(outgoing.article)
    if pictures:
        row["pictures"] = picture_records(pictures)
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _lines(file: BinaryIO, where: str) -> Iterator[str]:
    """The lines of all streams, opened piece by piece: a small file must not fill the memory."""
    tail = b""
    for part in _unpacked(file):
        *whole, tail = (tail + part).split(b"\n")
        check_line(max(map(len, (*whole, tail))), where)
        yield from (line.decode(errors="replace") for line in whole)
    if tail:
        yield tail.decode(errors="replace")


def _unpacked(file: BinaryIO) -> Iterator[bytes]:
    """The content of all streams, a megabyte at a time; raises CacheError where it swells, EOFError where it is cut."""
    unpacked, opener, packed = 0, None, file.read(_PIECE)
    while packed or opener is not None:
        opener = opener or lzma.LZMADecompressor(lzma.FORMAT_XZ, _MOST_MEMORY)
        part = opener.decompress(packed, _PIECE)
        unpacked += len(part)
        if unpacked > _MOST_UNPACKED:
            raise CacheError("The pack holds more than any edition would; it was not opened further.")
        yield part
        packed = b""
        if opener.eof:
            packed, opener = opener.unused_data or file.read(_PIECE), None
        elif opener.needs_input and not (packed := file.read(_PIECE)):
            raise EOFError
