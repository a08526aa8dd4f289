"""The whole road over every saved page: add, refresh, read, related; prints the counts.

Usage: python -m tests.bench.corpus_run [HOME]

Needs ../shared; the library is made under HOME, or in a temporary folder.

Each page of the corpora is replayed at its own URL. Whatever ends otherwise than in an article or a NewsError with a
reason is a fault, and makes the exit code 1.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from cache.library import Library, open_library
from fetch.errors import NewsError
from fetch.fetcher import Fetcher
from fetch.source import Candidate, Source
from tests.replay import Replay, saved_articles

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora" / "articles"


async def run(home: Path) -> int:
    """Takes every page along the road; the number of faults."""
    pages = {}
    for folder in sorted(path for path in CORPORA.iterdir() if path.is_dir()):
        pages |= saved_articles(folder)
    counts: Counter[str] = Counter()
    fetcher = Fetcher(transport=Replay(pages))
    began = time.monotonic()
    async with open_library(home, fetcher=fetcher) as library:
        for url in pages:
            await _add(library, url, counts)
        print(f"added    {time.monotonic() - began:7.1f} s")
        async for step in library.refresh():
            counts[f"refresh: {step.step}"] += step.step in {"landed", "failed"}
            if step.step == "failed":
                counts[f"  not had: {step.reason}"] += 1
        print(f"refresh  {time.monotonic() - began:7.1f} s")
        for number in library.ids():
            await _read(library, number, counts)
        print(f"read     {time.monotonic() - began:7.1f} s")
    for what, count in sorted(counts.items()):
        print(f"{count:6d}  {what}")
    return counts["FAULT"]


async def _add(library: Library, url: str, counts: Counter[str]) -> None:
    try:
        await library.add(url, Candidate(Source(url, "page")))
        counts["added"] += 1
    except NewsError as error:
        counts[f"add: {type(error).__name__}"] += 1
        counts["FAULT"] += not str(error)


async def _read(library: Library, number: int, counts: Counter[str]) -> None:
    try:
        reading = await library.read(number)
        counts["read: full" if reading.article else "read: notice"] += 1
        counts["FAULT"] += not (reading.article or reading.notice)
        found = library.related(number)
        counts["related: some" if found else "related: none"] += 1
    except NewsError as error:
        counts[f"read: {type(error).__name__}"] += 1
        counts["FAULT"] += not str(error)


if __name__ == "__main__":
    if not CORPORA.is_dir():
        sys.exit("The corpora are not here: nothing was run.")
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(1 if asyncio.run(run(Path(sys.argv[1] if len(sys.argv) > 1 else folder))) else 0)
