"""The verbs that only read: `sources`, `list`, `search`, `related`; they load neither asyncio nor the network."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Sized
from datetime import datetime

from cache.entry import CLOSES, OPENS, Entry, Hit, Related, SourceEntry
from cache.formats.record import Record, entry_record
from cache.library import Library, open_reading
from fetch.text import clean, drawable
from tui.cli.json import hit_json, related_json, source_json
from tui.cli.output import complain, fitted, say, say_json, say_set, styled
from tui.typeset import phrases

_STATES = {"full": "≡", "teaser": "–", "failed": "!"}  # as the reader's list marks them


def now() -> datetime:
    """This moment, in the reader's own zone."""
    return datetime.now().astimezone()


def sources(chosen: Namespace, home: str | None) -> int:
    """Print the sources."""
    with open_reading(home) as library:
        for source in library.sources():
            if chosen.json:
                say_json(source_json(source))
            else:
                say(source_line(source))
    return 0


def listing(chosen: Namespace, home: str | None) -> int:
    """Print entries, newest first or, where words are asked for, best first."""
    with open_reading(home) as library:
        query = list_query(library, chosen)
        _complain_of(library, query)
        ids = library.ids(query, limit=chosen.limit)
        _say_nothing_found(ids)
        for start in range(0, len(ids), 200):  # so that a long list neither waits for its end nor fills the memory
            _print_entries(library.entries(ids[start : start + 200]), as_json=chosen.json)
    return 0


def search(chosen: Namespace, home: str | None) -> int:
    """Print search results, best first."""
    query = clean(" ".join(chosen.query))
    with open_reading(home) as library:
        _complain_of(library, query)
        hits = library.search(query, limit=chosen.limit)
        _say_nothing_found(hits)
        for hit in hits:
            if chosen.json:
                say_json(hit_json(hit))
            else:
                _print_hit(hit)
    return 0


def related(chosen: Namespace, home: str | None) -> int:
    """Print the stories beside an article, group by group."""
    with open_reading(home) as library:
        found = library.related(reference(chosen.ref), limit=chosen.limit)
        added = _added(library, chosen, found) if chosen.json else {}
    if chosen.json:
        for each in found:
            say_json({**related_json(each), **added.get(each.entry_id, {})})
    else:
        _print_related(found)
    return 0


def _added(library: Library, chosen: Namespace, found: list[Related]) -> dict[int, Record]:
    """By entry, what the reports of the same story add, as the timeline tells it."""
    if not any(each.group == "story" for each in found):
        return {}
    from tui.cli.story import added_json

    return {told.entry.id: added_json(told) for told in library.timeline(reference(chosen.ref)).reports}


def reference(ref: str) -> str | int:
    """A REF as the library takes it: a number, or the address."""
    ref = clean(ref)
    return int(ref) if ref.isascii() and ref.isdigit() and len(ref) < 18 else ref


def list_query(library: Library, chosen: Namespace) -> str:
    """The options of `list` in the query language."""
    terms = [*chosen.query]
    terms += ["is:unread"] if chosen.unread else []
    terms += ["is:saved"] if chosen.saved else []
    terms += [f"source:{library.source(reference(chosen.source)).id}"] if chosen.source else []
    terms += [f"since:{chosen.since}"] if chosen.since else []
    return clean(" ".join(terms))


def entry_line(entry: Entry, at: datetime) -> str:
    """An entry on one line: number, unread, complete or not, saved, age, headline, source."""
    state = "↓" if entry.queued else _STATES[entry.offline]
    marks = f"{' ' if entry.read else '●'}{state}{'★' if entry.saved else ' '}"
    reason = f" [{entry.reason}]" if entry.reason and entry.offline != "full" else ""
    source = f" — {entry.source}" if entry.source else ""
    age = phrases.briefly_ago(entry.published, at)
    return f"{entry.id:>6} {marks} {age:>6}  {entry.headline or phrases.site(entry.url)}{source}{reason}"


def source_line(source: SourceEntry) -> str:
    """A source on one line: number, unread of all, kind, title, and what went wrong last time."""
    wrong = f" — {source.error}" if source.error else ""
    return f"{source.id:>6} {source.unread:>5}/{source.total:<5} {source.kind:8} {source.title}  {source.url}{wrong}"


def _print_entries(entries: Iterable[Entry], *, as_json: bool) -> None:
    at = now()
    for entry in entries:
        if as_json:
            say_json(entry_record(entry))
        else:
            say(fitted(entry_line(entry, at)))


def _print_hit(hit: Hit) -> None:
    say(fitted(entry_line(hit.entry, now())))
    if hit.snippet.strip():
        before, *marked = drawable(hit.snippet).split(OPENS)
        cut = (part.partition(CLOSES) for part in marked)
        say_set(f"{'':19}{before}{''.join(styled(found) + rest for found, _, rest in cut)}")


def _print_related(found: list[Related]) -> None:
    at, group = now(), ""
    for each in found:
        if each.group != group:
            say(styled(phrases.GROUPS[each.group]))
            group = each.group
        number = each.entry_id or "–"
        facts = (each.source, phrases.briefly_ago(each.published, at), each.why, *_also(each))
        say(fitted(f"{number:>6} {_STATES.get(each.offline, '·')} {each.headline or each.url}"))
        say(fitted(f"{'':9}{' · '.join(fact for fact in facts if fact)}"))


def _also(each: Related) -> tuple[str, ...]:
    return (f"also in {', '.join(each.also)}",) if each.also else ()


def _say_nothing_found(found: Sized) -> None:
    """To a person; a program sees that there is nothing."""
    if not found and sys.stdout.isatty():
        complain("Nothing was found.")


def _complain_of(library: Library, query: str) -> None:
    """Say what of the query was not understood; the rest still searches."""
    for error in library.query_errors(query):
        complain(error)
