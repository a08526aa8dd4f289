"""The levels of the screen, and the way back up: from a page over an article to the list of all stories."""

from __future__ import annotations

from collections.abc import Callable

from tui import sections
from tui.screen.listing import SectionList
from tui.screen.pane_layout import Classed, PaneLayout
from tui.screen.reading import OpenArticles


class Levels:
    """Goes back a level; `go_back` goes back along the articles opened before."""

    def __init__(
        self,
        screen: Classed,
        layout: PaneLayout,
        articles: OpenArticles,
        listing: SectionList,
        go_back: Callable[[], None],
    ) -> None:
        self._screen = screen
        self._layout = layout
        self._articles = articles
        self._listing = listing
        self._go_back = go_back

    def up(self) -> bool:
        """Back a level; False on the uppermost one."""
        focused = self._screen.focused
        if focused is self._layout.panes.reader and self._ends_in_reader():
            pass
        elif self._screen.has_class("-zoomed"):
            self._layout.zoom()
        elif focused is self._layout.panes.reader and self._layout.panes.reader.finding:
            self._layout.panes.reader.find("")
        elif focused is self._layout.panes.reader and self._articles.page:
            self._articles.show_article()
        elif focused is self._layout.panes.reader and self._articles.opened_on_page:
            self._go_back()
        elif focused is self._layout.panes.related:
            self._layout.reveal(self._layout.panes.reader)
        elif focused is not self._layout.panes.article_list:
            self._layout.reveal(self._layout.panes.article_list)
        elif self._layout.panes.article_list.selecting:
            self._layout.panes.article_list.action_select()
        elif self._listing.section not in (*sections.VIEWS, sections.FRONT):
            self._listing.leave()
        else:
            return False
        return True

    def _ends_in_reader(self) -> bool:
        """End what is selected in the article, or the choice of a passage; False where neither is."""
        reader = self._layout.panes.reader
        if reader.view.selection:
            reader.view.selection.clear()
        elif reader.choosing:
            reader.passage.up()
        else:
            return False
        return True
