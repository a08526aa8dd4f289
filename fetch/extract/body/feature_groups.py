"""Features in groups that many text blocks share, each group with what it weighs: added up once, not for each block."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from fetch.extract.body.feature_weights import FEATURE_WEIGHTS

WEIGHTS = {
    feature: float(weight)
    for entry in " ".join(FEATURE_WEIGHTS.split()).split(",")
    for feature, _, weight in [entry.strip().rpartition("=")]
    if feature
}
NEVER_TEXT = frozenset(
    ("same:headline", "same:byline", "same:dek named", "lead", "above headline", "above headline prose")
)
"""Features that rule a block out, whatever it scores: headline or byline said again, the dek, a lead that the first
paragraph repeats, and all that stands above the headline."""


class Features:
    """The names of some features of a text block; iterates over them.

    `weight` is their sum, `rules_out` whether one of them rules the block out.
    """

    __slots__ = ("names", "rules_out", "weight")

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.weight = sum([WEIGHTS.get(name, 0.0) for name in names])
        self.rules_out = not NEVER_TEXT.isdisjoint(names)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)


@lru_cache(maxsize=8192)
def grouped(*names: str) -> Features:
    """The features of these names, one and the same object each time."""
    return Features(names)
