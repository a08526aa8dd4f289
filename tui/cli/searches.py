"""`searches`: the searches kept as sections, with what each finds now."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cache.library import Library, open_reading
from fetch.text import clean
from tui.cli.common import complain_of_query, with_library
from tui.cli.options import json_option
from tui.cli.output import complain, say, say_json


def options(parser: ArgumentParser) -> None:
    """What `searches` takes."""
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--keep", nargs=2, metavar=("NAME", "QUERY"), help="keep a search as a section of this name")
    change.add_argument("--drop", metavar="NAME", help="keep it no longer")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Keep a search as a section, drop one, or print those kept, each with what it finds now."""
    if chosen.keep or chosen.drop:
        return with_library(home, lambda library: _change(library, chosen))
    with open_reading(home) as library:
        for kept in library.searches():
            count = library.count(kept.query)
            if chosen.json:
                say_json(_record(kept.name, kept.query, count))
            else:
                say(f"{count:>6,}  {kept.name}" + (f"  {kept.query}" if kept.query != kept.name else ""))
    return 0


def _record(name: str, query: str, count: int) -> dict[str, object]:
    return {"name": name, "query": query, "count": count}


async def _change(library: Library, chosen: Namespace) -> int:
    known = {kept.name: kept.query for kept in library.searches()}
    if chosen.drop is not None:
        if chosen.drop not in known:
            complain(f"There is no search “{chosen.drop}”.")
            return 1
        await library.drop_search(chosen.drop)
        if chosen.json:
            say_json(_record(chosen.drop, known[chosen.drop], library.count(known[chosen.drop])))
        else:
            say(f"The search “{chosen.drop}” is no longer kept.")
        return 0
    name, query = (clean(part) for part in chosen.keep)
    complain_of_query(library, query)
    await library.keep_search(name or query, query)
    if chosen.json:
        say_json(_record(name or query, query, library.count(query)))
    else:
        say(f"Kept the search “{name or query}”: {library.count(query):,} now.")
    return 0
