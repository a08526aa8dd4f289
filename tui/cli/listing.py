"""`list`: articles, newest first or, where words are asked for, best first."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from cache.library import Library, open_reading
from fetch.text import clean
from tui.cli.common import complain_of_nothing, complain_of_query, entry_line, reference
from tui.cli.options import json_option, limit_option, since_option
from tui.cli.output import fitted, say, say_json
from tui.local_time import now

_PAGE = 200  # entries printed at a time, so that a long list neither waits for its end nor fills the memory


def options(parser: ArgumentParser) -> None:
    """What `list` takes."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help="search terms, such as is:failed or author:brandt")
    parser.add_argument("--unread", action="store_true", help="only what is not read yet")
    parser.add_argument("--saved", action="store_true", help="only what is saved")
    parser.add_argument("--source", metavar="S", help="only from this source: its number, title or address")
    since_option(parser)
    limit_option(parser)
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Print entries."""
    with open_reading(home) as library:
        query = list_query(library, chosen)
        complain_of_query(library, query)
        ids = library.ids(query, limit=chosen.limit)
        complain_of_nothing(ids)
        for start in range(0, len(ids), _PAGE):
            _print_entries(library, ids[start : start + _PAGE], as_json=chosen.json)
    return 0


def list_query(library: Library, chosen: Namespace) -> str:
    """The options of `list` in the query language."""
    terms = [*chosen.query]
    terms += ["is:unread"] if chosen.unread else []
    terms += ["is:saved"] if chosen.saved else []
    terms += [f"source:{library.source(reference(chosen.source)).id}"] if chosen.source else []
    terms += [chosen.since] if chosen.since else []
    return clean(" ".join(terms))


def _print_entries(library: Library, ids: Sequence[int], *, as_json: bool) -> None:
    entries = library.entries(ids)
    if as_json:
        from tui.cli.json import noted  # which loads what writes JSON

        for entry in entries:
            say_json(noted(library, entry))
        return
    at = now()
    for entry in entries:
        say(fitted(entry_line(entry, at)))
