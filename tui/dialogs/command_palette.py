"""The palette (ctrl+p): everything the main screen can do, by name, each with its key."""

from __future__ import annotations

from typing import NamedTuple

from tui import bindings as keys
from tui.dialogs.picker import Picker
from tui.panes.choices import Choice
from tui.typeset.theme import COLOURS

_SCHEMES = {"night": "Dark paper", "day": "Light paper", "terminal": "The terminal's own colours"}


class Command(NamedTuple):
    """Something to do: the action that does it, and how it is offered."""

    action: str
    choice: Choice


def commands() -> list[Command]:
    """All there is to do; what is better reached by its own key, as the numbered stories are, left out."""
    done = [
        Command(
            binding.action,
            Choice(binding.description, binding.tooltip, group, keys.names(binding.key.partition(",")[0])),
        )
        for group, bindings in keys.GROUPS.items()
        for binding in bindings
        if not binding.action.startswith(("related(", "focus_pane", "leave", "palette"))
    ]
    return done + [Command(f"theme('{name}')", Choice(f"Theme: {name}", _SCHEMES[name], "Themes")) for name in COLOURS]


class CommandPalette(Picker[str]):
    """The commands to pick from; it is left with the action of the one taken."""

    def __init__(self) -> None:
        super().__init__("Commands", "What would you like to do?", label=22)
        self._commands = commands()

    def on_mount(self) -> None:
        """All of them, to begin with."""
        self.offer([command.choice for command in self._commands])

    def take(self, at: int) -> None:
        """Leave with the action."""
        self.leave(self._commands[at].action)
