"""Where a long passage stands of which its publisher has changed a few words."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from functools import cached_property
from typing import NamedTuple

from cache.writing_systems import word_spans

LIKE = 0.75
"""So much of both passages, by the letters of their words, must be the same and in the same order."""
_CERTAIN = 0.9
"""So much where nothing that stood about it is there any more."""
_CLEARLY = 0.1
"""By so much it must be more like than any other."""
_TELLING = 24
"""Letters from which on a passage is told by most of its words."""
_FEWEST = 4
"""Words of such a passage."""
_RAREST, _MOST_PLACES = 16, 64
"""Pairs of words that a passage is looked for by, and the places of each that are looked at."""
_MOST_TRIED = 3
"""Places of the text that a passage is compared with."""
_AT_ALL = 2_000_000
"""Pairs of like words that are compared in one text, before the rest counts as gone."""
_TWO = 2


class _WordAt(NamedTuple):
    """A word as it is compared, and where it stands."""

    said: str
    start: int
    end: int


class _Likeness(NamedTuple):
    """How much of a passage is the same, and one more where what is about it is, too; and where it stands."""

    like: float
    start: int
    end: int


class EditedPassages:
    """Finds passages in a text by most of their words; what that takes is made for the first that is looked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._left = _AT_ALL

    def find(self, said: str, before: str, behind: str) -> tuple[int, int] | None:
        """Where the passage stands that is most like this one; None where none is, or another is about as much."""
        wanted = _words(said)
        if len(wanted) < _FEWEST or _letters(wanted) < _TELLING:
            return None
        about = [word.said for word in _words(before)[-3:]], [word.said for word in _words(behind)[:3]]
        lines = said.count("\n") + 1
        tried = (self._compared(wanted, about, ahead, lines) for ahead in self._likely(wanted))
        like = sorted({each for each in tried if each}, reverse=True)
        if not like:
            return None
        best = like[0]
        apart = [each for each in like if each.start >= best.end or each.end <= best.start]
        return None if any(each.like > best.like - _CLEARLY for each in apart) else (best.start, best.end)

    @cached_property
    def _all(self) -> list[_WordAt]:
        return _words(self._text)

    @cached_property
    def _breaks(self) -> list[int]:
        """Where lines end."""
        return [at for at, sign in enumerate(self._text) if sign == "\n"]

    @cached_property
    def _pairs(self) -> dict[tuple[str, str], list[int]]:
        """Where each two words follow upon each other."""
        found: dict[tuple[str, str], list[int]] = {}
        for at, (one, other) in enumerate(zip(self._all, self._all[1:], strict=False)):
            found.setdefault((one.said, other.said), []).append(at)
        return found

    def _likely(self, wanted: Sequence[_WordAt]) -> list[int]:
        """The words of the text that passages begin at which have most of its rare pairs of words."""
        pairs = ((at, self._pairs.get((wanted[at].said, wanted[at + 1].said), ())) for at in range(len(wanted) - 1))
        rarest = sorted((each for each in pairs if each[1]), key=lambda each: len(each[1]))[:_RAREST]
        votes = Counter((place - at) // _FEWEST for at, places in rarest for place in places[:_MOST_PLACES])
        return [ahead * _FEWEST for ahead, _ in votes.most_common(_MOST_TRIED)]

    def _compared(
        self, wanted: Sequence[_WordAt], about: tuple[list[str], list[str]], ahead: int, lines: int
    ) -> _Likeness | None:
        """How like the passage about there is, and where it stands."""
        spare = _FEWEST + len(wanted) // 4
        first, last = max(0, ahead - spare), max(0, ahead + len(wanted) + spare)
        there = self._all[first:last]
        said = [word.said for word in wanted], [word.said for word in there]
        each = Counter(said[1])
        self._left -= sum(each[word] for word in said[0])
        if self._left < 0:
            return None
        same = SequenceMatcher(None, *said, autojunk=False).get_matching_blocks()[:-1]
        same = _near_each_other(self._in_lines(same, first, lines))
        if not same:
            return None
        start, end = self._span(same, len(wanted), first, len(there))
        matched = sum(_letters(there[block.b : block.b + block.size]) for block in same)
        like = 2 * matched / (_letters(wanted) + _letters(self._all[start:end]))
        near = [word.said for word in self._all[max(0, start - 3) : start]] == about[0] != []
        near |= [word.said for word in self._all[end : end + 3]] == about[1] != []
        if like < (LIKE if near else _CERTAIN):
            return None
        return _Likeness(like + near, self._all[start].start, self._all[end - 1].end)

    def _in_lines(self, same: Sequence[Match], first: int, lines: int) -> list[Match]:
        """The blocks that lie less than so many lines from the largest."""
        home = self._line(first + max(same, key=lambda each: each.size).b) if same else 0
        return [each for each in same if abs(self._line(first + each.b) - home) < lines]

    def _span(self, same: Sequence[Match], length: int, first: int, window: int) -> tuple[int, int]:
        """From which word to which it stands: as many further at its ends as were changed there, in the same lines."""
        begins, ends = same[0], same[-1]
        start = first + max(0, begins.b - begins.a)
        end = first + min(window, ends.b + ends.size + length - ends.a - ends.size)
        while self._line(start) < self._line(first + begins.b):
            start += 1
        while self._line(end - 1) > self._line(first + ends.b + ends.size - 1):
            end -= 1
        return start, end

    def _line(self, at: int) -> int:
        return bisect_left(self._breaks, self._all[at].start)


def _near_each_other(blocks: list[Match]) -> list[Match]:
    """The blocks without single words at their ends that happen to stand far from the others."""
    while len(blocks) > 1 and blocks[0].size == 1 and _further_apart(blocks[0], blocks[1]):
        del blocks[0]
    while len(blocks) > 1 and blocks[-1].size == 1 and _further_apart(blocks[-2], blocks[-1]):
        del blocks[-1]
    return blocks


def _further_apart(one: Match, other: Match) -> bool:
    return other.b - one.b > other.a - one.a + _TWO


def _words(text: str) -> list[_WordAt]:
    return [_WordAt(text[start:end].lower(), start, end) for start, end in word_spans(text)]


def _letters(words: Sequence[_WordAt]) -> int:
    return sum(word.end - word.start for word in words)
