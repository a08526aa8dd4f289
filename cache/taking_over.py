"""What other readers wrote, taken over: stories into a library, and what of them is left, with the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cache.errors import CacheError
from cache.exporting import counted
from cache.formats.readers.kinds import TITLES
from cache.formats.readers.reading import stories_in
from cache.formats.readers.story import DAMAGED, Damage, LeftStory
from cache.import_tally import already_there
from fetch.parsers.limits import Limits

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Incoming
    from cache.writes.exchanged import Merging
    from cache.writes.writer_thread import WriterThread
    from fetch.parsers.pool import Parsers

STORIES_COST = Limits(processor=20.0, seconds=60.0, memory=600_000_000)
"""What reading some stories of a file may cost: JSON is parsed whole before the first."""
_COUNTED = ("new", "newer", "known", "away", "absent")
_REASONS_TOLD = 6
_NAMES_TOLD = 3
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class TakingOver:
    """A file of another program's, of a kind of `cache.formats.readers.kinds`; `landed` hears how many are on disk.

    Without `marks` what its reader did is left there, without `texts` all else.
    """

    kind: str
    path: Path
    landed: Callable[[int], object] = lambda _: None
    marks: bool = True
    texts: bool = True


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many stories are new here, the sentence to show, whether the file was whole, and how many did what."""

    fresh: int
    sentence: str
    is_whole: bool
    counts: Mapping[str, int]


async def take_over(wished: TakingOver, writer: WriterThread, parsers: Parsers) -> TakenOver:
    """Takes in a file of stories; raises CacheError where nothing of it can be taken.

    What is whole of a damaged one is taken, and the sentence tells of both.
    """
    from cache.writes.exchanged import Merging

    tally, left, damage = Counter[str](), list[LeftStory](), ""
    merging = Merging(0, texts=wished.texts)
    stream = parsers.stream(str(wished.path), partial(stories_in, wished.kind, wished.path), STORIES_COST)
    async with aclosing(stream) as stories:
        async for some in stories:
            left += [each for each in some if isinstance(each, LeftStory)]
            damage = next((each.why for each in some if isinstance(each, Damage)), damage)
            taken = [each for each in some if not isinstance(each, LeftStory | Damage)]
            taken = taken if wished.marks else [_unmarked(each) for each in taken]
            tally["wanted"] += sum(wished.texts and each.entry.queued and not each.has_text for each in taken)
            await _land(writer, merging, taken, tally)
            wished.landed(tally["landed"])
    if left and not tally["landed"]:
        raise CacheError(f"Nothing of {wished.path} was taken. {_told_left(left)}")
    last = await writer.write(lambda store: store.stories.last_waiting())
    while await writer.write(lambda store: store.stories.assign_through(last)):
        pass  # as a refresh would at its end
    missing = sum(each.why == DAMAGED for each in left)
    counts = {**{name: tally[name] for name in _COUNTED}, "left": len(left) - missing, "missing": missing}
    broken_off = f"The rest of {wished.path} could not be read ({damage})." if damage else ""
    sentence = " ".join(filter(None, [_sentence(wished.kind, tally, left), broken_off]))
    return TakenOver(tally["new"], sentence, not (missing or damage), counts)


def _unmarked(story: Incoming) -> Incoming:
    """The story without what its reader did; that its text is to be fetched is no mark of theirs."""
    wanted = tuple(act for act in story.facts.acts if act.mark == "queued" and not story.has_text)
    return replace(story, facts=replace(story.facts, acts=wanted, place=0.0, scroll=0), highlights=())


async def _land(writer: WriterThread, merging: Merging, waiting: list[Incoming], tally: Counter[str]) -> None:
    """Merges stories, as many as a short transaction holds, until none waits."""
    from cache.writes.exchanged import Exchanged

    while waiting:
        coming = [Exchanged(each.entry, each.article, each.facts, each.highlights) for each in waiting]
        landings = await writer.write(partial(merging.some, waiting=coming))
        tally.update(landing for landing, _ in landings)
        tally["landed"] += len(landings)
        waiting = waiting[len(landings) :]


def _sentence(kind: str, tally: Counter[str], left: list[LeftStory]) -> str:
    """What was taken of the file, what waits for the next refresh, and what was left and why."""
    parts = [f"{counted(tally['new'], 'article')} taken in of {TITLES[kind]}"]
    parts += already_there(tally["known"])
    parts += [f"{tally['newer']:,} newer {'text' if tally['newer'] == 1 else 'texts'}"] if tally["newer"] else []
    absent = tally["absent"]
    parts += [f"{absent:,} {'is' if absent == 1 else 'are'} not in this library"] if absent else []
    away = tally["away"]
    parts += [f"{away:,} that you threw away {'stays' if away == 1 else 'stay'} away"] if away else []
    wanted = tally["wanted"]
    parts += [f"the next refresh fetches {counted(wanted, 'text')}"] if wanted else []
    return " ".join(filter(None, [f"{'; '.join(parts)}.", _told_left(left)]))


def _told_left(left: list[LeftStory]) -> str:
    """How many were left for each reason, with the names of the first."""
    reasons: dict[str, list[str]] = {}
    for each in left:
        reasons.setdefault(each.why, []).append(each.name)
    parts = [f"{len(names):,} {why}{_some(names)}" for why, names in list(reasons.items())[:_REASONS_TOLD]]
    return f"Left out: {'; '.join(parts)}." if parts else ""


def _some(names: list[str]) -> str:
    """The first of the names there are, in brackets, each no longer than a sentence bears."""
    named = [name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…" for name in names if name]
    shown = ", ".join(named[:_NAMES_TOLD])
    return f" ({shown}{' …' if len(names) > _NAMES_TOLD else ''})" if shown else ""
