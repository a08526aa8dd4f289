"""The table of contents: sections, sources and saved searches to go to, and sources to remove."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TypeAlias

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
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.library import Library


SEARCHES = "Searches"
_HOW = "enter goes there, {contents.remove|d} removes a source or search, esc closes"
_AGAIN = "{contents.remove_all|D} again removes %s that you keep, too; {contents.remove|d} lets them stay"
Keep: TypeAlias = Callable[[Callable[[], Awaitable[Any]]], Awaitable[Any]]


class ContentsRow(NamedTuple):
    """A row of the table of contents: its group, the section, what to say of it, and the source's id or 0."""

    group: str
    section: Section
    detail: str
    source_id: int = 0


def contents(library: Library) -> list[ContentsRow]:
    """All there is to go to: the usual views, then sources by group, then kept searches."""
    status = library.status()
    numbers = (status.total, status.unread, status.saved, status.total - status.full)
    rows = [ContentsRow("", view, f"{number:,}") for view, number in zip(sections.VIEWS, numbers, strict=True)]
    rows.append(ContentsRow("", sections.SINGLE, f"{library.count(sections.SINGLE.query):,}"))
    placed = [(group, source) for source in library.sources() for group in source.groups or ("",)]
    for group, source in sorted(placed, key=lambda each: (each[0].casefold(), each[1].title.casefold())):
        detail = f"{source.unread:,} of {source.total:,}" if source.unread else wording.stories(source.total)
        title = source.title or wording.site(source.url)
        detail = wording.last_answer(source, now()) if source.error else detail
        detail += f" · {wording.LISTS_MORE}" if source.is_cut and not source.error else ""
        rows.append(ContentsRow(group or "Sources", sections.of_source(source.id, title), detail, source.id))
    for kept in library.searches():
        section = Section(kept.name, kept.query, f"Nothing found for “{kept.query}”.")
        counted = library.counted(kept.query)
        rows.append(ContentsRow(SEARCHES, section, f"{counted.number:,}{'' if counted.whole else ' or more'}"))
    return rows


@contextmanager
def telling(box: Choices) -> Iterator[None]:
    """What the library cannot do is told at the foot of the box."""
    try:
        yield
    except NewsError as error:
        tell(box, str(error))


class Contents(Dialog[Section]):
    """A list of all there is to go to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,S", "give_up", "Close", id="contents.close", tooltip="Close without going anywhere"),
        Binding("d", "remove", "Remove", id="contents.remove", tooltip="Remove a source or search; u takes it back"),
        Binding(
            "D", "remove_all", "Remove all", id="contents.remove_all", tooltip="Remove a source with all you keep of it"
        ),
    ]

    def __init__(self, library: Library, background: BackgroundLibrary, here: Section, keep: Keep) -> None:
        """`keep` has the library keep a change, in its turn behind those before it."""
        super().__init__()
        self._keep = keep
        self._asked_about = 0
        self._library = library
        self._background = background
        self._here = here
        self._rows: list[ContentsRow] = []
        self.choices = Choices()
        self.choices.add_class("box")

    def compose(self) -> ComposeResult:
        """One list."""
        yield self.choices

    def on_mount(self) -> None:
        """Show the box at once; what there is to go to is counted in the background."""
        self.choices.entitle("Sections")
        tell(self.choices, self.keymap.said(_HOW))
        self.choices.focus()
        self._fill()

    @work(exclusive=True, group="filling")
    async def _fill(self) -> None:
        try:
            self._rows = await self._background.ask(contents, lane="overview")
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
        if not row.source_id:
            await self._remove(row, lambda: self._library.drop_search(row.section.title))
            return
        with telling(self.choices):
            kept = self._library.kept_of(row.source_id)
            stays = f", {wording.stories(kept)} that you keep {'stays' if kept == 1 else 'stay'}" if kept else ""
            await self._remove(row, lambda: self._library.remove(row.source_id), stays)

    @work(exclusive=True)
    async def action_remove_all(self) -> None:
        """Remove the highlighted source with what is kept of it, once that has been told and the key pressed again."""
        row = self._rows[self.choices.index] if self._rows else None
        if row is None or not row.source_id:
            return
        with telling(self.choices):
            kept = self._library.kept_of(row.source_id)
            if kept and self._asked_about != row.source_id:
                self._asked_about = row.source_id
                tell(self.choices, self.keymap.said(_AGAIN % wording.stories(kept)))
                return
            await self._remove(row, lambda: self._library.remove(row.source_id, with_kept=True))

    async def _remove(self, row: ContentsRow, change: Callable[[], Awaitable[None]], stays: str = "") -> None:
        with telling(self.choices):
            await self._keep(change)
            self._fill()
            tell(self.choices, f"Removed{stays}; {self.keymap.said('{main.undo|u}')} in the list takes it back")
