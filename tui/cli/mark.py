"""`mark` and `searches`: what the reader's keys do with an article, and the searches kept as sections."""

from __future__ import annotations

from argparse import Namespace

from cache.entry import Entry
from cache.library import Library, open_reading
from fetch.text import clean
from tui.cli.output import complain, say, say_json
from tui.cli.read import entry_line, now, reference
from tui.cli.write import with_library


def mark(chosen: Namespace, home: str | None) -> int:
    """Mark articles and print them as they then are; 2 where nothing was asked for."""
    wishes = (chosen.read, chosen.saved, chosen.note, chosen.tag or None, chosen.untag or None)
    if all(wish is None for wish in wishes):
        complain("Mark it how? `broadsheet mark --help` lists the marks.")
        return 2

    async def work(library: Library) -> int:
        entries = [library.entry(reference(ref)) for ref in chosen.refs]
        for entry in entries:
            await _mark(library, entry, chosen)
        for entry in library.entries([entry.id for entry in entries]):
            tags = f" #{' #'.join(entry.tags)}" if entry.tags else ""
            say(f"{entry_line(entry, now())}{tags}")
        return 0

    return with_library(home, work)


async def _mark(library: Library, entry: Entry, chosen: Namespace) -> None:
    if chosen.read is not None:
        await library.mark_read([entry.id], chosen.read)
    if chosen.saved is not None:
        await library.save([entry.id], chosen.saved)
    if chosen.tag or chosen.untag:
        await library.tag(entry.id, {*entry.tags, *map(_tag, chosen.tag)} - {*map(_tag, chosen.untag)})
    if chosen.note is not None:
        await library.note(entry.id, clean(chosen.note))


def _tag(name: str) -> str:
    return clean(name).lstrip("#").lower()


def searches(chosen: Namespace, home: str | None) -> int:
    """Keep a search as a section, drop one, or print those kept, each with what it finds now."""
    if chosen.keep or chosen.drop:
        return with_library(home, lambda library: _arranged(library, chosen))
    with open_reading(home) as library:
        for kept in library.searches():
            count = library.count(kept.query)
            if chosen.json:
                say_json({"name": kept.name, "query": kept.query, "count": count})
            else:
                say(f"{count:>6,}  {kept.name}" + (f"  {kept.query}" if kept.query != kept.name else ""))
    return 0


async def _arranged(library: Library, chosen: Namespace) -> int:
    known = {kept.name for kept in library.searches()}
    if chosen.drop is not None:
        if chosen.drop not in known:
            complain(f"There is no search “{chosen.drop}”.")
            return 1
        await library.drop_search(chosen.drop)
        say(f"The search “{chosen.drop}” is no longer kept.")
        return 0
    name, query = (clean(part) for part in chosen.keep)
    for error in library.query_errors(query):
        complain(error)
    await library.keep_search(name or query, query)
    say(f"Kept the search “{name or query}”: {library.count(query):,} now.")
    return 0
