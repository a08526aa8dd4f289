"""The one sentence of a story: the first whose substance most reports have, as one of them says it; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import NamedTuple, Protocol

from cache.related.sentences import Sentence, sentences
from cache.related.tokens import numbers

_SHARED = 0.4
"""Of the weight of a sentence's words, in two sentences of another report standing together, or its headline: it says
so, too."""
_MOST = 0.5
"""Of the reports, those that must say so, for a sentence that stands further up to be taken before one of more."""
_FEWEST_BEGIN = 2
"""Reports whose news a sentence is, for it to say what happened since others."""
_FIRST = 10
"""Sentences of a report that may be the one, and that are heard for another's."""
HEARD = _FIRST + 2
"""Sentences of a report in which that of another is heard."""
_FEWEST, _MOST_WORDS = 5, 60
"""Words, by white space, of a sentence that says what happened: fewer are a heading, more are a list."""
_SHORTEST, _LONGEST = 24, 420
"""The same in characters, for scripts written without spaces."""


_HEADLINE_PLACES = 14
"""Places further down that a sentence may stand which has all of the headlines' words, before one with none: a report
that begins with a scene comes to the matter later."""


_MOST_CANDIDATES = 24
"""Sentences that are asked whether others share them."""
_LEAST_CORE = 0.2
"""Of the weight of a headline's words, what a sentence must have of all of them on average to be of the matter."""


_NAMES = 0.5
"""Of the names and numbers in a sentence, those that another report must have to say so, too."""
_SAME_NAMES = 0.75
"""The same for it to tell the same event; a figure may have changed."""
_NAME = re.compile(r"(?<=[\s(“‘\"'-])(?:[^\W\d_a-z]|\d)[\w.,’'-]*")
_LEANS = re.compile(
    r"(?:and|but|or|so|yet|he|she|they|it|this|that|these|those|his|her|its|their|i|we|you|my|our|your|then|now|also"
    r"|however|meanwhile|still|such|there|here)\b",
    re.IGNORECASE,
)
"""How a sentence begins, in English, that goes on from the one before it, or is said by whoever writes."""
_QUOTES = "\"'“‘«„「『"


class Rarity(Protocol):
    """How much a word tells, by how rare it is."""

    def load(self, words: Iterable[int]) -> None:
        """Looks up all of these words at once."""

    def __getitem__(self, word: int) -> float: ...


@dataclass(frozen=True, slots=True)
class Telling:
    """A report's headline and text; `is_central` of the one that is most like the others, `is_opinion` where it says
    of itself that it is somebody's. `parts` are the first `HEARD` sentences of the text, and more, where it has been
    cut already.
    """

    entry_id: int
    headline: str
    text: str
    is_central: bool = False
    is_opinion: bool = False
    parts: Sequence[Sentence] | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """A sentence as a report has it, and how many reports have its substance, that one counted."""

    text: str
    entry_id: int
    shared_by: int


def shared_sentence(tellings: Sequence[Telling], idf: Rarity, earlier: Sequence[Telling] = ()) -> Shared | None:
    """The first sentence that most of these reports share in substance, quoted from the central one where that has it.

    None where no sentence is shared by most. A single report has its own. What one of the `earlier` says is none;
    beside those two that share it are enough, where two begin with it or have what is new of it in their headlines: a
    detail that stands further down is told later, and is nothing that happened since.
    """
    heard, known = [_Heard.of(telling) for telling in tellings], [_Heard.of(telling) for telling in earlier]
    idf.load(frozenset[int]().union(*(each.words for each in [*heard, *known])))
    told = frozenset[int]().union(*(each.words for each in known))
    for part, own in _candidates(heard, idf):
        sought = _Sought.of(part, idf)
        if any(each.has_words_of(sought, idf) for each in known):
            continue
        saying = [each for each in heard if each is own or each.says(sought, idf)]
        if known and sum(each.has_as_news(sought, told, idf) for each in saying) < _FEWEST_BEGIN:
            continue
        if len(saying) > (1 if known else _MOST * len(heard)):
            return Shared(part.text, own.telling.entry_id, len(saying))
    return None


