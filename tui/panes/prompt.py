"""The line to type in at the foot of the screen: a search, the number of a link, tags, a note, a file, a budget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import ClassVar, Protocol, TypeAlias

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui.panes.input_line import InputLine

Listener: TypeAlias = Callable[[str], None]


_NUMBERS = count()  # one may be asked for while the one before it is still being taken off the screen


def _nothing(_: str) -> None:
    """What is typed on the way matters to no one."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a line is asked for: its title, and who hears what is typed.

    `more` stands in the line as long as nothing is typed: what of a question has no room above it. `answered` hears
    what was typed once enter is pressed, `typed` hears it on the way, `kept` with ctrl+s, and `left` when the line is
    given up. `again` is asked in its place with / on an empty line.
    """

    title: str
    answered: Listener
    typed: Listener = _nothing
    kept: Listener = _nothing
    left: Listener = _nothing
    more: str = ""
    again: Callable[[], Question] | None = None


class Ask(Protocol):
    """Puts a question up, with what is typed already."""

    def __call__(self, question: Question, typed: str = "") -> None:
        """Ask it."""


class Prompt(InputLine):
    """A line to type in; enter keeps what was typed, escape gives it up. `closed` is called once it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Give up", id="prompt.leave", tooltip="Leave without a change"),
        Binding("ctrl+s", "keep", "Keep the search", id="prompt.keep", tooltip="Keep the search as a section"),
        Binding("slash", "again", "Elsewhere", id="prompt.again", tooltip="From an empty line to the library"),
    ]

    ALL_LINES = True

    def __init__(self, question: Question, typed: str, closed: Callable[[], None]) -> None:
        super().__init__(
            typed, question.more, title=question.title, input_id=f"prompt-{next(_NUMBERS)}", select_on_focus=False
        )
        self.question = question
        self._closed_up = False
        self._when_closed = closed

    @on(Input.Changed)
    def _changed(self, typed: Input.Changed) -> None:
        typed.stop()
        if not self._closed_up:
            self.question.typed(typed.value.strip())

    @on(Input.Submitted)
    def _submitted(self, typed: Input.Submitted) -> None:
        typed.stop()
        if not self._closed_up:
            self.close()
            self.question.answered(typed.value.strip())

    def action_keep(self) -> None:
        """Keep what is typed, and stay."""
        self.question.kept(self.value.strip())

    def action_again(self) -> None:
        """On an empty line the other question; else the sign itself."""
        if self.value or self.question.again is None:
            self.insert_text_at_cursor("/")
            return
        self.question.left("")
        self.question = self.question.again()
        self.border_title, self.placeholder = self.question.title, self.question.more

    def action_give_up(self) -> None:
        """Leave without a change."""
        if not self._closed_up:
            self.close()
            self.question.left(self.value.strip())

    def close(self) -> None:
        """Take the line off the screen; what is still typed into it is heard by nobody."""
        self._closed_up = True
        self._when_closed()
        self.remove()
