"""The keys that count in the pane that has them, as the footer names them."""

from __future__ import annotations

from tui.bindings import key_and_action
from tui.keymap import Keymap
from tui.typeset.cells import cells
from tui.typeset.line import Run

FOOTERS = {
    "article-list": (
        ("list.open", "open"),
        ("main.unread", "next unread"),
        ("main.save", "save"),
        ("main.search", "search"),
        ("main.sections", "sections"),
    ),
    "reader": (
        ("main.read_on", "read on"),
        ("reader.find", "find"),
        ("main.follow", "link"),
        ("main.story", "story"),
        ("main.browse", "browser"),
    ),
    "related": (
        ("related.open", "open"),
        ("main.back", "back"),
        ("main.sidebar", "sidebar"),
        ("main.leave", "to the article"),
    ),
    "selected": (
        ("main.mark", "read"),
        ("main.save", "save"),
        ("main.tags", "tag"),
        ("main.throw_away", "throw away"),
        ("main.leave", "end the selection"),
    ),
    "passage": (("main.copy", "copy"), ("passage.cite", "cite"), ("main.leave", "leave the passages")),
    "find": (("main.next", "next hit"), ("main.previous", "previous hit"), ("main.leave", "end the find")),
}
"""The keys that count in each pane, by their ids, each with what it does there."""


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
