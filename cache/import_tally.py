"""What became of the articles of a file: how many did what, and what of the file is missing, in a sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cache.exporting import counted

if TYPE_CHECKING:
    from cache.formats.exchanged_articles import Incoming, NotArrived
    from cache.writes.exchanged import Landing

MOST_TOLD = 5
"""Places of a damaged file that are named, the first ones."""


@dataclass(slots=True)
class ImportTally:
    """How the articles of a file did; `left_marks`: what their sender did is left out, as nobody knows the sender."""

    left_marks: bool = False
    landings: Counter[Landing] = field(default_factory=Counter)
    missing: list[NotArrived] = field(default_factory=list)
    pictures: int = 0
    marked: int = 0
    lost_revisions: int = 0
    stories: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """The entries that are new here, by the story that each told where it comes from, below 0 where it was alone."""

    def add(self, merged: Sequence[tuple[Landing, int]], articles: Sequence[Incoming]) -> None:
        """The first of these articles did so, and are these entries here."""
        for (landing, entry_id), each in zip(merged, articles, strict=False):
            self.landings[landing] += 1
            self.marked += bool(each.facts.acts or each.highlights)
            self.lost_revisions += each.lost_revisions
            if landing == "new" and each.story is not None:
                self.stories[each.story or -entry_id].append(entry_id)

    @property
    def number(self) -> int:
        """How many there were."""
        return self.landings.total()

    @property
    def fresh(self) -> int:
        """How many are in the library now that were not, with their text."""
        return self.landings["new"]

    @property
    def lost(self) -> int:
        """How many are missing, as far as anybody knows."""
        return sum(each.articles or 0 for each in self.missing)

    @property
    def is_whole(self) -> bool:
        """Whether all arrived that was in the file."""
        return not (self.missing or self.lost_revisions)

    def counts(self) -> dict[str, int]:
        """The counts, by the names that a script reads."""
        done = {name: self.landings[name] for name in ("new", "newer", "known", "away", "absent")}
        return {**done, "pictures": self.pictures, "missing": self.lost, "missing_revisions": self.lost_revisions}

    def sentence(self) -> str:
        """What was taken in and what was not, and behind it what is missing, a line each."""
        known, away, newer, absent = (self.landings[name] for name in ("known", "away", "newer", "absent"))
        if not self.number:
            return "The file holds no article; nothing was taken in."
        shown = f" with {counted(self.pictures, 'picture')}" if self.pictures else ""
        parts = [f"{counted(self.fresh, 'article')} taken in{shown}"]
        parts += [f"{newer:,} newer {'text' if newer == 1 else 'texts'}, the older kept as revisions"] if newer else []
        parts += already_there(known)
        parts += [f"{absent:,} {'is' if absent == 1 else 'are'} not in this library"] if absent else []
        parts += [f"{away:,} that you threw away {'stays' if away == 1 else 'stay'} away"] if away else []
        if self.left_marks and self.marked:
            parts.append("what its sender marked is left out, as this library does not know the sender")
        return "\n".join([f"{'; '.join(parts)}.", *self.told()])

    def told(self) -> Iterator[str]:
        """What is missing: how many articles, and the first places."""
        if self.lost_revisions:
            yield f"{counted(self.lost_revisions, 'earlier version')} could not be read."
        if not self.missing:
            return
        unknown = any(each.articles is None for each in self.missing)
        some = "Articles" if not self.lost else counted(self.lost, "article")
        more = " at least" if unknown and self.lost else ""
        yield f"{some}{more} {'is' if self.lost == 1 else 'are'} missing."
        for each in self.missing[:MOST_TOLD]:
            number = f" ({counted(each.articles, 'article')})" if each.articles and each.articles > 1 else ""
            yield f"{each.what} {each.reason}{number}."
        if len(self.missing) > MOST_TOLD:
            yield f"And so do {len(self.missing) - MOST_TOLD:,} more places."


def already_there(known: int) -> list[str]:
    """The part of a sentence that says how many were, nothing where none was."""
    return [f"{known:,} {'was' if known == 1 else 'were'} there already"] if known else []
