"""A list to choose from, in groups: drawn line by line as the panes are, so that it looks like them in every theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui.panes.base import Pane, draw
from tui.typeset.cells import cells
from tui.typeset.line import BLANK, Line, Run, line
from tui.typeset.marks import CURSOR
from tui.typeset.theme import Ground
from tui.typeset.wrap import clip, pad

_LEAST_LABEL = 14  # cells


_SAID = 12  # cells that stay for what is said of a choice, on a narrow screen, too


class Choice(NamedTuple):
    """One thing to choose: its label, what to say of it, the group it stands in, and what stands at its right.

    `also` are other words by which it is found, and which nobody sees. `is_heading`: it heads those below it. `lead`:
    so many characters of the label stand before its name, which may be written from right to left.
    """

    label: str
    detail: str = ""
    group: str = ""
    mark: str = ""
    also: str = ""
    is_heading: bool = False
    lead: int = 0

    @property
    def names(self) -> str:
        """All that it is found by."""
        return f"{self.label} {self.detail} {self.group} {self.mark} {self.also}"


class Choices(Pane):
    """The choices, one highlighted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", id="choices.down", tooltip="Move the highlight down"),
        Binding("up,k", "move(-1)", "Up", id="choices.up", tooltip="Move the highlight up"),
        Binding("pagedown", "move(10)", "Page down", id="choices.page_down", tooltip="Ten on"),
        Binding("pageup", "move(-10)", "Page up", id="choices.page_up", tooltip="Ten back"),
        Binding("home,g", "move(-100000)", "First", id="choices.first", tooltip="To the first"),
        Binding("end,G", "move(100000)", "Last", id="choices.last", tooltip="To the last"),
        Binding("enter", "choose", "Choose", id="choices.choose", tooltip="Take the highlighted one"),
    ]

    class Chosen(Message):
        """The choice with this index was taken; `column` is the cell that was clicked, -1 where none was."""

        def __init__(self, offered: Choices, at: int, column: int = -1) -> None:
            super().__init__()
            self._offered, self._among = offered, offered.choices
            self.at = at
            self.column = column

        @property
        def still_stands(self) -> bool:
            """Whether the choices are those that it was taken from: a click is heard after keys that were typed."""
            return self._offered.choices is self._among

    class Highlighted(Message):
        """The highlight is on the choice with this index now."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, label: int = 36, moved: Callable[[], None] | None = None, *, names: bool = False) -> None:
        """`label` is how many cells the labels have at most, before what is said of them; `names` have two fifths.

        `moved` is called when the highlight is on another choice, so that all is drawn at once; without it that is a
        message.
        """
        super().__init__("choices")
        self._moved = moved
        self._label = label
        self._names = names
        self.choices: Sequence[Choice] = ()
        self.index = 0
        self._rows: list[int | str] = []
        self._row_of: list[int] = []
        self._strips: dict[tuple[int, Ground, str], Strip] = {}

    def offer(self, choices: Sequence[Choice], at: int = 0) -> None:
        """Put these up for choice, the highlight on the one with the index `at`."""
        self.choices, self.index = choices, min(at, max(0, len(choices) - 1))
        self._rows = list(_rows(choices))
        self._row_of = [at for at, row in enumerate(self._rows) if isinstance(row, int)]
        self._strips.clear()
        self.line_count = len(self._rows)
        self.refresh()
        if choices:
            self.action_move(0)

    def line_at(self, at: int, rail: str) -> Strip:
        """The line `at` of the list."""
        row = self._rows[at] if at < len(self._rows) else ""
        if isinstance(row, str):
            return draw(line(f" {row}", "group") if row else BLANK, self.size.width, self.role_styles, rail=rail)
        held = row == self.index
        ground: Ground = "paper" if not held else "chosen" if self.has_focus or not self.can_focus else "held"
        strip = self._strips.get((row, ground, rail))
        if strip is None:
            set_row = self._set(self.choices[row], held=held)
            strip = draw(set_row, self.size.width, self.role_styles, ground, rail=rail)
            self._strips[row, ground, rail] = strip
        return strip

    def on_resize(self) -> None:
        """Another size: the highlight stays in view."""
        if self.choices:
            self._bring_into_view()

    def forget_strips(self) -> None:
        """Another width, or other colours: rows are set anew."""
        self._strips.clear()

    def action_move(self, by: int) -> None:
        """Move the highlight by so many choices."""
        if not self.choices:
            return
        self.put_highlight(min(max(self.index + by, 0), len(self.choices) - 1))
        self._bring_into_view()
        if self._moved:
            self._moved()
        else:
            self.post_message(self.Highlighted(self.index))

    def put_highlight(self, at: int) -> None:
        """Put the highlight on the choice with this index, wherever that is; nobody is told."""
        for each in {min(self.index, len(self.choices) - 1), at}:
            self.refresh(Region(0, self._row_of[each] - self.scroll_offset.y, self.size.width, 1))
        self.index = at

    def _bring_into_view(self) -> None:
        at, top, shown = self._row_of[self.index], self.scroll_offset.y, max(1, self.size.height)
        above = min(2, shown - 1)  # rows that stay in view, a heading among them
        if at - above < top:
            self.move_to(max(0, at - above))
        elif at >= top + shown:
            self.move_to(at - shown + 1)

    def action_choose(self) -> None:
        """Take the highlighted one."""
        if self.choices:
            self.post_message(self.Chosen(self, self.index))

    def on_click(self, event: events.Click) -> None:
        """A click takes the choice it falls on."""
        if self.jump_on_rail(event):
            return
        at = event.y - self.gutter.top + self.scroll_offset.y
        if 0 <= at < len(self._rows) and isinstance(row := self._rows[at], int):
            self.put_highlight(row)
            self.post_message(self.Chosen(self, row, event.x - self.gutter.left))

    def _set(self, choice: Choice, *, held: bool) -> Line:
        room = self.text_width - 4 - cells(choice.mark)
        most = room - 2 if choice.mark else room  # what stands at the right keeps its distance, whole
        share = (self.text_width - 4) * 3 // 5  # what is said of it has the rest, in a column for all
        wished = max(self._label, self.text_width * 2 // 5) if self._names else self._label
        labels = min(wished, max(_LEAST_LABEL, share), most)
        label = pad(choice.label, labels) if choice.detail else clip(choice.label, most)
        detail = pad(choice.detail, max(0, room - cells(label) - 2))
        cursor = Run(f" {CURSOR[0] if held else ' '} ", "cursor")
        role = "group" if choice.is_heading else "text"
        before, name = label[: choice.lead], label[choice.lead :]
        return Line((cursor, Run(before, role), Run(name, role), Run(f"  {detail}", "meta"), Run(choice.mark, "key")))


def _rows(choices: Sequence[Choice]) -> Iterator[int | str]:
    """Indexes of choices, and between them headings and empty lines."""
    group = ""
    for at, choice in enumerate(choices):
        if choice.group != group:
            group = choice.group
            yield from ("", group)
        yield at
