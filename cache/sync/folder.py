"""Sync by a folder that several machines share, without any server: a synchronised folder, a share, a stick.

Each library writes one pack of acts into it, by its own name, and reads those of the others; of two acts on one thing
the newest wins. Nobody waits for anybody: a file is never changed by two, takes its place when it is whole, and says
all that its writer has to say, so that it does not matter who syncs when, how often, or after which year. What speaks
of articles that are not here yet waits in the others' files, which are read again once there are more.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any, NamedTuple

from cache.db.connection import Connection
from cache.errors import CacheError
from cache.exporting import counted, replacing
from cache.sync import folder_file, folder_library, folder_machine, folder_sources, folder_texts
from cache.sync.folder_acts import Acts, newer, newest, own_part
from cache.sync.folder_machine import ACTS, TEXTS, Machine
from cache.sync.outcome import Synced
from fetch.errors import NewsError

if TYPE_CHECKING:
    from cache.library import Library
    from cache.sync.folder_sources import SourceChanges

_SEEN = "sync_seen"
_SETTLED = 3.0
"""Seconds after which a file that is written again has another time, on any file system."""
_MOST_NAMED = 3


@dataclass(slots=True)
class _Folder:
    """What lies in a folder: its packs of acts, the own one apart, and a sentence on each that waits."""

    others: list[Acts] = field(default_factory=list)
    own: Acts = field(default_factory=Acts)
    waits: list[str] = field(default_factory=list)


class _Taken(NamedTuple):
    """What was taken over of others."""

    acts: int
    articles: int
    sources: SourceChanges


async def sync_folder(library: Library, folder: Path, *, articles: bool = True) -> Synced:
    """Makes a library one with those that share a folder; raises CacheError where that cannot be.

    `articles`: what the reader keeps is written into the folder with its text; what others have written is taken in.
    """
    from asyncio import to_thread

    with _telling(folder, "read"):
        seen = await to_thread(_files_of, folder)
    before = await to_thread(_state_of, library.path)
    if _is_as_it_was(library, folder, seen, before):
        return _outcome(_Taken(0, 0, folder_sources.SourceChanges()), 0, len(seen), [])
    machine, was_copied = await _machine(library, folder)
    with _telling(folder, "read"):
        held = await _read(library, folder, machine, seen)
    taken = await _take(library, folder, held)
    with _telling(folder, "written"):
        written = await _write(library, folder, machine, held, taken.sources, articles=articles)
    if was_copied:
        held.waits.append(f"This library is a copy of one that syncs here, and goes by the name {machine.name} now.")
    if not held.waits:
        await _remember(library, folder)
    others = sum(name.endswith(ACTS) and name != machine.acts_file for name in seen)
    return _outcome(taken, written, others + 1, held.waits)


@contextmanager
def _telling(folder: Path, done: str) -> Iterator[None]:
    """Tells in a sentence why a folder cannot be read or written."""
    try:
        yield
    except FileNotFoundError as error:
        raise CacheError(f"{folder} is not there: is it mounted, and its name right?") from error
    except NotADirectoryError as error:
        raise CacheError(f"{folder} is no folder.") from error
    except OSError as error:
        raise CacheError(f"{folder} cannot be {done}: {(error.strerror or str(error)).lower()}.") from error


_Seen = dict[str, list[int]]
"""File → its size, when it was written, and its number."""


def _files_of(folder: Path) -> _Seen:
    """The packs in a folder; raises OSError. What is hidden is half of something, and what is no file none of ours."""
    found = _Seen()
    for path in folder.iterdir():
        if path.name.endswith((ACTS, TEXTS)) and not path.name.startswith((".", "~")):
            try:
                facts = path.stat()
            except FileNotFoundError:  # it was removed, or given its name, just now
                continue
            if stat.S_ISREG(facts.st_mode):
                found[path.name] = [facts.st_size, facts.st_mtime_ns, facts.st_ino]
    return found


def _state_of(library: Path) -> str:
    with Connection(library, reading=True) as connection:
        return folder_library.state_of(connection).hex()


def _is_as_it_was(library: Library, folder: Path, seen: _Seen, state: str) -> bool:
    """Whether nothing has changed since the last sync, neither in the folder nor here."""
    kept: Any = library.setting(_SEEN, {})
    return isinstance(kept, dict) and kept.get(str(folder)) == {"files": seen, "state": state}


async def _remember(library: Library, folder: Path) -> None:
    """Remembers how all is, unless a file is so new that it might change again within the same tick of its clock."""
    from asyncio import to_thread

    with _telling(folder, "read"):
        seen = await to_thread(_files_of, folder)
    if any(time() - written / 1e9 < _SETTLED for _, written, _ in seen.values()):
        return
    kept: Any = library.setting(_SEEN, {})
    state = await to_thread(_state_of, library.path)
    others = kept if isinstance(kept, dict) else {}
    await library.set_setting(_SEEN, {**others, str(folder): {"files": seen, "state": state}})


async def _machine(library: Library, folder: Path) -> tuple[Machine, bool]:
    """The name of this library, and whether it has another than before, as its file is somebody else's."""
    from asyncio import to_thread

    machine = await library.write(lambda store: folder_machine.machine_of(store.connection))
    with _telling(folder, "read"):
        content = await to_thread(_content, folder / machine.acts_file)
    if content is None or machine.wrote(content) or not await _is_whole(library, folder / machine.acts_file):
        return machine, False
    return await library.write(lambda store: folder_machine.renamed(store.connection)), True


