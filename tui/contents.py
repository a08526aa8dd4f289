"""The table of contents: sections, sources and saved searches to go to, and sources to remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from fetch.errors import NewsError
from tui.choices import Choice, Choices
from tui.dialog import Dialog, tell
from tui.sections import SEARCHES, Row, Section, contents

if TYPE_CHECKING:
    from cache.library import Library


class Contents(Dialog[Section]):
    """A list of all there is to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,S", "give_up", "Close", id="contents.close", tooltip="Close without going anywhere"),
        Binding("d", "remove", "Remove", id="contents.remove", tooltip="Remove a source or search; u takes it back"),
    ]

    def __init__(self, library: Library, rows: list[Row], here: Section) -> None:
        """`rows` is what `contents` says of the library."""
        super().__init__()
        self._library = library
        self._here = here
        self._rows = rows
        self.choices = Choices()
        self.choices.add_class("box")

    def compose(self) -> ComposeResult:
        """One list."""
        yield self.choices

    def on_mount(self) -> None:
        """Fill it, and stand on the section that is open."""
        self.choices.entitle("Sections")
        tell(self.choices, "enter goes there, d removes a source or search, esc closes")
        self._fill()
        self.choices.focus()

    def _fill(self) -> None:
        here = next((at for at, row in enumerate(self._rows) if row.section == self._here), self.choices.index)
        self.choices.offer([Choice(row.section.title, row.told, row.group) for row in self._rows], here)

    @on(Choices.Chosen)
    def _chosen(self, chosen: Choices.Chosen) -> None:
        self.leave(self._rows[chosen.at].section)

    @work(exclusive=True)
    async def action_remove(self) -> None:
        """Remove the highlighted source with its articles, or a search; the desk's undo takes it back."""
        row = self._rows[self.choices.index]
        if not row.source_id and row.group != SEARCHES:
            return
        gone = self._library.remove(row.source_id) if row.source_id else self._library.drop_search(row.section.title)
        try:
            await gone
            self._rows = contents(self._library)
        except NewsError as error:
            tell(self.choices, str(error))
            return
        self._fill()
        tell(self.choices, f"{row.section.title} is removed; u on the desk takes it back.")
