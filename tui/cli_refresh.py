"""`refresh`: progress on stderr while it runs, then what each source gave, and the offline receipt."""

from __future__ import annotations

import time
from argparse import Namespace
from collections import Counter
from contextlib import aclosing
from dataclasses import dataclass, field

from cache.entry import Progress
from cache.library import Library
from tui import phrases
from tui.cli_print import ProgressLine, complain, say, say_json
from tui.cli_read import reference


@dataclass(slots=True)
class _Course:
    """What was heard of one source in this refresh: why articles are missing, why it could not be had itself."""

    missed: Counter[str] = field(default_factory=Counter)
    error: str = ""


async def refresh(library: Library, chosen: Namespace) -> int:
    """Refresh the chosen sources or all that are due; 1 when none of those asked could be had."""
    wanted = [library.source(reference(ref)).id for ref in chosen.sources] or None
    scheduled = getattr(chosen, "scheduled", False)
    wishes = {"max_bytes": chosen.max_bytes, "teasers_only": chosen.teasers, "pages": chosen.pages}
    force = chosen.force or (wanted is not None and not scheduled)
    started, last, answered = time.monotonic(), Progress("finished"), []
    courses: dict[int, _Course] = {}
    with ProgressLine() as line:
        async with aclosing(library.refresh(wanted, force=force, scheduled=scheduled, apart=False, **wishes)) as steps:
            async for last in steps:
                _hear(courses, last)
                line.show(progress_line(last))
                if last.step == "closed":
                    course = courses.pop(last.source_id, _Course())
                    answered.append(not course.error)
                    line.show("")
                    _print_source(last, course, as_json=chosen.json)
    _print_summary(last, time.monotonic() - started, as_json=chosen.json)
    if answered and not any(answered):
        complain("None of the sources asked could be had; what is on disk stays readable.")
        return 1
    return 0


def progress_line(step: Progress) -> str:
    """The refresh on one line: how far, what failed, how much came, who is being asked."""
    failed = f", {step.failed} failed" if step.failed else ""
    running = f" · {', '.join(step.running[:3])}" if step.running else ""
    return f"{step.done} of {step.total}{failed}, {phrases.size(step.received)}{running}"


def _hear(courses: dict[int, _Course], step: Progress) -> None:
    if step.step != "failed":
        return
    course = courses.setdefault(step.source_id, _Course())
    if step.url:
        course.missed[step.reason] += 1
    else:
        course.error = step.notice or step.reason


def _print_source(step: Progress, course: _Course, *, as_json: bool) -> None:
    if as_json:
        counts = {"full": step.full, "teaser": step.teaser, "failed": step.failed, "reasons": dict(course.missed)}
        octets = {"bytes": step.wire, "unpacked": step.unpacked}
        say_json({"id": str(step.source_id), "source": step.source, **counts, **octets, "error": course.error})
    elif course.error:
        complain(f"{step.source}: {course.error}")
    else:
        missed = [f"{count} {reason}" for reason, count in course.missed.items() if reason != "budget"]
        came = [f"{phrases.count(step.full, 'article')} complete"] if step.full else []
        teasers = [f"{phrases.count(step.teaser, 'teaser')} for later"] if step.teaser else []
        cost = [phrases.size(step.wire)] if step.wire else []
        say(f"{step.source}: {', '.join([*(came + teasers + missed or ['nothing new']), *cost])}")


def _print_summary(last: Progress, seconds: float, *, as_json: bool) -> None:
    if as_json:
        counts = {"full": last.full, "teaser": last.teaser, "failed": last.failed}
        cost = {"bytes": last.received, "unpacked": last.unpacked, "seconds": round(seconds, 3)}
        say_json({"summary": {**counts, **cost, "receipt": last.notice}})
        return
    say(f"{last.notice or 'Nothing was due.'} ({phrases.size(last.received)} in {seconds:.1f} s)")
