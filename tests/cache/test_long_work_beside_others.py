"""Taking in a large file, or making room: nobody else waits for it, and an import that was stopped goes on."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from time import time

import pytest

from cache.library import Library, open_library
from cache.paths import places
from cache.writes import marks, retention
from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.source import Source
from tests.cache import marking

pytestmark = [pytest.mark.anyio, pytest.mark.once]

ARTICLES = 300
MOST = 0.05  # seconds that 95 of 100 marks take at most, on a machine that does nothing else
PASSES = 4  # on a machine that does other things, too; the best of them counts


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path, ARTICLES)


def written(folder: Path, number: int) -> Path:
    """A file of so many articles of some 480 words."""
    path, chance = folder / "in.jsonl", random.Random(number)
    with path.open("w") as lines:
        for at in range(number):
            words = [f"w{min(int(chance.paretovariate(0.6)), 30_000)}" for _ in range(480)]
            article = {"url": f"https://in.example/{at}", "headline": f"Story {at}", "text": " ".join(words)}
            lines.write(json.dumps(article) + "\n")
    return path


def seconds_beside(home: Path, work: Callable[[], object]) -> list[float]:
    """How long each mark of another program took during some work, in order of length."""
    program = subprocess.Popen([sys.executable, marking.__file__, str(home)], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    try:
        list(islice(program.stdout, 5))
        work()
    finally:
        program.kill()
    told = [float(line) for line in program.stdout.readlines() if line.endswith("\n")]
    program.stdout.close()
    program.wait()
    return sorted(told)


def most(home: Path) -> float:
    """The bound on this machine as it is now: where marks wait beside a program that only counts, it is wider."""
    bare = seconds_beside(home, lambda: sum(range(30_000_000)))
    return max(MOST, 5 * bare[int(len(bare) * 0.95)])


async def taken_in(home: Path, file: Path) -> str:
    async with open_library(home) as library:
        return (await library.import_file(file)).sentence


class LongWork:
    """Work on a library that takes a second or so, with what must be there before it."""

    def __init__(self, home: Path, file: Path) -> None:
        self.home, self.file = home, file
        self.store: Store

    def importing(self) -> None:
        asyncio.run(taken_in(self.home, self.file))

    def sorting(self) -> None:
        self.store.stories.assign_all()

    def landing(self) -> None:
        """Keeps articles as a refresh does, which came faster than they are kept."""
        source_id = self.store.sources.add(Source("https://paper.example/feed", "feed"))
        deque(self.store.connection.in_batches(range(ARTICLES), partial(self._land, source_id)), 0)

    def _land(self, source_id: int, number: int) -> None:
        text = " ".join(f"w{number * 31 + place * 7 % 997}" for place in range(480))
        article = Article(f"https://paper.example/{number}", f"Story {number}", (Paragraph((Span(text),)),))
        wanted = self.store.entries.store_teaser(source_id, Teaser(article.url, article.headline), time())
        assert wanted is not None
        self.store.articles.store_article(wanted.entry_id, article, time())

    def pruning(self) -> None:
        rows = self.store.connection.rows("SELECT id FROM entry WHERE url LIKE 'https://in.example/%'")
        marks.throw_away(self.store.connection, [row[0] for row in rows], 0.0)
        retention.prune(self.store, time())
        left = self.store.connection.value("SELECT count(*) FROM entry WHERE url LIKE 'https://in.example/%'")
        assert left == 0


@pytest.mark.wall_clock
@pytest.mark.parametrize("kind", ["importing", "sorting", "landing", "pruning"])
def test_a_mark_of_another_program_waits_for_a_moment_only(tmp_path: Path, file: Path, kind: str) -> None:
    waits: list[float] = []
    for at in range(PASSES):
        work = LongWork(tmp_path / str(at), file)
        if kind != "importing":
            work.importing()
        with Store(places(work.home).library) as work.store:
            if kind == "sorting":  # which an import has done
                work.store.connection.run("UPDATE reports SET story = 0, nearest = x''")
            seconds = seconds_beside(work.home, getattr(work, kind))
        assert len(seconds) > 4
        assert seconds[-1] < 1
        waits.append(seconds[int(len(seconds) * 0.95)])
        if min(waits) < MOST:
            break
    assert min(waits) < most(work.home)


async def test_an_import_that_is_stopped_goes_on_the_next_time(tmp_path: Path, file: Path) -> None:
    async with open_library(tmp_path / "home") as library:
        before = library.count()
        await stopped(library, file)
        landed = library.count() - before
        assert 0 < landed < ARTICLES
        again = await library.import_file(file)
        assert again.count == ARTICLES - landed
        assert again.sentence.endswith(f"; {landed:,} were there already.")
        assert library.count() == before + ARTICLES


async def stopped(library: Library, file: Path) -> None:
    """Begins to take the file in, and stops once some of it is on disk."""
    before = library.count()
    taking = asyncio.ensure_future(library.import_file(file))
    while library.count() == before:
        await library.write(lambda store: None)
    taking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taking
    await library.write(lambda store: None)  # what was under way is finished


async def test_a_mark_in_the_same_program_has_its_turn_between_two_batches(tmp_path: Path, file: Path) -> None:
    async with open_library(tmp_path / "home") as library:
        entry_id, before = library.ids()[0], library.count()
        taking = asyncio.ensure_future(library.import_file(file))
        while library.count() == before:
            await library.save([entry_id])
        assert not taking.done()
        assert library.entry(entry_id).saved
        await taking


async def test_what_the_reader_decided_is_not_overridden_by_a_file(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    row = {
        "url": "https://in.example/1",
        "headline": "One",
        "text": "Words.",
        "read": True,
        "saved": True,
        "note": "theirs",
    }
    path.write_text(json.dumps(row))
    async with open_library(tmp_path / "home") as library:
        await library.import_file(path)
        entry = library.entry(row["url"])
        assert (entry.read, entry.saved, library.note_of(entry.id)) == (True, True, "theirs")
        await library.mark_read([entry.id], False)
        await library.save([entry.id], False)
        await library.note(entry.id, "")
        await library.import_file(path)
        entry = library.entry(row["url"])
        assert (entry.read, entry.saved, library.note_of(entry.id)) == (False, False, "")
