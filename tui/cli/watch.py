"""`watch`: the articles that a query finds, as they land, whoever fetches them; one JSON object a line."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from itertools import islice

from cache.entry import Entry
from cache.library import Library, open_reading
from fetch.text import clean
from tui.cli.common import WrongUsage, complain_of_query
from tui.cli.json import noted
from tui.cli.options import limit_option
from tui.cli.output import finish, say_json

_PAUSE = 0.5
"""Seconds between two looks at whether another program has written; a look costs some microseconds."""


def options(parser: ArgumentParser) -> None:
    """What `watch` takes."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help='words, "phrases", -not, source:courier, is:full …')
    limit_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Print what lands from now on, until ctrl+c or the limit ends it."""
    if not chosen.query:
        raise WrongUsage("Watch for what? See `broadsheet watch --help`.")
    query = clean(" ".join(chosen.query))
    with open_reading(home) as library:
        complain_of_query(library, query)
        try:
            for entry in islice(landing(library, query, lambda: time.sleep(_PAUSE)), chosen.limit):
                say_json(noted(library, entry))
                finish()
        except KeyboardInterrupt:  # the way it ends
            return 0
    return 0


def landing(library: Library, query: str, wait: Callable[[], object]) -> Iterator[Entry]:
    """The entries that a query finds and did not find before, the oldest of them first; `wait` waits for a while.

    An entry whose text is fetched later than its teaser may be found only then.
    """
    seen, revision = set(library.ids(query)), library.revision()
    while True:
        wait()
        before, revision = revision, library.revision()
        if revision == before:
            continue
        fresh = [entry_id for entry_id in library.ids(query) if entry_id not in seen]
        seen.update(fresh)
        yield from reversed(library.entries(fresh))
