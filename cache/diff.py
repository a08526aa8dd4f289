"""What was changed from one text of an article to the next, word by word; pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, TypeAlias

from cache.writing_systems import UNSPACED

if TYPE_CHECKING:
    from fetch.article import Article

Change: TypeAlias = Literal["kept", "removed", "added"]
Stretch: TypeAlias = tuple[bool, int, int, int, int]
"""Whether a part was kept, where it begins and ends in the old text, and in the new one."""

_WORD = re.compile(
    f"[{UNSPACED}]\\s*|(?:(?![{UNSPACED}])\\w)+(?:['’.,-](?:(?![{UNSPACED}])\\w)+)*\\s*|[^\\w\\s]+\\s*|\\s+"
)
_ALIKE = 0.4  # the share of words two passages must have in common to be one that was rewritten
_MOST_COMPARED = 40_000  # pairs of words or passages; what is more is first parted by what stands once in both
_AHEAD = 40  # passages that are looked at for the one that was rewritten


@dataclass(frozen=True, slots=True)
class Edit:
    """Some words that were kept, removed or added; the space after them is theirs."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or the headline, with what was done to it; removed words stand before those that came instead."""

    edits: tuple[Edit, ...]

    @property
    def change(self) -> Change | Literal["rewritten"]:
        """What was done to the passage as a whole."""
        changes = {edit.change for edit in self.edits}
        return changes.pop() if len(changes) == 1 else "rewritten" if changes else "kept"


@dataclass(frozen=True, slots=True)
class Difference:
    """How an article was changed on its site since it was fetched at `since`."""

    headline: Passage
    passages: tuple[Passage, ...]
    since: datetime | None = None

    @property
    def added(self) -> int:
        """How many words are new."""
        return self._words("added")

    @property
    def removed(self) -> int:
        """How many words are gone."""
        return self._words("removed")

    def _words(self, change: Change) -> int:
        edits = (edit for passage in (self.headline, *self.passages) for edit in passage.edits)
        words = (word for edit in edits if edit.change == change for word in _WORD.findall(edit.text))
        return sum(word[0].isalnum() for word in words)


def difference(old: Article, new: Article, since: datetime | None = None) -> Difference:
    """What was changed from the old text to the new one, in the order of the new one."""
    before, after = old.own_text.splitlines(), new.own_text.splitlines()
    return Difference(compare(old.headline, new.headline), tuple(_passages(before, after)), since)


def compare(old: str, new: str) -> Passage:
    """Two wordings of one passage, compared word by word."""
    if old == new:
        return Passage((Edit("kept", new),) if new else ())
    before, after = _WORD.findall(old), _WORD.findall(new)
    return Passage(tuple(_joined(_edits(before, after))))


def _passages(before: Sequence[str], after: Sequence[str]) -> Iterator[Passage]:
    for is_kept, i, j, k, m in _steps(before, after):
        if is_kept:
            yield from (Passage((Edit("kept", text),)) for text in after[k:m])
        else:
            yield from _rewritten(before[i:j], after[k:m])


def _rewritten(before: Sequence[str], after: Sequence[str]) -> Iterator[Passage]:
    """Passages that took the place of others: those alike are paired, in order; the rest went or came."""
    start, bags = 0, [_bag(text) for text in before]
    for text in after:
        words = _bag(text)
        near = range(start, min(start + _AHEAD, len(before)))
        pair = next((place for place in near if _alike(words, bags[place])), None)
        if pair is None:
            yield Passage((Edit("added", text),))
            continue
        yield from (Passage((Edit("removed", gone),)) for gone in before[start:pair])
        yield compare(before[pair], text)
        start = pair + 1
    yield from (Passage((Edit("removed", gone),)) for gone in before[start:])


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= _ALIKE * max(len(one), len(other), 1)


def _bag(text: str) -> set[str]:
    return {word.strip() for word in _WORD.findall(text) if word[0].isalnum()}


def _steps(before: Sequence[str], after: Sequence[str]) -> list[Stretch]:
    """How the one became the other: runs that were kept, and what stands between them, by their places in both."""
    if len(before) * len(after) <= _MOST_COMPARED:
        return _compared(before, after, 0, 0)
    steps: list[Stretch] = []
    i = k = 0
    for one, other in [*_anchors(before, after), (len(before), len(after))]:
        if one > i or other > k:
            steps += _between(before[i:one], after[k:other], i, k)
        if one < len(before):
            steps.append((True, one, one + 1, other, other + 1))
        i, k = one + 1, other + 1
    return _in_runs(steps)


def _between(before: Sequence[str], after: Sequence[str], i: int, k: int) -> list[Stretch]:
    """The steps of a part that begins at these places; what is too much to compare was replaced."""
    if len(before) * len(after) <= _MOST_COMPARED:
        return _compared(before, after, i, k)
    return [(False, i, i + len(before), k, k + len(after))]


def _compared(before: Sequence[str], after: Sequence[str], i: int, k: int) -> list[Stretch]:
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(tag == "equal", i + a, i + b, k + c, k + d) for tag, a, b, c, d in codes]


def _anchors(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """The places of what stands once in both, as much of it as stands in one order (patience sorting)."""
    once = {text: place for place, text in enumerate(before)}
    many = {text for counted in (Counter(before), Counter(after)) for text, times in counted.items() if times > 1}
    pairs = sorted((once[text], place) for place, text in enumerate(after) if text in once and text not in many)
    ends: list[int] = []
    piles: list[tuple[int, int, int]] = []  # a pair's places, and where the one before it in its order stands
    top: list[int] = []
    for one, other in pairs:
        pile = bisect_left(ends, other)
        piles.append((one, other, top[pile - 1] if pile else -1))
        ends[pile : pile + 1] = [other]
        top[pile : pile + 1] = [len(piles) - 1]
    found, at = [], top[-1] if top else -1
    while at >= 0:
        found.append(piles[at][:2])
        at = piles[at][2]
    return found[::-1]


def _in_runs(steps: Iterable[Stretch]) -> list[Stretch]:
    """The steps, those of one kind that follow one another as one."""
    joined: list[Stretch] = []
    for step in steps:
        if joined and joined[-1][0] == step[0]:
            kind, i, _, k, _ = joined.pop()
            joined.append((kind, i, step[2], k, step[4]))
        else:
            joined.append(step)
    return joined


def _edits(before: Sequence[str], after: Sequence[str]) -> Iterator[Edit]:
    """The edits; a single word kept between two changes is changed with them, or the reader sees confetti."""
    bare = [word.strip() for word in before], [word.strip() for word in after]
    steps = _steps(*bare)
    last = len(steps) - 1
    for place, (is_kept, i, j, k, m) in enumerate(steps):
        if is_kept and (m - k > 1 or place in (0, last)):
            yield Edit("kept", "".join(after[k:m]))
        else:
            yield from _replaced(before[i:j], after[k:m])


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Edit]:
    if before:
        yield Edit("removed", "".join(before))
    if after:
        yield Edit("added", "".join(after))


def _joined(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Changes that stand side by side as one: all that was removed, then all that was added."""
    removed = added = ""
    for edit in edits:
        if edit.change == "removed":
            removed += edit.text
        elif edit.change == "added":
            added += edit.text
        else:
            yield from _replaced([removed] if removed else [], [added] if added else [])
            removed = added = ""
            yield edit
    yield from _replaced([removed] if removed else [], [added] if added else [])
