"""Pictures of articles, beside the library: a folder of files that are their reader's alone, under a quota.

A file's name tells the number of its entry, the digest of the address it came from, and its size in pixels.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Container, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

from cache.db.permissions import FILE, make_folder
from cache.found import KeptPicture
from fetch.picture import Picture

QUOTA = 200_000_000
"""Bytes that all pictures of a library may have; the oldest go first."""
_NAME = re.compile(r"(\d{1,18})-([0-9a-f]{16})-([1-9]\d{0,3})x([1-9]\d{0,3})\.webp")
_PART = ".part"
_OLD = 3600.0  # seconds after which a part is no longer being written


def folder_of(library: Path) -> Path:
    """Where the pictures of a library are."""
    return library.with_name(f"{library.name}-pictures")


class PictureFiles:
    """The pictures of a library."""

    def __init__(self, library: Path) -> None:
        self.folder = folder_of(library)

    def keep(self, entry_id: int, url: str, picture: Picture) -> None:
        """Keeps a picture of an entry; one whose disk is full goes without it."""
        name = f"{entry_id}-{_digest(url)}-{picture.width}x{picture.height}.webp"
        part = self.folder / f"{name}.{os.getpid()}{_PART}"
        with contextlib.suppress(OSError):
            make_folder(self.folder)
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE)
            with open(descriptor, "wb") as file:
                file.write(picture.content)
            part.replace(self.folder / name)

    def of(self, entry_id: int) -> dict[str, KeptPicture]:
        """The pictures of an entry by the digests of the addresses they came from."""
        return {digest: kept for _, digest, kept in self._found(f"{entry_id}-") if _is_file(kept.path)}

    def is_any_of(self, ids: Container[int] | None) -> bool:
        """Whether a picture of one of these entries is here; None for all entries."""
        return any(ids is None or number in ids for number, _, _ in self._found())

    def sweep(self, there: Mapping[int, int]) -> None:
        """Removes what is of no entry that is `there`, what a killed program began, and what is over the quota.

        `there` says of each entry how readily its pictures go: those with the least number first, of them the oldest.
        """
        left: list[tuple[int, float, int, Path]] = []
        for number, _, kept in self._found():
            with contextlib.suppress(OSError):
                facts = kept.path.lstat()
                if number in there:
                    left.append((there[number], facts.st_mtime, facts.st_size, kept.path))
                else:
                    kept.path.unlink()
        over = sum(size for *_, size, _ in left) - QUOTA
        for *_, size, path in sorted(left):
            if over <= 0:
                break
            with contextlib.suppress(OSError):
                path.unlink()
            over -= size
        self._sweep_parts()

    def count(self) -> tuple[int, int]:
        """How many there are, and their bytes."""
        sizes = [0]
        for _, _, kept in self._found():
            with contextlib.suppress(OSError):
                sizes.append(kept.path.lstat().st_size)
        return len(sizes) - 1, sum(sizes)

    def _sweep_parts(self) -> None:
        from time import time

        with contextlib.suppress(OSError):
            for each in self.folder.glob(f"*{_PART}"):
                if time() - each.lstat().st_mtime > _OLD:
                    each.unlink()

    def _found(self, begins: str = "") -> Iterator[tuple[int, str, KeptPicture]]:
        try:
            names = os.listdir(self.folder)
        except OSError:
            return
        for name in names:
            if name.startswith(begins) and (found := _NAME.fullmatch(name)):
                yield int(found[1]), found[2], KeptPicture(self.folder / name, int(found[3]), int(found[4]))


def _is_file(path: Path) -> bool:
    """Whether a file stands there, and nothing that waits when it is read or leads elsewhere."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def picture_of(kept: Mapping[str, KeptPicture], url: str) -> KeptPicture | None:
    """That of these which came from an address."""
    return kept.get(_digest(url)) if kept else None


def _digest(url: str) -> str:
    return blake2b(url.encode("utf-8", "replace"), digest_size=8).hexdigest()
