"""The "why" beside a related story, worded here and nowhere else.

It is a link from the one page to the other, or the names, places and numbers that both share, as the open story writes
them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from cache.related.tokens import STOP_WORDS, fold, numbers, unspaced
from cache.writing_systems import UNSPACED

_SENTENCE_END = re.compile(r"[.!?:;…。！？]['\"”’)]*\s+|\n+|^|[“\"«]")
_CAPITAL = "".join(filter(str.isupper, map(chr, range(0xC0, 0x590))))
_NAME_WORD = rf"(?:[A-Z]\.)+|[A-Z{_CAPITAL}][\w&’'-]*|[{UNSPACED}]+"
_GAP = r"[^\S\n]+"
_NAME = re.compile(
    rf"\b(?:{_NAME_WORD})(?:{_GAP}(?:(?:of|the|de|da|del|der|di|du|la|van|von|bin|al|for|and){_GAP}){{0,2}}"
    rf"(?:{_NAME_WORD}))*"
)
_NUMBER = re.compile(
    r"(?<![\w.,])[$€£¥]?\d[\d.,]*\d(?:\s?(?:%|percent|per cent|million|billion|trillion))?|\b[A-Z]+-?\d+\b"
)
LINKED = "linked by the page"
LINKS_HERE = "links here"

_LENGTH = 0.7  # a longer name tells more, but a title before it little
_TELLING = 0.9  # how rare a name is that tells something: not in a third of all that is in the library
_FEW = 5  # names from which on a story can be told by them
_MOST_WORDS = 5  # a longer run of capitals is a headline, not a name
_LONG_RUN = 3  # characters of one kind, in a script without spaces, that are a name more often than not
_SUBJECT = 8  # the weight in the index from which on an entry tells of a word, and does not just use it


@dataclass(frozen=True, slots=True)
class Name:
    """A name or number as it stands in a story, with the words it is known by in the index; `sure` when no guess."""

    written: str
    words: frozenset[int]
    sure: bool = True


class WordIdf(Protocol):
    """How rare words are, by their numbers."""

    def __getitem__(self, word: int) -> float: ...

    def load(self, words: Iterable[int]) -> None:
        """Looks these words up."""


@dataclass(frozen=True)
class Reasons:
    """Words the reasons beside one open story; `links` are the entries it links to, `backlinks` those linking to it."""

    headline: str
    text: str
    idf: WordIdf
    links: frozenset[int] = frozenset()
    backlinks: frozenset[int] = frozenset()

    @cached_property
    def named(self) -> Sequence[Name]:
        """The names the story writes."""
        return self._with_idf(names(self.headline, self.text))

    @cached_property
    def _words(self) -> Sequence[Name]:
        return self._with_idf(words(self.headline, self.text))

    def _with_idf(self, found: Sequence[Name]) -> Sequence[Name]:
        """The names, the idf of their words having been loaded."""
        self.idf.load({word for name in found for word in name.words})
        return found

    def reason(self, entry_id: int, weights: Mapping[int, int]) -> str:
        """Why an entry that is known by these words stands beside the story; empty where nothing says so."""
        link = LINKED if entry_id in self.links else LINKS_HERE if entry_id in self.backlinks else ""
        return " · ".join(filter(None, (link, self._shared(weights))))

    def vouch_for(self, weights: Mapping[int, int]) -> bool:
        """Whether the story's names speak for an entry known by these words."""
        return is_vouched(self.named, weights, self.idf)

    def _shared(self, weights: Mapping[int, int]) -> str:
        return shared(self.named, weights, self.idf) or shared(self._words, weights, self.idf, most=2)


def names(headline: str, text: str) -> list[Name]:
    """The names, places and numbers in a story."""
    found: dict[frozenset[int], Name] = {}
    for written in (*_written_names(text), *_NUMBER.findall(f"{headline} {text}")):
        _note(found, written, sure=True)
    return list(found.values())


def words(headline: str, text: str) -> list[Name]:
    """The words a story tells of, should it share no name: those of its headline, or that come more than once."""
    found: dict[frozenset[int], Name] = {}
    repeated = [word for word, count in Counter(map(_bare, text.split())).items() if count > 1]
    for written in (*map(_bare, headline.split()), *repeated):
        _note(found, written, sure=False)
    return list(found.values())


def shared(story: Iterable[Name], words: Mapping[int, int], idf: WordIdf, *, most: int = 4) -> str:
    """The names a story shares with an entry known by these words, the most telling first; empty without any."""
    telling = {name: _telling(name, idf) for name in story if _stands_in(name, words)}
    chosen: list[Name] = []
    for name in sorted(telling, key=lambda name: (not name.sure, -telling[name])):
        if len(chosen) == most or (chosen and chosen[0].sure and not name.sure):
            break
        if telling[name] >= _TELLING and not any(name.words & other.words for other in chosen):
            chosen.append(name)
    return ", ".join(name.written for name in chosen)


def is_vouched(story: Sequence[Name], words: Mapping[int, int], idf: WordIdf) -> bool:
    """Whether a story's names speak for an entry known by these words: two are shared, or it names too few to tell."""
    sure = [name for name in story if name.sure]
    common = (name for name in sure if _stands_in(name, words) and _telling(name, idf) >= _TELLING)
    return len(sure) < _FEW or sum(1 for _ in common) >= 2


def _stands_in(name: Name, words: Mapping[int, int]) -> bool:
    least = 1 if name.sure else _SUBJECT
    return all(words.get(word, 0) >= least for word in name.words)


def _telling(name: Name, idf: WordIdf) -> float:
    return sum(idf[word] for word in name.words) / math.pow(len(name.words), _LENGTH)


def _bare(word: str) -> str:
    return word.strip(".,;:!?\"'“”‘’()[]«»…")


def _note(found: dict[frozenset[int], Name], written: str, *, sure: bool) -> None:
    runs = unspaced(written)
    for part in runs or [written]:
        words = frozenset(numbers(part))
        if words and words not in found:
            found[words] = Name(part, words, sure and (not runs or len(part) >= _LONG_RUN))


def _written_names(text: str) -> Iterator[str]:
    """Runs of capitalised words; one that opens a sentence counts only where it is capitalised elsewhere too."""
    starts = {found.end() for found in _SENTENCE_END.finditer(text)}
    inside: set[str] = set()
    opening: list[str] = []
    for found in _NAME.finditer(text):
        run = _trim(found[0].split())
        if not run or len(run) > _MOST_WORDS:
            continue
        written = " ".join(run)
        if found.start() in starts and len(run) == 1 and written[0].isupper() and not written[1:].isupper():
            opening.append(written)
        else:
            inside.add(written)
            yield written
            if len(run) > 2 and all(word[0].isupper() for word in run):
                yield " ".join(run[-2:])
    known = {word for name in inside for word in name.split()}
    yield from (written for written in opening if written in known)


def _trim(run: list[str]) -> list[str]:
    """A name without the article or preposition before it, and the possessive or lone initial after it."""
    while run and fold(run[0]) in STOP_WORDS:
        run = run[1:]
    if run:
        run = [*run[:-1], re.sub("['’]s?$", "", run[-1])]
    while run and len(run[-1]) == 1:
        run = run[:-1]
    return run
