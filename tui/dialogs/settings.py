"""All settings: what each is now and where that is from, what it may be, and another value for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.config.config import InForce, Kept, in_force
from tui.config.config_file import ConfigFile
from tui.config.editing import NotWritten, drop_setting, write_setting
from tui.config.kinds import literal
from tui.config.table import SECTIONS, TABLE, ConfigKey
from tui.dialogs.dialog import Dialog, entitle, tell
from tui.panes.base import plain
from tui.panes.choices import Choice, Choices
from tui.panes.input_line import InputLine

_HOW = "enter changes, {settings.drop|d} takes out, esc closes"
_TYPING = "enter keeps it, esc leaves it"
_FROM = {"file": "file", "library": "by key", "default": ""}
_MOST = 3
"""Sentences of what is wrong in the file that are shown at once; there is to be room for the settings."""
_LOOK = 0.5  # seconds
SHOWN_KEYS: tuple[ConfigKey[Any], ...] = tuple(key for section in SECTIONS for key in TABLE if key.section == section)


class SettingsDialog(Dialog[None]):
    """The settings in their sections; what is changed stands in the file at once, and holds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,comma,q", "give_up", "Close", id="settings.close", tooltip="Close the settings"),
        Binding("right,l", "change(1)", "Next value", id="settings.next", tooltip="The next value"),
        Binding("left,h", "change(-1)", "Value before", id="settings.before", tooltip="The value before"),
        Binding("d,delete", "drop", "Take out", id="settings.drop", tooltip="Take it out of the file"),
    ]

    def __init__(self, config: ConfigFile, kept: Kept, changed: Callable[[], None]) -> None:
        """`kept` gives what the library keeps, `changed` takes over what the file says now."""
        super().__init__()
        self._config = config
        self._shown = config.now
        self._kept = kept
        self._changed = changed
        self.choices = Choices(24)
        self._asked = 0
        self.about = Static(classes="about")
        self.trouble = Static(classes="trouble")
        self.wrong = Static(classes="trouble")
        self.typing = InputLine()
        self.typing.display = False
        self.box = Vertical(self.wrong, self.choices, self.about, self.typing, self.trouble, classes="box")
        entitle(self.box, "Settings")

    def compose(self) -> ComposeResult:
        """One box."""
        yield self.box

    def on_mount(self) -> None:
        """Show what holds."""
        self._offer()
        self.choices.move_to(0)
        self.set_focus(self.choices)
        self.set_interval(_LOOK, self._look)

    def action_change(self, by: int) -> None:
        """Another value, the next or the one before, where there are few; else a line to type it in."""
        key, holds = self._at()
        values = key.kind.few
        if self.typing.display:
            return
        if values:
            at = values.index(holds.value) if holds.value in values else -1  # a theme of the reader's own
            self._write(values[(at + by) % len(values)])
        else:
            self._ask()

    def action_drop(self) -> None:
        """Have the file say nothing of it."""
        if not self.typing.display:
            self._keep(lambda: drop_setting(self._config.path, self._at()[0]))

    def action_give_up(self) -> None:
        """Put the line away, else close."""
        if self.typing.display:
            self._put_away()
        else:
            self.leave()

    @on(Choices.Chosen)
    def _chosen(self) -> None:
        """A click beside the line that one types in leaves it as it is, as what is typed is of one setting."""
        if self.typing.display:
            self.choices.put_highlight(self._asked)
        else:
            self._tell()
            self.action_change(1)

    @on(Choices.Highlighted)
    def _highlighted(self) -> None:
        self._complain("")
        self._tell()

    @on(Input.Submitted)
    def _typed(self, typed: Input.Submitted) -> None:
        if self._write(self._at()[0].kind.typed(typed.value)):
            self._put_away()

    def _at(self) -> tuple[ConfigKey[Any], InForce]:
        """The highlighted setting, and what holds of it."""
        key = SHOWN_KEYS[self.choices.index]
        return key, in_force(key, self._config.now, self._kept)

    def _write(self, given: object) -> bool:
        return self._keep(lambda: write_setting(self._config.path, self._at()[0], given))

    def _keep(self, write: Callable[[], None]) -> bool:
        """Change the file; whether it could be."""
        try:
            write()
        except NotWritten as error:
            self._complain(str(error))
            return False
        self._complain("")
        self._changed()
        self._offer()
        return True

    def _ask(self) -> None:
        key, holds = self._at()
        self._asked = self.choices.index
        self.typing.value = key.kind.written(holds.value)
        self.typing.border_title = plain(key.key)
        self.typing.display, self.choices.can_focus = True, False
        self.set_focus(self.typing)
        tell(self.box, _TYPING)

    def _put_away(self) -> None:
        self.typing.display, self.choices.can_focus = False, True
        self.set_focus(self.choices)
        self._complain("")
        tell(self.box, self.keymap.said(_HOW))

    def _look(self) -> None:
        """Show what the file says since somebody else has saved it."""
        if self._config.now is not self._shown and not self.typing.display:
            self._offer()

    def _offer(self) -> None:
        self._shown = self._config.now
        tell(self.box, self.keymap.said(_HOW))
        self.wrong.update(_summed_up(self._config.now.problems))
        self.wrong.display = bool(self._config.now.problems)
        self.choices.offer([self._choice(key) for key in SHOWN_KEYS], self.choices.index)
        self._tell()

    def _choice(self, key: ConfigKey[Any]) -> Choice:
        holds = in_force(key, self._config.now, self._kept)
        return Choice(key.name, literal(key.kind.plain(holds.value)), key.section, _FROM[holds.origin])

    def _tell(self) -> None:
        """What the highlighted setting does, what it may be, and what it is without."""
        key, _ = self._at()
        default = literal(key.kind.plain(key.default))
        self.about.update(plain(f"{key.sentence} It may be {key.kind.allowed}; without, {default}."))

    def _complain(self, sentence: str) -> None:
        self.trouble.update(plain(sentence))
        self.trouble.display = bool(sentence)


def _summed_up(problems: Sequence[str]) -> Content:
    """What is wrong in the file, whole, a line each; of much the first, and how much more there is."""
    more = len(problems) - _MOST
    told = [*problems[:_MOST], *([f"`broadsheet config` tells {more} more."] if more > 0 else [])]
    return Content("\n").join(plain(sentence) for sentence in told)
