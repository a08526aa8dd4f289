"""A library is its reader's alone: its folder 0700, its files 0600, whatever the umask."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from cache.paths import SECRETS_FILE

FOLDER = 0o700
FILE = 0o600
_OTHERS = 0o077
_SHARED_FOLDER = stat.S_ISVTX | stat.S_ISGID


def make_folder(folder: Path) -> None:
    """Makes a folder, and those above it that are missing, for the reader alone; raises OSError."""
    if not folder.parent.exists():
        make_folder(folder.parent)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(FOLDER)
        folder.chmod(FOLDER)  # the umask may have taken from the reader, too
    if not folder.is_dir():
        raise NotADirectoryError(20, "a file stands in its place", str(folder))


def make_file(path: Path) -> bool:
    """Makes an empty file for the reader alone, where there is none; whether it did. Raises OSError."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE)
    except FileExistsError:
        return False
    with contextlib.suppress(OSError):  # no such rights on this kind of disk
        path.chmod(FILE)  # the umask may have taken from the reader, too
    os.close(descriptor)
    return True


def tighten(path: Path) -> None:
    """Takes a library and what belongs to it out of others' reach, if an earlier version left it there.

    The folder is only touched if nothing but libraries of ours is in it: one that holds other things, such as the
    reader's home, is the reader's to arrange.
    """
    with contextlib.suppress(OSError):
        if _is_open_to_others(path):
            for each in (path, *_belongings(path)):
                if _is_open_to_others(each):
                    each.chmod(FOLDER if each.is_dir() else FILE)
        if _is_open_to_others(path.parent) and _is_ours_alone(path):
            path.parent.chmod(FOLDER)


def _is_open_to_others(path: Path) -> bool:
    """Whether others may reach what belongs to this user."""
    found = path.lstat()
    mine = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return mine and not stat.S_ISLNK(found.st_mode) and bool(found.st_mode & _OTHERS)


def _belongings(path: Path) -> list[Path]:
    return [each for each in path.parent.iterdir() if each != path and belongs(each.name, path)]


def belongs(name: str, path: Path) -> bool:
    """Whether a file of this name is ours: the library, its log and locks, a copy that was kept of it, the secrets."""
    copies = tuple(f"{path.stem}-{kind}-" for kind in ("before", "damaged", "repair"))
    return name in (path.name, SECRETS_FILE) or name.startswith((f"{path.name}-", *copies))


def _is_ours_alone(path: Path) -> bool:
    folder = path.parent
    if folder.stat().st_mode & _SHARED_FOLDER or str(folder) == os.path.expanduser("~"):
        return False
    with os.scandir(folder) as beside:
        return all(belongs(each.name, path) for each in beside)


def sync(path: Path) -> None:
    """Has what was written to a file on the disk, and its name in the folder; raises OSError."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Has the names in a folder on the disk, where the system lets a folder be synced."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
