"""A program that writes to a library until it is killed, and the check that nothing it acknowledged is lost.

`python tests/cache/killing.py HOME` is that program: one thread lands articles as a refresh does, one marks and saves
what has landed, one takes in a file; each says a line once a write is on disk.
"""

from __future__ import annotations

import asyncio
import json
import lzma
import os
import random
import subprocess
import sys
import threading
from collections import Counter
from functools import partial
from itertools import count
from pathlib import Path
from time import monotonic, time

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cache.db import reads  # noqa: E402
from cache.db.health import examine  # noqa: E402
from cache.library import Library, open_library, open_reading, repair_file  # noqa: E402
from cache.writes import marks  # noqa: E402
from cache.writes.store import Store  # noqa: E402
from fetch.article import Article, Paragraph, Span, Teaser  # noqa: E402
from fetch.source import Source  # noqa: E402
from tests.loopback import Loopback  # noqa: E402
from tests.newsroom import publish  # noqa: E402

KEPT = ("https://paper.example/", "https://in.example/", "broadsheet:")
"""What the addresses begin with of which none is pruned."""

takes = {"refresh": 5.0, "migration": 0.2, "repair": 0.8}
"""Seconds after which an act has ended by itself, as far as is known: a kill comes at any moment of them."""
killed_at_work = Counter[str]()
"""How many programs were killed in the middle of each act, not after its end."""

FILE = 12
"""Articles in the file that is taken in, again and again under other addresses."""


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def text_of(number: int) -> str:
    chance = random.Random(number)
    return " ".join(f"w{chance.randrange(5000)}" for _ in range(chance.randrange(20, 600)))


def land(library: Path, first: int) -> None:
    """Lands articles in batches and sorts them into stories, as a refresh does."""
    with Store(library) as store:
        source_id = store.sources.add(Source("https://paper.example/feed", "feed"))
        for number in count(first):
            with store.batch():
                teaser = Teaser(f"https://paper.example/{number}", f"Story {number}")
                wanted = store.entries.store_teaser(source_id, teaser, 1e9)
                body = (Paragraph((Span(text_of(number)),)),)
                if wanted:
                    store.articles.store_article(wanted.entry_id, Article(teaser.url, teaser.headline, body), 1e9)
            store.stories.assign_some()
            if wanted:
                say("landed", wanted.entry_id, number)


async def mark(library: Library) -> None:
    chance = random.Random()
    while True:
        if ids := library.ids(limit=200):
            chosen = chance.choice(ids)
            if not any(entry.url.startswith(KEPT) for entry in library.entries([chosen])):  # none: it was just pruned
                await asyncio.sleep(0)
                continue
            await library.mark_read([chosen])
            say("read", chosen)
            await library.save([chosen])
            say("saved", chosen)
        else:
            await asyncio.sleep(0)


async def take_in(library: Library, folder: Path, first: int) -> None:
    for round_number in count(first):
        path = folder / f"in-{first}.jsonl"
        rows = [
            {"url": f"https://in.example/{round_number}/{place}", "headline": "In", "text": text_of(place)}
            for place in range(FILE)
        ]
        path.write_text("\n".join(map(json.dumps, rows)))
        await library.import_file(path)
        say("imported", round_number)


async def prune(library: Library, first: int) -> None:
    """Lists stories of a source of which five are kept, and prunes the others."""
    source_id = await library.write(lambda store: store.sources.add(Source("https://short.example/feed", "feed")))
    await library.keep_for(source_id, count=5)
    for number in count(first):
        teasers = [Teaser(f"https://short.example/{number}/{place}", "Short") for place in range(10)]
        await library.write(partial(list_teasers, source_id=source_id, teasers=teasers))
        await library.prune()
        say("pruned", number)


def list_teasers(store: Store, source_id: int, teasers: list[Teaser]) -> None:
    store.entries.store_listing(source_id, teasers, 1e9)


async def work(home: Path, first: int) -> None:
    async with open_library(home) as library:
        threading.Thread(target=land, args=(library.path, first), daemon=True).start()
        await asyncio.gather(mark(library), take_in(library, home, first), prune(library, first))


def killed(home: Path, chance: random.Random) -> list[str]:
    """Runs the program, kills it after a random number of lines, and gives all that it said."""
    command = [sys.executable, __file__, str(home), str(chance.randrange(10**9))]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    said = [program.stdout.readline() for _ in range(chance.randint(1, 120))]
    program.kill()
    killed_at_work["landing, marking, importing, pruning"] += 1
    said += program.stdout.readlines()
    program.stdout.close()
    program.wait()
    return [line for line in said if line.endswith("\n")]


