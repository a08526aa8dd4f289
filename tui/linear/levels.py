"""What is open in the linear reader, one level upon another: lists of articles, choices, and articles."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from tui.linear.spoken import SpokenPassage
from tui.sections import Section

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.highlight import Highlight
    from fetch.article import Article


@dataclass(slots=True)
class ListLevel:
    """The articles of a section, and which of them is spoken of.

    `covered` are those folded behind the rows as well; `ordered` says the order where it is not as given.
    """

    section: Section
    ids: Sequence[int]
    covered: Sequence[int]
    ordered: str = ""
    at: int = 0

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{self.section.title}, {self.ordered}" if self.ordered else self.section.title

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(slots=True)
class ChoiceLevel:
    """Rows to choose from: sections, related stories, links. `choose` is called with the number of the row.

    `whys` say why each stands where it does, where that can be asked.
    """

    title: str
    rows: Sequence[str]
    choose: Callable[[int], Awaitable[None]]
    at: int = 0
    whys: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(slots=True)
class ArticleLevel:
    """An article, its passages, what of it is highlighted, and which passage was said last; -1 before the first."""

    entry: Entry
    article: Article
    passages: list[SpokenPassage] = field(default_factory=list)
    at: int = -1
    highlights: list[Highlight] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.entry.headline

    def __len__(self) -> int:
        return len(self.passages)


Level: TypeAlias = ListLevel | ChoiceLevel | ArticleLevel
