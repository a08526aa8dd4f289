"""After random acts in random order, with half files, wrong clocks and refused writes, all machines end alike."""

from __future__ import annotations

import shutil
from contextlib import AsyncExitStack
from pathlib import Path
from random import Random
from time import time

import pytest

from cache.errors import CacheError
from cache.highlight import TextRange
from cache.library import Library, open_library, open_reading
from cache.sync import folder_library
from cache.sync.folder import sync_folder
from cache.sync.folder_acts import Acts
from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.parsers.pool import SameProcess
from fetch.source import Source

pytestmark = pytest.mark.anyio
TEXT = "The tide came at noon, and the boats went out."
NUMBERS = range(8)
CLOCKS = {"one": 0.0, "two": 86_400.0, "three": -366 * 86_400.0}


def url(number: int) -> str:
    return f"https://paper.example/{number}"


def list_some(store: Store, numbers: list[int]) -> None:
    source = store.sources.add(Source("https://paper.example/feed", "feed", "The Paper"))
    for number in numbers:
        wanted = store.entries.store_teaser(source, Teaser(url(number), f"Story {number}"), 1.6e9)
        if wanted:
            article = Article(url(number), f"Story {number}", (Paragraph((Span(TEXT),)),), source="The Paper")
            store.articles.store_article(wanted.entry_id, article, 1.6e9)


async def act(library: Library, chance: Random) -> None:
    """One act of a reader's on what there is."""
    entry_id = await library.write(
        lambda store: store.connection.value("SELECT entry.id FROM entry WHERE url = ?", (url(chance.choice(NUMBERS)),))
    )
    if not entry_id:
        await library.write(lambda store: list_some(store, chance.sample(NUMBERS, 3)))
        return
    match chance.randrange(8):
        case 0 | 1:
            await library.toggle_read(entry_id)
        case 2:
            await library.save([entry_id], chance.random() < 0.5)
        case 3:
            await library.tag(entry_id, ["sea"], ["ship"])
        case 4:
            await library.tag(entry_id, ["ship"], ["sea"])
        case 5:
            await library.note(entry_id, chance.choice(["", "Mind.", "Ask."]))
        case 6:
            await library.toggle_highlight(entry_id, TextRange(TEXT, 4, 8))
        case 7:
            await library.undo()


async def sync(library: Library, shared: Path, chance: Random) -> None:
    """A sync, now and then beside a file that has arrived by half or after a write that was refused."""
    files = sorted(shared.glob("*.broadsheet-acts"))  # noqa: ASYNC240
    mine = library.setting("sync_machine", {}).get("name", "?")
    others = [path for path in files if not path.name.startswith(mine)]
    if others and chance.random() < 0.3:
        path = chance.choice(others)
        whole = path.read_bytes()
        path.write_bytes(whole[: chance.randrange(len(whole))])
        await sync_folder(library, shared)
        path.write_bytes(whole)
    elif chance.random() < 0.2:
        with pytest.MonkeyPatch.context() as patched:

            def full(self: Path, target: Path) -> Path:
                raise OSError(28, "No space left on device")

            patched.setattr(Path, "replace", full)
            try:
                await sync_folder(library, shared)
            except CacheError as error:
                assert "no space left" in str(error)  # noqa: PT017
    else:
        await sync_folder(library, shared)


async def state(library: Library) -> Acts:
    return await library.write(lambda store: folder_library.acts_of(store.connection))


@pytest.mark.parametrize("seed", range(6))
async def test_all_machines_end_alike(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance, shared = Random(seed), tmp_path / "shared"
    shared.mkdir()
    monkeypatch.setattr(Library, "parsers", property(lambda _: SameProcess()))
    with open_reading(tmp_path / "made"):
        pass
    async with AsyncExitStack() as stack:
        machines = dict[str, Library]()
        for name in CLOCKS:
            shutil.copytree(tmp_path / "made", tmp_path / name)
            machines[name] = await stack.enter_async_context(open_library(tmp_path / name))
        for _ in range(120):
            name = chance.choice(list(CLOCKS))
            ahead = CLOCKS[name]
            monkeypatch.setattr("cache.writing.time", lambda ahead=ahead: time() + ahead)
            if chance.random() < 0.25:
                await sync(machines[name], shared, chance)
            else:
                await act(machines[name], chance)
        for library in machines.values():
            await library.write(lambda store: list_some(store, list(NUMBERS)))
        for _ in range(2):
            for library in machines.values():
                await sync_folder(library, shared)
        states = [await state(library) for library in machines.values()]
        for other in states[1:]:
            assert other.flags == states[0].flags
            assert other.words == states[0].words
        for library in machines.values():
            assert (await sync_folder(library, shared)).sentence == "Nothing has changed."
