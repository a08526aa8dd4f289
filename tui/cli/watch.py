"""`watch`: the articles that a query finds, as they land, whoever fetches them; one JSON object a line."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from functools import partial
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
    parser.add_argument("--followed", action="store_true", help="what is of a topic that you follow, without a query")
    limit_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Print what lands from now on, until ctrl+c or the limit ends it."""
    if bool(chosen.query) == chosen.followed:
        raise WrongUsage("Watch for what? See `broadsheet watch --help`.")
    query = clean(" ".join(chosen.query))
    with open_reading(home) as library:
        complain_of_query(library, query)
        find = library.followed if chosen.followed else partial(library.ids, query)
        try:
            for entry in islice(landing(library, find, lambda: time.sleep(_PAUSE)), chosen.limit):
                say_json(noted(library, entry))
                finish()
        except KeyboardInterrupt:  # the way it ends
            return 0
    return 0


def landing(library: Library, find: Callable[[], Sequence[int]], wait: Callable[[], object]) -> Iterator[Entry]:
    """The entries that are found and were not before, the oldest of them first; `wait` waits for a while.

    An entry whose text is fetched later than its teaser may be found only then.
    """
    seen, revision = set(find()), library.revision()
    while True:
        wait()
        before, revision = revision, library.revision()
        if revision == before:
            continue
        fresh = [entry_id for entry_id in find() if entry_id not in seen]
        seen.update(fresh)
        yield from reversed(library.entries(fresh))
