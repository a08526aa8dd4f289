"""The rows of the tree as they are shown: narrowed by what is typed, folded, marked, put in another order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui.dialogs.contents_rows import ContentsRow, visible
from tui.dialogs.picker import says
from tui.dialogs.source_acts import moved
from tui.panes.choices import Choice

if TYPE_CHECKING:
    from cache.source_entry import SourceEntry
    from tui.sections import Section


class ContentsTree:
    """All rows, which of them are shown, and the numbers of the marked sources."""

    def __init__(self) -> None:
        self.rows: list[ContentsRow] = []
        self.shown: list[ContentsRow] = []
        self.marked: set[int] = set()
        self._folded: set[str] = set()
        self._typed: list[str] = []

    def begin(self, folded: Iterable[object]) -> None:
        """These branches were folded when it was last seen."""
        self._folded = set(map(str, folded))

    def take(self, rows: list[ContentsRow]) -> None:
        """The rows as the library has them now; a source that is gone is marked no more."""
        self.rows = rows
        self.marked &= {row.source_id for row in rows}

    def show(self, typed: str, here: ContentsRow | None) -> int:
        """Show what has the words typed, or what is not folded away; where the highlight goes that was on a row."""
        before, self._typed = self.shown, typed.casefold().split()
        self.shown = visible(self.rows, typed, self._folded)
        first = next((at for at, row in enumerate(self.shown) if says(row.names, self._typed)), 0)
        return _at(self.shown, before, here, first)

    def choices(self) -> list[Choice]:
        """The rows that are shown, as they are offered."""
        return [
            row.choice(folded=self.is_folded(row) and not self._typed, marked=row.source_id in self.marked)
            for row in self.shown
        ]

    def found(self) -> list[ContentsRow]:
        """The rows that have the words typed, without the headings above them."""
        return [row for row in self.shown if says(row.names, self._typed)]

    def of(self, section: Section) -> ContentsRow | None:
        """The row that leads to a section."""
        return next((row for row in self.rows if row.section == section), None)

    def heading_of(self, row: ContentsRow) -> ContentsRow:
        """The heading that a row stands under; itself where there is none."""
        return next((each for each in self.shown if row.within and each.heads == row.within[-1]), row)

    def is_folded(self, row: ContentsRow) -> bool:
        """Whether what stands under a heading is folded away."""
        return bool(row.heads) and row.heads in self._folded

    def turn(self, row: ContentsRow) -> list[str]:
        """Fold a branch, or unfold it; those that are folded now."""
        self._folded ^= {row.heads}
        return sorted(self._folded & {each.heads for each in self.rows})

    def mark(self, row: ContentsRow) -> None:
        """Mark a source, or not any more; of a heading, all below it, be they folded away, but of a narrowed tree only
        those that are shown.
        """
        among = self.shown if self._typed else self.rows
        below = {each.source_id for each in among if row.heads and row.heads in each.within}
        ids = ({row.source_id} | below) - {0}
        self.marked = self.marked - ids if ids <= self.marked else self.marked | ids

    @property
    def marked_out_of_sight(self) -> int:
        """How many marked sources no row shows: they stay marked under the next filter."""
        return len(self.marked - {row.source_id for row in self.shown})

    def meant(self, row: ContentsRow | None) -> list[SourceEntry]:
        """The marked sources in their order, else that of the row."""
        if self.marked:
            by_id = {each.source_id: each.source for each in self.rows if each.source}
            return [source for source_id, source in by_id.items() if source_id in self.marked]
        return [row.source] if row and row.source else []

    def reorder(self, row: ContentsRow, by: int) -> list[int] | None:
        """Move a source one place in its group, with it those of the group that are marked where it is; the order of
        all sources then, None where nothing moves.
        """
        group = [each for each in self.rows if each.source and each.within == row.within]
        together = [each for each in group if each.source_id in self.marked] if row.source_id in self.marked else [row]
        if group[0 if by < 0 else -1] in together:
            return None
        ids = list(dict.fromkeys(each.source_id for each in self.rows if each.source))
        within = [each.source_id for each in group]
        for each in together if by < 0 else together[::-1]:
            ids, within = moved(ids, each.source_id, by, within), moved(within, each.source_id, by, within)
            at = self.rows.index(each)  # at once, for the next key
            self.rows[at], self.rows[at + by] = self.rows[at + by], each
        return ids


def _at(rows: Sequence[ContentsRow], before: Sequence[ContentsRow], here: ContentsRow | None, otherwise: int) -> int:
    """Where a row is, or a source that was filed elsewhere; where it is gone, the one that came behind it, else before
    it, is meant.
    """
    if here is None:
        return otherwise
    places = {row.key: at for at, row in enumerate(rows)}
    if here.key not in places and here.source:
        here = next((row for row in rows if row.source_id == here.source_id), here)
    keys = [row.key for row in before]
    old = keys.index(here.key) if here.key in keys else len(keys)
    return next(
        (places[key] for key in [here.key, *keys[old + 1 :], *reversed(keys[:old])] if key in places), otherwise
    )
