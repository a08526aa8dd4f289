"""What the desk stands on: the panes, which of them show, what the status line says, and looking for what is new."""

from __future__ import annotations

import asyncio
import gc
import time
from array import array
from collections.abc import Callable, Container, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from cache.entry import Entry
from cache.errors import CacheError, NoSuchEntry
from fetch.errors import NewsError
from tui import bindings, sections
from tui.background import Aside
from tui.messages import Trouble
from tui.panes.article_list import Headlines
from tui.panes.bars import Masthead, StatusLine
from tui.panes.base import Pane
from tui.panes.reader import Reader
from tui.panes.related import RelatedStories
from tui.screen.found_snippets import FoundPlaces
from tui.sections import Section

if TYPE_CHECKING:
    from cache.library import Library

B = TypeVar("B", bound="Board")
W = ParamSpec("W")
_LOOK = 0.5  # seconds between looks at whether anything on disk has changed
_SHARE = 10  # listing a large library anew may take one tenth of the time
_PAINT = 0.03  # seconds until the first rows are on screen; listing the others would draw on the same processor
_NEXT_KEY = 0.08  # seconds in which somebody who is typing makes the list pointless
_FIRST = 200  # rows listed at once when a section is entered


def careful(handler: Callable[Concatenate[B, W], None]) -> Callable[Concatenate[B, W], None]:
    """A handler of a desk whose trouble with the library is told; keys and commands are looked after by the app."""

    @wraps(handler)
    def handling(desk: B, /, *arguments: W.args, **named: W.kwargs) -> None:
        with desk.telling():
            handler(desk, *arguments, **named)

    return handling


