"""The pictures of the open article, each on a screen of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from fetch.article import illustrations
from tui.screen.picture_setting import why_none

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from cache.found import KeptPicture
    from fetch.article import Figure
    from tui.screen.first_parts import FirstParts

_NONE = "This article has no pictures."
_NOT_HERE = "None of this article's pictures is on disk: a refresh fetches them with new articles."


class ArticlePictures:
    """Shows them; `push` puts a screen over this one."""

    def __init__(
        self, first: FirstParts, app: Callable[[], App[None]], push: Callable[[Screen[None]], Awaitable[object]]
    ) -> None:
        self.context = first.context
        self._first = first
        self._app = app
        self._push = push

    async def show(self) -> None:
        """Show the first one in view, or the next below; a sentence where there is none."""
        with self.context.telling():
            shown, trouble = self._found()
            if trouble:
                self.context.say_of_article(trouble)
                return
            from tui.dialogs.picture_page import PicturePage

            await self._push(PicturePage(shown, self._in_view([kept for _, kept in shown])))

    def _found(self) -> tuple[list[tuple[Figure, KeptPicture]], str]:
        """The pictures on disk in their order, else why there is none."""
        entry, library = self._first.articles.entry, self.context.library
        article = library.article(entry.id) if entry else None
        if entry is None or article is None or not (wanted := illustrations(article)):
            return [], _NONE
        if trouble := why_none(self.context, self._app()):
            return [], trouble
        find = library.pictures(entry.id)
        shown = [(figure, kept) for figure in wanted if find and (kept := find(figure.src))]
        return shown, "" if shown else _NOT_HERE

    def _in_view(self, kept: list[KeptPicture]) -> int:
        """Which of them the reader has before them."""
        reader = self._first.panes.reader
        rows = [(at, line.picture.place.path) for at, line in enumerate(reader.page) if line.picture]
        below = [path for at, path in rows if at >= reader.shown.start]
        paths = [each.path for each in kept]
        seen = next((path for path in below or [path for _, path in reversed(rows)] if path in paths), paths[0])
        return paths.index(seen)
