"""Lines between paragraphs that ask the reader for something, or only label an advertisement beside them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from fetch.extract.body import appeal_phrases
from fetch.extract.markup.boilerplate import is_attributed
from fetch.extract.markup.tokens import TextBlock
from fetch.phrase_pattern import any_of

_LONGEST_LABEL, _LONGEST_APPEAL = 80, 400  # letters
_BEGINNINGS = frozenset(appeal_phrases.BEGINNINGS.split())
_MARKS, _BEFORE = 12, " -–—•·*|>»«›:.,!¡¿?#'\"“”„‘’()[]\u200b\ufeff"  # before a text, of which a few are looked past
_LABEL = re.compile(
    rf"\W*(?:{any_of(appeal_phrases.LABELS).pattern})\b(?:\W+(?:{any_of(appeal_phrases.GOES_ON).pattern})\b)*\W*", re.I
)
_ASKS = re.compile(rf"\W*(?:{any_of(appeal_phrases.ASKS).pattern})", re.I)
_FOR_WHAT = re.compile(rf"\b(?:{any_of(appeal_phrases.FOR_WHAT).pattern})\b", re.I)
_LEADS_THERE = re.compile(
    rf"//(?:www\.|m\.|news\.)?(?:{any_of(appeal_phrases.NETWORKS).pattern})\.\w+/"
    rf"|/(?:{any_of(appeal_phrases.PAGES).pattern})(?:[/?#.-]|$)",
    re.I,
)


def appeals_among(text_blocks: Sequence[TextBlock], kept: Collection[int]) -> set[int]:
    """The `id` of each kept text block that is such a line."""
    short = [one for one in text_blocks if len(one.text) <= _LONGEST_APPEAL and id(one) in kept and one.kind != "pre"]
    likely = [one for one in short if one.text[:_MARKS].lstrip(_BEFORE)[:2].casefold() in _BEGINNINGS]
    return {id(one) for one in likely if _is_label(one.text) or _is_appeal(one)}


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and _LABEL.fullmatch(text) is not None


def _is_appeal(one: TextBlock) -> bool:
    """Whether a text begins as an appeal, and says or links what it is for."""
    if not _ASKS.match(one.text) or is_attributed(one.text):
        return False
    return _FOR_WHAT.search(one.text) is not None or any(run[2] and _LEADS_THERE.search(run[2]) for run in one.runs)
