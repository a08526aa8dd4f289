"""`add`: the best source found at each address, kept."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path

from cache.library import Library
from cache.paths import typed_path
from cache.source_entry import SourceEntry
from fetch.discovery.typed_addresses import addresses_meant, names_file
from fetch.errors import NewsError
from fetch.source import IN_A_LIST, Candidate
from tui.cli.common import with_library
from tui.cli.json import source_json
from tui.cli.options import json_option
from tui.cli.output import complain, say, say_json, say_lines
from tui.local_time import now
from tui.typeset import wording


def options(parser: ArgumentParser) -> None:
    """What `add` takes."""
    parser.add_argument(
        "urls",
        nargs="+",
        metavar="URL",
        help="a feed, a site, a section page, one article, or a file: of sources, or a saved page",
    )
    parser.add_argument("--dry-run", action="store_true", help="what each source found there would give; none is kept")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Add the best source found at each address; 1 when one of them gave none."""

    async def work(library: Library) -> int:
        failed = 0
        for url in chain.from_iterable(map(_meant, chosen.urls)):
            try:
                if path := _on_this_machine(url):
                    failed |= await _take_in(library, path, chosen)
                elif chosen.dry_run:
                    _preview(await library.discover(url), as_json=chosen.json)
                else:
                    await _add_best(library, url, as_json=chosen.json)
            except NewsError as error:
                complain(str(error))
                failed = 1
        return failed

    return with_library(home, work)


def _meant(typed: str) -> list[str]:
    """The addresses in what was typed; the name of a file is one, whatever it looks like."""
    return [typed] if names_file(typed) or _is(Path.is_file, Path(typed)) else addresses_meant(typed)


def _on_this_machine(typed: str) -> Path | None:
    """The file of that name, None for an address; raises NewsError for a folder, and where no such file is there."""
    if "://" in typed:
        return None
    path = typed_path(typed)
    if _is(Path.is_dir, path) and (names_file(typed) or "." not in typed):  # else it may be named like a host
        raise NewsError(f"{typed} is a folder; name a file in it, such as a list of sources.")
    if _is(Path.is_file, path):
        return path
    if names_file(typed):
        raise NewsError(f"There is no file {typed}.")
    return None


def _is(kind: Callable[[Path], bool], path: Path) -> bool:
    with suppress(OSError):  # longer than any name
        return kind(path)
    return False


async def _take_in(library: Library, path: Path, chosen: Namespace) -> int:
    """Takes in what a file holds; 1 where that is not whole."""
    if chosen.dry_run:
        raise NewsError(f"{path} is a file on this machine; without --dry-run the sources in it are added.")
    imported = await library.import_file(path)
    if chosen.json:
        say_json({"file": str(path), "count": imported.count, "said": imported.sentence})
    else:
        say_lines(imported.sentence)
    return 0 if imported.is_whole else 1


def _preview(found: Sequence[Candidate], *, as_json: bool) -> None:
    """What each source found at an address would give, the one that would be added first."""
    at = now()
    for place, candidate in enumerate(found):
        would = candidate.why == IN_A_LIST or not place
        if as_json:
            source = candidate.source
            named = {"url": source.url, "kind": source.kind, "title": source.title, "chosen": would}
            say_json({**named, **_gives(candidate)})
        else:
            title = candidate.source.title or candidate.source.url
            kind = wording.KINDS[candidate.source.kind]
            facts = ", ".join(wording.preview(candidate, at))
            say(f"{'Would add' if would else 'Also there:'} {title}: a {kind} at {candidate.source.url}: {facts}.")


def _gives(candidate: Candidate) -> dict[str, object]:
    return {
        "stories": candidate.stories,
        "full": candidate.full,
        "newest": candidate.newest or None,
        "every": round(candidate.every) or None,
        "why": candidate.why,
    }


async def _add_best(library: Library, url: str, *, as_json: bool) -> None:
    found = await library.discover(url)
    best = found if found[0].why == IN_A_LIST else found[:1]
    for candidate in best:
        _say_added(await library.add(candidate.source.url, candidate), candidate, as_json=as_json)
    taken = {candidate.source.url for candidate in best}
    others = {other.source.url: other for other in found if other.source.url not in taken}
    if others and not as_json:
        named = (f"a {wording.KINDS[other.source.kind]} at {url}" for url, other in others.items())
        say(f"Also found there: {'; '.join(islice(named, 3))}.")


def _say_added(source: SourceEntry, candidate: Candidate, *, as_json: bool) -> None:
    if as_json:
        say_json({**source_json(source), **_gives(candidate)})
    else:
        say(f"Added {source.title or source.url} as source {source.id}: {_described(candidate)}.")


def _described(candidate: Candidate) -> str:
    stories = f", {wording.stories(candidate.stories)}" if candidate.stories else ""
    full = f", {candidate.full} with full text" if candidate.full else ""
    return f"a {wording.KINDS[candidate.source.kind]} at {candidate.source.url}{stories}{full}"
