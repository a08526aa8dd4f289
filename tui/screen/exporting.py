"""Writing the open article, those that are selected, or those of the list, or the sources, to a file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from fetch.errors import NewsError
from tui.export_target import WITH_PICTURES, ExportTarget, TypedTargets, takes_pictures
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
        self._turn = asyncio.Lock()
        self._begun = 0
        self._troubles: list[str] = []
        self._written: list[str] = []
        """What of those that were begun before the last one has ended is told together: how they ended, and names."""

    def ask(self) -> None:
        """Ask where to; what is meant is what is meant now."""
        from cache.formats.table import files_of_each

        meant = self._meant()
        entries = self.context.library.entries(meant.ids or ())
        if meant.ids is not None and not any(entry.offline in ("full", "part") for entry in entries):
            self.context.say(f"Nothing of {meant.title} is on disk yet.")
            return
        articles, sources = files_of_each()
        self.context.ask(Question(f"Write {meant.title} to {articles}", partial(self._answered, meant), more=sources))

    def _answered(self, meant: ToExport, words: str) -> None:
        if not words:
            return
        from cache.formats.table import form_of, holds_pictures

        again = self.context.keyed("{main.export|W} and the same name again")
        try:
            target = self._targets.take(words, self.context.library, again)
            form = form_of(target.path, target.as_folder)
        except NewsError as error:
            self._troubles += [str(error)] if self._begun else []
            self.context.say(str(error))
            return
        begin = partial(self._begin, target, form, meant)
        if holds_pictures(target.path) and self.context.library.has_pictures(meant.ids):
            self.context.ask(Question(WITH_PICTURES, lambda words: begin(takes_pictures(words))))
        else:
            begin(False)

    def _begin(self, target: ExportTarget, form: str, meant: ToExport, pictures: bool) -> None:
        self._taken()
        self._begun += 1
        self.context.say(f"Writing {target.path} …")
        self.context.start(partial(self._write, target, form, meant, pictures), group="writing out")

    async def _write(self, target: ExportTarget, form: str, meant: ToExport, pictures: bool) -> None:
        path, as_folder = target
        wishes: dict[str, Any] = {"query": meant.query, "ids": meant.ids, "as_folder": as_folder, "pictures": pictures}
        try:
            async with self._turn:  # one after the other, as they were asked for
                exported = await self.context.library.export(form, path, **wishes)  # on a thread of its own
        except NewsError as error:
            self._tell(trouble=str(error))
        else:
            self._tell(exported.sentence, path.name)

    def _tell(self, sentence: str = "", name: str = "", *, trouble: str = "") -> None:
        """How one has ended, with those that were asked for in one go with it: each alone would hide the one before."""
        self._troubles += [trouble] if trouble else []
        before = f"Before it: {', '.join(self._written)}." if self._written else ""
        self.context.say(" ".join(filter(None, (*self._troubles, sentence, before))))
        self._written += [name] if name else []
        self._begun -= 1
        if not self._begun:
            self._troubles, self._written = [], []
