"""`add`: the best source found at each address, kept."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from itertools import islice

from cache.entry import SourceEntry
from cache.library import Library
from fetch.errors import NewsError
from fetch.source import IN_A_LIST, Candidate
from tui.cli.common import with_library
from tui.cli.json import source_json
from tui.cli.options import json_option
from tui.cli.output import complain, say, say_json
from tui.typeset import wording


def options(parser: ArgumentParser) -> None:
    """What `add` takes."""
    parser.add_argument("urls", nargs="+", metavar="URL", help="a feed, a site, a section page or one article")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
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
        named = (f"a {wording.KINDS[other.source.kind]} at {url}" for url, other in others.items())
        say(f"Also found there: {'; '.join(islice(named, 3))}.")


def _say_added(source: SourceEntry, candidate: Candidate, *, as_json: bool) -> None:
    if as_json:
        newest = candidate.newest or None
        gives = {"stories": candidate.stories, "full": candidate.full, "newest": newest, "why": candidate.why}
        say_json({**source_json(source), **gives})
    else:
        say(f"Added {source.title or source.url} as source {source.id}: {_described(candidate)}.")


def _described(candidate: Candidate) -> str:
    stories = f", {wording.stories(candidate.stories)}" if candidate.stories else ""
    full = f", {candidate.full} with full text" if candidate.full else ""
    return f"a {wording.KINDS[candidate.source.kind]} at {candidate.source.url}{stories}{full}"
