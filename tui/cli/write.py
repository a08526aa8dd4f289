"""The verbs that change the library or use the network: `add`, `remove`, `refresh`, `import`, `export`, `sync`."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from cache.entry import SourceEntry
from cache.library import Library, open_library
from fetch.errors import NewsError
from fetch.source import IN_A_LIST, Candidate, Kind
from fetch.text import clean
from tui.cli.json import source_json
from tui.cli.output import complain, put_out, say, say_json
from tui.cli.read import reference
from tui.typeset import phrases

Outcome = TypeVar("Outcome")

_KINDS: dict[Kind, str] = {
    "feed": "feed",
    "sitemap": "news sitemap",
    "section": "section page",
    "page": "single page",
    "bundled": "bundled edition",
}


def with_library(home: str | None, work: Callable[[Library], Awaitable[Outcome]]) -> Outcome:
    """Open the library, do the work in it, close it."""

    async def opened() -> Outcome:
        async with open_library(home) as library:
            return await work(library)

    return asyncio.run(opened())


def add(chosen: Namespace, home: str | None) -> int:
    """Add the best source found at each address; 1 when one of them gave none."""

    async def work(library: Library) -> int:
        failed = 0
        for url in chosen.urls:
            try:
                await _add_best(library, url, as_json=chosen.json)
            except NewsError as error:
                complain(str(error))
                failed = 1
        return failed

    return with_library(home, work)


async def _add_best(library: Library, url: str, *, as_json: bool) -> None:
    found = await library.discover(url)
    best = found if found[0].why == IN_A_LIST else found[:1]
    for candidate in best:
        _say_added(await library.add(candidate.source.url, candidate), candidate, as_json=as_json)
    taken = {candidate.source.url for candidate in best}
    others = {other.source.url: other for other in found if other.source.url not in taken}
    if others and not as_json:
        named = (f"a {_KINDS[other.source.kind]} at {url}" for url, other in others.items())
        say(f"Also found there: {'; '.join(islice(named, 3))}.")


def _say_added(source: SourceEntry, candidate: Candidate, *, as_json: bool) -> None:
    if as_json:
        newest = candidate.newest or None
        gives = {"stories": candidate.stories, "full": candidate.full, "newest": newest, "why": candidate.why}
        say_json({**source_json(source), **gives})
    else:
        say(f"Added {source.title or source.url} as source {source.id}: {_what(candidate)}.")


def _what(candidate: Candidate) -> str:
    stories = f", {phrases.stories(candidate.stories)}" if candidate.stories else ""
    full = f", {candidate.full} with full text" if candidate.full else ""
    return f"a {_KINDS[candidate.source.kind]} at {candidate.source.url}{stories}{full}"


def remove(chosen: Namespace, home: str | None) -> int:
    """Take a source out, with its articles."""

    async def work(library: Library) -> int:
        source = library.source(reference(chosen.source))
        await library.remove(source.id)
        say(f"Removed {source.title or source.url}.")
        return 0

    return with_library(home, work)


def refresh(chosen: Namespace, home: str | None) -> int:
    """Fetch what is due."""
    from tui.cli.refresh import refresh as work

    return with_library(home, lambda library: work(library, chosen))


def import_(chosen: Namespace, home: str | None) -> int:
    """Take in a file of sources or articles."""

    async def work(library: Library) -> int:
        with _read_from(chosen.file) as path:
            imported = await library.import_file(path)
        say(imported.sentence)
        return 0

    return with_library(home, work)


def export(chosen: Namespace, home: str | None) -> int:
    """Write sources or articles out; a file's name is needed for what is a folder, or no text for a screen."""
    screen = chosen.output == "-"
    if screen and (chosen.format == "markdown" or (chosen.format in ("epub", "pack") and sys.stdout.isatty())):
        complain(f"Where to? `--output NAME` says where the {chosen.format} export is written.")
        return 2
    terms = [chosen.query, *([f"since:{chosen.since}"] if chosen.since else [])]
    wishes = {"max_bytes": chosen.max_bytes} if chosen.max_bytes else {}

    async def work(library: Library) -> int:
        with _written_to(chosen.output) as path:
            exported = await library.export(chosen.format, path, clean(" ".join(terms)), **wishes)
            sentence = exported.sentence.replace(str(path), "standard output" if screen else str(path))
        (complain if screen else say)(sentence)
        return 0

    return with_library(home, work)


@contextmanager
def _read_from(name: str) -> Iterator[Path]:
    """The path to read from; for standard input, a passing file with what came in."""
    if name != "-":
        yield Path(name)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "standard input"
        path.write_bytes(sys.stdin.buffer.read())
        yield path


@contextmanager
def _written_to(name: str) -> Iterator[Path]:
    """The path to write to; of standard output, a passing file whose content is printed at the end."""
    if name != "-":
        yield Path(name)
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export"
        yield path
        put_out(path.read_bytes())


def keep(chosen: Namespace, home: str | None) -> int:
    """Set how long, or how many of, a source's articles are kept; nothing is removed before `prune`."""

    async def work(library: Library) -> int:
        source = library.source(reference(chosen.source))
        await library.keep_for(source.id, days=chosen.days, count=chosen.count)
        days = f" for {phrases.count(chosen.days, 'day')}" if chosen.days else ""
        newest = f"the newest {phrases.count(chosen.count, 'article')}" if chosen.count else "everything"
        say(f"From {source.title or source.url}, {newest} will be kept{days}; what you saved or marked stays anyway.")
        return 0

    return with_library(home, work)


def prune(chosen: Namespace, home: str | None) -> int:
    """Remove what is kept no longer, or say what that would be."""

    async def work(library: Library) -> int:
        pruning = library.prunable() if chosen.dry_run else await library.prune()
        say(f"{'Would be removed' if chosen.dry_run else 'Removed'}: {pruning.sentence}")
        return 0

    return with_library(home, work)


def sync(chosen: Namespace, home: str | None) -> int:
    """Say that it cannot be done yet."""
    complain(
        "This version cannot yet exchange marks with a feed server; `import` and `export` carry sources and articles."
    )
    return 1
