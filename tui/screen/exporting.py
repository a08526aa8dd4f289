"""Writing the articles of the list, or the sources, to a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from fetch.errors import NewsError
from tui.panes.prompt import Question
from tui.screen.context import ScreenContext


class Exporting:
    """Asks for a file's name and writes it; `query` gives the query of the section that is listed."""

    def __init__(self, context: ScreenContext, query: Callable[[], str]) -> None:
        self.context = context
        self._query = query

    def ask(self) -> None:
        """Ask where to."""
        from cache.formats.table import files_to_name

        self.context.ask(Question(f"Write the list to: {files_to_name()}", self._answered))

    def _answered(self, words: str) -> None:
        if words:
            path = Path(words).expanduser()
            self.context.say(f"Writing {path} …")
            self.context.start(partial(self._write, path, self._query()), group="writing out", exclusive=True)

    async def _write(self, path: Path, query: str) -> None:
        from cache.formats.table import name_for

        try:
            exported = await self.context.library.export(name_for(path), path, query)  # on a thread of its own
        except NewsError as error:
            self.context.say(str(error))
        else:
            self.context.say(exported.sentence)
