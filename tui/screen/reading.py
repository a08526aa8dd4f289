"""Opening articles: from the list, the sidebar, a link or the trail, on disk or not."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual import on, work

from cache.entry import Entry, Reading
from fetch.errors import NewsError
from tui.messages import FollowLink, NextUnread, OpenArticle, Pointed
from tui.panes.reader import Setting
from tui.screen.board import Board, careful
from tui.screen.history import Stop, Trail
from tui.screen.prefetch import Foresight
from tui.typeset import phrases

if TYPE_CHECKING:
    from cache.library import Library

_PASSED_BY = 0.12  # seconds: shorter than that nobody looks at an article, a key is being held down
_CHANGED = "Its site has changed this article since it was first fetched; D shows what."
_PAGES = {"changes": "What changed", "story": "The story so far"}
_PAGE = 200  # entries asked for at a time when looking for the next unread one


class ReadingDesk(Board):
    """The desk as far as one article leads to another."""

    def __init__(self, library: Library, clock: Callable[[], datetime]) -> None:
        super().__init__(library, clock)
        self._trail = Trail()
        self._page = ""
        self._turned = 0.0
        self._foresight = Foresight(self.aside)

    @careful
    def settle(self) -> None:
        """Lay the first story beside the list, or say what to do where there is none."""
        super().settle()
        if not self.headlines.highlighted:
            self.reader.say("Nothing to read yet.", "", "Press a to add a news site, ? for all keys.")
        self.lay_first()

    @careful
    def lay_first(self) -> None:
        """Lay the first story beside the list, unless one is open; lying there does not make it read."""
        entry = self.known(self.headlines.highlighted) if self.headlines.highlighted else None
        if entry is None or self._trail.here:
            return
        self._trail.go(entry.id)
        self._hand_down(Reading(entry, self.library.article(entry.id)), self.library.scroll(entry.id))
        self._dwell(entry, unread=False)

    def open(self, ref: int | str) -> None:
        """Show this article in the reader, as the next stop of the trail."""
        self._leave()
        self._trail.go(ref)
        self._show(Stop(ref, -1), via=self.opened)

    def _show(self, stop: Stop, via: Entry | None = None) -> None:
        """Show a stop from disk, else have it fetched; `via` is the article that named it."""
        entry = self.known(stop.ref)
        article = self.library.article(entry.id) if entry else None
        if entry is not None and article is not None:
            self._present(Reading(entry, article), stop.place)
            return
        waiting = f"Fetching {phrases.site(entry.url if entry else str(stop.ref))} …"
        self._hand_down(Reading(entry, None, waiting))
        self.reveal(self.reader)
        self._read(stop.ref, via.id if via else None)

    @work(group="reading", exclusive=True)
    async def _read(self, ref: int | str, via: int | None) -> None:
        with self.telling():
            try:
                reading = await self.library.read(ref, via=via)
            except NewsError as error:
                reading = Reading(self.known(ref), None, str(error))
            self._present(reading)

    def _present(self, reading: Reading, place: int = -1) -> None:
        """Show what came of opening an article, and mark it read when it could be."""
        entry = reading.entry
        if entry is not None and place < 0:
            place = self.library.scroll(entry.id)
        self._hand_down(reading, max(0, place))
        self.reveal(self.reader)
        if reading.notice:
            self.say(reading.notice)
        if entry is not None:
            self._dwell(entry, unread=reading.article is not None and not entry.read)

    def _hand_down(self, reading: Reading, place: int = 0) -> None:
        """The facts for the panes; related stories come when they are known."""
        self._page = ""
        entry = self.opened = reading.entry
        if entry is None and reading.article is None:
            self.reader.say(reading.notice)
            self.related.show(())
            return
        self._lay_out(reading, place)
        self.headlines.shown = entry.id if entry else 0
        if entry is not None:
            self.headlines.highlight(entry.id)
            self.related.show(self._foresight.ready(entry.id))

    def _lay_out(self, reading: Reading, place: int) -> None:
        entry = reading.entry
        notice = reading.notice or (_CHANGED if entry and entry.changed else "")
        remark = self.library.note_of(entry.id) if entry else ""
        self.reader.show(entry, reading.article, notice=notice, remark=remark, place=place)

    def show_again(self) -> None:
        """The open article with the tags and the note it now has."""
        if self.opened and not self._page and (entry := self.known(self.opened.id)):
            self._lay_out(Reading(entry, self.library.article(entry.id)), self.reader.place)

    @work(group="dwelling", exclusive=True)
    async def _dwell(self, entry: Entry, *, unread: bool) -> None:
        """The sidebar follows at once, unless a key is being held down; what is more than passed by becomes read."""
        passing = time.monotonic() - self._turned < _PASSED_BY
        self._turned = time.monotonic()
        if passing:
            await asyncio.sleep(_PASSED_BY)
        try:
            stories = await self._foresight.beside(entry.id)
        except NewsError as error:
            self.say(str(error))
        else:
            if self.opened and self.opened.id == entry.id and self.related.stories is not stories:
                self.related.show(stories)
        if not passing:
            await asyncio.sleep(_PASSED_BY)
        if unread:
            self.write(self.library.mark_read([entry.id]), [entry.id])
        if self.headlines.index + 1 < len(self.headlines.ids):
            self._foresight.look_up(self.headlines.ids[self.headlines.index + 1])

    @on(Pointed)
    def _pointed(self, pointed: Pointed) -> None:
        """The highlight may come to rest here."""
        self._rest(pointed.entry_id)

    @work(group="pointing", exclusive=True)
    async def _rest(self, entry_id: int) -> None:
        await asyncio.sleep(_PASSED_BY)
        self._foresight.look_up(entry_id)

    def look(self) -> None:
        """Take over what has changed on disk."""
        before = self._revision
        super().look()
        if self._revision != before:
            self._foresight.forget()

    @property
    def place(self) -> int:
        """Where the reader is in the open article, also while another page lies over it."""
        return self._trail.here.place if self._page and self._trail.here else self.reader.place

    def _leave(self) -> None:
        """Keep the place in the article that is about to be left."""
        place = self.place
        self._trail.leave(place)
        if self.opened and place != self.library.scroll(self.opened.id):
            self.write(self.library.set_scroll(self.opened.id, place))

    @on(OpenArticle)
    @careful
    def _article_wished(self, wish: OpenArticle) -> None:
        self.open(wish.ref)

    @on(FollowLink)
    @careful
    def _link_wished(self, wish: FollowLink) -> None:
        self.open(wish.href)

    @on(NextUnread)
    @careful
    def _unread_wished(self) -> None:
        self.action_next_unread(1)

    def action_next(self, by: int) -> None:
        """Open the article so many rows further in the list."""
        at = self.headlines.index + by
        if 0 <= at < len(self.headlines.ids):
            self.open(self.headlines.ids[at])
        else:
            self.say("The list ends here.")

    def action_next_unread(self, by: int) -> None:
        """Open the nearest unread article in that direction."""
        at, listed = self.headlines.index, self.headlines.ids
        ahead = listed[at + 1 :] if by > 0 else listed[:at][::-1]
        unread = next((entry for entry in self._in_pages(ahead) if not entry.read), None)
        if unread:
            self.open(unread.id)
        else:
            self.say("No unread article in this direction.")

    def action_read_on(self) -> None:
        """A page on in the reader, from whichever pane."""
        self.reader.action_read_on()

    def action_trail(self, by: int) -> None:
        """Back or forward along the trail."""
        self._leave()
        if stop := self._trail.step(by):
            self._show(stop)
        else:
            self.say("The trail ends here.")

    def action_related(self, number: int) -> None:
        """Open the related story with this number."""
        if not self.related.open_number(number):
            self.say(f"There is no related story {number}.")

    def action_changes(self) -> None:
        """What its site has changed in the article; the same key brings the article back."""
        self._turn_to("changes", self._set_changes)

    def action_timeline(self) -> None:
        """All reports of the story; the same key brings the article back."""
        self._turn_to("story", self._set_story)

    def _turn_to(self, page: str, ask: Callable[[Entry], Coroutine[Any, Any, Setting | None]]) -> None:
        if self.opened is None:
            return
        if self._page == page:
            self._show(Stop(self.opened.id, self._trail.here.place if self._trail.here else 0))
        else:
            self._turn(page, self.opened, ask)

    @work(group="reading", exclusive=True)
    async def _turn(self, page: str, entry: Entry, ask: Callable[[Entry], Coroutine[Any, Any, Setting | None]]) -> None:
        try:
            setting = await ask(entry)
        except NewsError as error:
            self.say(str(error))
            return
        if setting is not None and self.opened and self.opened.id == entry.id:
            self._leave()
            self._page = page
            self.reader.show_page(_PAGES[page], setting)
            self.reveal(self.reader)

    async def _set_changes(self, entry: Entry) -> Setting | None:
        from tui.typeset.changes import lay_out_changes

        difference = await self.aside.ask(lambda library: library.difference(entry.id))
        if difference is None:
            self.say("The article is as it was when it was first fetched.")
            return None
        return lambda width: lay_out_changes(difference, width, now=self.clock())

    async def _set_story(self, entry: Entry) -> Setting | None:
        from tui.typeset.story import lay_out_story

        timeline = await self.aside.ask(lambda library: library.timeline(entry.id))
        if len(timeline.reports) < 2:
            self.say("No other report of this story so far.")
            return None
        return lambda width: lay_out_story(timeline, width, now=self.clock())

    def action_browse(self) -> None:
        """Open the article in the web browser."""
        if self.opened and self.opened.url.startswith(("http:", "https:")):
            self.app.open_url(self.opened.url)
            self.say(f"Opened {phrases.site(self.opened.url)} in the browser.")

    def action_copy(self) -> None:
        """Copy the article's address."""
        if self.opened:
            self.app.copy_to_clipboard(self.opened.url)
            self.say("The address is on the clipboard.")

    def _in_pages(self, ids: Sequence[int]) -> Iterator[Entry]:
        for at in range(0, len(ids), _PAGE):
            yield from self.library.entries(ids[at : at + _PAGE])
