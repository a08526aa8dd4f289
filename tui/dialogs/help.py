"""All keys on one page, found by typing, and what the marks on screen mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.strip import Strip
from textual.widgets import Input

from tui import bindings as keys
from tui.dialogs.dialog import Dialog, entitle, tell
from tui.dialogs.picker import says
from tui.keymap import Keymap
from tui.panes.article_list import ArticleList
from tui.panes.base import Pane, draw
from tui.panes.input_line import InputLine
from tui.panes.prompt import Prompt
from tui.panes.reader import ReaderPane
from tui.panes.related import RelatedStories
from tui.typeset.cells import cells
from tui.typeset.line import BLANK, Line, Run, line
from tui.typeset.marks import (
    CHANGED_MARK,
    CURSOR,
    OFFLINE_MARKS,
    OPEN_MARK,
    QUEUED_MARK,
    SAVED_MARK,
    TAGGED_MARK,
    UNREAD_MARK,
)
from tui.typeset.wrap import pad, wrap

_KEYS_WIDTH = 28
_LEAST_BESIDE = 60  # cells of a page from which on meanings stand beside their keys
_MARKS = (
    (UNREAD_MARK, "not read yet"),
    (OPEN_MARK, "open in the reader"),
    (CURSOR, "the highlighted row"),
    (SAVED_MARK, "saved"),
    (TAGGED_MARK, "tagged; rows of more lines name the tags"),
    (CHANGED_MARK, "changed on its site since it was fetched; {main.changes|D} shows what"),
    (OFFLINE_MARKS["full"], "on disk in full: reads without a network"),
    (OFFLINE_MARKS["part"], "a part of it is on disk; the reader says why"),
    (OFFLINE_MARKS["teaser"], "only the teaser is on disk"),
    (OFFLINE_MARKS["failed"], "could not be had; the reader says why"),
    (QUEUED_MARK, "asked for while offline: comes with the next refresh"),
    (("+2", "meta"), "so many more reports of the story stand behind the row"),
    (("▲", "meta"), "news above the rows on screen; {main.newest|circumflex_accent} goes there"),
    (("5 ×", "meta"), "a number was typed: the next key is meant so often"),
    (("● ○", "meta"), "online, offline: whether something has answered"),
    (("[1]", "mark"), "a link of this number, or a footnote in its own colour"),
    (("┃", "bar"), "a quotation"),
    (("▎", "star"), "beside what you highlighted in an article"),
    (("▸ ▏", "cursor"), "beside the passage that {main.passage|p} chose"),
    (("▏ ‹ ›", "bar"), "code, or a table; there is more to the left or right"),
    (("▨", "bar"), "a picture, by its caption"),
    (("▸", "caption"), "a film, a map or a post that stands on its own page"),
    (("↓", "meta"), "beside a related story: not on disk in full"),
)


class HelpEntry(NamedTuple):
    """A row of the page: its group, the keys or the mark, that one's role, and what it means."""

    group: str
    sign: str
    role: str
    meaning: str


