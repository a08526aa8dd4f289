"""Times the library at several sizes: `python tests/bench/library.py DIR`, where library_build.py left its libraries.

Times are milliseconds on the calling thread, as the screen waits for them: the median and the 95th percentile of many
runs, each with another word or place.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cache.front_page import FrontWishes  # noqa: E402
from cache.library import Library, open_reading  # noqa: E402

SCREEN = 50
"""Rows a list asks for at once."""

TYPED = """
harbour president election security minister trump clinton syria russia police court army storm women study company
carrier attack market oil climate health school network border united nations said people the brexit korea missile
turkey google apple football music museum jobs tax budget immigration campaign debate kongsberg okinawa qwertz
"""
PHRASES = ['"white house"', '"prime minister"', "state department", "climate change -trump", "author:michael storm"]
FILTERS = ["is:unread", "is:saved", "is:full", "is:failed", "is:teaser", "source:3", "source:3 is:unread", "since:7d"]
FILTERS += ["lang:en", "is:unread source:cnn", "tag:later", "-is:unread"]


def timed(calls: Iterator[Callable[[], object]]) -> list[float]:
    """Milliseconds of each call."""
    times = []
    for call in calls:
        start = perf_counter()
        call()
        times.append((perf_counter() - start) * 1000)
    return times


def first_screen(library: Library, query: str = "", *, typing: bool = False) -> Callable[[], object]:
    return lambda: library.entries(library.ids(query, limit=SCREEN, typing=typing, hurried=True))


def keystrokes() -> Iterator[str]:
    """Every state of the search box while each word is typed."""
    for word in TYPED.split():
        for end in range(1, len(word) + 1):
            yield word[:end]


def measures(library: Library) -> Iterator[tuple[str, list[float]]]:
    total = library.count()
    yield "first screen", timed(first_screen(library) for _ in range(50))
    yield (
        "next screen anywhere",
        timed(
            (lambda at=at: library.entries(library.ids(limit=SCREEN, offset=at)))
            for at in range(0, total, max(1, total // 50))
        ),
    )
    yield "filter switch", timed(first_screen(library, query) for query in FILTERS * 5)
    yield "search as you type", timed(first_screen(library, typed, typing=True) for typed in keystrokes())
    yield "search, whole words", timed(first_screen(library, typed) for typed in TYPED.split())
    yield "phrases and fields", timed(first_screen(library, typed) for typed in PHRASES * 2)
    yield "the same, all of them", timed((lambda typed=typed: library.ids(typed)) for typed in PHRASES)
    found = library.ids("harbour", limit=20)
    yield "snippets of a screen", timed((lambda: library.snippets("harbour", found)) for _ in range(10))
    newest = library.ids(limit=200)
    yield "open an article", timed((lambda number=number: library.article(number)) for number in newest)
    yield "related stories", timed((lambda number=number: library.related(number)) for number in newest[::4])
    last = library.entries(newest[:1])[0].fetched or datetime.now(UTC)
    span = FrontWishes(span="week", at=last + timedelta(seconds=1))
    yield "front page of a week", timed((lambda: library.front(span)) for _ in range(10))
    yield "brief of a week", timed((lambda: library.brief(replace(span, most=12))) for _ in range(5))
    yield "sources with counts", timed(library.sources for _ in range(10))
    yield "status line", timed(library.status for _ in range(10))
    yield "all ids", timed(library.ids for _ in range(5))
    yield "count of a word", timed((lambda typed=typed: library.count(typed)) for typed in TYPED.split()[:20])


def main() -> None:
    folders = sorted((path for path in Path(sys.argv[1]).iterdir() if path.is_dir()), key=lambda path: int(path.name))
    rows: dict[str, list[str]] = {}
    for folder in folders:
        start = perf_counter()
        with open_reading(folder) as library:
            first_screen(library)()
            rows.setdefault("open and first screen", []).append(f"{(perf_counter() - start) * 1000:8.1f}")
            for name, times in measures(library):
                p95 = sorted(times)[int(len(times) * 0.95)]
                rows.setdefault(name, []).append(f"{median(times):8.1f} {p95:8.1f}")
        size = (folder / "library.db").stat().st_size / int(folder.name)
        rows.setdefault("bytes an article", []).append(f"{size:8,.0f}")
    print(f"{'ms: median, 95th percentile':26}" + "".join(f"{int(folder.name):>19,}" for folder in folders))
    for name, cells in rows.items():
        print(f"{name:26}" + "".join(f"{cell:>19}" for cell in cells))


if __name__ == "__main__":
    main()
