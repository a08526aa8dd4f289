"""The table of contents: sections, sources and saved searches to go to, and sources to remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from fetch.errors import NewsError
from tui import sections
from tui.background import BackgroundLibrary
from tui.dialogs.dialog import Dialog, tell
from tui.local_time import now
from tui.panes.choices import Choice, Choices
from tui.sections import Section
from tui.typeset import phrases

if TYPE_CHECKING:
    from cache.library import Library


SEARCHES = "Searches"


class Row(NamedTuple):
    """A row of the table of contents: its group, the section, what to say of it, and the source's id or 0."""

    group: str
    section: Section
    detail: str
    source_id: int = 0


def contents(library: Library) -> list[Row]:
    """All there is to go to: the usual views, then sources by group, then kept searches."""
    status = library.status()
    numbers = (status.total, status.unread, status.saved, status.total - status.full)
    rows = [Row("", view, f"{number:,}") for view, number in zip(sections.VIEWS, numbers, strict=True)]
    for source in sorted(library.sources(), key=lambda source: (source.group.casefold(), source.title.casefold())):
        detail = f"{source.unread:,} of {source.total:,}" if source.unread else phrases.stories(source.total)
        title = source.title or phrases.site(source.url)
        detail = phrases.last_answer(source, now()) if source.error else detail
        rows.append(Row(source.group or "Sources", sections.of_source(source.id, title), detail, source.id))
    for kept in library.searches():
        section = Section(kept.name, kept.query, f"Nothing found for “{kept.query}”.")
        counted = library.counted(kept.query)
        rows.append(Row(SEARCHES, section, f"{counted.number:,}{'' if counted.whole else ' or more'}"))
    return rows


class Contents(Dialog[Section]):
    """A list of all there is to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,S", "give_up", "Close", id="contents.close", tooltip="Close without going anywhere"),
        Binding("d", "remove", "Remove", id="contents.remove", tooltip="Remove a source or search; u takes it back"),
    ]

    def __init__(self, library: Library, background: BackgroundLibrary, here: Section) -> None:
        super().__init__()
        self._library = library
        self._background = background
        self._here = here
        self._rows: list[Row] = []
        self.choices = Choices()
        self.choices.add_class("box")

    def compose(self) -> ComposeResult:
        """One list."""
        yield self.choices

    def on_mount(self) -> None:
        """Show the box at once; what there is to go to is counted in the background."""
        self.choices.entitle("Sections")
        tell(self.choices, "enter goes there, d removes a source or search, esc closes")
        self.choices.focus()
        self._fill()

    @work(exclusive=True, group="filling")
    async def _fill(self) -> None:
        try:
            self._rows = await self._background.ask(contents)
        except NewsError as error:
            tell(self.choices, str(error))
            return
        here = next((at for at, row in enumerate(self._rows) if row.section == self._here), self.choices.index)
        self.choices.offer([Choice(row.section.title, row.detail, row.group) for row in self._rows], here)

    @on(Choices.Chosen)
    def _chosen(self, chosen: Choices.Chosen) -> None:
        self.leave(self._rows[chosen.at].section)

    @work(exclusive=True)
    async def action_remove(self) -> None:
        """Remove the highlighted source with its articles, or a search; the main screen's undo takes it back."""
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
