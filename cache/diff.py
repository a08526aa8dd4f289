"""What was changed from one text of an article to the next, word by word; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, TypeAlias

from cache.writing_systems import UNSPACED

if TYPE_CHECKING:
    from fetch.article import Article

Change: TypeAlias = Literal["kept", "removed", "added"]

_WORD = re.compile(
    f"[{UNSPACED}]\\s*|(?:(?![{UNSPACED}])\\w)+(?:['’.,-](?:(?![{UNSPACED}])\\w)+)*\\s*|[^\\w\\s]+\\s*|\\s+"
)
_ALIKE = 0.4  # the share of words two passages must have in common to be one that was rewritten
_MOST_COMPARED = 4_000_000  # pairs of words; beyond that a passage counts as replaced


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
    before, after = old.text.splitlines(), new.text.splitlines()
    return Difference(compare(old.headline, new.headline), tuple(_passages(before, after)), since)


def compare(old: str, new: str) -> Passage:
    """Two wordings of one passage, compared word by word."""
    if old == new:
        return Passage((Edit("kept", new),) if new else ())
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) * len(after) > _MOST_COMPARED:
        return Passage(tuple(_replaced(before, after)))
    return Passage(tuple(_joined(_edits(before, after))))


def _passages(before: Sequence[str], after: Sequence[str]) -> Iterator[Passage]:
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Passage((Edit("kept", text),)) for text in after[k:m])
        else:
            yield from _rewritten(before[i:j], after[k:m])


def _rewritten(before: Sequence[str], after: Sequence[str]) -> Iterator[Passage]:
    """Passages that took the place of others: those alike are paired, in order; the rest went or came."""
    start = 0
    for text in after:
        pair = _pair(text, before, start)
        if pair is None:
            yield Passage((Edit("added", text),))
            continue
        yield from (Passage((Edit("removed", gone),)) for gone in before[start:pair])
        yield compare(before[pair], text)
        start = pair + 1
    yield from (Passage((Edit("removed", gone),)) for gone in before[start:])


def _pair(text: str, before: Sequence[str], start: int) -> int | None:
    """The first passage from `start` that was rewritten into this one."""
    words = _bag(text)
    return next((place for place in range(start, len(before)) if _alike(words, _bag(before[place]))), None)


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= _ALIKE * max(len(one), len(other), 1)


def _bag(text: str) -> set[str]:
    return {word.strip() for word in _WORD.findall(text) if word[0].isalnum()}


def _edits(before: Sequence[str], after: Sequence[str]) -> Iterator[Edit]:
    """The edits; a single word kept between two changes is changed with them, or the reader sees confetti."""
    bare = [word.strip() for word in before], [word.strip() for word in after]
    steps = SequenceMatcher(None, *bare, autojunk=False).get_opcodes()
    last = len(steps) - 1
    for place, (tag, i, j, k, m) in enumerate(steps):
        if tag == "equal" and (m - k > 1 or place in (0, last)):
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
