"""The front page in the list: made in the background, shown as it was last meanwhile; what comes later waits above."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from cache.front_page import SPANS, Front, FrontStory, FrontWishes, InDossier, SpanName, StoryDetail
from tui import sections
from tui.config.table import FRONT_LEARN, FRONT_LESS, FRONT_MORE
from tui.messages import ArticleHighlighted
from tui.panes.article_list import ArticleList
from tui.screen.context import ScreenContext
from tui.screen.front_kept import as_kept, rows_of
from tui.screen.writing import Writing
from tui.settings import BROAD, FEW_SOURCES, FEW_STORIES, FRONT_KEPT, FRONT_SPAN, Density
from tui.typeset import wording
from tui.typeset.front_page import counted, differing, differing_briefly, quoted_by
from tui.typeset.front_rows import FrontRow
from tui.typeset.front_sheet import FrontSheet

if TYPE_CHECKING:
    from cache.library import Library
    from fetch.article import When

SPANS_SAID: dict[SpanName, str] = {
    "looked": "since you looked",
    "today": "today",
    "24h": "24 hours",
    "week": "7 days",
}
"""The spans of a front page, as they are called."""
_WEEK = 7  # days
_MAKING = "Making the front page …"


class Said(NamedTuple):
    """What the texts of a story say, as a row tells it, and its place in a dossier."""

    quote: str = ""
    quoted_from: str = ""
    figures: tuple[str, ...] = ()
    differ: str = ""
    dossier: InDossier | None = None


class MadeFront(NamedTuple):
    """A front page with what the texts of its stories say, in their order."""

    page: Front
    said: Sequence[Said]
    newest: When | None = None


class FrontList:
    """Shows the front page in the list: each row one story, standing for the report to open."""

    def __init__(self, context: ScreenContext, article_list: ArticleList, writing: Writing) -> None:
        self.context = context
        self.rows: list[FrontRow] = rows_of(context.library.setting(*FRONT_KEPT))
        self._list = article_list
        self._writing = writing
        self._page: Front | None = None
        self._newest: When | None = None
        self._latest: list[FrontRow] = self.rows
        self._known = {row.story.reports: _said(row) for row in self.rows}
        self._laid: object = None
        self._sheet: FrontSheet | None = None
        self._fresh, self._whole = True, False
        self._looked = 0.0

    # What is on it

    def row(self, entry_id: int) -> FrontRow | None:
        """The row that stands for an entry."""
        return next((row for row in self.rows if row.id == entry_id), None)

    def covered(self, rows: Sequence[int] | None = None) -> array[int]:
        """All reports of these rows' stories, of all that are shown without any."""
        shown = set(self._list.ids if rows is None else rows)
        return array("q", (report for row in self.rows if row.id in shown for report in row.story.reports))

    @property
    def span(self) -> SpanName:
        """The span that was chosen."""
        kept = self.context.library.setting(*FRONT_SPAN)
        return next((name for name in SPANS if name == kept), cast(SpanName, FRONT_SPAN.default))

    def sheet(self, shown: Sequence[int], width: int, height: int, density: Density) -> FrontSheet:
        """Those rows that are shown, laid out."""
        wanted = set(shown)
        rows = [row for row in self.rows if row.id in wanted]
        broad = self._list.app.size.width >= BROAD
        laid = (rows, width, height, density, broad)
        if self._sheet is None or self._laid != laid:
            self._laid, self._sheet = laid, FrontSheet(rows, (width, height), density, broad=broad)
        return self._sheet

    def is_filled(self) -> bool:
        """Whether the span that was chosen has stories enough to begin with."""
        return self.context.library.published_in(self._wishes(), FEW_STORIES) >= FEW_STORIES

    # Coming and going

    def enter(self, entry_id: int = 0) -> None:
        """Show the page as it was made last; one that is made for this look takes its place."""
        self._show(self.rows)
        self._list.highlight(entry_id)

    def looked(self) -> None:
        """The reader has gone elsewhere: what lands from the moment the page was made for is new at the next look."""
        page = self._page
        if page and page.at.timestamp() > self._looked:
            self._looked = at = page.at.timestamp()
            self._writing.write(lambda: self.context.library.look_at_front(at))
            kept = as_kept(self._latest)
            self._writing.write(lambda: self.context.library.set_setting(FRONT_KEPT.name, kept))
        self._fresh = True

    def next_span(self, again: Callable[[], object]) -> None:
        """The next span in turn, remembered; `again` makes the page again."""
        span = SPANS[(SPANS.index(self.span) + 1) % len(SPANS)]
        keep = lambda: self.context.library.set_setting(FRONT_SPAN.name, span)  # noqa: E731
        self._writing.write(keep, notice=f"The front page: {SPANS_SAID[span]}.", then=lambda: self._begin_anew(again))

    def _begin_anew(self, again: Callable[[], object]) -> None:
        self._fresh = True
        self._list.move_to(0)
        self._list.move_highlight(0)
        again()

    # What was made

    def maker(self, stop: Callable[[], bool]) -> Callable[[Library], MadeFront]:
        """What makes a page of a library, elsewhere than on the screen's loop; once `stop` says so, in haste."""
        wishes, known, fresh = self._wishes(), self._known, self._fresh

        def make(library: Library) -> MadeFront:
            page = library.front(wishes)
            said = []
            for story in page.stories:
                there = known.get(story.reports)
                if there and fresh and not stop():  # other events of its dossier may have landed
                    there = there._replace(dossier=library.in_dossier(story))
                said.append(there or (Said() if stop() else _told(library.front_detail(story))))
            newest = [] if said else library.entries(library.ids("", limit=1))
            return MadeFront(page, said, newest[0].published if newest else None)

        return make

    def take(self, made: MadeFront) -> None:
        """Show a page that was made, where the reader has not begun to go through another; else what is new waits."""
        told = [*zip(made.page.stories, made.said, strict=True)]
        self._known = {story.reports: said for story, said in told}
        asked = {report for row in self.rows if row.why for report in row.story.reports}
        rows = [self._row(story, said, made.page) for story, said in told]
        rows = [row if asked.isdisjoint(row.story.reports) else row._replace(why=_why(row.story)) for row in rows]
        self._newest = made.newest
        untouched = self._fresh and self._list.index == 0 and self._list.scroll_offset.y == 0
        held = 0 if untouched or not self._whole else self._list.highlighted
        whole, self._whole = self._whole or untouched, False
        self._fresh, self._page, self._latest = False, made.page, rows
        if whole or not self._list.ids:
            self._show(rows)
            self._list.highlight(held)
        else:
            self._renew(rows)

    def keep(self, made: MadeFront) -> None:
        """Keep a page that was made for the next start."""
        rows = [self._row(story, said, made.page) for story, said in zip(made.page.stories, made.said, strict=True)]
        self.rows = self._latest = rows
        kept = as_kept(rows)
        self._writing.write(lambda: self.context.library.set_setting(FRONT_KEPT.name, kept))

    def show_next(self) -> None:
        """Show the next page that is made whole, with what the reader has just brought back."""
        self._whole = True

    def failed(self, sentence: str) -> None:
        """No page could be made; what is shown stays."""
        if not self.rows:
            self._list.empty = sentence
            self._list.refresh()

    def take_latest(self) -> None:
        """Show what has been waiting."""
        if self._latest and self._latest is not self.rows:
            self._show(self._latest)

    def drop(self, entry_id: int) -> None:
        """Take a row off the page."""
        self.rows = [row for row in self.rows if row.id != entry_id]
        self._list.drop(entry_id)
        if self._list.ids:  # what stands beside the page is of the story that is highlighted now
            self._list.post_message(ArticleHighlighted(self._list.highlighted))

    def tell_why(self, entry_id: int) -> None:
        """Say in a row why it stands where it does, or no longer."""
        told = [
            row._replace(why="" if row.why else _why(row.story)) if row.id == entry_id else row for row in self.rows
        ]
        self._set(told)
        self._list.move_highlight(self._list.index)

    def _show(self, rows: list[FrontRow]) -> None:
        self.rows = self._latest = rows
        title = f"{sections.FRONT.title} · {SPANS_SAID[self.span]}"
        ids = array("q", (row.id for row in rows))
        self._list.screen.set_class(not rows, "-nothing")
        self._list.show(title, ids, empty=self._empty(), front=self)
        if rows:
            self._list.post_message(ArticleHighlighted(self._list.highlighted))

    def _renew(self, rows: Sequence[FrontRow]) -> None:
        """What is shown stays in its place, with what is to be said of it now; how much else there is is told."""
        by_report = {report: row for row in rows for report in row.story.reports}
        held = {self._list.highlighted, self._list.open_id}
        found, taken = [], set()
        for row in self.rows:
            now = next((by_report[report] for report in (row.id, *row.story.reports) if report in by_report), None)
            if now is None or now.id in taken:
                found.append(row)
                continue
            taken.add(now.id)
            stands_for = row.id if row.id in held else now.id
            why = _why(now.story) if row.why else ""
            found.append(now._replace(id=stands_for, why=why))
        self._set(found)
        self._list.hold_back(sum(row.id not in taken for row in rows))

    def _set(self, rows: list[FrontRow]) -> None:
        """The same rows, with other words."""
        if self._latest is self.rows:
            self._latest = rows
        self.rows = rows
        self._list.renew(array("q", (row.id for row in rows)))

    def _wishes(self) -> FrontWishes:
        now = self.context.clock()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        more, less = self.context.setting(FRONT_MORE), self.context.setting(FRONT_LESS)
        learn = self.context.setting(FRONT_LEARN)
        return FrontWishes(span=self.span, at=now, midnight=midnight, more=more, less=less, learn=learn)

    def _row(self, story: FrontStory, said: Said, page: Front) -> FrontRow:
        counts = counted(story, page, self.context.clock(), said.dossier)
        told = (said.quote, said.quoted_from, said.figures, said.differ)
        return FrontRow(story.best, story, counts, *told, dossier=said.dossier)

    def _empty(self) -> str:
        page = self._page
        if page is None or self._fresh:
            return _MAKING
        sentence = sections.FRONT.empty if page.sources < FEW_SOURCES else self._nothing(page)
        return self.context.keyed(sentence)

    def _nothing(self, page: Front) -> str:
        """Why nothing is on the page, and what would fill it."""
        muted = f" {page.muted} muted." if page.muted else ""
        now, newest = self.context.clock(), self._newest
        told = f" The newest one is of {wording.day(newest, now)}." if newest and not page.muted else ""
        days = (now.date() - wording.local_day(newest, now)).days if newest else 0
        longer = "{main.sort|O} for a longer span, " if self.span != "week" and days < _WEEK else ""
        return (
            f"No story here ({SPANS_SAID[self.span]}).{muted}{told}\n\nPress {longer}{{main.refresh|r}} to fetch what "
            "is new; {main.front|d} goes back to the list."
        )


def _told(detail: StoryDetail) -> Said:
    quote, differing_first = detail.quote, detail.differing[:1]
    return Said(
        quote.text if quote else "",
        quoted_by(quote) if quote else "",
        tuple(map(differing, detail.differing)),
        "".join(map(differing_briefly, differing_first)),
        detail.dossier,
    )


def _said(row: FrontRow) -> Said:
    """What of a row is read in texts, which stays as it is while it is on screen."""
    return Said(row.quote, row.quoted_from, row.figures, row.differ, row.dossier)


def _why(story: FrontStory) -> str:
    return f"Why here? {story.why}"
