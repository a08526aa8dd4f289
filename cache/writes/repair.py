"""Repairs a damaged library: what can be read goes into a new file beside it, which takes its place in one step."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from cache.db import locks, opening, permissions
from cache.db.health import LOST, SEARCH, Finding, examine
from cache.db.sqlite_errors import raising_cache_errors
from cache.errors import CacheError, DiskFull, LibraryBusy, LibraryDamaged
from cache.search.index_levels import drop_empty_levels
from cache.writes.losses import Salvage
from cache.writes.recovery import salvage
from cache.writes.store import Store

TIME_FOR_OTHERS_TO_FINISH = 10.0
"""Seconds a repair waits for a program that has left the library and is folding its log in."""
_SPARE = 1_000_000
"""Bytes of free disk, beside what the new file may need, below which a repair does not begin."""


def repair(path: Path) -> list[Finding]:
    """What was found, and what came of it; a library that is not damaged is left alone.

    The library is what it was or the whole new one, whatever happens: the damaged file stays under another name.
    """
    findings = examine(path)
    if not _damaged(findings):
        return findings
    path = Path(os.path.realpath(path))
    try:
        with locks.repair_lock(path) as ours, locks.file_lock(path, TIME_FOR_OTHERS_TO_FINISH * ours) as alone:
            if not (ours and alone):
                raise LibraryBusy(_under_repair(path))
            findings = examine(path)
            if not _damaged(findings):  # another program was faster
                return findings
            if {each.name for each in findings if each.damaged} == {SEARCH}:
                for index in ("text_index", "headline_index"):
                    drop_empty_levels(path, index)
                if not _damaged(in_order := examine(path)):
                    return [*in_order, Finding("repair", True, "The search was put in order; nothing was lost.")]
            saved = _repair(path)
    except CacheError as error:
        return [*findings, Finding("repair", False, str(error))]
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        return [*findings, Finding("repair", False, f"The library cannot be repaired: {why}; nothing was changed.")]
    return [*examine(path), Finding("repair" if saved.whole else "lost", saved.whole, saved.sentence)]


def _damaged(findings: list[Finding]) -> bool:
    return any(finding.damaged for finding in findings)


def _under_repair(path: Path) -> str:
    by = locks.repairing(path) or "unknown"
    return f"Another program ({by}) is repairing the library; nothing was changed by this one."


def _repair(path: Path) -> Salvage:
    """Repairs a damaged library that nobody else has open; what was saved."""
    _require_alone(path)
    _remove_unfinished(path)
    _fold(path)
    _require_space(path)
    beside = path.with_name(f"{path.stem}-repair-{os.getpid()}-{os.urandom(4).hex()}{path.suffix}")
    try:
        kept = _name_for_damaged(path)
        saved = _build(path, beside)
        sentence = f"{saved.sentence} The damaged file is kept as {kept.name}."
        _note(beside, "notice", f"{saved.fact} {sentence}")
        if not saved.whole:
            _note(beside, f"{LOST}{kept.name}", saved.sentence)
        _swap(path, beside, kept)
    finally:
        _remove_unfinished(path)
    return Salvage(saved.whole, sentence)


def _require_alone(path: Path) -> None:
    if locks.is_open_here(path):
        raise LibraryBusy("This program has the library open; nothing was changed.")
    if open_in := locks.others(path, 2 * locks.PAUSE):
        programs = "program " + open_in[0] if len(open_in) == 1 else "programs " + ", ".join(open_in)
        raise LibraryBusy(f"The library is open in {programs}; leave it there, then repair. Nothing was changed.")


def _fold(path: Path) -> None:
    """Folds the log, which may hold the last things written, into the damaged file, as far as SQLite can read it."""
    try:
        with closing(opening.connect(path, "?mode=rw")) as old:
            old.execute("PRAGMA busy_timeout = 0")
            old.execute("PRAGMA writable_schema = ON")  # else a file cut short is refused as a whole
            old.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            with raising_cache_errors(path):
                old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except (sqlite3.DatabaseError, LibraryDamaged):
        return  # the log goes with the damaged file
    if path.with_name(f"{path.name}-wal").exists():
        raise LibraryBusy("Another program has the library open; leave it there, then repair. Nothing was changed.")


def _require_space(path: Path) -> None:
    """Raises DiskFull where the new file, and what it is built of, might not find room."""
    size = path.stat().st_size
    needed, free = 2 * size + size // 4 + _SPARE, shutil.disk_usage(path.parent).free
    if free < needed:
        raise DiskFull(
            f"A repair of {path.name} needs {needed / 1e6:,.1f} MB of disk, and {free / 1e6:,.1f} MB are free; nothing"
            " was changed."
        )


def _build(path: Path, beside: Path) -> Salvage:
    """Makes the new file, sound and on the disk; what was saved."""
    with Store(beside) as new:
        # It is thrown away unless it is whole: neither log nor syncs are needed before its end.
        new.connection.rows("PRAGMA journal_mode = MEMORY")
        new.connection.rows("PRAGMA synchronous = OFF")
        saved = salvage(path, new)
        if new.connection.value("PRAGMA integrity_check(1)") != "ok":
            raise LibraryDamaged("What was saved of the library is not sound; nothing was changed.")
    return saved


def _note(beside: Path, name: str, sentence: str) -> None:
    """Has the reader told: a `notice` at the next start, what was lost before its only whole copy is deleted."""
    with Store(beside) as new:
        new.connection.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, json_quote(?))", (name, sentence))
    permissions.sync(beside)


def _swap(path: Path, beside: Path, kept: Path) -> None:
    """Puts the new file in the damaged one's place; that keeps its content under another name."""
    try:
        if not kept.exists():
            os.link(path, kept)
    except OSError:  # no such links on this kind of disk
        shutil.copyfile(path, kept)
        permissions.sync(kept)
    log = path.with_name(f"{path.name}-wal")
    if log.exists():  # SQLite could not read it with the damaged file, and must not take it for the new one's
        log.replace(kept.with_name(f"{kept.name}-wal"))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    permissions.sync_folder(path.parent)
    beside.replace(path)
    permissions.sync_folder(path.parent)
    with contextlib.suppress(OSError):
        kept.chmod(permissions.FILE)


def _name_for_damaged(path: Path) -> Path:
    """A name nothing has yet; or that of the damaged file itself, where a repair was killed just before its end."""
    for each in sorted(path.parent.glob(f"{path.stem}-damaged-*{path.suffix}")):
        if each.samefile(path):
            return each
    at = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    for number in range(1, 1000):
        again = f"-{number}" if number > 1 else ""
        kept = path.with_name(f"{path.stem}-damaged-{at}{again}{path.suffix}")
        if not kept.exists():
            return kept
    raise LibraryBusy("Too many repairs in one second; try again.")


def _remove_unfinished(path: Path) -> None:
    """Removes what this repair, or one that was killed, was building."""
    for left in path.parent.glob(f"{path.stem}-repair-*"):
        with contextlib.suppress(OSError):
            left.unlink()