class Board(Screen[None]):
    """Three panes between masthead and status line, and the library they show."""

    BINDINGS: ClassVar[list[BindingType]] = list(bindings.BINDINGS)
    AUTO_FOCUS = "#headlines"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-middle"), (120, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]  # noqa: RUF012

    def __init__(self, library: Library, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.library = library
        self.clock = clock
        self.section = sections.ALL
        self.folded = True
        self.opened: Entry | None = None
        self.masthead = Masthead(clock)
        self.headlines = Headlines(library, clock)
        self.reader = Reader(clock)
        self.related = RelatedStories(clock)
        self.status = StatusLine(clock)
        self.aside = Aside(library.path.parent)
        self._revision = -1
        self._hold = 0
        self._not_before = 0.0
        self._writing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """The frame and the three panes."""
        yield self.masthead
        yield self.headlines
        yield self.reader
        yield self.related
        yield self.status

    @careful
    def on_mount(self) -> None:
        """First the rows that can be seen, then all else."""
        self.related.entitle("Related")
        self.call_after_refresh(self.settle)
        self.folded = bool(self.library.setting("folded", True))
        rows = self._rows(self.library, self.section, max(20, self.app.size.height))
        self.headlines.show(sections.ALL.title, rows, empty=sections.ALL.empty)

    def on_unmount(self) -> None:
        """The thread for long questions ends with the desk."""
        self.aside.close()

    @careful
    def settle(self) -> None:
        """What can wait until the first rows are drawn."""
        gc.freeze()  # what there is now stays; the collector, off while the program loaded, need not look at it again
        gc.enable()
        self.set_interval(_LOOK, self.look)
        self._tell()
        self._revision = self.library.revision()
        self.list_all()

    @contextmanager
    def telling(self) -> Iterator[None]:
        """What the library cannot do is told in a sentence; what is on screen stays, and reading goes on."""
        try:
            yield
        except CacheError as error:
            self.say(str(error))

    @on(Trouble)
    def _troubled(self, trouble: Trouble) -> None:
        self.say(trouble.sentence)

    def enter(self, section: Section, hold: int = 0) -> None:
        """List a section: its first rows at once, the others when they are there.

        The highlight goes to the entry `hold`, else stays on its article, where the section holds it.
        """
        hold = hold or self.headlines.highlighted
        self.section = section
        rows = self._rows(self.library, section, _FIRST)
        found = FoundPlaces(self.aside, section, self.headlines.forget).of if section.sought else None
        self.headlines.show(section.title, rows, empty=section.empty, found=found)
        if not section.typed:
            self._hold = 0 if self.headlines.highlight(hold) else hold
        self.list_all()

    @work(group="listing", exclusive=True)
    async def list_all(self) -> None:
        """The section's rows, all of them; asked aside, as a large library takes a moment."""
        section = self.section
        await asyncio.sleep(_NEXT_KEY if section.typed else _PAINT)
        began = time.monotonic()
        listed = frozenset(self.headlines.ids)  # no row that is there goes away under the reader's eyes
        try:
            ids = await self.aside.ask(lambda library: self._rows(library, section, listed=listed))
        except NewsError as error:
            self.say(str(error))
            return
        self._not_before = time.monotonic() + (time.monotonic() - began) * _SHARE
        if section is self.section:
            self.headlines.renew(ids)
            if self._hold and self.headlines.index == 0:
                self.headlines.highlight(self._hold)
            self._hold = 0
            self.lay_first()

    def lay_first(self) -> None:
        """What to show when the first headlines are there; the desk knows."""

    def _rows(
        self, library: Library, section: Section, limit: int | None = None, listed: Container[int] = ()
    ) -> array[int]:
        """The ids of a section; of each story only the first report, unless it was searched for or is `listed`.

        With a limit somebody waits for them; without one they are asked for aside, until the section is another.
        """
        if section == sections.SAVED:
            return library.reading_list()
        hurried, left = limit is not None, lambda: section is not self.section
        ids = library.ids(section.query, limit=limit, typing=section.typed, hurried=hurried, stop=left)
        if not self.folded or section.sought:
            return ids
        first = set(library.fold(ids))
        return array("q", [entry_id for entry_id in ids if entry_id in first or entry_id in listed])

    def action_fold(self) -> None:
        """Of each story only the first report, or all of them."""
        self.folded = not self.folded
        self.enter(self.section)
        told = "A row for each story; +2 means two more reports of it." if self.folded else "A row for each report."
        self.write(self.library.set_setting("folded", self.folded), told=told)

    @careful
    def look(self) -> None:
        """Take over what has changed on disk, whoever changed it; nothing on screen jumps."""
        if not self.is_running:  # what was under way when the reader was left may end later than the library
            return
        revision = self.library.revision()
        if revision == self._revision or time.monotonic() < self._not_before:
            return
        self._revision = revision
        self._tell()
        self.list_all()
        if self.opened:
            self.opened = self.known(self.opened.id) or self.opened

    def _tell(self) -> None:
        """The status line, as things stand."""
        self.status.status = self.library.status()
        self.status.online = self.library.online()

    def say(self, sentence: str) -> None:
        """Tell the reader, in the status line."""
        self.status.say(sentence)

    def known(self, ref: int | str) -> Entry | None:
        """The entry, where the library has it."""
        try:
            return self.library.entry(ref)
        except NoSuchEntry:
            return None

    @work(group="writing")
    async def write(
        self,
        change: Coroutine[Any, Any, object],
        ids: Iterable[int] = (),
        told: str = "",
        then: Callable[[], object] = bool,
    ) -> None:
        """Have the library keep a change, one after the other, and show these entries as they then are."""
        try:
            async with self._writing:
                alone = self.library.revision() == self._revision
                await change
            if not self.is_running:
                return
            if alone:  # then the change is ours, and a mark takes no row off the list that is being read
                self._revision = self.library.revision()
            self._tell()
            self.headlines.forget(ids)
            then()
        except NewsError as error:
            self.say(str(error))
            return
        if told:
            self.say(told)

    # Which panes show

    def reveal(self, pane: Pane) -> None:
        """Bring a pane to view where not all of them fit, and move there."""
        self.set_class(pane is self.reader, "-reading")
        self.set_class(pane is self.related, "-beside")
        if pane is not self.focused:  # `focus` has a pane drawn again in any case, and the next key would wait for that
            pane.focus()

    def panes(self) -> list[Pane]:
        """The panes on screen, from left to right."""
        return [pane for pane in (self.headlines, self.reader, self.related) if pane.display]

    def action_focus_pane(self, by: int) -> None:
        """Move to the next pane; where only one fits, it changes."""
        if self.has_class("-narrow"):
            order: list[Pane] = [self.headlines, self.reader, self.related]
            at = next((place for place, pane in enumerate(order) if pane.display), 0)
            self.reveal(order[min(max(at + by, 0), 2)])
            return
        shown = self.panes()
        at = shown.index(self.focused) if isinstance(self.focused, Pane) and self.focused in shown else 0
        shown[(at + by) % len(shown)].focus()

    def action_toggle_related(self) -> None:
        """Show or hide the sidebar: beside the reader, or in the list's place where there is no room for both."""
        if self.has_class("-wide"):
            self.toggle_class("-no-related")
        else:
            self.reveal(self.reader if self.related.display else self.related)
        self._refocus()

    def action_toggle_list(self) -> None:
        """Show or hide the list."""
        self.toggle_class("-no-list")
        self._refocus()

    def action_zoom(self) -> None:
        """The article alone, or all panes again."""
        self.toggle_class("-zoomed")
        self._refocus()

    def _refocus(self) -> None:
        """Never leave the keys with a pane that is hidden."""
        shown = self.panes()
        if shown and self.focused not in shown:
            (self.reader if self.reader in shown else shown[0]).focus()
