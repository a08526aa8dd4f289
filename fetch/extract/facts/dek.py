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
    near = paragraphs[:_FIRST]
    if _opens(said, near) or any(said in _letters(line) for line in near if _may_hold(line, description)):
        return ""
    opening = split_dateline(paragraphs[0], headline).text if paragraphs else ""
    if paragraphs and opening != paragraphs[0] and _opens(said, [opening, *near[1:]]):
        return ""
    return "" if len(said) >= _SAID_ANYWHERE and _is_in(said, description, paragraphs) else description


def _opens(said: str, paragraphs: Sequence[str]) -> bool:
    """Whether the paragraphs begin with these letters; no more of them is looked at than that takes."""
    for paragraph in paragraphs:
        letters = _letters(paragraph[: 2 * len(said) + _PIECE])
        if len(letters) >= len(said) or not said.startswith(letters):
            return letters.startswith(said)
        letters = _letters(paragraph)
        if not said.startswith(letters):
            return letters.startswith(said)
        said = said[len(letters) :]
    return not said


def _may_hold(line: str, description: str) -> bool:
    """Whether a line has a piece of the description in it, looked for as it is written."""
    third = len(description) // 3
    return any(description[at : at + _PIECE] in line for at in (third // 2, third, 2 * third - _PIECE))


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