async def _is_whole(library: Library, path: Path) -> bool:
    """Whether a file is a whole pack of acts; what is damaged in the place of ours is written again."""
    try:
        read = await library.parsers.run(str(path), partial(folder_file.read, path))
    except NewsError:
        return False
    return read.acts is not None


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


async def _read(library: Library, folder: Path, machine: Machine, seen: _Seen) -> _Folder:
    """Reads the packs of acts, each in a process apart."""
    held = _Folder()
    for name, (size, *_) in sorted(seen.items()):
        if not name.endswith(ACTS):
            continue
        if size > folder_file.MOST_ACTS_BYTES:
            held.waits.append(f"{name} is larger than any pack of acts, and is left alone.")
            continue
        try:
            read = await library.parsers.run(str(folder / name), partial(folder_file.read, folder / name))
        except NewsError as error:
            held.waits.append(str(error))
            continue
        except OSError as error:
            held.waits.append(f"{name} cannot be read: {(error.strerror or str(error)).lower()}.")
            continue
        if name == machine.acts_file:
            held.own = read.acts or Acts()
        elif read.acts is None:
            held.waits.append(f"{name} has not arrived whole yet; it is read next time.")
        else:
            held.others.append(read.acts)
    return held


async def _take(library: Library, folder: Path, held: _Folder) -> _Taken:
    """Takes over what is newer than what is known here."""
    from asyncio import to_thread

    others = newest(held.others)
    sources = await library.write(lambda store: folder_sources.exchange(store, others.words, time()))
    wanted = await to_thread(_wanted, library.path, held.others)
    articles, waits = await folder_texts.take_texts(library, folder, wanted)
    held.waits += waits
    waiting: Sequence[folder_library.KnownAct] = await to_thread(_fresh, library.path, others)
    acts = 0
    while waiting:
        some = await library.write(partial(folder_library.take_some, waiting=waiting))
        waiting, acts = waiting[len(some) :], acts + sum(some)
    return _Taken(acts, articles, sources)


def _wanted(library: Path, others: Sequence[Acts]) -> dict[str, set[int]]:
    with Connection(library, reading=True) as connection:
        return folder_texts.wanted_texts(connection, others)


def _fresh(library: Path, others: Acts) -> list[folder_library.KnownAct]:
    with Connection(library, reading=True) as connection:
        return folder_library.known_acts(connection, newer(others, folder_library.acts_of(connection)), others)


async def _write(
    library: Library, folder: Path, machine: Machine, held: _Folder, sources: SourceChanges, *, articles: bool
) -> int:
    """Writes what this library has to say, where that is otherwise than it was; how many acts, 0 for nothing new."""
    from asyncio import to_thread

    here, kept = await to_thread(_here, library.path)
    here.words.update(sources.words)
    own = own_part(here, newest(held.others), held.own)
    if articles:
        staying, fresh = folder_texts.to_write(kept, held.own.texts, held.others)
        named = {name: kept[name] for name in fresh}
        own.texts.update(await folder_texts.write_texts(library, folder, machine, staying, named))
    content = folder_file.content_of(own)
    if content == folder_file.content_of(held.own) and (content == [] or (folder / machine.acts_file).exists()):
        return 0
    await _write_acts(library, folder, machine, content)
    await to_thread(folder_texts.remove_texts, folder, held.own.texts.keys() - own.texts.keys())
    return len(newer(own, held.own))


def _here(library: Path) -> tuple[Acts, dict[int, tuple[int, int]]]:
    with Connection(library, reading=True) as connection:
        return folder_library.acts_of(connection), folder_library.kept_of(connection)


async def _write_acts(library: Library, folder: Path, machine: Machine, content: Sequence[bytes]) -> None:
    """Writes the pack of acts, whose digest is noted before it has its place."""
    from asyncio import to_thread

    with replacing(folder / machine.acts_file) as part:
        await to_thread(folder_file.write, part, machine.id, content)
        whole = await to_thread(part.read_bytes)
        await library.write(lambda store: folder_machine.about_to_write(store.connection, machine, whole))


def _outcome(taken: _Taken, written: int, machines: int, waits: Sequence[str]) -> Synced:
    """What is told of a sync."""
    added, removed = taken.sources.added, taken.sources.removed
    parts = [f"{counted(taken.acts, 'mark')} taken over"] if taken.acts else []
    parts += [f"{counted(taken.articles, 'article')} taken in"] if taken.articles else []
    parts += [f"{counted(len(added), 'source')} added"] if added else []
    parts += [f"{counted(written, 'mark')} written"] if written else []
    sentence = f"{'; '.join(parts)}." if parts else "Nothing has changed."
    gone = [f"{name} was removed on another machine, and here; what you keep of it stays." for name in removed]
    more = [f"And so were {len(gone) - _MOST_NAMED:,} more sources."] if len(gone) > _MOST_NAMED else []
    counts = {
        "marks": taken.acts,
        "articles": taken.articles,
        "added": len(added),
        "removed": len(removed),
        "written": written,
        "machines": machines,
    }
    lines = [sentence[:1].upper() + sentence[1:], *gone[:_MOST_NAMED], *more, *waits]
    return Synced("\n".join(lines), not waits, counts)