class Help(Dialog[None]):
    """The page of keys; what is typed narrows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Close", id="help.close", tooltip="Close this page", priority=True),
        Binding("down", "scroll(1)", "Down", id="help.down", tooltip="A line down", priority=True),
        Binding("up", "scroll(-1)", "Up", id="help.up", tooltip="A line up", priority=True),
        Binding("pagedown", "page(1)", "Page down", id="help.page_down", tooltip="A page on", priority=True),
        Binding("pageup", "page(-1)", "Page up", id="help.page_up", tooltip="A page back", priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.typing = InputLine(placeholder="Type what you look for: a key, or what it does")
        self.page = HelpPane()
        self.box = Vertical(self.typing, self.page, classes="box -tall")

    def compose(self) -> ComposeResult:
        """One box."""
        self.page.show(tuple(entries(self.keymap)))
        entitle(self.box, "Keys")
        tell(self.box, "↑ ↓ scroll, esc closes")
        yield self.box

    def action_scroll(self, lines: int) -> None:
        """Scroll the page; the keys stay with the line."""
        self.page.move_to(self.page.scroll_offset.y + lines)

    def action_page(self, by: int) -> None:
        """A page on, or back."""
        if by > 0:
            self.page.action_page_down()
        else:
            self.page.action_page_up()

    def action_give_up(self) -> None:
        """Show all of it again; else close."""
        if self.typing.value:
            self.typing.value = ""
        else:
            self.leave()

    @on(Input.Changed)
    def _narrow(self, typed: Input.Changed) -> None:
        if typed.value == "?":  # as it was opened
            self.leave()
        sought = typed.value.strip()
        # By habit: elsewhere / begins to narrow a list. Alone it is the key that is looked for.
        self.page.narrow(sought.removeprefix("/") or sought)
        tell(self.box, f"↑ ↓ scroll, esc {'shows all again' if typed.value else 'closes'}")


class HelpPane(Pane):
    """The keys, in groups."""

    can_focus = False

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[HelpEntry] = ()
        self._typed = ""
        self._page: list[Line] = []
        self._set_for = 0

    def show(self, page: Sequence[HelpEntry]) -> None:
        """The entries there are."""
        self._entries = page

    def narrow(self, typed: str) -> None:
        """Show what has all these words."""
        self._typed, self._set_for = typed, 0
        self.move_to(0)
        self.refresh()

    def line_at(self, at: int, rail: str) -> Strip:
        """The line `at` of the page."""
        width = max(20, self.text_width - 3)
        if width != self._set_for:  # here, and not when the size is told: so the first frame has the lines already
            self._set_for, self._page = width, list(set_page(self._entries, self._typed, width))
            self.line_count = len(self._page)
        laid = self._page[at] if at < len(self._page) else BLANK
        return draw(laid, self.size.width, self.role_styles, margin=1, rail=rail)


def entries(keymap: Keymap) -> Iterator[HelpEntry]:
    """All keys, then all marks."""
    for name, bindings in keys.KEY_GROUPS.items():
        yield from _keys(name, [one for one in bindings if not one.action.startswith("related(")], keymap)
        if name == "Reading":
            yield HelpEntry(name, "1 … 9", "key", "Open the related story of this number")
    for name, pane in (
        ("In the list", ArticleList),
        ("In the reader", ReaderPane),
        ("In the sidebar", RelatedStories),
        ("In a line to type in", Prompt),
    ):
        bindings = [one for one in pane.__dict__["BINDINGS"] if isinstance(one, Binding)]
        yield from _keys(name, [one for one in bindings if not one.action.startswith("count(")], keymap)
        if pane is ArticleList:
            yield HelpEntry(name, "0 … 9", "key", "How often the next key is meant: 5j is five down")
    yield from (HelpEntry("Marks", mark, role, keymap.said(meaning)) for (mark, role), meaning in _MARKS)


def set_page(page: Sequence[HelpEntry], typed: str, width: int) -> Iterator[Line]:
    """The entries that have all words typed, in lines of so many cells."""
    words = typed.casefold().split()
    found = [
        entry for entry in page if says(entry.meaning, words) or (words and entry.sign.casefold().split() == words)
    ]
    if not found:
        yield BLANK
        yield from (line(text, "meta") for text in wrap(f"No key and no mark is called “{typed.strip()}”.", width))
    group = ""
    for entry in found:
        if entry.group != group:
            group = entry.group
            yield from (BLANK, line(group, "group"))
        yield from _rows(entry, width)


def _keys(group: str, bindings: Sequence[Binding], keymap: Keymap) -> Iterator[HelpEntry]:
    named = ((keys.names_of(binding, keymap), binding.tooltip) for binding in bindings)
    return (HelpEntry(group, written, "key", tooltip) for written, tooltip in named if written)


def _rows(entry: HelpEntry, width: int) -> Iterator[Line]:
    beside = _KEYS_WIDTH if width >= _LEAST_BESIDE else width // 4
    sign = f"  {entry.sign}"
    if cells(sign) >= beside:
        yield line(sign, entry.role)
        sign = ""
    for at, text in enumerate(wrap(entry.meaning, max(10, width - beside))):
        yield Line((Run(pad("" if at else sign, beside), entry.role), Run(text, "text")))
