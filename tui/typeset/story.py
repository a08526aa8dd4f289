"""How a story went on, set in lines: each report with what it adds to those before, and the figures that differ.

Pure, as `tui.typeset.article`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from tui.typeset import wording
from tui.typeset.line import BLANK, Line, Run, line
from tui.typeset.wrap import wrap

if TYPE_CHECKING:
    from cache.related.timeline import Dispute, Report, Timeline


def lay_out_story(timeline: Timeline, width: int, *, now: datetime) -> Iterator[Line]:
    """The story as lines no wider than `width` cells; each headline leads to its report."""
    reports = timeline.reports
    sources = len({report.entry.source for report in reports})
    yield line("FOLLOW THE STORY", "section")
    counts = f"{wording.count(len(reports), 'report')} from {wording.count(sources, 'source')}"
    yield from (line(text, "meta") for text in wrap(counts, width))
    yield line("─" * width, "rule")
    by_id = {report.entry.id: report for report in reports}
    for number, report in enumerate(reports, 1):
        yield BLANK
        yield from _report(report, number, width, now, by_id)
    if timeline.disputes:
        yield BLANK
        yield BLANK
        yield line("Where they differ", "heading")
    for dispute in timeline.disputes:
        yield BLANK
        yield from _dispute(dispute, width, now, by_id)


def _report(report: Report, number: int, width: int, now: datetime, reports: dict[int, Report]) -> Iterator[Line]:
    entry = report.entry
    when = wording.moment(entry.published, now) if entry.published else "date unknown"
    yield from (line(text, "time") for text in wrap(f"{when} · {wording.paper(entry)}", width))
    for text in wrap(f"{entry.headline} [{number}]", width):
        yield Line((Run(text, "subheading", entry.url),))
    if report.copy_of in reports:
        copied = f"The same text as in {reports[report.copy_of].entry.source}."
        yield from (line(text, "meta") for text in wrap(copied, width))
    elif not report.adds and number > 1:
        yield line("Adds nothing new.", "meta")
    for sentence in report.adds:
        for at, text in enumerate(wrap(sentence, width - 2)):
            yield Line((Run("  " if at else "+ ", "bar"), Run(text, "text")))


def _dispute(dispute: Dispute, width: int, now: datetime, reports: dict[int, Report]) -> Iterator[Line]:
    yield from (line(text, "subheading") for text in wrap(dispute.what, width))
    for figure, number in dispute.quantities:
        entry = reports[number].entry
        when = wording.moment(entry.published, now) if entry.published else ""
        facts = " · ".join(part for part in (wording.paper(entry), when) if part)
        for at, text in enumerate(wrap(f"{figure} — {facts}", width - 2)):
            yield Line((Run("  " if at else "• ", "bullet"), Run(text, "text", entry.url)))