def is_said(sentence: str, tellings: Sequence[Telling], idf: Rarity) -> bool:
    """Whether one of these reports has the substance of a sentence, with most of its names and numbers: events of one
    kind and region share some.
    """
    heard = [_Heard.of(telling) for telling in tellings]
    parts = [*sentences(sentence)][:1]
    idf.load(frozenset[int]().union(*(each.words for each in heard), *(part.words for part in parts)))
    sought = [_Sought.of(part, idf) for part in parts]
    return any(
        each.says(one, idf) and len(one.names & each.words) >= _SAME_NAMES * len(one.names)
        for one in sought
        for each in heard
    )


class _Sought(NamedTuple):
    """A sentence as it is looked for in others: its words, its names and numbers, and the weight that is enough."""

    words: frozenset[int]
    names: frozenset[int]
    least: float

    @classmethod
    def of(cls, part: Sentence, idf: Rarity) -> _Sought:
        return cls(part.words, _names(part.text), _SHARED * _weight(part.words, idf))


@dataclass(frozen=True, slots=True)
class _Heard:
    """A report as it is heard: its first sentences, their words in twos that follow each other, all its words."""

    telling: Telling
    parts: Sequence[Sentence]
    title: frozenset[int]
    twos: Sequence[frozenset[int]]
    words: frozenset[int]

    @classmethod
    def of(cls, telling: Telling) -> _Heard:
        parts = [*islice(sentences(telling.text) if telling.parts is None else telling.parts, HEARD)]
        title = frozenset(numbers(telling.headline))
        following = [*parts[1:], *parts[-1:]]
        twos = [one.words | other.words | title for one, other in zip(parts, following, strict=True)] or [title]
        return cls(telling, parts, title, twos, frozenset().union(*twos))

    def has_words_of(self, sought: _Sought, idf: Rarity) -> bool:
        """Whether the report has so much of the words of a sentence, and half of its names and numbers, anywhere."""
        if len(sought.names & self.words) < _NAMES * len(sought.names):
            return False
        return bool(sought.least) and _weight(sought.words & self.words, idf) >= sought.least

    def says(self, sought: _Sought, idf: Rarity) -> bool:
        """Whether the report has the substance of a sentence, in two that follow each other with its headline: much of
        its words, and half of its names and numbers, as events of one kind are told in the same words.
        """
        if not self.has_words_of(sought, idf):
            return False
        return any(_weight(sought.words & two, idf) >= sought.least for two in self.twos)

    def has_as_news(self, sought: _Sought, told: frozenset[int], idf: Rarity) -> bool:
        """Whether a sentence that the report says is its news: begun with, or new words of it, beside those `told`
        before, in the headline.
        """
        if self.title & sought.words - told:
            return True
        first = self.parts[0].words if self.parts else frozenset[int]()
        return bool(sought.least) and _weight(sought.words & (first | self.title), idf) >= sought.least


def _names(text: str) -> frozenset[int]:
    """The names and numbers in a sentence, as the index knows words: what begins with a capital or digit within it."""
    return frozenset(numbers(" ".join(_NAME.findall(text))))


def _candidates(heard: Sequence[_Heard], idf: Rarity) -> list[tuple[Sentence, _Heard]]:
    """The sentences that may be the one, the first first: early ones that have much of the headlines, and of reports
    before opinions, of the central report before others.
    """
    found = []
    titles = [(other.title, _weight(other.title, idf) or 1.0) for other in heard]
    for order, each in enumerate(heard):
        for place, part in enumerate(each.parts[:_FIRST]):
            if not _is_whole(part.text):
                continue
            core = sum(_weight(part.words & title, idf) / weight for title, weight in titles) / len(heard)
            if len(heard) == 1 or core >= _LEAST_CORE:
                rank = (place - _HEADLINE_PLACES * core, not each.telling.is_central, order, place)
                found.append(((each.telling.is_opinion, *rank), part, each))
    found.sort(key=itemgetter(0))
    return [(part, each) for _, part, each in found[:_MOST_CANDIDATES]]


def _weight(words: Iterable[int], idf: Rarity) -> float:
    return sum(idf[word] for word in words)


def _is_whole(text: str) -> bool:
    """Whether a sentence may stand by itself: neither a heading nor a list, ended, and leaning on none before it."""
    words = len(text.split())
    if not _SHORTEST <= len(text) <= _LONGEST or words > _MOST_WORDS:
        return False
    if _LEANS.match(text) or text[0] in _QUOTES:
        return False
    ended = text.rstrip("\"'”’)]」』").endswith((".", "!", "…", "。", "！", "؟", "।", "?"))
    return ended and not text.endswith("?") and (words >= _FEWEST or len(text.encode()) > 2 * len(text))
