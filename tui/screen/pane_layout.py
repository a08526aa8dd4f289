"""Which of the three panes show, and which of them has the keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from textual.widget import Widget

from tui.panes.article_end import NEXT
from tui.panes.article_list import ArticleList
from tui.panes.base import Pane
from tui.panes.reader import ReaderPane
from tui.panes.related import RelatedStories

if TYPE_CHECKING:
    from cache.found import Related

_HIDEABLE = ("list", "related")


class Panes(NamedTuple):
    """The three panes, from left to right."""

    article_list: ArticleList
    reader: ReaderPane
    related: RelatedStories

    def show_related(self, stories: Sequence[Related] | None) -> None:
        """These stories beside the article and below it, and there what follows it in the list; None: not known yet."""
        self.related.show(stories)
        self.reader.show_end(stories or (), self.article_list.following(NEXT))


class Classed(Protocol):
    """What the layout needs of the screen: its CSS classes, by which the stylesheet shows panes, and its focus."""

    @property
    def focused(self) -> Widget | None:
        """The widget that has the keys."""
        ...

    def set_focus(self, widget: Widget | None) -> None:
        """Give the keys to a widget, at once: `Widget.focus` does so behind the keys that are typed already."""
        ...

    def has_class(self, *class_names: str) -> bool:
        """Whether it has these classes."""
        ...

    def set_class(self, add: bool, *class_names: str) -> object:
        """Add or remove classes."""
        ...

    def toggle_class(self, *class_names: str) -> object:
        """Add or remove classes, whichever they were not."""
        ...


class PaneLayout:
    """Shows and hides panes; the keys never stay with a pane that is hidden."""

    def __init__(self, screen: Classed, panes: Panes) -> None:
        self.panes = panes
        self._screen = screen

    def shown(self) -> list[Pane]:
        """The panes on screen, from left to right."""
        return [pane for pane in self.panes if pane.display]

    def reveal(self, pane: Pane) -> None:
        """Bring a pane to view where not all of them fit, and move there."""
        self._screen.set_class(pane is self.panes.reader, "-reading")
        self._screen.set_class(pane is self.panes.related, "-beside")
        if pane is self.panes.article_list:
            self._screen.set_class(False, "-no-list")
        if pane is not self.panes.reader:
            self._screen.set_class(False, "-zoomed")
        self._screen.set_focus(pane)

    def give_back(self, pane: Pane | None) -> None:
        """Give the keys back to the pane that had them, in view again; to another where that one cannot be shown."""
        if pane is not None and not pane.display:
            self.reveal(pane)
        shown = self.shown()
        if shown:
            self._screen.set_focus(pane if pane in shown and pane is not None else shown[0])

    def focus_next(self, by: int, *, around: bool = True) -> None:
        """Move to the next pane, from the last one to the first where `around`; where only one fits, it changes."""
        if self._screen.has_class("-narrow"):
            at = next((index for index, pane in enumerate(self.panes) if pane.display), 0)
            self.reveal(self.panes[min(max(at + by, 0), 2)])
            return
        shown, focused = self.shown(), self._screen.focused
        at = shown.index(focused) if isinstance(focused, Pane) and focused in shown else 0
        to = (at + by) % len(shown) if around else min(max(at + by, 0), len(shown) - 1)
        self._screen.set_focus(shown[to])

    def toggle_related(self) -> None:
        """Show or hide the sidebar: beside the reader, or in the list's place where there is no room for both."""
        if self._screen.has_class("-wide"):
            self._screen.set_class(self.panes.related.display, "-no-related")
            self._screen.set_class(False, "-zoomed")
        else:
            self.reveal(self.panes.reader if self.panes.related.display else self.panes.related)
        self._refocus()

    def show_sidebar(self, shown: bool) -> None:
        """Whether related stories stand beside the reader where there is room."""
        self._screen.set_class(not shown, "-no-related")
        self._refocus()

    @property
    def hidden(self) -> list[str]:
        """The panes that were hidden, where there is room for them."""
        return [name for name in _HIDEABLE if self._screen.has_class(f"-no-{name}")]

    def hide(self, names: Sequence[object]) -> None:
        """Hide these, as they were before."""
        for name in _HIDEABLE:
            self._screen.set_class(name in names, f"-no-{name}")
        self._refocus()

    def toggle_list(self) -> None:
        """Show or hide the list; where it stands alone, the article takes its place."""
        if self._screen.has_class("-narrow"):
            self._swap()
        elif self.panes.article_list.display:
            self._screen.set_class(True, "-no-list", "-reading")
        else:
            self._screen.set_class(False, "-no-list", "-zoomed", "-beside")
        self._refocus()

    def zoom(self) -> None:
        """The article alone, or all panes again."""
        if self._screen.has_class("-narrow") and not self._screen.has_class("-zoomed"):
            self._swap()
        else:
            self._screen.toggle_class("-zoomed")
        self._refocus()

    def _swap(self) -> None:
        """Where one pane fits: the article, or the list in its place."""
        self.reveal(self.panes.article_list if self.panes.reader.display else self.panes.reader)

    def _refocus(self) -> None:
        shown = self.shown()
        if shown and self._screen.focused not in shown:
            self._screen.set_focus(self.panes.reader if self.panes.reader in shown else shown[0])
