"""Acts of the linear reader on more than one article: marked at once, written to a file, removed past their time."""

from __future__ import annotations

from typing import Any

from fetch.errors import NewsError
from tui.config.config import keep_limits
from tui.export_target import WITH_PICTURES, TypedTargets, takes_pictures
from tui.linear.desk import LinearDesk
from tui.linear.levels import ArticleLevel
from tui.typeset import wording

_WHICH = "Mark read: a above, b below, s of this source, d older than a day"
_NO_SUCH = "No such choice: a, b, s or d. Nothing was marked."


class ManyActs:
    """What is done with several articles at once; undo takes marks back."""

    def __init__(self, desk: LinearDesk) -> None:
        self._desk = desk
        self._targets = TypedTargets()

    async def mark(self) -> None:
        """Mark those above or below in the list, of the article's source, or older ones of the list read."""
        entry, stories = self._desk.here(), self._desk.stories
        if entry is None:
            return
        typed = await self._desk.ask(_WHICH) or ""
        library, rows = self._desk.library, list(stories.ids)
        if typed in ("a", "b"):
            ids = rows[: stories.at] if typed == "a" else rows[stories.at + 1 :]
        elif typed == "s" and entry.source_id:
            ids = list(library.ids(f"is:unread source:{entry.source_id}"))
        elif typed == "d":
            listed = frozenset(stories.covered)
            ids = [each for each in library.ids("is:unread before:1d") if each in listed]
        else:
            self._desk.tell(_NO_SUCH if typed else "Nothing was marked.")
            return
        number = await self._desk.do(self._desk.keep(lambda: library.mark_read(ids)))
        if number is not None:
            back = self._desk.keyed(" {main.undo|u} takes it back.") if number else ""
            self._desk.tell(f"Marked {wording.stories(number)} read.{back}" if number else "All of these are read.")

    async def write(self) -> None:
        """Write the open article, or those of the list, to a file; over one that is there when that is said twice."""
        from cache.formats.table import files_to_name, form_of, holds_pictures

        ids, title = list(self._desk.stories.ids), f"the list “{self._desk.stories.title}”"
        if isinstance(self._desk.level, ArticleLevel):
            ids, title = [self._desk.level.entry.id], "this article"
        typed = await self._desk.ask(f"Write {title} to {files_to_name()}")
        if not typed:
            self._desk.tell("Nothing was written.")
            return
        try:
            path, as_folder = self._targets.take(typed, self._desk.library, "the same name once more")
            form = form_of(path, as_folder)
        except NewsError as error:
            self._desk.tell(str(error))
            return
        pictures = False
        if holds_pictures(path) and self._desk.library.has_pictures(ids):
            answer = await self._desk.ask(WITH_PICTURES)
            if answer is None:
                self._desk.tell("Nothing was written.")
                return
            pictures = takes_pictures(answer)
        wishes: dict[str, Any] = {"ids": ids, "as_folder": as_folder, "pictures": pictures}
        exported = await self._desk.do(self._desk.library.export(form, path, **wishes))
        if exported:
            self._desk.tell(exported.sentence)

    async def prune(self) -> None:
        """Tell what is past its time, and remove it where one says so."""
        library, limits = self._desk.library, keep_limits(self._desk.config.now)
        past = library.prunable(*limits)
        if not past.outlived + past.thrown_away:
            self._desk.tell(f"To remove: {past.sentence}")
        elif await self._desk.ask(f"To remove: {past.sentence} Type yes to remove them for good") == "yes":
            removed = await self._desk.do(self._desk.keep(lambda: library.prune(*limits)))
            if removed:
                self._desk.tell(f"Removed: {removed.sentence}")
                self._desk.list_again()
        else:
            self._desk.tell("Nothing was removed.")
