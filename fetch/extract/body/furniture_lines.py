"""Lines among a story's paragraphs that are about the page: buttons, labels over other stories, notes on cookies."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from fetch.extract.body import furniture_phrases
from fetch.extract.markup.boilerplate import is_attributed
from fetch.extract.markup.tokens import TextBlock
from fetch.phrase_pattern import any_of

_LONGEST_WHOLE, _LONGEST_LABELLED, _LONGEST = 80, 200, 300  # letters
_MOST = 0.2  # of the story's letters; where more would go, these are its words
_NO_LINES = frozenset("h1 h2 h3 h4 h5 h6 pre td th table figure figcaption caption credit".split())
_MARKS, _BEFORE = 12, " -–—•·*|>»«›→▶►■【（([:.,!¡¿?#©\u200b\ufeff"  # before a text, of which a few are looked past
_AFTER = r"[\W_]*"
_OF_READING = "read|de lecture|lesezeit|de lectura|di lettura|de leitura"
_MINUTES = re.compile(rf"\d{{1,3}} min(?:ute)?s?\.? (?:{_OF_READING})\W*", re.I)
_DATE = r"(?=\D{,20}\d):?[\d\s.,:/-]*+(?:[^\W\d]{3,10}+\.?)?[\d\s.,:/-]*+(?:[^\W\d]{1,4}+\W*+)?"
_WITHIN = any_of(furniture_phrases.WITHIN)
_RARE = tuple(furniture_phrases.RARE.split())
_ENDS = frozenset(".!?。…")


def _by_beginning(table: str, after: str = "") -> dict[str, re.Pattern[str]]:
    """The patterns of a table by the two letters they begin with, as one for each."""
    found = dict[str, list[str]]()
    for phrase in table.split():
        found.setdefault(phrase[:2].replace("_", " ").casefold(), []).append(phrase)
    return {letters: re.compile(f"(?:{any_of(*phrases).pattern}){after}", re.I) for letters, phrases in found.items()}


_WHOLE = _by_beginning(furniture_phrases.WHOLE, _AFTER)
_LABELLED = _by_beginning(furniture_phrases.LABELLED, r"\s?[:：】]")
_DATED = _by_beginning(furniture_phrases.DATED, _DATE)
_BEGINNINGS = _by_beginning(furniture_phrases.BEGINNINGS)
_LETTERS = _WHOLE.keys() | _LABELLED.keys() | _DATED.keys() | _BEGINNINGS.keys()


def furniture_lines(text_blocks: Sequence[TextBlock], kept: Collection[int]) -> set[int]:
    """The `id` of each kept text block that is such a line, unless these are much of the story."""
    story = [one for one in text_blocks if id(one) in kept]
    short = [one for one in story if len(one.text) <= _LONGEST and _may_be_line(one)]
    lines = [one for one in short if _is_furniture(one.text)]
    if not lines or sum([len(one.text) for one in lines]) > _MOST * sum([len(one.text) for one in story]):
        return set()
    return {id(one) for one in lines}


def _may_be_line(text_block: TextBlock) -> bool:
    """Whether it is a paragraph or a point: no heading, nor what a table or a figure holds."""
    return text_block.kind not in _NO_LINES and text_block.element.within not in _NO_LINES


def _is_furniture(text: str) -> bool:
    said = text[:_MARKS].lstrip(_BEFORE) + text[_MARKS:] if text[0] in _BEFORE else text
    letters = said[:2].casefold()
    if letters in _LETTERS and _begins_so(said, letters):
        return not is_attributed(text)
    if text[0].isdecimal() and _MINUTES.fullmatch(text):
        return True
    small = text.casefold()
    return any(map(small.__contains__, _RARE)) and _WITHIN.search(text) is not None and not is_attributed(text)


def _begins_so(text: str, letters: str) -> bool:
    length = len(text)
    if length <= _LONGEST_WHOLE:
        if (whole := _WHOLE.get(letters)) and whole.fullmatch(text):
            return True
        if (dated := _DATED.get(letters)) and dated.fullmatch(text):
            return True
    if (
        length <= _LONGEST_LABELLED
        and text[-1] not in _ENDS
        and (label := _LABELLED.get(letters))
        and label.match(text)
    ):
        return True
    return (begins := _BEGINNINGS.get(letters)) is not None and begins.match(text) is not None
