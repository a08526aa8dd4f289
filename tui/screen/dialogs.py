"""Opening dialogs: each is imported when it is asked for, or a while after the first paint, whichever comes first."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from tui.screen.context import ScreenContext, Work
from tui.sections import Section

if TYPE_CHECKING:
    from cache.library import Library
    from tui.dialogs.add_source import Added
    from tui.dialogs.contents import Keep

_MODULES = (
    "tui.dialogs.help",
    "tui.dialogs.command_palette",
    "tui.dialogs.contents",
    "tui.dialogs.add_source",
    "tui.dialogs.source_settings",
    "tui.screen.article_pages",
    "tui.screen.exporting",
    "tui.screen.leaving",
    "tui.screen.links",
    "tui.screen.marking",
    "tui.screen.pruning",
    "tui.screen.refreshing",
    "tui.screen.searching",
    "tui.screen.snippets",
)
"""The dialogs, and the parts of the screen that the first paint does without."""


class Dialogs:
    """Opens dialogs over the screen; what each is left with goes to the callback it was opened with."""

    def __init__(self, context: ScreenContext, app: Callable[[], App[None]], keep: Keep) -> None:
        """`keep` has the library keep a change, in its turn behind those before it."""
        self.context = context
        self._keep = keep
        self._app = app

    def prepare(self) -> None:
        """Load what is left while nobody is likely to wait: then a dialog opens at once, also amid a refresh."""
        self.context.start(self._prepare, group="ready")

    def open_help(self) -> None:
        """All keys."""
        from tui.dialogs.help import Help

        self._app().push_screen(Help())

    def open_contents(self, here: Section, chosen: Callable[[Section], None]) -> None:
        """Choose a section, a source or a saved search."""

        async def ask() -> None:
            from tui.dialogs.contents import Contents

            with self.context.telling():
                dialog = Contents(self.context.library, self.context.background, here, self._keep)
                if section := await self._app().push_screen_wait(dialog):
                    chosen(section)

        self._ask(ask)

    def open_add(self, done: Callable[[Added], None]) -> None:
        """Add a source, an article or a list of sources."""

        async def ask() -> None:
            from tui.dialogs.add_source import AddDialog

            with self.context.telling():
                known = {source.url for source in self.context.library.sources()}
                if added := await self._app().push_screen_wait(AddDialog(self.context.library, known)):
                    done(added)

        self._ask(ask)

    def open_source_settings(self, entry_id: int) -> None:
        """How the source of an article is kept and asked."""

        async def ask() -> None:
            from tui.dialogs.source_settings import SourceSettings

            with self.context.telling():
                library, entry = self.context.library, self.context.known(entry_id)
                source = next((one for one in library.sources() if entry and one.id == entry.source_id), None)
                if source:
                    dialog = SourceSettings(library, source)
                    self.context.say(await self._app().push_screen_wait(dialog) or "")
                else:
                    self.context.say("This article has no source, or none any more.")

        self._ask(ask)

    def open_palette(self, run: Callable[[str], Awaitable[object]]) -> None:
        """Everything there is to do, by name; `run` does the action that was taken."""

        async def ask() -> None:
            from tui.dialogs.command_palette import CommandPalette

            if action := await self._app().push_screen_wait(CommandPalette()):
                await run(action)

        self._ask(ask)

    def _ask(self, ask: Work) -> None:
        self.context.start(ask, group="dialog", exclusive=True)

    async def _prepare(self) -> None:
        with self.context.telling():
            sheet = await self.context.background.ask(_load)
            self._app().stylesheet.read(sheet)
            self._app().stylesheet.parse()


def _load(_: Library) -> Path:
    """Imports all that was left out so far, and says where the stylesheet of dialogs is."""
    for name in _MODULES:
        import_module(name)
    from fetch.discovery.catalogue import catalogue
    from tui.dialogs.dialog import SHEET

    catalogue()
    return SHEET
