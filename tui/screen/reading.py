"""Opening articles: from the list, the sidebar, a link or the history, on disk or not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from cache.entry import Entry, Reading
from fetch.errors import NewsError
from tui.config.config import byte_budget, fetches_pictures
from tui.panes.article_layout import PageLayout
from tui.panes.base import Pane
from tui.screen.context import ScreenContext, careful
from tui.screen.history import History, OpenedArticle
from tui.screen.pane_layout import Panes
from tui.screen.writing import Writing
from tui.settings import OPEN_ARTICLE
from tui.typeset import wording
from tui.typeset.line import letters_and_digits

if TYPE_CHECKING:
    from cache.highlight import Highlight
    from fetch.article import Article
    from tui.screen.dwelling import Dwelling

_CHANGED = "Its site has changed this article since it was first fetched; {main.changes|D} shows what."
_UNREAD_AGAIN = "{main.mark|m} makes it unread, and so it stays."
_NEWEST = 5  # stories of which the first is laid open whose text could be had
_RECENT = 20  # articles
_PAGE = 200  # entries asked for at a time when looking for the next unread one


class OpenArticles:
    """The article that is open, and the way from one to another; `reveal` brings a pane to view."""

    def __init__(self, context: ScreenContext, panes: Panes, writing: Writing, reveal: Callable[[Pane], None]) -> None:
        self.context = context
        self.entry: Entry | None = None
        self.page = ""
        """The title of the page that lies over the article in the reader, "" when the article itself shows."""
        self._newest_next = False
        self.opened_id = 0
        """The article that its reader has opened, 0 while one merely lies there."""
        self._panes = panes
        self._list, self._reader, _ = panes
        self._writing = writing
        self._reveal = reveal
        self._history = History()
        self._awaited: OpenedArticle | None = None
        self._shown: Reading | None = None

    @cached_property
    def dwelling(self) -> Dwelling:
        """What follows the article that is open."""
        from tui.screen.dwelling import Dwelling

        return Dwelling(self.context, self._panes, self._writing, self._is_open, self.preview)

    @property
    def text_offset(self) -> int:
        """Where the reader is in the open article, also while another page lies over it."""
        return self._history.here.text_offset if self.page and self._history.here else self._reader.text_offset

    @property
    def opened_on_page(self) -> bool:
        """Whether the article was opened on a page that lay over the one before, as a report on its timeline is."""
        return self._history.before is not None and bool(self._history.before.page)

    def recent(self) -> list[Entry]:
        """The articles opened in this sitting, the last one first."""
        ids = list(dict.fromkeys(visit.ref for visit in reversed(self._history.visits)))
        return [entry for ref in ids[:_RECENT] if (entry := self.context.known(ref))]

    def open(self, ref: int | str, *, typed: bool = False) -> None:
        """Show this article in the reader, as the next visit of the history.

        Its address was `typed`, else it was named by the open article, and leads no further than that one's source.
        """
        self.leave()
        self._newest_next = False
        self._history.add(ref)
        self._show(OpenedArticle(ref, -1), named_by=None if typed else self.entry)

    @careful
    def open_first(self) -> None:
        """Lay what was open when the reader was left beside the list, else the first story, unless one is open; lying
        there does not make it read.
        """
        if self._newest_next:
            self._lay_newest()
        if self._history.here or not self._list.highlighted:
            return
        library = self.context.library
        opened = self.context.known(library.setting(*OPEN_ARTICLE))
        article = library.article(opened.id) if opened else None
        entry = opened if article else self.context.known(self._list.highlighted)
        if entry:
            self._history.add(entry.id)
            self.opened_id = entry.id if article else 0
            self._hand_down(Reading(entry, article or library.article(entry.id)), library.scroll(entry.id))
            self.dwelling.opened(entry, unread=False)

    def lay_newest(self) -> None:
        """Have the newest story of the list lie beside it once its text is here, unless one is opened before, or the
        highlight moved.
        """
        self._newest_next = True

    def _lay_newest(self) -> None:
        entries = self.context.library.entries(self._list.ids[:_NEWEST])
        first = next((entry for entry in entries if entry.offline != "failed"), None)
        if self._list.index:
            self._newest_next = False
        elif first and first.offline != "teaser":
            self._newest_next = False
            self.preview(first.id)

    @careful
    def preview(self, entry_id: int) -> None:
        """Lay the article the highlight rests on beside the list; lying there does not make it read."""
        entry = self.context.known(entry_id)
        article = self.context.library.article(entry_id) if entry and not self._is_open(entry_id) else None
        if entry is None or article is None or self.page:
            return
        self.leave()
        self.opened_id = 0
        self._history.preview(entry_id)
        self._awaited = None
        self._hand_down(Reading(entry, article), self.context.library.scroll(entry_id))
        self.dwelling.opened(entry, unread=False)

    def open_next(self, by: int) -> None:
        """Open the article so many rows further in the list."""
        at = self._list.index + by
        if 0 <= at < len(self._list.ids):
            self.open(self._list.ids[at])
        else:
            self.context.say("The list ends here.")

    @careful
    def open_next_unread(self, by: int) -> None:
        """Open the nearest unread article in that direction."""
        at, listed = self._list.index, self._list.ids
        ahead = listed[at + 1 :] if by > 0 else listed[:at][::-1]
        unread = next((entry for entry in self._in_pages(ahead) if not entry.read), None)
        if unread:
            self.open(unread.id)
        else:
            self.context.say("No unread article in this direction.")

    def go(self, by: int) -> OpenedArticle | None:
        """Back or forward along the history, to the visit that is open now; a page that lay over it is named there."""
        self.leave()
        visit = self._history.go(by)
        if visit:
            self._show(visit)
        else:
            self.context.say("The trail ends here.")
        return visit

    def show_article(self) -> None:
        """The open article in place of the page that lies over it."""
        if self.entry:
            self._show(OpenedArticle(self.entry.id, self._history.here.text_offset if self._history.here else 0))

    def show_page(self, title: str, layout: PageLayout, text_offset: int = 0) -> None:
        """Lay a page over the open article."""
        self.leave()
        self.page = title
        self._reader.show_page(title, layout, text_offset=text_offset)
        self._reveal(self._reader)

    def show_again(self) -> None:
        """The open article with the tags and the note it now has."""
        if self.entry and not self.page and (entry := self.context.known(self.entry.id)):
            article = self.context.library.article(entry.id)
            self._lay_out(Reading(entry, article), self._place_in(article, entry))
            self._panes.show_related(self._panes.related.stories)

    def _place_in(self, article: Article | None, entry: Entry) -> int:
        """Where the reader is in the open article, in a text that may have a passage more or less above that."""
        before, offset = self._shown.article if self._shown else None, self._reader.text_offset
        if article is None or before is None or before.by_rule == article.by_rule:
            return offset
        from tui.screen.reading_place import place_in

        above = letters_and_digits(f"{entry.headline} {entry.source}")
        return above + place_in(article, before, offset - above) if offset > above else offset

    @property
    def shown(self) -> Reading | None:
        """The open article with its text and its times as they are shown, which a refresh may have replaced."""
        return self._shown if self._shown and self._shown.entry and self._is_open(self._shown.entry.id) else None

    @property
    def highlights(self) -> list[Highlight]:
        """What is highlighted in the open article, by its text as it is shown."""
        article = self.shown.article if self.shown else None
        return self.context.library.highlights(self.entry.id, article.text if article else None) if self.entry else []

    def show_highlights(self) -> None:
        """The open article with what is highlighted in it."""
        if self.entry and not self.page:
            self._reader.show_highlights(self.highlights)

    def changed(self) -> None:
        """Something on disk has changed: what was known of the open article and its neighbours is old."""
        if self.entry:
            self.entry = self.context.known(self.entry.id) or self.entry
            self.show_highlights()
        self.dwelling.prefetch.clear()

    def leave(self) -> None:
        """Keep the place in the article that is about to be left."""
        text_offset = self.text_offset
        self._history.leave(text_offset, self.page, self._reader.text_offset if self.page else 0)
        if self.entry and text_offset != self.context.library.scroll(self.entry.id):
            self._writing.write(partial(self.context.library.set_scroll, self.entry.id, text_offset))

    def _is_open(self, entry_id: int) -> bool:
        return self.entry is not None and self.entry.id == entry_id

    def _show(self, visit: OpenedArticle, named_by: Entry | None = None) -> None:
        """Show an article from disk, else have it fetched."""
        self._awaited = None
        entry = self.context.known(visit.ref)
        article = self.context.library.article(entry.id) if entry else None
        if entry is not None and article is not None:
            self._present(Reading(entry, article), visit.text_offset)
            self._reveal(self._reader)
            return
        self._awaited = visit
        waiting = f"Fetching {wording.site(entry.url if entry else str(visit.ref))} …"
        self._hand_down(Reading(entry, None, waiting))
        self._reveal(self._reader)
        fetching = partial(self._fetch, visit, named_by.id if named_by else None)
        self.context.start(fetching, group="reading", exclusive=True)

    async def _fetch(self, visit: OpenedArticle, named_by: int | None) -> None:
        with self.context.telling():
            try:
                reading = await self.context.library.read(visit.ref, via=named_by)
            except NewsError as error:
                reading = Reading(self.context.known(visit.ref), None, str(error))
            self._arrived(visit, reading)
            if reading.entry and reading.article and self._with_pictures():
                self.context.start(partial(self._fetch_pictures, reading.entry), group="late pictures")

    def _with_pictures(self) -> bool:
        config = self.context.config.now
        return fetches_pictures(config, os.environ) and byte_budget(config) is None

    async def _fetch_pictures(self, entry: Entry) -> None:
        """The pictures of an article that was fetched as it was opened; its text stands, and stays where it is."""
        with self.context.telling():
            came = await self.context.library.fetch_pictures(entry.id)
            if came and self._is_open(entry.id):
                key, them = self.context.keyed("{main.pictures|I}"), "it" if came == 1 else "them"
                self.context.say_of_article(f"{wording.count(came, 'picture')} came after it; {key} shows {them}.")

    def _arrived(self, visit: OpenedArticle, reading: Reading) -> None:
        """What was fetched is shown where it is still waited for; the keys stay where they are by now."""
        if visit is self._awaited and not self.page:
            self._awaited = None
            self._present(reading)
        elif reading.notice:
            self.context.say(reading.notice)
        elif reading.entry:
            self.context.say(f"“{reading.entry.headline}” is here now.")

    def _present(self, reading: Reading, text_offset: int = -1) -> None:
        """Show what came of opening an article, where it was left when -1; it becomes read when it could be had."""
        entry = reading.entry
        self.opened_id = entry.id if entry else 0
        if entry is not None and text_offset < 0:
            text_offset = self.context.library.scroll(entry.id)
        self._hand_down(reading, max(0, text_offset))
        if reading.notice:
            self.context.say_of_article(reading.notice)
        if entry is not None:
            self.dwelling.opened(entry, unread=reading.article is not None and not entry.read)

    def _hand_down(self, reading: Reading, text_offset: int = 0) -> None:
        """The facts for the panes; related stories come when they are known."""
        self.page = ""
        entry = self.entry = reading.entry
        if entry is None and reading.article is None:
            self._reader.say(reading.notice)
            self._panes.related.show(())
            return
        self._lay_out(reading, text_offset)
        self._list.open_id = entry.id if entry else 0
        if entry is not None:
            self._list.highlight(entry.id)
            self._panes.show_related(self.dwelling.prefetch.ready(entry.id))

    def _lay_out(self, reading: Reading, text_offset: int) -> None:
        entry = reading.entry
        notice = reading.notice or (self._notice_of(entry) if entry else "")
        note = self.context.library.note_of(entry.id) if entry else ""
        self._reader.show(entry, reading.article, notice=notice, note=note, text_offset=text_offset)
        self._shown = Reading(entry, reading.article)
        self.show_highlights()

    def _notice_of(self, entry: Entry) -> str:
        """What is to be said of an article above its text."""
        if entry.changed:
            return self.context.keyed(_CHANGED)
        repeated = self.context.library.repeated(entry.id) if entry.read else None
        if repeated is None:
            return ""
        return f"As read: {repeated.source} has the same text. {self.context.keyed(_UNREAD_AGAIN)}"

    def _in_pages(self, ids: Sequence[int]) -> Iterator[Entry]:
        for at in range(0, len(ids), _PAGE):
            yield from self.context.library.entries(ids[at : at + _PAGE])
