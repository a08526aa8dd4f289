"""A pack of acts: the file in which a library tells those that share a folder with it what its reader did.

A line says what it is, a second how much it holds and who wrote it; then come streams of lines of JSON, as in any pack
(`cache.formats.pack_streams`): each line and each stream has a checksum, so that half a file is known as one. Marks
stand some thousand in a line, in the order of their times: the names of the entries in eight bytes each, and how many
microseconds lie between one act and the next. A mark takes about twelve bytes so.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from cache.errors import CacheError
from cache.formats.pack_streams import STREAM_BYTES, KinLine, compressed, framed, header, read_header, streams
from cache.sync.folder_acts import LAST_MOMENT, OF_ENTRIES, Acts
from fetch.text import clean, clean_lines

_BEGINS = b"BROADSHEET ACTS "
_MAGIC = _BEGINS + b"1\n"
_LONGEST_FIRST_LINE = 40
_IN_A_LINE = 2000
_NAME = 8
MOST_ACTS_BYTES = 200_000_000
"""A file of acts that is longer was not written by us."""
_PARTS = {"note": 1, "highlight": 5, "highlight note": 5, "source": 2, "order": 0}
"""How many words tell what is meant: an entry's name and, of a highlight, its words, those about them, and which."""


@dataclass(frozen=True, slots=True)
class ActsPack:
    """What a file says: who wrote it, and the acts; `acts` is None where it has not arrived whole."""

    machine: str
    acts: Acts | None


def content_of(acts: Acts) -> list[bytes]:
    """The lines of a pack, always the same for the same acts."""
    lines = [*_flag_lines(acts), *_word_lines(acts), *_text_lines(acts)]
    return [json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") for line in lines]


def _flag_lines(acts: Acts) -> Iterator[list[Any]]:
    for mark in sorted(acts.flags):
        for is_set in (0, 1):
            done = sorted((packed >> 1, name) for name, packed in acts.flags[mark].items() if packed & 1 == is_set)
            for begin in range(0, len(done), _IN_A_LINE):
                some = done[begin : begin + _IN_A_LINE]
                times = [moment for moment, _ in some]
                between = [times[0], *(later - before for before, later in pairwise(times))]
                yield ["mark", mark, is_set, _names(name for _, name in some), between]


def _word_lines(acts: Acts) -> Iterator[list[Any]]:
    for about in sorted(acts.words):
        yield ["word", list(about), *acts.words[about]]


def _text_lines(acts: Acts) -> Iterator[list[Any]]:
    for file in sorted(acts.texts):
        held = sorted(acts.texts[file].items())
        yield ["text", file, _names(name for name, _ in held), [whole for _, whole in held]]


def _names(names: Iterator[int]) -> str:
    return b64encode(b"".join(name.to_bytes(_NAME, "big", signed=True) for name in names)).decode()


def _named(packed: str) -> list[int]:
    octets = b64decode(packed, validate=True)
    return [int.from_bytes(octets[at : at + _NAME], "big", signed=True) for at in range(0, len(octets), _NAME)]


def write(path: Path, machine: str, content: Sequence[bytes]) -> None:
    """Writes a pack; raises OSError."""
    with path.open("wb") as file:
        file.write(_MAGIC + header({"lines": len(content), "machine": machine}))
        first, waiting, length = 0, list[KinLine](), 0
        for number, line in enumerate(content, 1):
            waiting.append(KinLine((f"{number:09}",), line))
            length += len(line)
            if length >= STREAM_BYTES or number == len(content):
                file.write(framed(compressed(waiting), first, len(waiting)))
                first, waiting, length = number, [], 0


def read(path: Path) -> ActsPack:
    """What a file says; raises OSError, and CacheError for one that is none of ours or of a newer program."""
    with path.open("rb") as file:
        said = file.readline(_LONGEST_FIRST_LINE)
        if said != _MAGIC:
            if _is_newer(said):
                raise CacheError(f"{path.name} is of a newer Broadsheet than this one.")
            if _MAGIC.startswith(said):
                return ActsPack("", None)
            raise CacheError(f"{path.name} is no pack of acts, whatever its name says.")
        says = read_header(file)
        number, machine = says.get("lines"), says.get("machine")
        if not isinstance(number, int) or not isinstance(machine, str):
            return ActsPack("", None)
        acts, held = Acts(), 0
        for part in streams(file, number):
            if part.missing != 0 or not all(_take(acts, line) for line in part.lines):
                return ActsPack(machine, None)
            held += len(part.lines)
    return ActsPack(machine, acts if held == number else None)


def _is_newer(said: bytes) -> bool:
    number = said.removeprefix(_BEGINS).strip()
    return said.startswith(_BEGINS) and number.isdigit() and int(number) > 1


def _take(acts: Acts, line: bytes) -> bool:
    """Takes what a line says; whether it says anything that can be."""
    try:
        kind, *rest = json.loads(line)
        _TAKES[kind](acts, *rest)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return False
    return True


def _take_marks(acts: Acts, mark: str, is_set: int, names: str, between: list[int]) -> None:
    moments = list(accumulate(between))
    whole = is_set in (0, 1) and all(type(each) is int for each in between)
    if not whole or min(moments) < 0 or max(moments) >= LAST_MOMENT:
        raise ValueError("no time of a mark")
    acts.flags.setdefault(clean(mark), {}).update(
        (name, moment * 2 + is_set) for name, moment in zip(_named(names), moments, strict=True)
    )


def _take_words(acts: Acts, about: list[str], moment: int, said: str) -> None:
    if type(moment) is not int or not 0 <= moment < LAST_MOMENT:
        raise ValueError("no time of words")
    kind, *rest = (clean_lines(str(each)) for each in about)
    if len(rest) != _PARTS.get(kind, len(rest)) or (kind in OF_ENTRIES and str(int(rest[0])) != rest[0]):
        raise ValueError("words about nothing")
    acts.words[(kind, *rest)] = (moment, clean_lines(str(said)))


def _take_texts(acts: Acts, file: str, names: str, whole: list[int]) -> None:
    acts.texts[str(file)] = {name: int(each) for name, each in zip(_named(names), whole, strict=True)}


_TAKES: Mapping[str, Any] = {"mark": _take_marks, "word": _take_words, "text": _take_texts}
