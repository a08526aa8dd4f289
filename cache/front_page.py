"""The front page as the library hands it out: stories of a span in their order, why each stands there, dossiers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from cache.entry import Entry

SpanName: TypeAlias = Literal["looked", "today", "24h", "week"]
"""Since the reader last looked at the front page; since midnight; the last 24 hours; the last seven days."""
SPANS: tuple[SpanName, ...] = ("looked", "today", "24h", "week")


FOLLOWED_SECTION = "Followed"
"""What the stories stand under whose topic the reader follows."""


@dataclass(frozen=True, slots=True)
class FollowedTopic:
    """A topic that the reader follows: the number of the report by which, and its headline, "" where it is gone."""

    report: int
    headline: str


@dataclass(frozen=True, slots=True)
class FrontWishes:
    """What the reader wants of a front page.

    `since` is the beginning of the span where no name fits it. `more` and `less` are queries: stories of which a report
    is found by one stand higher, or lower; `learn`: those of what the reader reads much stand higher, too. `most` is
    how many stories there are, `of_one_topic` how many of one topic among the first ten (0: any number). `at` is the
    moment it is made for, now without one; `midnight` is when the reader's day began.
    """

    span: SpanName = "24h"
    since: datetime | None = None
    most: int = 40
    of_one_topic: int = 2
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    learn: bool = False
    at: datetime | None = None
    midnight: datetime | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing by which a story is ranked: its name, the points it brings, and what it is in words."""

    name: Literal["sources", "growth", "newness", "own", "learnt"]
    points: float
    words: str


@dataclass(frozen=True, slots=True)
class FrontStory:
    """A story on the front page, without what must be read in its texts: see StoryDetail.

    `number` is the story's, which may change as reports land; `headline` is that of the report `central`, `best` the
    report to open first. `reports` are all its entries, oldest first, `originals` those that do not
    only print another's text, `new` those that landed since `Front.new_since`;
    it `grew` where it had others before. `sources` counts the independent ones, `copies` the reports that only print
    another's text. `read`: nothing is unread in it, or nothing came since the reader marked it read; `came_back` says
    what came since. `topic` is shared by stories of one topic. `section` is "" where none is known. `why` says in words
    what put it here.
    """

    number: int
    headline: str
    central: int
    best: int
    reports: tuple[int, ...]
    originals: tuple[int, ...]
    sources: int
    copies: int
    new: tuple[int, ...]
    grew: bool
    first: datetime
    last: datetime
    days: int
    section: str = ""
    topic: int = 0
    read: bool = False
    came_back: str = ""
    followed: bool = False
    factors: tuple[Factor, ...] = ()
    why: str = ""

    @property
    def points(self) -> float:
        """What it is ranked by."""
        return sum(factor.points for factor in self.factors)


@dataclass(frozen=True, slots=True)
class Front:
    """A front page: its stories in their order, how many the reader has muted, and how many sources are kept.

    `since` is when its span began, `new_since` from when on reports count as new: the last look, else the span.
    """

    at: datetime
    since: datetime
    new_since: datetime
    stories: tuple[FrontStory, ...] = ()
    muted: int = 0
    sources: int = 0

    def sections(self) -> tuple[tuple[str, tuple[FrontStory, ...]], ...]:
        """The stories by section, in the order of the first of each: first those the reader follows, last, under "",
        those without a section.
        """
        found: dict[str, list[FrontStory]] = {}
        for story in self.stories:
            found.setdefault(FOLLOWED_SECTION if story.followed else story.section, []).append(story)
        first = [(FOLLOWED_SECTION, found.pop(FOLLOWED_SECTION))] if FOLLOWED_SECTION in found else []
        rest = [("", found.pop(""))] if "" in found else []
        return tuple((name, tuple(stories)) for name, stories in [*first, *found.items(), *rest])


@dataclass(frozen=True, slots=True)
class SharedSentence:
    """A sentence as one report has it, and in how many of the independent reports its substance stands: of all of them,
    or, where they are very many, of `reports` that were compared.
    """

    text: str
    entry_id: int
    source: str
    shared_by: int
    reports: int
    of_all: bool = True


@dataclass(frozen=True, slots=True)
class Differing:
    """Figures of one matter on which reports differ: what they count, each figure as written, entry and source."""

    what: str
    figures: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class InDossier:
    """Where a story stands in the storyline that it goes on: the day of it, from 1, that its last report is of, and how
    many events began by then, itself among them; `number` is that of the first event, `report` the one by which the
    storyline was found, which finds it again.
    """

    number: int
    day: int
    events: int
    report: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class StoryDetail:
    """What a story's texts say: the one sentence, and the figures that differ; and its place in a dossier, if any."""

    quote: SharedSentence | None = None
    differing: tuple[Differing, ...] = ()
    dossier: InDossier | None = None


@dataclass(frozen=True, slots=True)
class BriefStory:
    """A story of a brief: what its texts say, and its reports that stand for themselves, the one to open first."""

    story: FrontStory
    detail: StoryDetail
    reports: tuple[Entry, ...]

    @property
    def headlined(self) -> Entry | None:
        """The report whose headline stands for the story, None where it is gone."""
        return next((entry for entry in self.reports if entry.id == self.story.central), None)


@dataclass(frozen=True, slots=True)
class Brief:
    """A front page with all that is printed of it, by section in the order of the first story of each."""

    page: Front
    sections: tuple[tuple[str, tuple[BriefStory, ...]], ...] = ()

    def stories(self) -> tuple[BriefStory, ...]:
        """Its stories, section by section."""
        return tuple(story for _, stories in self.sections for story in stories)


@dataclass(frozen=True, slots=True)
class DossierEvent:
    """A story within a dossier: when it began, its headline, the report to open, its reports and sources."""

    number: int
    first: datetime
    headline: str
    best: int
    reports: int
    sources: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """A storyline that runs on: its events in the order of time; `headline` is that of the last large one."""

    number: int
    headline: str
    events: tuple[DossierEvent, ...]
    days: int
