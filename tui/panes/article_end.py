"""What stands below an article: its related stories and the next of the list, as rows that can be walked into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.panes.related import set_stories
from tui.typeset import wording
from tui.typeset.line import BLANK, Line, Run, line
from tui.typeset.wrap import wrap_within

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.found import Related

NEXT = 2
"""How many stories of the list stand there."""


class ArticleEnd:
    """The rows and their lines; `row` is the highlighted one, -1 while none is."""

    def __init__(self) -> None:
        self._stories: Sequence[Related] = ()
        self._following: Sequence[Entry] = ()
        self._lines: list[tuple[Line, int]] = []
        self.row = -1

    @property
    def related(self) -> int:
        """How many related stories there are."""
        return len(self._stories)

    @property
    def refs(self) -> list[int | str]:
        """What each row opens."""
        return [*(story.entry_id or story.url for story in self._stories), *(entry.id for entry in self._following)]

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def set(self, stories: Sequence[Related], following: Sequence[Entry]) -> None:
        """Other rows, none of them highlighted; they are laid out next."""
        self._stories, self._following, self.row = stories, following, -1

    def lay_out(self, width: int, told: wording.Told) -> None:
        """Set the rows in lines of so many cells."""
        self._lines = list(_lines(self._stories, self._following, width, told))

    def at(self, number: int) -> tuple[Line, int]:
        """The line of that number, and the row it is of, -1 where it is of none."""
        return self._lines[number] if 0 <= number < len(self._lines) else (BLANK, -1)

    def lines_of(self, row: int) -> range:
        """The numbers of a row's lines."""
        found = [at for at, (_, each) in enumerate(self._lines) if each == row]
        return range(found[0], found[-1] + 1) if found else range(0)

    def walk(self, by: int, first: int, height: int) -> int | None:
        """Move the highlight by so many rows: above the first there is none, and below the last it stays.

        `first` is on which of the `height` lines of the screen the first one stands; returns by how many lines to
        scroll, None where the rows are not in view, or are left upwards.
        """
        lines = self.lines_of(max(0, self.row))
        if not lines or not 0 <= first + lines[-1] < height:
            self.row = -1
            return None
        if self.row < 0 and by < 0:
            return None
        self.row = max(-1, min(self.row + by, len(self.refs) - 1))
        if not (lines := self.lines_of(self.row)):
            return 0
        return max(first + lines[-1] - height + 1, min(0, first + lines[0]))


def _lines(
    stories: Sequence[Related], following: Sequence[Entry], width: int, told: wording.Told
) -> Iterator[tuple[Line, int]]:
    """Each line with the row it belongs to, -1 for none."""
    if stories or following:
        yield BLANK, -1
        yield line("─" * width, "rule"), -1
    if stories:
        yield from set_stories(stories, width, told)
    if following:
        yield BLANK, -1
        yield line("Next in the list", "group"), -1
    for at, entry in enumerate(following):
        yield BLANK, -1
        for laid in _entry(entry, "n" if at == 0 else "", width, told):
            yield laid, len(stories) + at


def _entry(entry: Entry, key: str, width: int, told: wording.Told) -> Iterator[Line]:
    for at, text in enumerate(wrap_within(entry.headline or wording.site(entry.url), width - 3, 2)):
        yield Line((Run(f"{'' if at else key:>2} ", "number"), Run(text, "subheading")))
    age = told(entry.published)
    (facts,) = wrap_within(" · ".join(part for part in (wording.paper(entry), age) if part), width - 3, 1) or ("",)
    yield Line((Run("   ", "text"), Run(facts, "meta")))
