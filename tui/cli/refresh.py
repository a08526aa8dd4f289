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
    refresh = library.refresh(
        wanted,
        force=chosen.force or (wanted is not None and not chosen.scheduled),
        scheduled=chosen.scheduled,
        max_bytes=chosen.max_bytes,
        teasers_only=chosen.teasers,
        pages=chosen.pages,
        apart=False,
    )
    with ProgressLine() as line:
        async with aclosing(refresh):
            async for progress in refresh:
                line.show("" if progress.step in ("closed", "finished") else progress_line(progress))
                report.add(progress)
    if report.answered and not any(report.answered):
        complain("None of the sources asked could be had; what is on disk stays readable.")
        return 1
    return 0


def progress_line(progress: Progress) -> str:
    """The refresh on one line: how far, what failed, how much came, who is being asked."""
    failed = f", {progress.failed} failed" if progress.failed else ""
    running = f" · {', '.join(progress.running[:3])}" if progress.running else ""
    return f"{progress.done} of {progress.total}{failed}, {phrases.size(progress.received)}{running}"


@dataclass(slots=True)
class _Failures:
    """What failed at one source: why articles are missing, why it could not be had itself."""

    missed: Counter[str] = field(default_factory=Counter)
    error: str = ""


class _Report:
    """Says what each source gave as soon as it is done; those with nothing new, unless named, are only counted."""

    def __init__(self, library: Library, *, as_json: bool, named: bool) -> None:
        self.answered: list[bool] = []
        self._as_json = as_json
        self._named = named
        self._bundled = {source.id for source in library.sources() if source.kind == "bundled"}
        self._failures: dict[int, _Failures] = {}
        self._quiet = 0
        self._begun = time.monotonic()

    def add(self, progress: Progress) -> None:
        """Take in what has happened."""
        if progress.step == "failed":
            failures = self._failures.setdefault(progress.source_id, _Failures())
            if progress.url:
                failures.missed[progress.reason] += 1
            else:
                failures.error = progress.notice or progress.reason
        elif progress.step == "closed":
            self._close(progress, self._failures.pop(progress.source_id, _Failures()))
        elif progress.step == "finished":  # what follows is quiet work on the stories
            self._finish(progress)

    def _close(self, progress: Progress, failures: _Failures) -> None:
        if progress.source_id not in self._bundled:  # which always answers
            self.answered.append(not failures.error)
        came = _came(progress, failures)
        if self._as_json:
            _say_source(progress, failures)
        elif failures.error:
            complain(f"{progress.source}: {failures.error}")
        elif came or self._named:
            say(f"{progress.source}: {', '.join([*(came or ['nothing new']), *_cost(progress)])}")
        else:
            self._quiet += progress.source_id not in self._bundled

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


def _came(progress: Progress, failures: _Failures) -> list[str]:
    """What a source gave, and why the rest of it is missing."""
    came = [f"{phrases.count(progress.full, 'article')} complete"] if progress.full else []
    came += [f"{phrases.count(progress.teaser, 'teaser')} for later"] if progress.teaser else []
    return came + [f"{count} {reason}" for reason, count in failures.missed.items() if reason != "budget"]


def _cost(progress: Progress) -> list[str]:
    """What it weighed on the wire and, where that is much more, unpacked."""
    packed = f" ({phrases.size(progress.unpacked)} unpacked)" if progress.unpacked > 1.2 * progress.wire else ""
    return [phrases.size(progress.wire) + packed] if progress.wire else []


def _say_source(progress: Progress, failures: _Failures) -> None:
    counts = {
        "full": progress.full,
        "teaser": progress.teaser,
        "failed": progress.failed,
        "reasons": dict(failures.missed),
    }
    octets = {"bytes": progress.wire, "unpacked": progress.unpacked}
    say_json({"id": str(progress.source_id), "source": progress.source, **counts, **octets, "error": failures.error})
