"""What a text's wording says of it: a prompt, a credit, a copyright line, a heading over other stories.

Looked up word by word: its first words, and single words anywhere in it.
"""

from __future__ import annotations

import re

from fetch.extract.markup.boilerplate_phrases import (
    BOILERPLATE_HEADINGS,
    OPENINGS,
    RELATED_HEADINGS,
    SINGLE_WORDS,
    STORIES_BESIDE,
    WITHIN,
)
from fetch.extract.markup.telling_phrases import ASKS, ASKS_FIRST, CLOSED, OF_FORMS, OF_THE_PAGE, PAST, SAID
from fetch.phrase_pattern import any_of

_AT_ENDS = ("", ".", ",", ":", "!", "?", ")", ";", "…")


def _listed(table: str) -> list[str]:
    return [" ".join(entry.split()) for entry in table.split(",")]


_BY_OPENING: dict[str, str] = {opening: name for name, table in OPENINGS.items() for opening in _listed(table)}
_BY_WORD = {word + end: name for name, words in SINGLE_WORDS.items() for word in words.split() for end in _AT_ENDS}
_ANY_WORDS = frozenset(_BY_WORD)
_PHRASES = [(phrase, name) for name, phrases in WITHIN.items() for phrase in phrases.split()]
_BEGINS_A_PHRASE = re.compile(f"[{''.join({phrase[0] for phrase, _ in _PHRASES})}]")
_BOILERPLATE = frozenset([*_listed(STORIES_BESIDE), *_listed(BOILERPLATE_HEADINGS)])
_RELATED = frozenset([*_listed(STORIES_BESIDE), *_listed(RELATED_HEADINGS)])
_TRIMMED = "\u2019\u201c\u201d\"'*-–—•|»›>#+:()[] "
_ADDRESS = re.compile(r"\S@\S|https?:|www\.")


def is_related_heading(heading: str) -> bool:
    """Whether a heading stands over a list of other stories ("More on this", "IN THE GAZETTE NEWS")."""
    first, both = opening_of(heading)
    if both == "in the":
        return heading.rstrip().casefold().endswith("news")
    return both in _RELATED or (first.rstrip(":") in _RELATED and len(heading) < 60)


def opening_of(text: str) -> tuple[str, str]:
    """The first word and the first two, lower case, as the tables hold them."""
    words = text[:48].lower().lstrip(_TRIMMED).split(None, 2)
    if not words:
        return "", ""
    return words[0], f"{words[0]} {words[1].rstrip(':,.')}" if len(words) > 1 else ""


def wordings_in(text: str) -> tuple[str, ...]:
    """What the text block's wording gives away, names in a fixed order."""
    words = text.lower().split()
    plain = (
        len(words) > 1
        and words[0] not in _FIRST_WORDS
        and words[0][0].isalpha()
        and len(words[0]) + len(words[1]) <= _SHORT_WORDS
    )
    found = [] if plain else _by_opening(words, text)
    if not _ANY_WORDS.isdisjoint(words):
        found += [_BY_WORD[word] for word in _ANY_WORDS.intersection(words)]
    if not text.isascii() and _BEGINS_A_PHRASE.search(text):
        found += [name for phrase, name in _PHRASES if phrase in text]
    if ("@" in text or "://" in text or "www." in text) and _ADDRESS.search(text):
        found.append("address")
    return tuple(sorted(set(found))) if found else ()


ASKING = frozenset(("comments", "newsletter", "prompt"))
"""What the wording of a sentence may give away that a story tells, too: who commented, subscribed, has more on it."""

SPOKEN_OF = frozenset(
    ("about", "advert", "contact", "credit", "follow", "person", "pictured", "rights", "rights2", "share")
)
"""What a sentence of the past tells of as a story does: the photograph, the author, shares, the terms of a deal."""


def without_told(wordings: tuple[str, ...], text: str, *, linked: int) -> tuple[str, ...]:
    """The wordings of a text without those of which it tells in a sentence."""
    spoken = not SPOKEN_OF.isdisjoint(wordings)
    if not (spoken or not ASKING.isdisjoint(wordings)) or not is_told(text, linked=linked):
        return wordings
    told = ASKING | SPOKEN_OF if spoken and tells(text) else ASKING
    return tuple(name for name in wordings if name not in told)


def tells(text: str) -> bool:
    """Whether a text is somebody's words, or speaks of the past and not of the page and those who made it."""
    return is_attributed(text) or (_IS_PAST.search(text) is not None and not _IS_OF_THE_PAGE.search(text))


def is_told(text: str, *, linked: int) -> bool:
    """Whether a text says something in a sentence and asks nobody to do it: "declined to comment" ends many a story.

    `linked`: how many of its letters are linked; what leads to a form for comments is, and more than a footnote's mark.
    """
    said = text.rstrip(_MARKS)
    if linked > len(text) - len(said) or said[-1:] not in _ENDS:
        return False
    if is_attributed(text):
        return True
    if text.count(" ") < _FEW_SPACES or _ASKS.search(text):
        return False
    return not _OF_FORMS.search(text) or (_IS_PAST.search(text) is not None and not _IS_CLOSED.search(text))


def is_attributed(text: str) -> bool:
    """Whether a text is somebody's words, and says so: what they ask is asked in the story."""
    return _SAID.search(text) is not None


_ENDS = frozenset('.”"’»')
_MARKS = "[]0123456789 *†"
_FEW_SPACES = 2
_SAID = any_of(SAID)
_IS_OF_THE_PAGE = re.compile(any_of(OF_THE_PAGE).pattern, re.IGNORECASE)
_ASKS = re.compile(rf"\b(?:{any_of(ASKS).pattern})\b|^(?:{any_of(ASKS_FIRST).pattern})", re.IGNORECASE)
_OF_FORMS = re.compile(rf"\b(?:{any_of(OF_FORMS).pattern})\b", re.IGNORECASE)
_IS_CLOSED = re.compile(rf"\b(?:{any_of(CLOSED).pattern})\b", re.IGNORECASE)
_IS_PAST = re.compile(rf"\b(?:{any_of(PAST).pattern})\b", re.IGNORECASE)


def _by_opening(words: list[str], text: str) -> list[str]:
    """What the first words of a text give away, given all of its words in small letters."""
    if len(words) > 1 and words[0][0].isalpha() and len(words[0]) + len(words[1]) <= _SHORT_WORDS:
        openings = (words[0], f"{words[0]} {words[1].rstrip(':,.')}")
    else:  # marks stand before the first, or words are long
        openings = opening_of(text)
    return [_BY_OPENING[opening] for opening in openings if opening in _BY_OPENING]


_SHORT_WORDS = 40  # letters
_FIRST_WORDS = frozenset(opening.partition(" ")[0] for opening in _BY_OPENING)


def is_boilerplate_heading(heading: str) -> bool:
    """Whether a heading stands over what is no part of the story ("Related", "3 Comments")."""
    first, both = opening_of(heading)
    if first.isdecimal():
        return both.partition(" ")[2] in _BOILERPLATE
    return both in _BOILERPLATE or (first.rstrip(":") in _BOILERPLATE and len(heading) < 40)
