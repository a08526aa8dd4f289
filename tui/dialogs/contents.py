"""The table of contents: sections, sources and saved searches to go to, and sources to remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from fetch.errors import NewsError
from tui.background import Aside
from tui.dialogs.dialog import Dialog, tell
from tui.panes.choices import Choice, Choices
from tui.sections import SEARCHES, Row, Section, contents

if TYPE_CHECKING:
    from cache.library import Library


class Contents(Dialog[Section]):
    """A list of all there is to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,S", "give_up", "Close", id="contents.close", tooltip="Close without going anywhere"),
        Binding("d", "remove", "Remove", id="contents.remove", tooltip="Remove a source or search; u takes it back"),
    ]

    def __init__(self, library: Library, aside: Aside, here: Section) -> None:
        super().__init__()
        self._library = library
        self._aside = aside
        self._here = here
        self._rows: list[Row] = []
        self.choices = Choices()
        self.choices.add_class("box")

    def compose(self) -> ComposeResult:
        """One list."""
        yield self.choices

    def on_mount(self) -> None:
        """Show the box at once; what there is to go to is counted aside."""
        self.choices.entitle("Sections")
        tell(self.choices, "enter goes there, d removes a source or search, esc closes")
        self.choices.focus()
        self._fill()

    @work(exclusive=True, group="filling")
    async def _fill(self) -> None:
        try:
            self._rows = await self._aside.ask(contents)
        except NewsError as error:
            tell(self.choices, str(error))
            return
        here = next((at for at, row in enumerate(self._rows) if row.section == self._here), self.choices.index)
        self.choices.offer([Choice(row.section.title, row.told, row.group) for row in self._rows], here)

    @on(Choices.Chosen)
    def _chosen(self, chosen: Choices.Chosen) -> None:
        self.leave(self._rows[chosen.at].section)

    @work(exclusive=True)
    async def action_remove(self) -> None:
        """Remove the highlighted source with its articles, or a search; the desk's undo takes it back."""
        row = self._rows[self.choices.index] if self._rows else None
        if row is None or not (row.source_id or row.group == SEARCHES):
            return
        gone = self._library.remove(row.source_id) if row.source_id else self._library.drop_search(row.section.title)
        try:
            await gone
        except NewsError as error:
            tell(self.choices, str(error))
            return
        self._fill()
        tell(self.choices, f"{row.section.title} is removed; u on the desk takes it back.")
