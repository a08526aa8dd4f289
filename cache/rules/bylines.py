"""Which names in the bylines of a site are its house's, and no author's: a house is named beside everybody."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

ENOUGH = 8
"""Bylines of a site by which one can tell."""
ALWAYS = 0.8
"""In such a share of them the house stands, at least."""
COMPANY = 5
"""Beside so many different names: a pair of authors, or an editor and two reporters, are none."""

Byline = frozenset[int]
"""By what the names of one article are known."""


def name_digest(name: str) -> int:
    """What a name is known by: 32 bits of its letters, never below 2."""
    letters = "".join(filter(str.isalnum, name.casefold()))
    digest = int.from_bytes(blake2b(letters.encode("utf-8", "replace"), digest_size=4).digest(), "little")
    return max(digest, 2)


def without_house(names: Sequence[str], bylines: Sequence[Byline]) -> tuple[str, ...]:
    """The names of an article without its site's house, as the bylines of the site's latest articles tell it."""
    if len(bylines) < ENOUGH:
        return tuple(names)
    return tuple(name for name in names if not _is_house(name_digest(name), bylines))


def _is_house(name: int, bylines: Sequence[Byline]) -> bool:
    named = [byline for byline in bylines if name in byline]
    if len(named) < ALWAYS * len(bylines):
        return False
    return len(frozenset[int]().union(*named) - {name}) >= COMPANY
