"""Lines between paragraphs that ask the reader for something, or only label an advertisement beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetch.extract.body import appeal_phrases
from fetch.extract.markup.tokens import TextBlock
from fetch.phrase_pattern import any_of

_LONGEST_LABEL, _LONGEST_APPEAL = 80, 400  # letters
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


def appeals_among(text_blocks: Sequence[TextBlock]) -> set[int]:
    """The `id` of each text block that is such a line."""
    return {id(one) for one in text_blocks if one.kind != "pre" and (_is_label(one.text) or _is_appeal(one))}


def _is_label(text: str) -> bool:
    return len(text) <= _LONGEST_LABEL and _LABEL.fullmatch(text) is not None


def _is_appeal(one: TextBlock) -> bool:
    """Whether a text begins as an appeal, and says or links what it is for."""
    if len(one.text) > _LONGEST_APPEAL or not _ASKS.match(one.text):
        return False
    return _FOR_WHAT.search(one.text) is not None or any(run[2] and _LEADS_THERE.search(run[2]) for run in one.runs)
