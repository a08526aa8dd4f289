"""The table of contents: sections, sources and saved searches to go to, and sources to remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen

from fetch.errors import NewsError
from fetch.text import drawable
from tui.choices import Choice, Choices
from tui.sections import SEARCHES, Section, contents

if TYPE_CHECKING:
    from cache.library import Library


class Contents(ModalScreen[Section | None]):
    """A list of all there is to go to."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,S", "give_up", "Close", id="contents.close", tooltip="Close without going anywhere"),
        Binding("d", "remove", "Remove", id="contents.remove", tooltip="Remove a source or search; u takes it back"),
    ]

    def __init__(self, library: Library, here: Section) -> None:
        super().__init__()
        self._library = library
        self._here = here
        self._rows: list[tuple[str, Section, str, int]] = []
        self.choices = Choices()

    def compose(self) -> ComposeResult:
        """One list."""
        yield self.choices

    def on_mount(self) -> None:
        """Fill it, and stand on the section that is open."""
        self.choices.entitle("Sections")
        self._tell("enter goes there, d removes a source or search, esc closes")
        self._fill()
        self.choices.focus()

    def _fill(self) -> None:
        self._rows = contents(self._library)
        here = next((at for at, row in enumerate(self._rows) if row[1] == self._here), self.choices.index)
        self.choices.offer([Choice(section.title, told, group) for group, section, told, _ in self._rows], here)

    @on(Choices.Chosen)
    def _chosen(self, chosen: Choices.Chosen) -> None:
        self.dismiss(self._rows[chosen.at][1])

    def action_give_up(self) -> None:
        """Go nowhere."""
        self.dismiss(None)

    @work(exclusive=True)
    async def action_remove(self) -> None:
        """Remove the highlighted source with its articles, or a search; the desk's undo takes it back."""
        group, section, _, source_id = self._rows[self.choices.index]
        if not source_id and group != SEARCHES:
            return
        try:
            await (self._library.remove(source_id) if source_id else self._library.drop_search(section.title))
        except NewsError as error:
            self._tell(str(error))
            return
        self._fill()
        self._tell(f"{section.title} is removed; u on the desk takes it back.")

    def _tell(self, sentence: str) -> None:
        self.choices.border_subtitle = Content(f" {drawable(sentence)} ")
