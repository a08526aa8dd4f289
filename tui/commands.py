"""What the palette (ctrl+p) offers: every key of the desk, by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from tui import keys

if TYPE_CHECKING:
    from tui.desk import Desk


def commands(desk: Desk) -> Iterator[SystemCommand]:
    """The desk's actions as commands; the nine numbered stories are better reached by their number."""
    for binding in keys.BINDINGS:
        if not binding.action.startswith(("related", "focus_pane", "leave", "quit")):
            yield SystemCommand(binding.description, binding.tooltip, partial(desk.run_action, binding.action))
