"""`refresh`: progress on stderr while it runs, then what each source gave, and the offline receipt."""

from __future__ import annotations

import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from contextlib import aclosing
from dataclasses import dataclass, field

from cache.entry import Progress
from cache.library import Library
from tui.cli.common import reference, with_library
from tui.cli.options import amount, json_option, size
from tui.cli.output import ProgressLine, complain, say, say_json
from tui.typeset import phrases


def options(parser: ArgumentParser) -> None:
    """What `refresh` takes."""
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="only these; all that are due without")
    parser.add_argument("--max-bytes", type=size, metavar="N", help="stop after so many bytes, such as 300k or 5M")
    parser.add_argument("--force", action="store_true", help="ask also sources that are not due yet")
    parser.add_argument(
        "--scheduled", action="store_true", help="for cron: leave alone what was asked within the hour, or the day"
    )
    parser.add_argument("--teasers", action="store_true", help="headlines only; the texts come with a later refresh")
    parser.add_argument("--pages", type=amount, default=1, metavar="N", help="follow a section to its Nth page")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Refresh the chosen sources, or all that are due."""
    return with_library(home, lambda library: _refresh(library, chosen))


async def _refresh(library: Library, chosen: Namespace) -> int:
    """Refresh the chosen sources or all that are due; 1 when none of those asked could be had."""
    wanted = [library.source(reference(ref)).id for ref in chosen.sources] or None
    report = _Report(library, as_json=chosen.json, named=wanted is not None)
    steps = library.refresh(
        wanted,
        force=chosen.force or (wanted is not None and not chosen.scheduled),
        scheduled=chosen.scheduled,
        max_bytes=chosen.max_bytes,
        teasers_only=chosen.teasers,
        pages=chosen.pages,
        apart=False,
    )
    with ProgressLine() as line:
        async with aclosing(steps):
            async for step in steps:
                line.show("" if step.step in ("closed", "finished") else progress_line(step))
                report.hear(step)
    if report.answered and not any(report.answered):
        complain("None of the sources asked could be had; what is on disk stays readable.")
        return 1
    return 0


def progress_line(step: Progress) -> str:
    """The refresh on one line: how far, what failed, how much came, who is being asked."""
    failed = f", {step.failed} failed" if step.failed else ""
    running = f" · {', '.join(step.running[:3])}" if step.running else ""
    return f"{step.done} of {step.total}{failed}, {phrases.size(step.received)}{running}"


@dataclass(slots=True)
class _Course:
    """What was heard of one source: why articles are missing, why it could not be had itself."""

    missed: Counter[str] = field(default_factory=Counter)
    error: str = ""


class _Report:
    """Says what each source gave as soon as it is done; those with nothing new, unless named, are only counted."""

    def __init__(self, library: Library, *, as_json: bool, named: bool) -> None:
        self.answered: list[bool] = []
        self._as_json = as_json
        self._named = named
        self._bundled = {source.id for source in library.sources() if source.kind == "bundled"}
        self._courses: dict[int, _Course] = {}
        self._quiet = 0
        self._begun = time.monotonic()

    def hear(self, step: Progress) -> None:
        """Takes in one step of the refresh."""
        if step.step == "failed":
            course = self._courses.setdefault(step.source_id, _Course())
            if step.url:
                course.missed[step.reason] += 1
            else:
                course.error = step.notice or step.reason
        elif step.step == "closed":
            self._close(step, self._courses.pop(step.source_id, _Course()))
        elif step.step == "finished":  # what follows is quiet work on the stories
            self._finish(step)

    def _close(self, step: Progress, course: _Course) -> None:
        if step.source_id not in self._bundled:  # which always answers
            self.answered.append(not course.error)
        came = _came(step, course)
        if self._as_json:
            _say_source(step, course)
        elif course.error:
            complain(f"{step.source}: {course.error}")
        elif came or self._named:
            say(f"{step.source}: {', '.join([*(came or ['nothing new']), *_cost(step)])}")
        else:
            self._quiet += step.source_id not in self._bundled

    def _finish(self, last: Progress) -> None:
        """Says what the whole library has now."""
        seconds = time.monotonic() - self._begun
        if self._as_json:
            counts = {"full": last.full, "teaser": last.teaser, "failed": last.failed}
            cost = {"bytes": last.received, "unpacked": last.unpacked, "seconds": round(seconds, 3)}
            say_json({"summary": {**counts, **cost, "receipt": last.notice}})
            return
        if self._quiet:
            say(f"{phrases.count(self._quiet, 'source')} had nothing new.")
        say(f"{last.notice or 'Nothing was due.'} ({phrases.size(last.received)} in {seconds:.1f} s)")


def _came(step: Progress, course: _Course) -> list[str]:
    """What a source gave, and why the rest of it is missing."""
    came = [f"{phrases.count(step.full, 'article')} complete"] if step.full else []
    came += [f"{phrases.count(step.teaser, 'teaser')} for later"] if step.teaser else []
    return came + [f"{count} {reason}" for reason, count in course.missed.items() if reason != "budget"]


def _cost(step: Progress) -> list[str]:
    """What it weighed on the wire and, where that is much more, unpacked."""
    packed = f" ({phrases.size(step.unpacked)} unpacked)" if step.unpacked > 1.2 * step.wire else ""
    return [phrases.size(step.wire) + packed] if step.wire else []


def _say_source(step: Progress, course: _Course) -> None:
    counts = {"full": step.full, "teaser": step.teaser, "failed": step.failed, "reasons": dict(course.missed)}
    octets = {"bytes": step.wire, "unpacked": step.unpacked}
    say_json({"id": str(step.source_id), "source": step.source, **counts, **octets, "error": course.error})
