"""Which folders a library is synced by, and what came of it last; kept as a setting of the library."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from fetch.text import clean

if TYPE_CHECKING:
    from cache.library import Library
    from cache.sync.outcome import Synced

SYNC_FOLDERS = "sync_folders"
"""The setting: a folder's path → when it was synced last (seconds since 1970, 0 for never), and the sentence on it."""


@dataclass(frozen=True, slots=True)
class SyncedFolder:
    """A folder that a library is synced by; `synced` is in seconds since 1970, 0 where it never was as a whole."""

    path: Path
    synced: float = 0.0
    sentence: str = ""
    is_whole: bool = True


def looks_like_folder(word: str) -> bool:
    """Whether what was typed names a folder, and not the address of a server: by its beginning, or as it is there."""
    if "://" in word:
        return False
    if word.startswith((".", "/", "~", "\\")) or word[1:2] == ":":
        return True
    try:
        return Path(word).is_dir()
    except OSError:  # longer than any name
        return False


def remembered(library: Library) -> list[SyncedFolder]:
    """The folders, in the order in which they were set up."""
    kept = library.setting(SYNC_FOLDERS, {})
    if not isinstance(kept, dict):
        return []
    return [_folder(path, told) for path, told in kept.items() if isinstance(told, dict)]


def _folder(path: str, told: dict[str, object]) -> SyncedFolder:
    synced = told.get("synced")
    at = float(synced) if isinstance(synced, int | float) else 0.0
    return SyncedFolder(Path(path), at, clean(str(told.get("sentence", ""))), told.get("is_whole") is not False)


def known(library: Library, folder: Path) -> SyncedFolder | None:
    """What is known of a folder; None where the library is not synced by it."""
    return next((each for each in remembered(library) if each.path == folder), None)


async def remember(library: Library, folder: Path, outcome: Synced | str) -> None:
    """Keeps that a library is synced by a folder, and what came of it: an outcome, or a sentence on what failed."""
    kept = {str(each.path): each for each in remembered(library)}
    before = kept.get(str(folder), SyncedFolder(folder))
    if isinstance(outcome, str):
        now = SyncedFolder(folder, before.synced, outcome, is_whole=False)
    else:
        now = SyncedFolder(folder, time(), outcome.sentence, outcome.is_whole)
    await _keep(library, {**kept, str(folder): now})


async def forget(library: Library, folder: Path) -> None:
    """Syncs by a folder no more; what is in it, and in the library, stays."""
    await _keep(library, {str(each.path): each for each in remembered(library) if each.path != folder})


async def _keep(library: Library, folders: dict[str, SyncedFolder]) -> None:
    told = {
        path: {"synced": each.synced, "sentence": each.sentence, "is_whole": each.is_whole}
        for path, each in folders.items()
    }
    await library.set_setting(SYNC_FOLDERS, told)
