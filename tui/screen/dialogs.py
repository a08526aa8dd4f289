"""Opening dialogs: each is imported when it is asked for, or a while after the first paint, whichever comes first.

Opening one is waited for: the keys typed behind the one that opens it are the dialog's, and none of them a command.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import App

from tui.config.table import SECTIONS_SHOWN
from tui.sections import Section, of_source

if TYPE_CHECKING:
    from textual.screen import Screen

    from cache.library import Library
    from cache.sync.gone import GoneSource
    from tui.dialogs.add_source import Added
    from tui.dialogs.command_palette import Taken
    from tui.dialogs.contents_rows import Destination
    from tui.dialogs.gone_sources import GoneDecision
    from tui.screen.first_parts import FirstParts

T = TypeVar("T")
_DIALOGS = (
    "tui.dialogs.help",
    "tui.dialogs.command_palette",
    "tui.dialogs.contents",
    "tui.dialogs.contents_newest",
    "tui.dialogs.contents_rows",
    "tui.dialogs.contents_tree",
    "tui.dialogs.source_acts",
    "tui.dialogs.passages",
    "tui.dialogs.add_source",
    "tui.dialogs.source_settings",
    "tui.dialogs.settings",
    "tui.dialogs.gone_sources",
    "tui.dialogs.sync_server",
    "tui.panes.page_find",
)
_PARTS = (
    "tui.screen.article_pages",
    "tui.screen.automatic_refresh",
    "tui.screen.browsing",
    "tui.screen.exporting",
    "tui.screen.finding",
    "tui.screen.footnotes",
    "tui.screen.front_acts",
    "tui.screen.front_list",
    "tui.screen.leaving",
    "tui.screen.links",
    "tui.screen.marking",
    "tui.screen.marking_many",
    "tui.screen.marking_selected",
    "tui.screen.pruning",
    "tui.screen.refreshing",
    "tui.screen.searching",
    "tui.screen.syncing",
    "tui.screen.teaching",
    "tui.screen.snippets",
)
"""The dialogs, and the parts of the screen that the first paint does without."""


class Dialogs:
    """Opens dialogs over the screen; what each is left with goes to the callback it was opened with."""

    def __init__(
        self,
        first: FirstParts,
        app: Callable[[], App[None]],
        look: Callable[[], None],
        refresh: Callable[[Sequence[int], str], bool],
        browse: Callable[[str], None],
    ) -> None:
        """`look` takes over what has landed, `refresh` fetches what is new in sources, saying why, and says whether
        it does, `browse` opens an address in the browser.
        """
        self.context = first.context
        self._first = first
        self._app = app
        self._look = look
        self._refresh = refresh
        self._browse = browse

    def prepare(self) -> None:
        """Load what is left while nobody is likely to wait: then a dialog opens at once, also amid a refresh."""
        self.context.start(self._prepare, group="ready")

    async def open_help(self) -> None:
        """All keys."""
        from tui.dialogs.help import Help

        await self._app().push_screen(Help())

    async def open_contents(self) -> None:
        """Choose a section, a source or a saved search."""
        from tui.dialogs.contents import Contents
        from tui.dialogs.dialog import fit
        from tui.dialogs.source_acts import SourcesHost

        first, context = self._first, self.context
        refresh = lambda ids: self._refresh(ids, "")  # noqa: E731
        host = SourcesHost(
            first.writing.outcome,
            refresh,
            self._browse,
            context.start,
            context.say,
            first.status,
            first.panes.article_list,
            partial(self.open_palette, self._app().screen.run_action),
        )
        sections = context.setting(SECTIONS_SHOWN)
        page = Contents(context.library, context.background, first.listing.section, host, sections)
        fit(page, self._app().size)
        await self._app().push_screen(page, self._handed_on(self._go))
        await page.ready()

    async def open_add(self) -> None:
        """Add a source, an article or a list of sources."""
        from tui.dialogs.add_source import AddDialog

        known = {source.url for source in self.context.library.sources()}
        await self._app().push_screen(AddDialog(self.context.library, known), self._handed_on(self._added))

    async def open_source_settings(self, entry_id: int) -> None:
        """How the source of an article is kept and asked."""
        from tui.dialogs.source_settings import SourceSettings

        library, entry = self.context.library, self.context.known(entry_id)
        source = next((one for one in library.sources() if entry and one.id == entry.source_id), None)
        if source:
            await self._app().push_screen(
                SourceSettings(library, source), lambda sentence: self.context.say(self.context.keyed(sentence or ""))
            )
        else:
            self.context.say_of_article("This article has no source, or none any more.")

    async def open_settings(self, changed: Callable[[], None]) -> None:
        """All settings; `changed` takes over what the settings file says now."""
        from tui.dialogs.settings import SettingsDialog

        await self._app().push_screen(SettingsDialog(self.context.config, self.context.library.setting, changed))

    async def open_sync(self, standing: Sequence[str], set_up: Callable[[], None]) -> None:
        """Set up a server to sync with; `set_up` is called once it has let us in."""
        from tui.dialogs.sync_server import SyncServer

        def heard(sentence: str) -> None:
            self.context.say(sentence)
            set_up()

        await self._app().push_screen(SyncServer(self.context.library, standing), self._handed_on(heard))

    async def open_gone(
        self, sources: Sequence[GoneSource], decided: Callable[[GoneDecision], Awaitable[object]]
    ) -> None:
        """Decide of sources that a server has no more."""
        from tui.dialogs.gone_sources import GoneSources

        async def taken(decision: GoneDecision | None) -> None:
            if decision is not None:
                await decided(decision)

        await self._app().push_screen(GoneSources(sources), taken)

    async def open_palette(self, run: Callable[[str], Awaitable[object]], page: Screen[Any] | None = None) -> None:
        """Everything there is to do and to go to, by name; `run` does the action that was taken.

        Over a page its own acts come first, and it is closed before any other is done.
        """
        from tui.dialogs.command_palette import ActOnPage, CommandPalette

        async def taken(act: Taken | None) -> None:
            if page and isinstance(act, ActOnPage):
                await page.run_action(act.action)
                return
            if page and act is not None and page.is_active:
                page.dismiss(None)
            if isinstance(act, str):
                await run(act)
            elif isinstance(act, int):
                self._first.articles.open(act)
            elif isinstance(act, Section):
                with self.context.telling():
                    self._enter(act)

        background = self.context.background
        from tui.config.theme_file import own_themes

        palette = CommandPalette(
            self._first.articles.recent(),
            lambda ask: background.ask(ask, lane="overview"),
            own_themes(self._first.context.config.path),
            page.BINDINGS if page else (),
        )
        await self._app().push_screen(palette, taken)

    def _go(self, destination: Destination) -> None:
        self._enter(destination.section, destination.entry_id)
        if destination.entry_id:
            self._first.articles.open(destination.entry_id, typed=True)

    def _enter(self, section: Section, entry_id: int = 0) -> None:
        self._first.listing.enter(section, entry_id)
        self._first.pane_layout.reveal(self._first.panes.article_list)

    def _added(self, added: Added) -> None:
        self._look()
        self.context.say(added.sentence)
        if added.article:
            self._first.articles.open(added.article, typed=True)
        if added.source_ids:
            if len(added.source_ids) == 1:  # there its stories come in, and the newest of them is laid open
                source = self.context.library.source(added.source_ids[0])
                self._enter(of_source(source.id, source.title))
                self._first.articles.lay_newest()
            self._refresh(added.source_ids, added.sentence)

    def _handed_on(self, heard: Callable[[T], None]) -> Callable[[T | None], None]:
        """What a dialog is left with, if anything, goes to whoever opened it."""

        def hand_on(result: T | None) -> None:
            if result is not None:
                with self.context.telling():
                    heard(result)

        return hand_on

    async def _prepare(self) -> None:
        with self.context.telling():
            sheet = await self.context.background.ask(_load, lane="overview")
            self._app().stylesheet.read(sheet)
            self._app().stylesheet.parse()


def _load(library: Library) -> Path:
    """Imports all that was left out so far, also for the first letter of a search; the stylesheet of dialogs."""
    for name in (*_DIALOGS, *_PARTS):
        import_module(name)
    library.ids("a", limit=1)
    from fetch.discovery.catalogue import catalogue
    from tui.dialogs.dialog import SHEET

    catalogue()
    return SHEET
