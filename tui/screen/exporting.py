"""Writing the open article, those that are selected, or those of the list, or the sources, to a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from fetch.errors import NewsError
from tui.panes.prompt import Question
from tui.screen.context import ScreenContext


class ToExport(NamedTuple):
    """What a key means to write: how a sentence calls it, and the query or the numbers of its articles."""

    title: str
    query: str = ""
    ids: Sequence[int] | None = None


class Exporting:
    """Asks for a file's name and writes to it; `meant` tells what, `taken` that it has been taken up."""

    def __init__(
        self, context: ScreenContext, meant: Callable[[], ToExport], taken: Callable[[], object] = lambda: None
    ) -> None:
        self.context = context
        self._meant = meant
        self._taken = taken
        self._there: Path | None = None

    def ask(self) -> None:
        """Ask where to; what is meant is what is meant now."""
        from cache.formats.table import files_to_name

        meant = self._meant()
        entries = self.context.library.entries(meant.ids or ())
        if meant.ids is not None and not any(entry.offline in ("full", "part") for entry in entries):
            self.context.say(f"Nothing of {meant.title} is on disk yet.")
            return
        self.context.ask(Question(f"Write {meant.title} to {files_to_name()}", partial(self._answered, meant)))

    def _answered(self, meant: ToExport, words: str) -> None:
        if not words:
            return
        try:
            path = Path(words).expanduser()
        except RuntimeError:
            self.context.say(f"There is nobody called {words.partition('/')[0]} here.")
            return
        try:
            self.context.library.require_exportable(path)
        except NewsError as error:
            self.context.say(str(error))
            return
        asked_before, self._there = self._there, path
        if path.is_file() and path != asked_before:  # what somebody wrote there is not lost by a slip of the fingers
            again = self.context.keyed("{main.export|W} and the same name again")
            self.context.say(f"{path.name} is there; {again} replaces it.")
            return
        self._taken()
        self.context.say(f"Writing {path} …")
        as_folder = words.endswith(("/", os.sep))
        self.context.start(partial(self._write, path, meant, as_folder), group="writing out", exclusive=True)

    async def _write(self, path: Path, meant: ToExport, as_folder: bool) -> None:
        from cache.formats.table import name_for

        export = partial(self.context.library.export, query=meant.query, ids=meant.ids, as_folder=as_folder)
        try:
            exported = await export(name_for(path), path)  # on a thread of its own
        except NewsError as error:
            self.context.say(str(error))
        else:
            self.context.say(exported.sentence)
