"""`refresh`: progress on stderr while it runs, then what each source gave, and the offline receipt."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import AsyncIterator, Collection
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from cache.library import Library
from cache.progress import MOST_OF_A_SOURCE, Progress
from tui.cli.common import reference, with_library
from tui.cli.options import amount, json_option, size
from tui.cli.output import ProgressLine, complain, say, say_json, say_lines
from tui.config.config import Config, byte_budget, fetches_pictures
from tui.config.table import MOST
from tui.typeset import wording

if TYPE_CHECKING:
    from tui.hooks import Hook

SPENT_BUDGET = "budget"
"""The reason of what a byte budget left for the next refresh: no failure of a source."""
_HEAD_START = 2.0
"""Seconds that a sync may keep a refresh waiting, so that what it brings is fetched by the same refresh."""
_PATIENCE = 5.0
"""Seconds that a server may be silent once the news has been told; the next sync goes on from there."""
_NOTHING_CAME = ("None of the sources asked could be had.", "Offline: nothing could be asked.")


def options(parser: ArgumentParser) -> None:
    """What `refresh` takes."""
    parser.add_argument("sources", nargs="*", metavar="SOURCE", help="only these; all that are due without")
    parser.add_argument("--max-bytes", type=size, metavar="N", help="stop after so many bytes, such as 300k or 5M")
    parser.add_argument("--force", action="store_true", help="ask also sources that are not due yet")
    parser.add_argument(
        "--scheduled", action="store_true", help="for cron: leave alone what was asked within the hour, or the day"
    )
    parser.add_argument("--teasers", action="store_true", help="headlines only; the texts come with a later refresh")
    parser.add_argument(
        "--most",
        type=amount,
        metavar="N",
        help=f"articles of one source; as set, or {MOST_OF_A_SOURCE}, without; the rest is left",
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 where any source failed, not only all")
    parser.add_argument("--pages", type=amount, default=1, metavar="N", help="follow a section to its Nth page")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Refresh the chosen sources, or all that are due."""
    says: Config = chosen.config
    chosen.max_bytes = chosen.max_bytes or byte_budget(says)
    return with_library(home, lambda library: _refresh(library, chosen, says))


async def _refresh(library: Library, chosen: Namespace, says: Config) -> int:
    """Refresh the chosen sources or all that are due; 1 when nothing could be had, with --strict when any failed."""
    wanted = [library.source(reference(ref)).id for ref in chosen.sources] or None
    if wanted is not None or chosen.max_bytes:  # a budget is for what was asked for
        return await _fetch(library, chosen, says, wanted)
    async with _synced_beside(library, as_json=chosen.json):
        return await _fetch(library, chosen, says, None)


async def _fetch(library: Library, chosen: Namespace, says: Config, wanted: list[int] | None) -> int:
    report = _Report(library, as_json=chosen.json, named=wanted is not None)
    refresh = library.refresh(
        wanted,
        force=chosen.force or (wanted is not None and not chosen.scheduled),
        scheduled=chosen.scheduled,
        max_bytes=chosen.max_bytes,
        teasers_only=chosen.teasers,
        pages=chosen.pages,
        most=chosen.most,
        default_most=says[MOST],
        pictures=fetches_pictures(says, os.environ),
        apart=False,
    )
    landed, joined = set[int](), False
    try:
        with ProgressLine() as line:
            async with aclosing(refresh):
                async for progress in refresh:
                    line.show("" if progress.step in ("closed", "joined", "finished") else progress_line(progress))
                    report.add(progress)
                    joined = (joined or progress.step == "joined") and progress.step != "finished"
                    landed.add(0 if joined else progress.entry_id)  # else it is the other program's to hand on
    finally:  # also where it is stopped: what has landed comes no second time
        await _run_hooks(library, says.hooks, landed - {0})
    if report.nothing_came:
        complain(f"{report.nothing_came} What is on disk stays readable.")
    return int(bool(report.nothing_came) or (chosen.strict and report.any_failed))


@asynccontextmanager
async def _synced_beside(library: Library, *, as_json: bool) -> AsyncIterator[None]:
    """Sync with all that is set up beside what is done, which begins when that has ended, or a moment later.

    So what is new there is asked, too, and no server keeps news waiting, nor the shell for long behind them. A failure
    is told, and fails no refresh.
    """
    from asyncio import ensure_future, wait

    from cache.sync.standing import is_anything

    if not is_anything(library):
        yield
        return
    from cache.sync.every import Patience, sync_all

    patience = Patience()
    syncing = ensure_future(sync_all(library, patience))
    try:
        await wait([syncing], timeout=_HEAD_START)
        yield
        patience.end_in_silence_of(_PATIENCE)
        done, failed = await syncing
    finally:  # done, but where the refresh was broken off
        syncing.cancel()
        await wait([syncing])
    for sentence in failed:
        complain(sentence)
    for outcome in done:
        if not as_json:
            say_lines(outcome.sentence)


async def _run_hooks(library: Library, hooks: tuple[Hook, ...], landed: Collection[int]) -> None:
    """Hand what has landed to the reader's hooks; what goes wrong with them is told, and fails no refresh."""
    if not hooks or not landed:
        return
    from tui.hooks import matches, run_all

    async def found(hook: Hook) -> tuple[IO[bytes], int] | None:
        return matches(library, hook, landed)

    await run_all(hooks, library.path, found, lambda hook, trouble: complain(f"Hook {hook.name}: {trouble}"))


