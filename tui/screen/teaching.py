"""What one does with a passage of the open article: say that it is no part of the story, or that it is; quote it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from cache.site import host_of
from tui.typeset.line import letters_and_digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import App

    from cache.site import ArticlePassage
    from tui.dialogs.passages import Quoted, Taught
    from tui.screen.context import ScreenContext
    from tui.screen.reading import OpenArticles
    from tui.screen.writing import Writing


class Teaching:
    """Asks which passage is meant, and has the library keep what was said of its site, or copies it."""

    def __init__(
        self,
        context: ScreenContext,
        articles: OpenArticles,
        writing: Writing,
        app: Callable[[], App[None]],
        cite: Callable[[str], None],
    ) -> None:
        """`cite` copies a passage with its source."""
        self.context = context
        self._cite = cite
        self._articles = articles
        self._writing = writing
        self._app = app

    async def ask(self) -> None:
        """Show the passages of the open article."""
        from tui.dialogs.passages import PassagesDialog

        entry, library = self._articles.entry, self.context.library
        passages = library.passages(entry.id) if entry else []
        host = host_of(entry.url) if entry else ""
        if not entry or not passages or not host:
            self.context.say_of_article("Open an article of a site first; the text of this one is no site's.")
            return
        above = letters_and_digits(f"{entry.headline} {entry.source}")
        at = _in_view(passages, self._articles.text_offset - above)
        dialog = PassagesDialog(host, passages, library.site_rules(host), at)
        await self._app().push_screen(dialog, self._taught)

    def _taught(self, taught: Taught | Quoted | None) -> None:
        from tui.dialogs.passages import Quoted

        if taught is None:
            return
        if isinstance(taught, Quoted):
            self._cite(taught.text)
            return
        library = self.context.library
        change = (lambda: library.forget(taught.forget)) if taught.forget else lambda: library.teach(taught.teach)
        self._writing.write(change, notice=self.context.keyed(taught.sentence), then=self._articles.show_again)


def _in_view(passages: Sequence[ArticlePassage], text_offset: int) -> int:
    """The first passage that ends below the top of the screen; `text_offset` as the reader's, from the text on."""
    end = 0
    for at, passage in enumerate(passages):
        end += 0 if passage.why else letters_and_digits(passage.text)
        if end > max(0, text_offset):
            return at
    return len(passages) - 1
