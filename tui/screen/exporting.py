"""Writing the open article, those that are selected, or those of the list, or the sources, to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from fetch.errors import NewsError
from tui.export_target import ExportTarget, TypedTargets
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
        self._targets = TypedTargets()

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
        again = self.context.keyed("{main.export|W} and the same name again")
        try:
            target = self._targets.take(words, self.context.library, again)
        except NewsError as error:
            self.context.say(str(error))
            return
        self._taken()
        self.context.say(f"Writing {target.path} …")
        self.context.start(partial(self._write, target, meant), group="writing out", exclusive=True)

    async def _write(self, target: ExportTarget, meant: ToExport) -> None:
        from cache.formats.table import name_for

        path, as_folder = target
        export = partial(self.context.library.export, query=meant.query, ids=meant.ids, as_folder=as_folder)
        try:
            exported = await export(name_for(path), path)  # on a thread of its own
        except NewsError as error:
            self.context.say(str(error))
        else:
            self.context.say(exported.sentence)
