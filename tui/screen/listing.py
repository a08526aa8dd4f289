"""What the article list shows: a section, its first rows at once, the others when they are there."""

from __future__ import annotations

import asyncio
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from fetch.errors import NewsError
from tui import sections
from tui.config.table import FOLD, VIEWS_IN_TURN
from tui.panes.article_list import ArticleList
from tui.screen.context import ScreenContext
from tui.screen.library_watch import LibraryWatch
from tui.screen.list_order import ListOrder
from tui.screen.writing import Writing
from tui.sections import Section
from tui.settings import FEW_SOURCES, FRONT_OPEN, Order
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.library import Library
    from tui.screen.front_list import FrontList, MadeFront
    from tui.screen.snippets import Snippets

_SHARE = 10  # listing a large library anew may take one tenth of the time
_AT_MOST = 5.0  # seconds that changes on disk wait for a listing under way
_PAINT = 0.03  # seconds until the first rows are on screen; listing the others would draw on the same processor
_NEXT_KEY = 0.15  # seconds in which somebody who is typing makes the list pointless
_LONG = 100  # characters of a search from which on it is not answered while the screen waits
_MOMENT = 0.1  # seconds that the screen waits for the first rows of any other
_SEARCHING = "Searching …"
_SORTING = "Sorting …"
_MAKING = "The library is being made …"
_FIRST = 200  # rows listed at once when a section is entered


class _Listing(NamedTuple):
    """All entries of a section, its rows, those of them that have come in, and the highest number of its entries."""

    covered: array[int]
    ids: array[int]
    news: array[int]
    newest: int


