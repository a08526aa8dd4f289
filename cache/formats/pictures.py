"""Pictures on their way into a file and out of one: beside an article, by the addresses of its figures."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from cache.db.picture_files import PictureFiles, picture_of
from fetch.article import illustrations
from fetch.errors import FetchError
from fetch.picture import LARGEST_KEPT, Picture, can_decode, read_picture

if TYPE_CHECKING:
    from fetch.article import Article

MOST_TAKEN = 6
"""Pictures of one article that are taken of a file."""
_LONGEST = LARGEST_KEPT * 4 // 3 + 4  # characters in Base64


class PictureSupply:
    """The pictures that an export may take, and how many it has written, with their bytes."""

    def __init__(self, files: PictureFiles) -> None:
        self.number = self.octets = 0
        self._files = files

    def of(self, entry_id: int, article: Article) -> dict[str, bytes]:
        """Those of an article that are on disk, in WebP, by their addresses."""
        found = dict[str, bytes]()
        if kept := self._files.of(entry_id):
            for figure in illustrations(article):
                if picture := picture_of(kept, figure.src):
                    with suppress(OSError):
                        found[figure.src] = picture.path.read_bytes()
        return {url: content for url, content in found.items() if len(content) <= LARGEST_KEPT}

    def written(self, pictures: Mapping[str, bytes]) -> None:
        """These are in the file."""
        self.number += len(pictures)
        self.octets += sum(map(len, pictures.values()))


def picture_records(pictures: Mapping[str, bytes]) -> list[list[str]]:
    """Pictures as a record has them: each its address, and its bytes in Base64."""
    return [[url, b64encode(content).decode()] for url, content in pictures.items()]


def pictures_in(records: object, article: Article) -> tuple[tuple[str, Picture], ...]:
    """The pictures in a stranger's record, each decoded and made anew; what is none, or no figure's, is left out.

    To be called in a parser.
    """
    wanted = {figure.src for figure in illustrations(article)}
    if not isinstance(records, list) or not wanted or not can_decode():
        return ()
    made = dict(_made(records[:MOST_TAKEN], wanted))
    return tuple(made.items())


def _made(records: list[object], wanted: set[str]) -> Iterator[tuple[str, Picture]]:
    for each in records:
        match each:
            case [str(url), str(packed)] if url in wanted and len(packed) <= _LONGEST:
                with suppress(FetchError, ValueError):
                    yield url, read_picture(b64decode(packed, validate=True), url)
