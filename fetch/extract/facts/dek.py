"""The dek: what a page's description says that the text below it does not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from fetch.dateline import split_dateline
from fetch.extract.markup.class_hints import BIT
from fetch.extract.markup.tokens import TextBlock, Token
from fetch.letters import letters_only
from fetch.text import clean

_CUT = re.compile(r"\s*\[?(?:…|\.\.\.)\]?(?:\s+\S+){0,3}\s*$")  # and "Read more" behind it
_PARTED = re.compile(r"(?<=\S)\s++[-–—|•·:»]\s++|[|•]\s*+")
_LONGEST_NAME = 40  # letters: of a site, before its description or behind it
_LEAST_SAID = 60  # letters that are left of a description without the site's name
_PIECE = 12  # letters
_FIRST = 4  # paragraphs that a dek may be the beginning of
_SAID_ANYWHERE = 60  # letters; a shorter dek may well be a phrase of the text


def dek_beside(description: str, headline: str, paragraphs: Sequence[str]) -> str:
    """The description as the dek of a text, "" where the text says it in full, or begins with it.

    Datelines, a headline or the site's name before it, that name behind it, and a cut ending are set aside before the
    two are compared.
    """
    return "" if any(_is_said(one, headline, paragraphs) for one in _without_names(description)) else description


def shown_dek(tokens: Sequence[Token], kept: Collection[int], headline: str) -> str:
    """What the page shows and calls its dek between its headline and the text, "" where that is text or missing."""
    key, below = _letters(headline), False
    longest = 2 * len(headline) + _PIECE
    for token in tokens:
        if not isinstance(token, TextBlock):
            continue
        if id(token) in kept and token.kind[0] != "h":
            return ""
        if below and _is_called_dek(token):
            return clean(token.text)
        below = below or (0 < len(token.text) < longest and bool(key) and _letters(token.text) == key)
    return ""


def _is_called_dek(one: TextBlock) -> bool:
    hints, length = one.element.own | one.element.around, len(one.text)
    return (
        bool(hints & _CALLED_DEK)
        and not hints & _OF_OTHERS
        and _SHORTEST <= length <= _LONGEST
        and 3 * one.linked < length
    )


_CALLED_DEK = BIT["dek"]
_OF_OTHERS = BIT["related"] | BIT["promo"] | BIT["nav"] | BIT["hidden"] | BIT["author"] | BIT["tags"] | BIT["caption"]
_SHORTEST, _LONGEST = 40, 500  # letters


def _without_names(description: str) -> Iterator[str]:
    """The description, and without what a short name before it or behind it may be."""
    yield description
    parts = list(_PARTED.finditer(description))
    if parts and parts[0].start() <= _LONGEST_NAME and len(description) - parts[0].end() >= _LEAST_SAID:
        yield description[parts[0].end() :]
    if parts and len(description) - parts[-1].end() <= _LONGEST_NAME and parts[-1].start() >= _LEAST_SAID:
        yield description[: parts[-1].start()]


def _is_said(description: str, headline: str, paragraphs: Sequence[str]) -> bool:
    """Whether a text says a description in full, or begins with it."""
    said = _letters(_without_headline(description, headline))
    if cut := _CUT.search(description):
        whole_words = description[: cut.start()].rpartition(" ")[0]
        said = _letters(_without_headline(whole_words, headline)) or said
    if not said:
        return True
    near = paragraphs[:_FIRST]
    if _opens(said, near) or any(said in _letters(line) for line in near if _may_hold(line, description)):
        return True
    opening = split_dateline(paragraphs[0], headline).text if paragraphs else ""
    if paragraphs and opening != paragraphs[0] and _opens(said, [opening, *near[1:]]):
        return True
    return len(said) >= _SAID_ANYWHERE and _is_in(said, description, paragraphs)


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
    return letters_only(text).casefold()
