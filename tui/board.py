"""What the desk stands on: the panes, which of them show, what the status line says, and looking for what is new."""

from __future__ import annotations

import asyncio
import time
from array import array
from collections.abc import Callable, Coroutine, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from cache.entry import Entry
from cache.errors import NoSuchEntry
from fetch.errors import NewsError
from tui import keys, sections
from tui.frame import Masthead, StatusLine
from tui.headlines import Headlines
from tui.pane import Pane
from tui.reader import Reader
from tui.related import RelatedStories
from tui.sections import Section

if TYPE_CHECKING:
    from cache.library import Library

_LOOK = 0.5  # seconds between looks at whether anything on disk has changed
_SHARE = 20  # listing a large library anew may take one twentieth of the time


class Board(Screen[None]):
    """Three panes between masthead and status line, and the library they show."""

    BINDINGS: ClassVar[list[BindingType]] = list(keys.BINDINGS)
    AUTO_FOCUS = "#headlines"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-middle"), (120, "-wide"), (170, "-broad")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]  # noqa: RUF012

    def __init__(self, library: Library, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.library = library
        self.clock = clock
        self.section = sections.ALL
        self.opened: Entry | None = None
        self.masthead = Masthead(clock)
        self.headlines = Headlines(library, clock)
        self.reader = Reader(clock)
        self.related = RelatedStories(clock)
        self.status = StatusLine(clock)
        self._revision = -1
        self._not_before = 0.0
        self._writing = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """The frame and the three panes."""
        yield self.masthead
        yield self.headlines
        yield self.reader
        yield self.related
        yield self.status

    def on_mount(self) -> None:
        """First the rows that can be seen, then all else."""
        self.related.entitle("Related")
        rows = self.library.ids(limit=max(20, self.app.size.height))
        self.headlines.show(sections.ALL.title, rows, empty=sections.ALL.empty)
        self.call_after_refresh(self.settle)

    def settle(self) -> None:
        """What can wait until the first rows are drawn."""
        self.enter(sections.ALL)
        self._tell()
        self.set_interval(_LOOK, self.look)

    def enter(self, section: Section) -> None:
        """List a section; the highlight stays on its article where the section holds it too."""
        held = self.headlines.highlighted
        self.section = section
        self.headlines.show(section.title, self._ids(), empty=section.empty)
        if held:
            self.headlines.highlight(held)

    def look(self) -> None:
        """Take over what has changed on disk, whoever changed it; nothing on screen jumps."""
        revision = self.library.revision()
        if revision == self._revision or time.monotonic() < self._not_before:
            return
        self._revision = revision
        self.headlines.renew(self._ids())
        self._tell()
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
    async def write(self, change: Coroutine[Any, Any, object], ids: Iterable[int] = (), told: str = "") -> None:
        """Have the library keep a change, one after the other, and show these entries as they then are."""
        try:
            async with self._writing:
                await change
        except NewsError as error:
            self.say(str(error))
            return
        self.headlines.forget(ids)
        self.look()
        if told:
            self.say(told)

    # Which panes show

    def reveal(self, pane: Pane) -> None:
        """Bring a pane to view where not all of them fit, and move there."""
        self.set_class(pane is self.reader, "-reading")
        self.set_class(pane is self.related, "-beside")
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
        if self.has_class("-wide") or self.has_class("-broad"):
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

    def _ids(self) -> array[int]:
        started = time.monotonic()
        ids = self.library.ids(self.section.query)
        took = time.monotonic() - started
        self._not_before = started + took + took * _SHARE
        return ids
