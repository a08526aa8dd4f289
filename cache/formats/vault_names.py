"""What the files of a vault are called: each by its article's day and headline, and for good, as notes lead there."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self
from unicodedata import category, normalize

from fetch.text import clean

if TYPE_CHECKING:
    from cache.entry import Entry

_LONGEST_NAME = 200  # bytes; a file system takes 255, and what carries files elsewhere less
_LONGEST_WORDS = 60  # letters of a headline in a name
_JOINING = "\u200c\u200d"  # between letters of Persian, Hindi, Malayalam …
_NAMED = re.compile(r".{1,190}-\d{1,19}\.md", re.DOTALL)
_FRONT_MATTER = 16_000  # bytes in which the addresses stand
_ADDRESS = re.compile(rb'^(?:url|listed_as): (".{1,8000}")$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class VaultNames:
    """What articles are called in a folder that holds some of them, by their addresses."""

    there: Mapping[str, str]

    @classmethod
    def in_folder(cls, folder: Path) -> Self:
        """As the files in a folder say themselves; of two of one article the last that was written. Raises OSError."""
        with os.scandir(folder) as files:
            found = [(each.stat().st_mtime, each.name) for each in files if _NAMED.fullmatch(each.name)]
        return cls({url: name for _, name in sorted(found) for url in _addresses(folder / name)})

    def of(self, entry: Entry, url: str = "") -> str:
        """What the file of an entry is called, whose article may have a `url` of its own."""
        return self.there.get(entry.url) or self.there.get(url) or file_name(entry)


def _addresses(path: Path) -> Iterator[str]:
    """The addresses that front matter of ours names; none where it cannot be read."""
    with suppress(OSError, ValueError), path.open("rb") as file:
        beginning = file.read(_FRONT_MATTER)
        if beginning.startswith(b"---\n"):
            yield from map(json.loads, _ADDRESS.findall(beginning.partition(b"\n---\n")[0]))


def file_name(entry: Entry) -> str:
    """A name that sorts by day, says what it is, and is never another entry's."""
    day = entry.published.isoformat()[:10] if entry.published else "undated"
    begins, ends = f"{day}-", f"-{entry.id}.md"
    room = _LONGEST_NAME - len(begins) - len(ends)
    words = _words_of_name(clean(entry.headline).lower(), min(room, 60 * 3))
    return f"{begins}{words or 'untitled'}{ends}"


def _words_of_name(headline: str, most: int) -> str:
    """A headline's letters, digits and the marks upon them, in at most so many bytes; a letter keeps all its marks."""
    parts = list[str]()
    octets = 0
    for number, letter in enumerate(_letters(normalize("NFC", headline)), 1):
        part = letter if letter[0].isalnum() or letter[0] == "_" else "-"
        octets += len(part.encode("utf-8", "replace"))
        if octets > most or number > _LONGEST_WORDS:
            break
        if part != "-" or (parts and parts[-1] != "-"):
            parts.append(part)
    return "".join(parts).strip("-")


def _letters(text: str) -> Iterator[str]:
    """Each character with the marks upon it, the vowels of Indian scripts among them."""
    letter = ""
    for character in text:
        if letter and (is_mark(character) or character in _JOINING):
            letter += character
        else:
            yield from filter(None, [letter])
            letter = character
    yield from filter(None, [letter])


def is_mark(character: str) -> bool:
    """Whether a character stands upon the letter before it."""
    return category(character)[0] == "M"
