"""A dialog to pick from: what is typed narrows the list below it, the arrows move in it, enter takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from tui.dialogs.dialog import Dialog, entitle, tell
from tui.panes.base import plain
from tui.panes.choices import Choice, Choices
from tui.panes.input_line import InputLine

T = TypeVar("T")


class Picker(Dialog[T]):
    """A line to type in above a list of choices."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Close", id="picker.close", tooltip="Close without a choice"),
        Binding("down", "move(1)", "Down", id="picker.down", tooltip="Move the highlight down"),
        Binding("up", "move(-1)", "Up", id="picker.up", tooltip="Move the highlight up"),
        Binding("pagedown", "move(10)", "Ten on", id="picker.page_down", tooltip="Ten on"),
        Binding("pageup", "move(-10)", "Ten back", id="picker.page_up", tooltip="Ten back"),
    ]

    def __init__(self, title: str, asked: str, *, label: int = 36, line: type[InputLine] = InputLine) -> None:
        super().__init__()
        self._all: Sequence[Choice] = ()
        self._shown: Sequence[int] = ()
        self.typing = line(placeholder=asked)
        self.choices = Choices(label)
        self.choices.can_focus = False  # the highlight is moved from the line, which keeps what is typed
        self.trouble = Static(classes="trouble")
        self.box = Vertical(self.typing, self.trouble, self.choices, classes="box")
        entitle(self.box, title)

    def compose(self) -> ComposeResult:
        """One box."""
        yield self.box

    def offer(self, choices: Sequence[Choice], said: str = "↑ ↓ move, enter takes, esc closes") -> None:
        """Put these up for choice, all of them, whatever was typed."""
        self._all, self._shown = choices, range(len(choices))
        self.choices.offer(choices)
        tell(self.box, said)

    def offer_more(self, choices: Sequence[Choice]) -> None:
        """Put these up behind the others; what was typed and where the highlight is stays."""
        held = self.choices.index
        self._all = [*self._all, *choices]
        self._show_found(self.typing.value, held)

    def not_found(self, words: str) -> str:
        """What to say where nothing is called as was typed; "" says nothing."""
        del words
        return ""

    def complain(self, sentence: str) -> None:
        """Say below the line what is wrong with what was typed there, until something else is; "" takes it away."""
        self.trouble.update(plain(sentence))
        self.trouble.display = bool(sentence)

    def take(self, at: int) -> None:
        """The choice with this index was taken."""
        raise NotImplementedError

    def entered(self, words: str) -> None:
        """Enter was pressed: take what is highlighted."""
        if self._shown:
            self.take(self._shown[self.choices.index])

    def action_move(self, by: int) -> None:
        """Move the highlight by so many choices."""
        self.choices.action_move(by)

    @on(Input.Changed)
    def _narrow(self, typed: Input.Changed) -> None:
        self._show_found(typed.value)

    def _show_found(self, typed: str, held: int = 0) -> None:
        words = typed.casefold().split()
        found = [at for at, choice in enumerate(self._all) if says(choice.names, words)]
        self._shown = sorted(found, key=lambda at: _rank(self._all[at], words))
        shown = [self._all[at] for at in self._shown]
        self.complain("" if shown or not words else self.not_found(typed.strip()))
        self.choices.offer([choice._replace(group="") for choice in shown] if words else shown, held)

    @on(Input.Submitted)
    def _entered(self, typed: Input.Submitted) -> None:
        self.entered(typed.value.strip())

    @on(Choices.Chosen)
    def _chosen(self, chosen: Choices.Chosen) -> None:
        if chosen.still_stands:
            self.take(self._shown[chosen.at])


def _rank(choice: Choice, words: Sequence[str]) -> int:
    """What is called just so comes first, then what is called so among other words, then what is said to do it."""
    if choice.label.casefold().split() == words:
        return 0
    return 1 if says(choice.label, words) else 2 if says(f"{choice.label} {choice.detail}", words) else 3


def says(text: str, words: Sequence[str]) -> bool:
    """Whether each of the words begins one of the text's; one with other signs than letters, as n-tv, stands in it."""
    text = text.casefold()
    begun = re.findall(r"\w+", text)
    return all(any(one.startswith(word) for one in begun) or (not word.isalnum() and word in text) for word in words)
