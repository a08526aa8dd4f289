"""The articles that a reader keeps, in a folder that several machines share: packs, each written once.

What is saved, queued, tagged, noted or highlighted goes along, so that it is there where it was never fetched. What is
kept since the last sync makes one more pack, and of many small ones one is made; an article that lies in another's
packs already is not written again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cache.db.rows import address_key
from cache.formats.exchanged_articles import NotArrived
from cache.formats.taking_in import articles_in
from cache.importing import PATIENT
from cache.sync.folder_library import wholeness
from cache.writes.exchanged import Exchanged, Merging
from fetch.errors import NewsError

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.formats.exchanged_articles import Incoming
    from cache.library import Library
    from cache.sync.folder_acts import Acts
    from cache.sync.folder_machine import Machine

_MOST_FILES = 8
"""Packs of one machine; of as many, one is made."""
Texts = dict[str, dict[int, int]]
"""File → the articles in it that are kept, by their names → how whole they are."""


def wanted_texts(connection: Connection, others: Iterable[Acts]) -> dict[str, set[int]]:
    """What of others' articles is not here, or less whole: in which file each lies, the most whole one."""
    best = dict[int, tuple[int, str]]()
    for acts in others:
        for file, held in acts.texts.items():
            for name, whole in held.items():
                best[name] = max(best.get(name, (-1, "")), (whole, file))
    here = wholeness(connection, list(best))
    wanted = dict[str, set[int]]()
    for name, (whole, file) in best.items():
        if whole > here.get(name, -1):
            wanted.setdefault(file, set()).add(name)
    return wanted


async def take_texts(library: Library, folder: Path, wanted: Mapping[str, set[int]]) -> tuple[int, list[str]]:
    """Takes the wanted articles in; how many, and a sentence on each file that is missing or not whole yet."""
    taken, waits = 0, list[str]()
    for file, names in sorted(wanted.items()):
        if Path(file).name != file:
            continue
        try:
            number, is_whole = await _take_file(library, folder / file, names)
        except (NewsError, OSError):
            number, is_whole = 0, False
        taken += number
        if not is_whole:
            waits.append(f"{file} has not arrived whole yet; what is missing of it is read next time.")
    return taken, waits


async def _take_file(library: Library, path: Path, names: set[int]) -> tuple[int, bool]:
    is_whole, taken = True, 0
    merging = Merging(len(names), marks=False)
    async with aclosing(library.parsers.stream(str(path), partial(articles_in, "pack", path), PATIENT)) as coming:
        async for some in coming:
            is_whole = is_whole and not any(isinstance(each, NotArrived) for each in some)
            whole = [each for each in some if not isinstance(each, NotArrived)]
            taken += await _land(library, merging, [each for each in whole if address_key(each.entry.url) in names])
    return taken, is_whole


async def _land(library: Library, merging: Merging, articles: Sequence[Incoming]) -> int:
    from asyncio import to_thread

    coming = await to_thread(_prepared, articles)
    landed = len(coming)
    while coming:
        merged = await library.write(partial(merging.some, waiting=coming))
        landed -= sum(landing == "away" for landing, _ in merged)
        coming = coming[len(merged) :]
    return landed


def _prepared(articles: Sequence[Incoming]) -> list[Exchanged]:
    return [Exchanged(each.entry, each.article, each.facts, each.highlights).prepared() for each in articles]


def to_write(kept: Mapping[int, tuple[int, int]], before: Texts, others: Iterable[Acts]) -> tuple[Texts, set[int]]:
    """The packs that stay as they are, with what of them is kept still, and what is to be written anew."""
    held = {name: whole for acts in others for articles in acts.texts.values() for name, whole in articles.items()}
    staying = {
        file: still
        for file, articles in before.items()
        if (still := {name: whole for name, whole in articles.items() if name in kept and kept[name][1] <= whole})
    }
    own = {name for articles in staying.values() for name in articles}
    fresh = {name for name, (_, whole) in kept.items() if name not in own and whole > held.get(name, -1)}
    if (fresh and len(staying) >= _MOST_FILES - 1) or _mostly_let_go(before, staying):
        return {}, fresh | own
    return staying, fresh


def _mostly_let_go(before: Texts, staying: Texts) -> bool:
    """Whether less than half of what the packs hold is kept still."""
    return 0 < 2 * sum(map(len, staying.values())) < sum(map(len, before.values()))


async def write_texts(
    library: Library, folder: Path, machine: Machine, staying: Texts, fresh: Mapping[int, tuple[int, int]]
) -> Texts:
    """Writes the articles that are to be written as one more pack; all packs of this machine, with what is in them."""
    from asyncio import to_thread

    if not fresh:
        return staying
    taken = await to_thread(_names_in, folder)
    number = next(each for each in range(1, len(taken) + 2) if machine.texts_file(each) not in taken)
    file = machine.texts_file(number)
    ids = [entry_id for entry_id, _ in fresh.values()]
    await library.export("pack", folder / file, ids=ids)
    return {**staying, file: {name: whole for name, (_, whole) in fresh.items()}}


def _names_in(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def remove_texts(folder: Path, files: Iterable[str]) -> None:
    """Removes packs of this machine that nothing names any more; one that cannot be removed stays."""
    from contextlib import suppress

    for file in files:
        with suppress(OSError):
            (folder / file).unlink(missing_ok=True)
