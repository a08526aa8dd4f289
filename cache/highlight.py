"""What a reader highlights: words of an article, known by themselves and by what stands about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

CONTEXT = 32
"""Characters before and behind the words that are kept with them."""
LONGEST_HIGHLIGHT = 20_000
"""Characters of a highlight; what is longer is cut."""


class TextRange(NamedTuple):
    """A range of an article's text (`Article.text`), by offsets."""

    text: str
    start: int
    end: int


class TextPlace(NamedTuple):
    """Where words stand in an article's text: offsets, and the number of the paragraph they begin in, from 1.

    `edited` where some of the words there are others than those that were highlighted.
    """

    start: int
    end: int
    paragraph: int
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words that were highlighted, with the beginning and the end of what stood about them, and the reader's note.

    `made`, `withdrawn` and `noted` are when that was done, in seconds since 1970, 0 where nobody knows; `withdrawn` is
    None while it stands. `occurrence` tells of several places that have the same words and surroundings which is meant,
    0 for the first. `place` is where the words stand now, None where they are no longer in the text.
    """

    text: str
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    made: float = 0.0
    withdrawn: float | None = None
    noted: float = 0.0
    occurrence: int = 0
    place: TextPlace | None = None

    @property
    def quote(self) -> list[str]:
        """What it is known by."""
        return [self.text, self.prefix, self.suffix, *([str(self.occurrence)] if self.occurrence else ())]

    def meets(self, wanted: TextRange) -> bool:
        """Whether it shares a character with a range of the text that it was looked for in."""
        return self.place is not None and self.place.start < wanted.end and wanted.start < self.place.end

    @property
    def at(self) -> float:
        """When it was made or withdrawn."""
        return self.made if self.withdrawn is None else self.withdrawn