def killed_together(home: Path, programs: int, seconds: float, chance: random.Random) -> list[str]:
    """Runs several of the programs on one library, kills them after so many seconds, and gives all that they said."""
    commands = ([sys.executable, __file__, str(home), str(chance.randrange(10**9))] for _ in range(programs))
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for command in commands]
    said: list[str] = []
    threads = [threading.Thread(target=said.extend, args=(program.stdout,)) for program in running]
    for thread in threads:
        thread.start()
    threads[0].join(seconds)  # none ends by itself
    for program in running:
        program.kill()
    for thread, program in zip(threads, running, strict=True):
        thread.join()
        assert program.stdout is not None
        program.stdout.close()
        program.wait()
    return [line for line in said if line.endswith("\n")]


def killed_upgrade(home: Path, chance: random.Random) -> None:
    """Kills a program that starts on a library of the first format, which must be of that or of today's after it."""
    home.mkdir()
    path = home / "library.db"
    path.write_bytes(lzma.decompress((Path(__file__).parent / "db/formats/1.db.xz").read_bytes()))
    kill_soon("migration", "from cache.library import open_reading\nwith open_reading(sys.argv[1]): pass", home, chance)
    with open_reading(home) as library:
        assert library.count() == 5
        assert library.count("is:saved") == 2
        assert all(finding.ok for finding in library.doctor() if finding.name != "room")


def killed_repair(home: Path, chance: random.Random) -> None:
    """Kills the repair of a library with a broken text, which must be what it was or the whole new one after it."""
    with open_reading(home) as library:
        total = library.count()
    path = home / "library.db"
    with Store(path) as store:
        store.connection.run("UPDATE article SET packed = x'01ffff' WHERE id = 1")
    before = path.read_bytes()
    script = "from cache.library import repair_file\nrepair_file(Path(sys.argv[1]) / 'library.db')"
    kill_soon("repair", script, home, chance)
    assert path.read_bytes() == before or all(finding.ok for finding in examine(path) if finding.name != "room")
    assert all(finding.ok for finding in repair_file(path) if finding.name not in ("room", "lost"))
    with open_reading(home) as library:
        assert library.count() == total
    for kept in home.glob("library-damaged-*.db"):
        assert kept.read_bytes() == before
        kept.unlink()


REFRESHES = """
import asyncio
from cache.library import open_library
async def refresh():
    async with open_library(Path(sys.argv[1])) as library:
        async for progress in library.refresh(force=True, apart=False):
            if progress.step == "landed" and progress.url.startswith("http"):
                print("fetched", progress.entry_id, flush=True)
asyncio.run(refresh())
"""


def killed_refresh(home: Path, chance: random.Random) -> list[str]:
    """Kills a refresh of twenty stories, and gives what it said had landed; the next refresh has the rest."""
    with Loopback() as site:
        publish(site, *(f"story-{chance.randrange(10**9)}" for _ in range(20)))
        with Store(home / "library.db") as store:
            source_id = store.sources.add(Source(site.url("/feed"), "feed"))
        said = kill_soon("refresh", REFRESHES, home, chance)
        with Store(home / "library.db") as store:
            marks.remove_source(store.connection, source_id, time())
    return said


def kill_soon(act: str, script: str, home: Path, chance: random.Random) -> list[str]:
    """Runs a program and kills it at a random moment after it has begun, if it has not ended; what it said."""
    script = f"import sys; from pathlib import Path\nimport cache.library\nprint(flush=True)\n{script}"
    command = [sys.executable, "-c", script, str(home)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    assert program.stdout is not None
    program.stdout.readline()
    begun = monotonic()
    try:
        program.wait(chance.random() * takes[act])
        takes[act] = monotonic() - begun
    except subprocess.TimeoutExpired:
        program.kill()
        killed_at_work[act] += 1
    said, wrong = program.communicate()
    assert wrong == ""
    return [line for line in said.splitlines(keepends=True) if line.endswith("\n")]


def check(home: Path, said: list[str]) -> None:
    """The library opens, is sound, and holds everything that was said."""
    with Store(home / "library.db") as store:
        assert store.connection.value("PRAGMA integrity_check") == "ok"
        for name in ("text_index", "headline_index"):
            store.connection.run(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
        wrong = store.connection.value("SELECT (SELECT total(total) FROM tally) <> (SELECT count(*) FROM shelf)")
        assert not wrong
        for line in said:
            assert holds(store, *line.split()), f"{line.strip()} was acknowledged, and is lost"


def holds(store: Store, what: str, number: str, story: str = "") -> bool:
    if what == "landed":
        article = reads.article_at(store.connection, int(number))
        return article is not None and article.text == text_of(int(story))
    if what == "pruned":
        return True  # whatever is gone, the library is sound
    if what == "imported":
        return all(reads.find_any(store.connection, f"https://in.example/{number}/{place}") for place in range(FILE))
    if what == "fetched":
        return bool(store.connection.value("SELECT 1 FROM entry WHERE id = ? AND offline = 1", (int(number),)))
    column = {"read": "read = 1", "saved": "saved IS NOT NULL"}[what]
    return bool(store.connection.value(f"SELECT 1 FROM shelf WHERE id = ? AND {column}", (int(number),)))


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1]), int(sys.argv[2])))
