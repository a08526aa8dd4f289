"""The one sentence of a story: the first whose substance most reports have, as one of them says it; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from cache.related.sentences import Sentence, sentences
from cache.related.tokens import numbers

_SHARED = 0.4
"""Of the weight of a sentence's words, in two sentences of another report standing together, or its headline: it says
so, too."""
_MOST = 0.5
"""Of the reports, those that must say so, for a sentence that stands further up to be taken before one of more."""
_FIRST = 10
"""Sentences of a report that may be the one, and that are heard for another's."""
_FEWEST, _MOST_WORDS = 5, 60
"""Words, by white space, of a sentence that says what happened: fewer are a heading, more are a list."""
_SHORTEST, _LONGEST = 24, 420
"""The same in characters, for scripts written without spaces."""


class Rarity(Protocol):
    """How much a word tells, by how rare it is."""

    def load(self, words: Iterable[int]) -> None:
        """Looks up all of these words at once."""

    def __getitem__(self, word: int) -> float: ...


@dataclass(frozen=True, slots=True)
class Telling:
    """A report's headline and text; `is_central` of the one that is most like the others."""

    entry_id: int
    headline: str
    text: str
    is_central: bool = False


@dataclass(frozen=True, slots=True)
class Shared:
    """A sentence as a report has it, and how many reports have its substance, that one counted."""

    text: str
    entry_id: int
    shared_by: int


def shared_sentence(tellings: Sequence[Telling], idf: Rarity) -> Shared | None:
    """The first sentence that most of these reports share in substance, quoted from the central one where that has it.

    Where no sentence is shared by most, the one of most reports; None where no two reports share one. A single report
    has its own.
    """
    heard = {each.entry_id: [*sentences(each.text)][: _FIRST + 2] for each in tellings}
    titles = {each.entry_id: frozenset(numbers(each.headline)) for each in tellings}
    idf.load({word for parts in heard.values() for part in parts for word in part.words}.union(*titles.values()))
    matter = _matter(heard, titles)
    found: list[tuple[bool, float, int, bool, int, Shared]] = []
    for order, telling in enumerate(tellings):
        others = [each.entry_id for each in tellings if each is not telling]
        for place, part in enumerate(heard[telling.entry_id][:_FIRST]):
            if not _is_whole(part.text):
                continue
            said = 1 + sum(_says(part, heard[other], titles[other], idf) for other in others)
            most = said > _MOST * len(tellings) or len(tellings) == 1
            core = _weight(part.words & matter, idf) / (_weight(matter, idf) or 1.0)
            if len(tellings) > 1 and (core < _LEAST_CORE or said < 2):
                continue
            rank = place - _HEADLINE_PLACES * core
            found.append(
                (not most, rank if most else -said, place, not telling.is_central, order,
                 Shared(part.text, telling.entry_id, said))
            )  # fmt: skip
    return min(found, key=lambda each: each[:-1])[-1] if found else None


_HEADLINE_PLACES = 14
"""Places further down that a sentence may stand which has all of the headlines' words, before one with none: a report
that begins with a scene comes to the matter later."""


_LEAST_CORE = 0.2
"""Of the weight of the headlines' words, what a sentence must have to be of the matter at all."""


def _matter(heard: Mapping[int, Sequence[Sentence]], titles: Mapping[int, frozenset[int]]) -> frozenset[int]:
    """The words the story is about: those of several headlines, of one where they share none."""
    counted: dict[int, int] = {}
    for words in titles.values():
        for word in words:
            counted[word] = counted.get(word, 0) + 1
    several = frozenset(word for word, number in counted.items() if number > 1)
    return several if len(several) > 1 else frozenset(counted)


def _says(part: Sentence, heard: Sequence[Sentence], title: frozenset[int], idf: Rarity) -> bool:
    """Whether another report has the substance of a sentence: in two that follow each other, or in its headline."""
    whole = _weight(part.words, idf)
    if not whole:
        return False
    pairs = [one.words | other.words for one, other in zip(heard, [*heard[1:], *heard[-1:]], strict=True)]
    return any(_weight(part.words & (words | title), idf) >= _SHARED * whole for words in pairs or [title])


def _weight(words: Iterable[int], idf: Rarity) -> float:
    return sum(idf[word] for word in words)


def _is_whole(text: str) -> bool:
    """Whether a sentence may stand by itself: neither a heading nor a list, and ended."""
    words = len(text.split())
    if not _SHORTEST <= len(text) <= _LONGEST or words > _MOST_WORDS:
        return False
    ended = text.rstrip("\"'”’)]」』").endswith((".", "!", "…", "。", "！", "؟", "।", "?"))
    return ended and not text.endswith("?") and (words >= _FEWEST or len(text.encode()) > 2 * len(text))
