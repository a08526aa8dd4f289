"""The keys that count in the pane that has them, as the footer names them."""

from __future__ import annotations

from tui.bindings import key_and_action
from tui.keymap import Keymap
from tui.panes.footer_words import FOOTERS
from tui.typeset.cells import cells
from tui.typeset.line import Run


def footer(held: str, width: int, keymap: Keymap) -> list[tuple[Run, str]]:
    """The keys of a pane, as many as fit, each run with the action of its key."""
    runs: list[tuple[Run, str]] = []
    used = 0
    for key_id, words in FOOTERS.get(held, ()):
        key, action = key_and_action(key_id, keymap)
        used += cells(key) + cells(words) + 4
        if used > width:
            break
        runs += [(Run(f"  {key}", "key"), action), (Run(f" {words} ", "meta"), action)]
    return runs