class SectionList:
    """Lists a section.

    `listed` is called whenever all of its rows are there, `entered` with each section that is listed.
    """

    def __init__(
        self,
        context: ScreenContext,
        article_list: ArticleList,
        watch: LibraryWatch,
        writing: Writing,
        listed: Callable[[], None],
        *,
        entered: Callable[[Section], object] = lambda section: None,
    ) -> None:
        self.context = context
        self.section = sections.ALL
        self.folded = True
        self._list = article_list
        self._watch = watch
        self._writing = writing
        self._listed = listed
        self._entered = entered
        self._order = ListOrder(context, writing)
        self._before_search = self._before_front = (sections.ALL, 0)
        self._to_highlight = 0
        self._covered: tuple[Section, Sequence[int]] | None = None
        self._newest = 0
        self._found: Snippets | None = None
        self._was_on_front = False

    @cached_property
    def front(self) -> FrontList:
        """The front page."""
        from tui.screen.front_list import FrontList

        return FrontList(self.context, self._list, self._writing)

    def look_at_front(self) -> None:
        """To the front page, and from there back to where one was."""
        if self.section.front:
            self.enter(*self._before_front)
        else:
            self.enter(sections.FRONT)

    def left(self) -> None:
        """The screen is left."""
        if "front" in self.__dict__:
            self.front.looked()

    def covered(self) -> Sequence[int]:
        """The entries that the list stands for, those folded behind its rows too, and none that came in later."""
        if self.section.front:
            return self.front.covered()
        if self._covered and self._covered[0] is self.section:
            return self._covered[1]
        return self._all(self.context.library, self.section)

    def behind(self, rows: list[int]) -> list[int]:
        """What acts on many rows are on: of the front page all reports of their stories, else the rows."""
        return list(self.front.covered(rows)) if self.section.front else rows

    @property
    def things(self) -> Callable[[int], str]:
        """What so many of what acts on rows are on are called: reports on the front page, else stories."""
        return partial(wording.count, one="report") if self.section.front else wording.stories

    def matcher(self) -> Callable[[str], list[tuple[int, int]]] | None:
        """What finds the words of the search that is listed in a text; None where none is."""
        if not self.section.sought or self.section.ids:
            return None
        return self.context.library.matcher(self.section.query, typing=self.section.begun)

    def begin(self, rows: int) -> None:
        """The first so many rows of all stories, or the front page as it was: what is seen is drawn first."""
        self.folded = self.context.setting(FOLD)
        self.section = self._views()[0]
        self._before_front = (self.section, 0)
        if self._begins_with_front():
            self._was_on_front = True
            self.section = sections.FRONT
            self._entered(self.section)
            self.front.enter()
            return
        sorting = self._order.of(self.section) != "given"
        ids = array("q") if sorting else self._rows(self.context.library, self.section, rows)
        empty = _SORTING if sorting else self._empty(self.section)
        self._list.show(self._order.title(self.section), ids, empty=empty)

    def _begins_with_front(self) -> bool:
        """Whether the front page is where the reader was left; until they chose, whether there is what fills one."""
        left_there, library = self.context.library.setting(*FRONT_OPEN), self.context.library
        if left_there is None:
            return len(library.sources()) >= FEW_SOURCES and self.front.is_filled()
        return bool(left_there and self.front.rows)

    def keep_front(self) -> None:
        """Have a front page for the next start, where none was shown yet and there is what fills one."""
        if not self._was_on_front and self.context.library.setting(*FRONT_OPEN) is None and self._begins_with_front():
            self.context.start(self._keep_front, group="front", exclusive=True)

    async def _keep_front(self) -> None:
        with suppress(NewsError):  # nobody asked for it
            made = await self.context.background.ask(self.front.maker(lambda: self._was_on_front), lane="overview")
            if not self._was_on_front:
                self.front.keep(made)

    @property
    def chose_front(self) -> bool | None:
        """Whether the reader stays with the front page, or went from it to the list; None where it was not shown."""
        section = self._before_search[0] if self.section.sought else self.section
        return section.front if self._was_on_front else None

    def enter(self, section: Section, entry_id: int = 0) -> None:
        """List a section; the highlight goes to that entry, else stays on its article, where the section holds it."""
        entry_id = entry_id or self._list.highlighted
        if section.front and not self.section.front and not self.section.sought:
            self._before_front = (self.section, self._list.highlighted)
        if section.sought and not self.section.sought:
            self._before_search = (self.section, self._list.highlighted)
        if not section.front and not section.sought:
            self.left()
        self.section = section
        self._was_on_front |= section.front
        self._covered = None
        self._entered(section)
        if section.front:
            self.front.enter(entry_id)
        else:
            self._enter(section, entry_id)
        self.list_all()

    def _enter(self, section: Section, entry_id: int) -> None:
        sorting = self._order.of(section) != "given"
        later = sorting or (section.sought and len(section.query) > _LONG)
        rows = array("q") if later else self._rows(self.context.library, section, _FIRST)
        empty = _SORTING if sorting else _SEARCHING if later else self._empty(section)
        found, more = self._snippets(section), len(rows) == _FIRST
        self._list.show(self._order.title(section), rows, empty=empty, snippet_of=found, more=more)
        if not section.typed:
            self._to_highlight = 0 if self._list.highlight(entry_id) else entry_id

    def leave(self) -> None:
        """From what a search found to where it was begun, its highlight too; from a source to the first view."""
        self.enter(*(self._before_search if self.section.sought else (self._views()[0], 0)))

    def next_view(self) -> None:
        """The next of the usual views."""
        self.enter(sections.after(self.section, self._views()))

    def fold(self) -> None:
        """Of each story only the first report, or all of them."""
        if self.section.front:
            self.context.say("The front page has a row for each story.")
            return
        self.folded = not self.folded
        self.enter(self.section)
        notice = "A row for each story; +2 means two more reports of it." if self.folded else "A row for each report."
        keep = partial(self.context.library.set_setting, FOLD.kept, self.folded)
        self._writing.write(keep, notice=notice + self.context.at_next_start(FOLD))

    def sort(self) -> None:
        """The next order of this section, of the front page the next span."""
        if self.section.front:
            self.front.next_span(self.list_all)
            return
        self._order.next(self.section)
        self.enter(self.section)

    def begin_anew(self) -> None:
        """What the settings say has changed."""
        self.folded = self.context.setting(FOLD)
        self._order.begin_anew()
        self.enter(self.section)

    def list_all(self) -> None:
        """The section's rows, all of them; asked in the background, as a large library takes a moment."""
        self.context.start(self._list_all, group="listing", exclusive=True)

    async def _list_all(self) -> None:
        section = self.section
        if section.front:
            await self._list_front()
            return
        await asyncio.sleep(_NEXT_KEY if section.typed else _PAINT)
        began = time.monotonic()
        self._watch.pause(_AT_MOST)  # what lands meanwhile begins no other listing, which would end this one
        order = self._order.of(section)
        since = self._newest if self._covered and self._covered[0] is section else 0
        listed = self._list.ids  # no row that is there goes away under the reader's eyes
        try:
            rows = await self.context.background.ask(
                lambda library: self._listing(library, section, listed, since, order), lane="listing"
            )
        except NewsError as error:
            self.context.say(str(error))
            return
        finally:
            self._watch.pause((time.monotonic() - began) * _SHARE)
        if section is self.section:
            self._covered = section, rows.covered
            self._newest = max(rows.newest, self._newest)
            self._list.empty = self._empty(section)
            self._list.renew(rows.ids, rows.news)
            if self._to_highlight and self._list.index == 0:
                self._list.highlight(self._to_highlight)
            self._to_highlight = 0
            self._listed()

    async def _list_front(self) -> None:
        """The front page anew; asked in the background, as it is made of many rows and texts."""
        await asyncio.sleep(_PAINT)
        began = time.monotonic()
        self._watch.pause(_AT_MOST)
        try:
            made: MadeFront = await self.context.background.ask(
                self.front.maker(lambda: not self.section.front), lane="listing"
            )
        except NewsError as error:
            self.context.say(str(error))
            if self.section.front:
                self.front.failed(str(error))
            return
        finally:
            self._watch.pause((time.monotonic() - began) * _SHARE)
        if self.section.front:
            self.front.take(made)
            self._listed()

    def landed(self) -> None:
        """The reader's own act is on disk: the front page says it."""
        if self.section.front:
            self.list_all()

    def _empty(self, section: Section) -> str:
        """What to say of a section without rows; nothing is said of a library whose first pages are on their way."""
        return _MAKING if not section.sought and self.context.library.is_new() else self.context.keyed(section.empty)

    def _views(self) -> list[Section]:
        return [sections.BY_NAME[name] for name in self.context.setting(VIEWS_IN_TURN)]

    def _snippets(self, section: Section) -> Callable[[int], str] | None:
        if not section.sought or section.ids:
            self._found = None
            return None
        from tui.screen.snippets import Snippets

        if self._found is None or not self._found.are_of(section):  # what is typed and then entered has them already
            self._found = Snippets(self.context.background, section, self._list.forget, lambda: self.section)
        return self._found.of

    def _rows(self, library: Library, section: Section, limit: int) -> array[int]:
        """The first rows of a section; somebody waits for them."""
        if section == sections.SAVED:
            return library.reading_list()
        if section.ids:
            return array("q", section.ids)
        end = time.monotonic() + _MOMENT
        stop = (lambda: time.monotonic() > end) if section.sought else None
        ids = library.ids(section.query, limit=limit, typing=section.begun, hurried=True, stop=stop)
        return ids if not self.folded or section.sought else library.fold(ids)

    def _listing(self, library: Library, section: Section, listed: Sequence[int], since: int, order: Order) -> _Listing:
        """All of a section; its news are the entries of higher numbers than `since`, none where that is 0."""
        covered, ids = self._covering(library, section, listed)
        ids = ids if order == "given" else library.ordered(ids, order)
        newest = max(covered, default=0)
        news = array("q", [entry_id for entry_id in ids if entry_id > since]) if newest > since > 0 else array("q")
        return _Listing(covered, ids, news, newest)

    def _covering(self, library: Library, section: Section, listed: Sequence[int]) -> tuple[array[int], array[int]]:
        """All entries of a section, and its rows: of each story only the first report, unless it was searched for or is
        `listed`.
        """
        ids = self._all(library, section)
        if section == sections.SAVED or not self.folded or section.sought:
            return ids, ids
        folded = set(_left_out(ids, library.fold(ids)))
        folded.difference_update([entry_id for entry_id in listed if entry_id in folded])
        return ids, array("q", (entry_id for entry_id in ids if entry_id not in folded))

    def _all(self, library: Library, section: Section) -> array[int]:
        """All entries of a section, asked for until the section is another."""
        if section == sections.SAVED:
            return library.reading_list()
        if section.ids:
            return array("q", (entry.id for entry in library.entries(section.ids)))
        return library.ids(section.query, typing=section.begun, stop=lambda: section is not self.section)


def _left_out(ids: Sequence[int], kept: Sequence[int]) -> Iterator[int]:
    """The ids that are not among the kept ones, which stand in the same order."""
    rest = iter(kept)
    expected = next(rest, None)
    for entry_id in ids:
        if entry_id == expected:
            expected = next(rest, None)
        else:
            yield entry_id
