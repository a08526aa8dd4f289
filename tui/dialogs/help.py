"""All keys on one page, and what the marks in the list mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui import bindings as keys
from tui.dialogs.dialog import Dialog
from tui.panes.article_list import ArticleList
from tui.panes.base import Pane, draw
from tui.panes.reader import ReaderPane
from tui.typeset.line import BLANK, Line, Run, line
from tui.typeset.marks import CHANGED_MARK, OFFLINE_MARKS, OPEN_MARK, QUEUED_MARK, SAVED_MARK, TAGGED_MARK, UNREAD_MARK
from tui.typeset.wrap import clip, pad, wrap

_KEYS_WIDTH = 28
_MARKS = (
    (UNREAD_MARK, "not read yet"),
    (OPEN_MARK, "open in the reader"),
    (SAVED_MARK, "saved"),
    (TAGGED_MARK, "tagged; rows of more lines name the tags"),
    (CHANGED_MARK, "changed on its site since it was fetched; D shows what"),
    (OFFLINE_MARKS["full"], "on disk in full: reads without a network"),
    (OFFLINE_MARKS["part"], "a part of it is on disk; the reader says why"),
    (OFFLINE_MARKS["teaser"], "only the teaser is on disk"),
    (OFFLINE_MARKS["failed"], "could not be had; the reader says why"),
    (QUEUED_MARK, "asked for while offline: comes with the next refresh"),
)


class Help(Dialog[None]):
    """The page of keys; any of escape, ? and q leaves it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "give_up", "Close", id="help.close", tooltip="Close this page")
    ]

    def compose(self) -> ComposeResult:
        """One pane."""
        yield HelpPane()


class HelpPane(Pane):
    """The keys, in groups, two columns where they fit."""

    def __init__(self) -> None:
        super().__init__()
        self.add_class("box", "-tall")
        self._page: list[Line] = []
        self._set_for = 0

    def on_mount(self) -> None:
        """Name the pane."""
        self.entitle("Keys")
        self.focus()

    def line_at(self, at: int, rail: str) -> Strip:
        """The line `at` of the page."""
        width = max(20, self.text_width - 4)
        if width != self._set_for:  # here, and not when the size is told: so the first frame has the lines already
            self._set_for, self._page = width, list(_page(width))
            self.line_count = len(self._page)
        laid = self._page[at] if at < len(self._page) else BLANK
        return draw(laid, self.size.width, self.role_styles, margin=2, rail=rail)


def _page(width: int) -> Iterator[Line]:
    yield BLANK
    for name, bindings in keys.GROUPS.items():
        yield from _group(name, [one for one in bindings if not one.action.startswith("related(")], width)
        if name == "Reading":
            yield from _rows("1 … 9", "Open the related story of this number", width)
        yield BLANK
    yield from _group("In the list", _own(ArticleList), width)
    yield BLANK
    yield from _group("In the reader", _own(ReaderPane), width)
    yield BLANK
    yield line("Marks", "group")
    for (mark, role), meaning in _MARKS:
        yield Line((Run(pad(f"  {mark}", _KEYS_WIDTH), role), Run(clip(meaning, width - _KEYS_WIDTH), "text")))


def _own(pane: type[Pane]) -> list[Binding]:
    return [binding for binding in pane.__dict__["BINDINGS"] if isinstance(binding, Binding)]


def _group(name: str, bindings: Sequence[Binding], width: int) -> Iterator[Line]:
    yield line(name, "group")
    for binding in bindings:
        yield from _rows(keys.names(binding.key), binding.tooltip, width)


def _rows(names: str, tooltip: str, width: int) -> Iterator[Line]:
    for at, text in enumerate(wrap(tooltip, max(10, width - _KEYS_WIDTH))):
        yield Line((Run(pad("" if at else f"  {names}", _KEYS_WIDTH), "key"), Run(text, "text")))
