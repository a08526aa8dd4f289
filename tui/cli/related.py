"""`related`: the stories beside an article, group by group, and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cache.formats.record import Record
from cache.found import Related
from cache.library import Library, open_reading
from tui.cli.common import reference
from tui.cli.json import added_json, related_json
from tui.cli.options import json_option, limit_option, reference_option
from tui.cli.output import fitted, say, say_json, say_styled
from tui.local_time import now
from tui.typeset import wording
from tui.typeset.marks import OFFLINE_MARKS


def options(parser: ArgumentParser) -> None:
    """What `related` takes."""
    reference_option(parser)
    limit_option(parser, 20)
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Print the stories beside an article."""
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
    """By entry, what the reports of the same story add, as the timeline has it."""
    if not any(each.group == "story" for each in found):
        return {}
    return {report.entry.id: added_json(report) for report in library.timeline(reference(chosen.ref)).reports}


def _print_related(found: list[Related]) -> None:
    at, group = now(), ""
    for each in found:
        if each.group != group:
            say_styled(wording.GROUPS[each.group])
            group = each.group
        number = each.entry_id or "–"
        mark = OFFLINE_MARKS[each.offline][0] if each.offline in OFFLINE_MARKS else "·"
        facts = (each.source, wording.briefly_ago(each.published, at), each.why, *_also(each))
        say(fitted(f"{number:>6} {mark} {each.headline or each.url}"))
        say(fitted(f"{'':9}{' · '.join(fact for fact in facts if fact)}"))


def _also(each: Related) -> tuple[str, ...]:
    return (f"also in {', '.join(each.also)}",) if each.also else ()
