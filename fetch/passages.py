"""The passages of a text, and what each is known by, so that one that stands under many stories can be told."""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable
from hashlib import blake2b
from typing import Literal, NamedTuple, TypeAlias

from fetch.article import Block, Paragraph, Points, Quote, lines, plain
from fetch.letters import letters_only
from fetch.text import HAN_AND_KANA, SOUTH_EAST_ASIAN

How: TypeAlias = Literal["same", "begins", "place"]
"""Whether a rule means one passage, all that begin with some words, or all that stand in a place of the page."""


class KeptPassages(NamedTuple):
    """What a reader says is part of a site's stories: `text` is a passage, its beginning, or a place on the page.

    A place is written as `place_of` in `fetch.extract.body.kept_by_rule` writes it: "aside.factbox".
    """

    how: How
    text: str


class DroppedPassage(NamedTuple):
    """A passage of a page that is no part of the story as it was read.

    `before` counts the letters of the story that stand before it; `place` is where it stands, "" where the page tells
    that from nothing else: then only its words can be meant.
    """

    text: str
    before: int
    place: str = ""


SHORTEST = 16
"""Letters of the shortest passage that is known by anything: shorter ones stand under stories by chance."""

_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W_]+")
_UNPARTED = re.compile(f"[{HAN_AND_KANA}{SOUTH_EAST_ASIAN}]")
_COLONS = frozenset(":：")


def passage_of(block: Block) -> str:
    """What a block says as a passage of its own, in one line; "" for a picture, a heading, a table or code."""
    return " ".join(_said(block).split())


def _said(block: Block) -> str:
    if isinstance(block, Paragraph):
        return plain(block.spans)
    return " ".join(lines((block,))) if isinstance(block, Points | Quote) else ""


def letters_of(passage: str) -> str:
    """What is compared of a passage: its letters, with 0 for any number, as times and counts change by the page."""
    return letters_only(_DIGITS.sub("0", passage.casefold()))


def begins_with(passage: str, beginning: str) -> bool:
    """Whether a passage begins with these words, the last one whole; with their colon, where one ends them."""
    meant = letters_of(beginning)
    if not meant or not letters_of(passage).startswith(meant):
        return False
    rest = _behind(_DIGITS.sub("0", passage.casefold()), len(meant))
    if beginning.rstrip()[-1:] in _COLONS:
        between = next(_LETTERS.finditer(rest), None)
        return not _COLONS.isdisjoint(rest[: between.start()] if between else rest)
    return not rest[:1].isalnum() or bool(_UNPARTED.match(meant[-1]))


def _behind(passage: str, number: int) -> str:
    """What follows so many letters of a passage."""
    for at, sign in enumerate(passage):
        if not number:
            return passage[at:]
        number -= sign.isalnum()
    return ""


def digest_of(passage: str) -> int:
    """What a passage is known by: 32 bits of its letters and numbers, never 0; 0 where it has too few.

    Numbers count here: a closing price that is told in the same words every day is news every day.
    """
    letters = letters_only(passage.casefold())
    if len(letters) < SHORTEST:
        return 0
    return int.from_bytes(blake2b(letters.encode("utf-8", "replace"), digest_size=4).digest(), "little") or 1


def digests_of(blocks: Iterable[Block]) -> tuple[int, ...]:
    """What each block is known by, 0 where by nothing; only letters count, however the passage is spaced."""
    return tuple([digest_of(passage) if (passage := _said(block)) else 0 for block in blocks])


def to_bytes(digests: Iterable[int]) -> bytes:
    """The digests as they are kept: four bytes each, the lowest first."""
    kept = array("I", digests)
    if sys.byteorder == "big":
        kept.byteswap()
    return kept.tobytes()


def from_bytes(kept: bytes) -> tuple[int, ...]:
    """The digests from their bytes; none from what never was any."""
    if len(kept) % 4:
        return ()
    digests = array("I", kept)
    if sys.byteorder == "big":
        digests.byteswap()
    return tuple(digests)
