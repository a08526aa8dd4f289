"""The main screen: sections and search, refreshing, adding and writing out, on top of reading and keeping."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.worker import Worker, WorkerError

from cache.formats.table import files_to_name, name_for
from fetch.errors import NewsError
from tui import sections
from tui.messages import OpenArticle
from tui.panes.prompt import Prompt, Question
from tui.screen.board import careful
from tui.screen.keeping import KeepingDesk
from tui.sections import Section
from tui.typeset import phrases

if TYPE_CHECKING:
    from cache.library import Library

_SEARCH = "Search (enter stays with it, ctrl+s keeps it as a section, esc leaves)"
_QUIET = 1.0  # seconds after the first paint
_DIALOGS = (
    "tui.dialogs.help",
    "tui.dialogs.palette",
    "tui.dialogs.contents",
    "tui.dialogs.add_source",
    "tui.dialogs.source_settings",
)


class Desk(KeepingDesk):
    """The one main screen. It asks the library and hands down what it says: no network, no SQL, no HTML here."""

    def __init__(self, library: Library, clock: Callable[[], datetime]) -> None:
        super().__init__(library, clock)
        self._before_search: tuple[Section, int] = (sections.ALL, 0)
        self._refreshing: Worker[None] | None = None
        self._courier: Worker[None] | None = None  # goes on for a while when all is told

    def settle(self) -> None:
        """Then, when nobody is likely to wait for it, what dialogs need."""
        super().settle()
        if notice := self.status.status.notice:
            self.say(notice)
        self.set_timer(_QUIET, self._make_ready)

    @work(group="ready")
    async def _make_ready(self) -> None:
        """A dialog opens at once, also in the middle of a refresh."""
        with self.telling():
            sheet = await self.aside.ask(_load_dialogs)
            self.app.stylesheet.read(sheet)
            self.app.stylesheet.parse()

    # Sections and search

    def action_view(self) -> None:
        """The next of the usual views."""
        self.enter(sections.after(self.section))

    @work(group="dialog", exclusive=True)
    async def action_sections(self) -> None:
        """Choose a section, a source or a saved search."""
        from tui.dialogs.contents import Contents

        with self.telling():
            if chosen := await self.app.push_screen_wait(Contents(self.library, self.aside, self.section)):
                self.enter(chosen)
                self.reveal(self.headlines)

    def action_search(self) -> None:
        """Search as you type."""
        self._before_search = (self.section, self.headlines.highlighted)
        self.ask(Question(_SEARCH, self._searched, self._search_typed, self._search_kept, self._search_left))

    @careful
    def _search_typed(self, words: str) -> None:
        self.enter(sections.found(words, typed=True) if words else self._before_search[0])
        self.say(" ".join(self.library.query_errors(words)))

    @careful
    def _searched(self, words: str) -> None:
        self.enter(sections.found(words) if words else self._before_search[0])
        self.reveal(self.headlines)

    def _search_kept(self, words: str) -> None:
        if words:
            self.write(self.library.keep_search(words, words), told=f"Kept as a section: {words}. S lists it.")

    @careful
    def _search_left(self, _: str) -> None:
        self.enter(*self._before_search)

    def action_follow(self) -> None:
        """Follow a link by its number."""
        if links := self.reader.hrefs:
            title = f"Follow link number, 1 to {len(links)}"
            self.ask(Question(title, self._follow, self._follow_at_once, at=self.reader.id or ""))
        else:
            self.say("This article has no links.")

    def _follow_at_once(self, words: str) -> None:
        """Without enter, where no other number begins so."""
        if words.isdecimal() and int(words) * 10 > len(self.reader.hrefs):
            self.query_one("#prompt", Prompt).close()
            self._follow(words)

    def _follow(self, words: str) -> None:
        links = self.reader.hrefs
        if words.isdecimal() and 0 < int(words) <= len(links):
            self.post_message(OpenArticle(links[int(words) - 1]))
        else:
            self.say(f"There is no link {words}.")

    # What comes in, and goes out

    def action_refresh(self) -> None:
        """Fetch what is due."""
        self._refresh()

    def action_refresh_source(self) -> None:
        """Fetch what is new from the source of the article at hand, due or not."""
        entry = self.known(self.at_hand)
        if entry and entry.source_id:
            self._refresh([entry.source_id])

    def action_refresh_within(self) -> None:
        """Refresh with a budget of bytes."""
        budget = str(self.library.setting("budget", ""))
        self.ask(Question("Refresh with at most so many bytes: 300k, 2M", self._refresh_within), budget)

    @careful
    def _refresh_within(self, words: str) -> None:
        from tui.amounts import octets

        try:
            budget = octets(words)
        except ValueError as error:
            self.say(str(error))
            return
        self.write(self.library.set_setting("budget", words))
        self._refresh(max_bytes=budget)

    def _refresh(self, source_ids: list[int] | None = None, max_bytes: int | None = None) -> None:
        if self._refreshing and self._refreshing.is_running:
            self.say("A refresh is under way; escape stops it.")
        else:
            self.say("")
            self._refreshing = self._courier = self._run_refresh(source_ids, max_bytes)

    @work(group="refresh", exclusive=True)
    async def _run_refresh(self, source_ids: list[int] | None, max_bytes: int | None) -> None:
        under_way = True
        try:
            async for step in self.library.refresh(source_ids, max_bytes=max_bytes, force=source_ids is not None):
                if step.step == "finished":
                    # What follows is quiet work on the stories, which nobody waits for.
                    self._refreshed(step.notice or f"Refreshed; {phrases.size(step.received)} received.")
                    under_way = False
                elif under_way:
                    self.status.progress = step
        except NewsError as error:
            self._refreshed(str(error))

    def _refreshed(self, told: str) -> None:
        self._refreshing = None
        self.status.progress = None
        self.say(told)
        self.look()

    @work(group="dialog", exclusive=True)
    async def action_add(self) -> None:
        """Add a source, an article or a list of sources."""
        from tui.dialogs.add_source import AddDialog

        with self.telling():
            known = {source.url for source in self.library.sources()}
            if added := await self.app.push_screen_wait(AddDialog(self.library, known)):
                self.look()
                self.say(added.sentence)
                if added.source_ids:
                    self._refresh(list(added.source_ids))

    @work(group="dialog", exclusive=True)
    async def action_arrange(self) -> None:
        """How the source of the article at hand is kept and asked."""
        from tui.dialogs.source_settings import ArrangeDialog

        with self.telling():
            entry = self.known(self.at_hand)
            if entry and entry.source_id:
                dialog = ArrangeDialog(self.library, self.library.source(entry.source_id))
                self.say(await self.app.push_screen_wait(dialog) or "")
            else:
                self.say("This article came without a source.")

    def action_export(self) -> None:
        """Write the articles of the list to a file, or the sources."""
        self.ask(Question(f"Write the list to: {files_to_name()}", self._export))

    def _export(self, words: str) -> None:
        if words:
            path = Path(words).expanduser()
            self.say(f"Writing {path} …")
            self._write_out(name_for(path), path, self.section.query)

    @work(group="writing out", exclusive=True)
    async def _write_out(self, form: str, path: Path, query: str) -> None:
        try:
            self.say((await self.aside.ask(lambda library: asyncio.run(library.export(form, path, query)))).sentence)
        except NewsError as error:
            self.say(str(error))

    # Leaving, and finding one's way

    async def put_away(self) -> None:
        """Wait for a refresh that leaving cuts short: it is in the middle of something."""
        if self._courier:
            self._courier.cancel()
            with suppress(WorkerError):
                await self._courier.wait()

    def action_leave(self) -> None:
        """Stop the refresh; else put away what the library had to say; else leave the search, or go to the list."""
        if self._refreshing and self._refreshing.is_running:
            self._refreshing.cancel()
            self._refreshed("The refresh was stopped; the next one goes on from here.")
        elif self.status.status.notice:  # has been read
            self.write(self.library.set_setting("notice", ""))
        elif self.section not in sections.VIEWS and self.focused is self.headlines:
            self.enter(sections.ALL)
        else:
            self.say("")
            self.reveal(self.headlines)

    def action_help(self) -> None:
        """All keys."""
        from tui.dialogs.help import Help

        self.app.push_screen(Help())

    @work(group="dialog", exclusive=True)
    async def action_palette(self) -> None:
        """Everything there is to do, by name."""
        from tui.dialogs.palette import Palette

        if action := await self.app.push_screen_wait(Palette()):
            await self.run_action(action)

    def action_theme(self, name: str) -> None:
        """Another theme."""
        self.app.theme = name

    async def action_quit(self) -> None:
        """Leave, with the place in the open article kept."""
        if self.opened:
            try:
                await self.library.set_scroll(self.opened.id, self.place)
            except NewsError as error:  # a place lost is no reason to stay
                self.log(str(error))
        self.app.exit()


def _load_dialogs(_: Library) -> Path:
    """Imports what dialogs are made of, and says where their stylesheet is."""
    for name in _DIALOGS:
        import_module(name)
    from fetch.discovery.catalogue import catalogue
    from tui.dialogs.dialog import SHEET

    catalogue()
    return SHEET
