"""What libraries that share a folder tell each other: for each thing that can be marked, its newest act.

A thing and its newest act is a register; to merge two sets of registers is to take the newer of each, whichever came
first and however often: that is commutative, associative and idempotent. Of two acts of one moment the mark wins over
its withdrawal, and the greater of two texts. A machine's clock may be wrong: what it does on top of what it knows
counts as later in any case (`cache.writes.reader_rows.LATER`), as the time of an act is never changed on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

Flags: TypeAlias = dict[int, int]
"""One mark: an entry's name (the hash of its address) → twice the microsecond of the newest act, and 1 if it is set."""
ToldWords: TypeAlias = dict[tuple[str, ...], tuple[int, str]]
"""What is told in words: what is meant → the microsecond of the newest act, and what it said."""

TIMED_MARKS = ("read", "saved", "queued", "gone")
TAG = "tag:"
"""What a mark is called that is a tag, before the tag."""
OF_ENTRIES = ("note", "highlight", "highlight note")
"""Words about an entry, whose name stands behind."""
_MICROSECONDS = 1_000_000
LAST_MOMENT = 10**17
"""Microseconds since 1970; what is later was done by no clock."""


class TimedFlag(NamedTuple):
    """A mark set or withdrawn; `at` in seconds since 1970."""

    is_set: bool
    at: float


@dataclass(frozen=True, slots=True)
class Acts:
    """Registers of marks and of words; `texts` says which articles lie in which file of their writer's, and how whole.

    A text is the more whole the greater its number: nothing but a teaser 0, a part 1, the whole 2.
    """

    flags: dict[str, Flags] = field(default_factory=dict)
    words: ToldWords = field(default_factory=dict)
    texts: dict[str, dict[int, int]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.words) + sum(map(len, self.flags.values()))

    def add(self, mark: str, name: int, is_set: bool, at: float) -> None:
        """Notes an act, unless one is known that is newer; one that withdraws and has no time says nothing."""
        moment = moment_of(at)
        if moment is not None and (moment or is_set):
            column, packed = self.flags.setdefault(mark, {}), moment * 2 + is_set
            if packed > column.get(name, -1):
                column[name] = packed

    def say(self, about: tuple[str, ...], said: str, at: float) -> None:
        """Notes words, unless newer ones are known; empty ones without a time say nothing."""
        moment = moment_of(at)
        if moment is not None and (moment or said) and (moment, said) > self.words.get(about, (-1, "")):
            self.words[about] = (moment, said)


def moment_of(at: float) -> int | None:
    """The microsecond of a time in seconds since 1970; None for one that no clock says."""
    return int(at * _MICROSECONDS + 0.5) if 0 <= at < LAST_MOMENT / _MICROSECONDS else None


def seconds(moment: int) -> float:
    """A microsecond in seconds since 1970."""
    return moment / _MICROSECONDS


def flag(packed: int) -> TimedFlag:
    """An act as a register of marks holds it."""
    return TimedFlag(bool(packed & 1), seconds(packed >> 1))


def newest(several: Iterable[Acts]) -> Acts:
    """The newest act on each thing."""
    merged = Acts()
    for acts in several:
        for mark, column in acts.flags.items():
            known = merged.flags.get(mark)
            if known is None:
                merged.flags[mark] = dict(column)
            else:
                known.update((name, packed) for name, packed in column.items() if packed > known.get(name, -1))
        for about, said in acts.words.items():
            if said > merged.words.get(about, (-1, "")):
                merged.words[about] = said
    return merged


def newer(acts: Acts, known: Acts) -> Acts:
    """The acts that are newer than what is known of the same things."""
    found = Acts()
    for mark, column in acts.flags.items():
        old = known.flags.get(mark, {})
        if fresh := {name: packed for name, packed in column.items() if packed > old.get(name, -1)}:
            found.flags[mark] = fresh
    found.words.update((about, said) for about, said in acts.words.items() if said > known.words.get(about, (-1, "")))
    return found


def own_part(here: Acts, others: Acts, before: Acts) -> Acts:
    """What a library writes of its acts: those that no other has written, and those that it once wrote itself.

    So what was taken over from elsewhere is not told again by everybody, and no two wait for each other to tell it.
    """
    own = newer(here, others)
    for mark, column in here.flags.items():
        told = before.flags.get(mark, {})
        if again := {name: packed for name, packed in column.items() if name in told}:
            own.flags.setdefault(mark, {}).update(again)
    own.words.update((about, said) for about, said in here.words.items() if about in before.words)
    return own


def names_of(acts: Acts) -> Iterator[int]:
    """The names of the entries that acts speak of, each as often as they do."""
    for column in acts.flags.values():
        yield from column
    yield from (int(about[1]) for about in acts.words if about[0] in OF_ENTRIES)
