"""A story followed through time: its reports in order, and what each adds to those before it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from cache.entry import Entry
from cache.related.sentences import Quantity, Sentence, sentences

_SAID = 0.6  # of a sentence's words, in one earlier sentence: it has been said
_COVERED = 0.9  # of a sentence's words, anywhere before: nothing in it is new
_COPIED = 0.85  # of a report's sentences, in one earlier report: it is the same text, where what is left is old, too
_SPELLING = 0.02  # of a copy's words, new: house style, and in a short report not one word
_FEWEST_WORDS = 3  # a sentence of fewer counted words says nothing by itself
_SAME_MATTER = 0.3  # of the words of two sentences, shared: their quantities are about the same


@dataclass(frozen=True, slots=True)
class Report:
    """A report of a story: its entry and text, the sentences and quantities that no earlier report had.

    `copy_of` is the entry of an earlier report that has the same text, else 0: no sentence and no quantity is new, and
    no word but one in fifty.
    """

    entry: Entry
    text: str = ""
    adds: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    copy_of: int = 0


@dataclass(frozen=True, slots=True)
class Dispute:
    """Quantities of one matter that differ: what they count, and each as written with the entry that gives it."""

    what: str
    quantities: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A story: its reports, oldest first, and the quantities on which they differ."""

    reports: tuple[Report, ...] = ()
    disputes: tuple[Dispute, ...] = ()


def timeline(reports: Sequence[Report]) -> Timeline:
    """The reports of one story in the order of time, each with what it adds."""
    ordered = sorted(reports, key=lambda report: _place(report.entry))
    said = _Said()
    found = []
    by_report = []
    for report in ordered:
        parts = list(dict.fromkeys(sentences(report.text or report.entry.headline)))
        found.append(said.with_news(report, parts))
        by_report.append((report.entry.id, parts))
    return Timeline(tuple(found), tuple(_disputes(by_report)))


def disputes(reports: Iterable[tuple[Entry, Iterable[Sentence]]]) -> list[Dispute]:
    """The quantities on which the reports of one story differ, each report given with its sentences."""
    ordered = sorted(reports, key=lambda report: _place(report[0]))
    return _disputes([(entry.id, [*dict.fromkeys(parts)]) for entry, parts in ordered])


class _Said:
    """What the reports so far have said."""

    def __init__(self) -> None:
        self._words: set[int] = set()
        self._quantities: set[tuple[str, str]] = set()
        self._sentences: list[tuple[int, int]] = []  # entry and number of words, by the sentence's number
        self._with_word: defaultdict[int, list[int]] = defaultdict(list)

    def with_news(self, report: Report, parts: Sequence[Sentence]) -> Report:
        """The report with what it adds; from then on that is known."""
        copied: Counter[int] = Counter()
        adds: list[Sentence] = []
        for part in parts:
            before = self._said_in(part)
            copied.update(before)
            if self._is_new(part, bool(before)):
                adds.append(part)
        whole = sum(len(part.words) >= _FEWEST_WORDS for part in parts)
        source, shared = copied.most_common(1)[0] if copied else (0, 0)
        copy = source if whole and shared >= _COPIED * whole and not adds and self._adds_nothing(parts) else 0
        result = replace(
            report,
            adds=tuple(part.text for part in adds),
            quantities=tuple(dict.fromkeys(quantity.written for quantity in self._new_quantities(adds))),
            copy_of=copy,
        )
        self._note(report.entry.id, parts)
        return result

    def _said_in(self, part: Sentence) -> set[int]:
        """The earlier reports in which a sentence has been said."""
        if len(part.words) < _FEWEST_WORDS:
            return set()
        shared = Counter(number for word in part.words for number in self._with_word.get(word, ()))
        least = _SAID * len(part.words)
        return {self._sentences[number][0] for number, count in shared.items() if count >= least}

    def _is_new(self, part: Sentence, said: bool) -> bool:
        if any((quantity.counts, quantity.value) not in self._quantities for quantity in part.quantities):
            return True
        if said or len(part.words) < _FEWEST_WORDS:
            return False
        return len(part.words & self._words) < _COVERED * len(part.words)

    def _adds_nothing(self, parts: Sequence[Sentence]) -> bool:
        """Whether no short sentence is new, and of all words so few that they change nothing that is said."""
        words = frozenset[int]().union(*(part.words for part in parts))
        short = all(part.words <= self._words for part in parts if len(part.words) < _FEWEST_WORDS)
        return short and len(words - self._words) <= _SPELLING * len(words)

    def _new_quantities(self, parts: Sequence[Sentence]) -> list[Quantity]:
        return [
            quantity
            for part in parts
            for quantity in part.quantities
            if (quantity.counts, quantity.value) not in self._quantities
        ]

    def _note(self, entry_id: int, parts: Sequence[Sentence]) -> None:
        for part in parts:
            for word in part.words:
                self._with_word[word].append(len(self._sentences))
            self._sentences.append((entry_id, len(part.words)))
            self._words |= part.words
            self._quantities.update((quantity.counts, quantity.value) for quantity in part.quantities)


def _disputes(by_report: Sequence[tuple[int, Sequence[Sentence]]]) -> list[Dispute]:
    """The matters for which reports give different quantities; of each report, the one it gives first."""
    matters: list[tuple[str, Sentence, dict[int, Quantity]]] = []
    for entry_id, parts in by_report:
        for part in parts:
            for quantity in part.quantities:
                matter = next((m for m in matters if m[0] == quantity.counts and _same_matter(m[1], part)), None)
                if matter is None:
                    matters.append((quantity.counts, part, {entry_id: quantity}))
                else:
                    matter[2].setdefault(entry_id, quantity)
    return [
        Dispute(_what(part, given), tuple((quantity.written, entry_id) for entry_id, quantity in given.items()))
        for _, part, given in matters
        if len({quantity.value for quantity in given.values()}) > 1
    ]


def _same_matter(one: Sentence, other: Sentence) -> bool:
    shared = len(one.words & other.words)
    return shared >= 3 and shared >= _SAME_MATTER * min(len(one.words), len(other.words))


def _what(part: Sentence, given: dict[int, Quantity]) -> str:
    first = next(iter(given.values()))
    return first.counts if first.counts in {"money", "percent"} else first.written.rpartition(" ")[2]


def _place(entry: Entry) -> tuple[datetime, int]:
    return _moment(entry), entry.id


def _moment(entry: Entry) -> datetime:
    when = entry.published or entry.fetched
    if when is None:
        return datetime.max.replace(tzinfo=UTC)
    return when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, tzinfo=UTC)
