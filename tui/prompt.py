"""The one line to type in, at the foot of the desk: a search, the number of a link, tags, a note."""

from __future__ import annotations

from typing import ClassVar, Literal, TypeAlias

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

Purpose: TypeAlias = Literal["search", "link", "tags", "note"]
TITLES: dict[Purpose, str] = {
    "search": "Search (enter stays with it, ctrl+s keeps it as a section, esc leaves)",
    "link": "Follow link number",
    "tags": "Tags, separated by spaces",
    "note": "Note",
}


class Prompt(Input):
    """A line to type in; enter keeps what was typed, escape gives it up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Give up", id="prompt.leave", tooltip="Leave without a change"),
        Binding("ctrl+s", "keep", "Keep the search", id="prompt.keep", tooltip="Keep the search as a section"),
    ]

    class Kept(Message):
        """What is typed is worth keeping as a section."""

    class GivenUp(Message):
        """The line was left with escape."""

    def __init__(self, purpose: Purpose, typed: str = "") -> None:
        super().__init__(typed, id="prompt", select_on_focus=False)
        self.purpose: Purpose = purpose
        self.border_title = Content(TITLES[purpose])

    def action_keep(self) -> None:
        """Keep the search as a section."""
        self.post_message(self.Kept())

    def action_give_up(self) -> None:
        """Leave without a change."""
        self.post_message(self.GivenUp())
