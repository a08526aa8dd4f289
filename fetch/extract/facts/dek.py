"""The dek: what a page's description says that the text below it does not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetch.dateline import split_dateline

_NOT_WORDS = re.compile(r"\W+")
_CUT = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?|\u2026)\s*$")
_PIECE = 12  # letters
_FIRST = 4  # paragraphs that a dek may be the beginning of
_SAID_ANYWHERE = 60  # letters; a shorter dek may well be a phrase of the text


def dek_beside(description: str, headline: str, paragraphs: Sequence[str]) -> str:
    """The description as the dek of a text, "" where the text says it in full, or begins with it.

    Datelines, a headline before it and a cut ending are set aside before the two are compared.
    """
    said = _letters(_without_headline(description, headline))
    if cut := _CUT.search(description):
        whole_words = description[: cut.start()].rpartition(" ")[0]
        said = _letters(_without_headline(whole_words, headline)) or said
    if not said:
        return ""
    as_printed = [_letters(line) for line in paragraphs[:_FIRST]]
    if "".join(as_printed).startswith(said) or any(said in line for line in as_printed):
        return ""
    if paragraphs and (opening := split_dateline(paragraphs[0], headline).text) != paragraphs[0]:
        as_printed[0] = _letters(opening)
        if "".join(as_printed).startswith(said):
            return ""
    return "" if len(said) >= _SAID_ANYWHERE and _is_in(said, description, paragraphs) else description


def _is_in(said: str, description: str, paragraphs: Sequence[str]) -> bool:
    """Whether the letters stand somewhere in the text; a piece of the description is looked for first."""
    middle = len(description) // 2
    probe = description[middle : middle + _PIECE]
    return any(probe in line for line in paragraphs) and said in "".join(map(_letters, paragraphs))


def _without_headline(description: str, headline: str) -> str:
    opening = split_dateline(description, headline).text
    return opening or description


def _letters(text: str) -> str:
    """The letters and figures alone, small: texts differ in quotes, dashes and white space."""
    return _NOT_WORDS.sub("", text).casefold()