def progress_line(progress: Progress) -> str:
    """The refresh on one line: how far, what failed, how much came, who is being asked."""
    if progress.step == "waiting":
        return progress.notice
    failed = f", {progress.failed} failed" if progress.failed else ""
    running = f" · {', '.join(progress.running[:3])}" if progress.running else ""
    return f"{progress.done} of {progress.total}{failed}, {wording.size(progress.received)}{running}"


@dataclass(slots=True)
class _Failures:
    """What failed at one source: why articles are missing, why it could not be had itself, or was not asked."""

    missed: Counter[str] = field(default_factory=Counter)
    error: str = ""
    skipped: bool = False


class _Report:
    """Says what each source gave as soon as it is done; those with nothing new, unless named, are only counted."""

    def __init__(self, library: Library, *, as_json: bool, named: bool) -> None:
        self.nothing_came = ""
        """The sentence that says so, where something was asked and nothing could be had."""
        self.any_failed = False
        self._anything = self._followed = False
        self._as_json = as_json
        self._named = named
        self._bundled = {source.id for source in library.sources() if source.kind == "bundled"}
        self._failures: dict[int, _Failures] = {}
        self._quiet = 0
        self._begun = time.monotonic()

    def add(self, progress: Progress) -> None:
        """Take in what has happened; while another program's refresh is followed, only how that ends."""
        if self._followed and progress.step != "finished":
            return
        if progress.step == "failed":
            failures = self._failures.setdefault(progress.source_id, _Failures())
            if progress.reason == SPENT_BUDGET and not progress.url:
                failures.skipped = True
            elif progress.url:
                failures.missed[progress.reason] += 1
            else:
                failures.error = progress.notice or progress.reason
        elif progress.step == "joined":
            self._followed = self._anything = True  # what could not be had is the other program's to tell
            if not self._as_json:
                say(progress.notice)
        elif progress.step == "landed":
            self._anything |= progress.source_id not in self._bundled
        elif progress.step == "closed":
            self._close(progress, self._failures.pop(progress.source_id, _Failures()))
        elif progress.step == "finished":  # what follows is quiet work on the stories
            self._finish(progress)
            self._followed = False

    def _close(self, progress: Progress, failures: _Failures) -> None:
        if progress.source_id not in self._bundled:  # which always answers
            self._anything |= not (failures.error or failures.skipped)
        came = _came(progress, failures)
        if failures.error:
            named = failures.error.startswith(progress.source)
            complain(failures.error if named else f"{progress.source}: {failures.error}")
        if self._as_json:
            _say_source(progress, failures)
        elif failures.skipped:
            say(f"{progress.source}: not asked, the byte budget was used up")
        elif came or (self._named and not failures.error):
            say(f"{progress.source}: {', '.join([*(came or ['nothing new']), *_cost(progress)])}")
        elif not failures.error:
            self._quiet += progress.source_id not in self._bundled

    def _finish(self, last: Progress) -> None:
        """Says what came of it all, and what the whole library has now."""
        seconds = time.monotonic() - self._begun
        self.any_failed = bool(last.failures)
        if not self._anything and (last.failures or last.network == "offline"):
            self.nothing_came = _NOTHING_CAME[last.network == "offline"]
        if self._as_json:
            say_json({"summary": _summary(last, seconds)})
            return
        if self._quiet:
            say(f"{wording.count(self._quiet, 'source')} had nothing new.")
        say(f"{wording.refresh_ended(last)}.")
        say(f"{last.notice} ({wording.size(last.received)} in {seconds:.1f} s)")


def _summary(last: Progress, seconds: float) -> dict[str, object]:
    """This refresh in figures, and apart from it what the library has."""
    held = dict(last.library or {})
    failed = [{"source": source, "reason": reason, "sentence": sentence} for source, reason, sentence in last.failures]
    return {
        **_counts(last),
        "left": last.left,
        "asked": last.asked,
        "failed_sources": failed,
        "bytes": last.received,
        "unpacked": last.unpacked,
        "seconds": round(seconds, 3),
        "library": {"total": sum(held.values()), **held},
        "receipt": last.notice,
    }


def _counts(progress: Progress) -> dict[str, int]:
    """What came of a source or of all of them, by state."""
    return {name: getattr(progress, name) for name in ("new", "full", "part", "teaser", "failed")}


def _came(progress: Progress, failures: _Failures) -> list[str]:
    """What a source gave, and why the rest of it is missing."""
    came = [f"{wording.count(progress.full, 'article')} complete"] if progress.full else []
    came += [f"{progress.part:,} in part"] if progress.part else []
    came += [f"{wording.count(progress.teaser, 'teaser')} for later"] if progress.teaser else []
    came += [f"{progress.left:,} left for the next refresh (--most N fetches more)"] if progress.left else []
    return came + [f"{count} {reason}" for reason, count in failures.missed.items() if reason != SPENT_BUDGET]


def _cost(progress: Progress) -> list[str]:
    """What it weighed on the wire and, where that is much more, unpacked."""
    packed = f" ({wording.size(progress.unpacked)} unpacked)" if progress.unpacked > 1.2 * progress.wire else ""
    return [wording.size(progress.wire) + packed] if progress.wire else []


def _say_source(progress: Progress, failures: _Failures) -> None:
    counts = {**_counts(progress), "left": progress.left, "reasons": dict(failures.missed)}
    octets = {"bytes": progress.wire, "unpacked": progress.unpacked}
    say_json({"id": str(progress.source_id), "source": progress.source, **counts, **octets, "error": failures.error})
