"""`show --story`: the timeline of a story, each report with what it adds, and the figures that differ."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cache.library import open_reading
from tui.cli.common import reference
from tui.cli.json import timeline_json
from tui.cli.output import page_width, say, say_json, say_styled
from tui.local_time import now
from tui.typeset import wording
from tui.typeset.wrap import wrap

if TYPE_CHECKING:
    from cache.related.timeline import Dispute, Report, Timeline

_OPENING = 3  # sentences of the first report that are shown


def print_story(chosen: Namespace, home: str | None) -> int:
    """Print what each report of the article's story adds, in the order of time."""
    with open_reading(home) as library:
        timeline = library.timeline(reference(chosen.ref))
    if chosen.json:
        say_json(timeline_json(timeline))
    else:
        _print(timeline, page_width(chosen.width))
    return 0


def _print(timeline: Timeline, width: int) -> None:
    told_by = wording.count(len(timeline.reports), "report")
    say_styled(f"One story, {told_by}" if len(timeline.reports) > 1 else "No other report of this is in the library.")
    say()
    for report in timeline.reports:
        for line in _report(report, width, first=report is timeline.reports[0]):
            say(line)
    sources = {report.entry.id: report for report in timeline.reports}
    if timeline.disputes:
        say_styled("Where they differ")
    for dispute in timeline.disputes:
        for line in wrap(_differing(dispute, sources), width - 2):
            say(f"  {line}")


def _report(report: Report, width: int, *, first: bool) -> Iterator[str]:
    """A report with what it adds; of the first, to which all is new, how it begins."""
    entry = report.entry
    when = wording.moment(entry.published, now()) if entry.published else ""
    yield " · ".join(fact for fact in (when, entry.source, f"number {entry.id}") if fact)
    yield from wrap(entry.headline, width)
    for sentence in report.adds[:_OPENING] if first else report.adds:
        begin, *rest = wrap(sentence, width - 4)
        yield f"  {' ' if first else '+'} {begin}"
        yield from (f"    {line}" for line in rest)
    if report.copy_of:
        yield f"  A copy of number {report.copy_of}."
    elif not report.adds:
        yield "  Adds nothing new."
    yield ""


def _differing(dispute: Dispute, reports: dict[int, Report]) -> str:
    at = now()
    said = []
    for figure, number in dispute.quantities:
        entry = reports[number].entry
        when = wording.moment(entry.published, at) if entry.published else ""
        said.append(f"{figure} ({', '.join(fact for fact in (entry.source, when) if fact)})")
    return f"{dispute.what}: {'; '.join(said)}"
