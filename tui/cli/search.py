"""`search`: articles that words are found in, best first, each with the place where they stand."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cache.entry import CLOSES, OPENS
from cache.found import Hit
from cache.library import open_reading
from fetch.text import clean, drawable
from tui.cli.common import WrongUsage, complain_of_query, entry_line
from tui.cli.json import hit_json
from tui.cli.options import json_option, limit_option
from tui.cli.output import complain, fitted, say, say_json, say_set, styled
from tui.local_time import now

_QUOTED = 60  # characters of a query that are quoted


def options(parser: ArgumentParser) -> None:
    """What `search` takes."""
    parser.add_argument("query", nargs="*", metavar="QUERY", help='words, "phrases", -not, since:7d, is:unread …')
    limit_option(parser, 20)
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Print search results."""
    if not chosen.query:
        raise WrongUsage("Search for what? See `broadsheet search --help`.")
    query = clean(" ".join(chosen.query))
    with open_reading(home) as library:
        told = complain_of_query(library, query)
        hits = library.search(query, limit=chosen.limit)
        if not hits and not told:
            complain(f"Nothing found for “{query[:_QUOTED]}”.")
        for hit in hits:
            if chosen.json:
                say_json(hit_json(library, hit))
            else:
                _print_hit(hit)
    return 0


def _print_hit(hit: Hit) -> None:
    say(fitted(entry_line(hit.entry, now())))
    if hit.snippet.strip():
        before, *marked = drawable(hit.snippet).split(OPENS)
        cut = (part.partition(CLOSES) for part in marked)
        say_set(f"{'':19}{before}{''.join(styled(found) + rest for found, _, rest in cut)}")
