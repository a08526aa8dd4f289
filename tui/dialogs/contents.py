"""The table of contents: sections, sources and saved searches to go to, and sources to remove."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from fetch.errors import NewsError
from tui.background import BackgroundLibrary
from tui.dialogs.contents_rows import SEARCHES, ContentsRow, about, contents
from tui.dialogs.dialog import Dialog, entitle, plain_lines, tell
from tui.dialogs.picker import says
from tui.panes.choices import Choice, Choices
from tui.panes.input_line import InputLine
from tui.sections import Section
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.library import Library


_HOW = (
    "enter goes · {contents.filter|slash} filters · {contents.mark|space} marks · "
    "{contents.refresh|r} {contents.arrange|E} {contents.remove|d} · esc"
)
_AGAIN = "{contents.remove_all|D} again removes %s that you keep, too; {contents.remove|d} lets them stay"
Keep: TypeAlias = Callable[[Callable[[], Awaitable[Any]]], Awaitable[Any]]


@contextmanager
def telling(box: Widget) -> Iterator[None]:
    """What the library cannot do is told at the foot of the box."""
    try:
        yield
    except NewsError as error:
        tell(box, str(error))


class Contents(Dialog[Section]):
    """A list of all there is to go to."""

    AUTO_FOCUS = ""
    takes_commands = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,S", "give_up", "Close", id="contents.close", tooltip="Close without going anywhere"),
        Binding("slash", "filter", "Filter", id="contents.filter", tooltip="Narrow the list by what is typed"),
        Binding("space", "mark", "Mark", id="contents.mark", tooltip="Mark a source; acts are on all that are marked"),
        Binding("r", "refresh", "Refresh", id="contents.refresh", tooltip="Fetch what is new of the source"),
        Binding("E", "arrange", "Settings", id="contents.arrange", tooltip="Name, groups and limits of the source"),
        Binding("d", "remove", "Remove", id="contents.remove", tooltip="Remove a source or search; undo takes it back"),
        Binding(
            "D", "remove_all", "Remove all", id="contents.remove_all", tooltip="Remove a source with all you keep of it"
        ),
    ]

    def __init__(
        self,
        library: Library,
        background: BackgroundLibrary,
        here: Section,
        keep: Keep,
        refresh: Callable[[Sequence[int]], None],
    ) -> None:
        """`keep` has the library keep a change, in its turn behind those before it; `refresh` asks sources."""
        super().__init__()
        self._keep = keep
        self._asked_about = 0
        self._library = library
        self._background = background
        self._here = here
        self._refresh = refresh
        self._rows: list[ContentsRow] = []
        self._shown: list[ContentsRow] = []
        self._marked: set[int] = set()
        self.typing = InputLine(placeholder="What it is called", select_on_focus=False)
        self.typing.display = False
        self.choices = Choices(32)
        self.about = Static(classes="about -source")
        self.box = Vertical(self.typing, self.choices, self.about, classes="box")

    def compose(self) -> ComposeResult:
        """One box."""
        yield self.box

    def on_mount(self) -> None:
        """Show the box at once; what there is to go to is counted in the background."""
        entitle(self.box, "Sections and sources")
        tell(self.box, self.keymap.said(_HOW))
        self.set_focus(self.choices)
        self._fill()

    @work(exclusive=True, group="filling")
    async def _fill(self) -> None:
        try:
            self._rows = await self._background.ask(contents, lane="overview")
        except NewsError as error:
            tell(self.box, str(error))
            return
        here = next((at for at, row in enumerate(self._rows) if row.section == self._here), self.choices.index)
        self._show(here if not self._shown else self.choices.index)

    def _show(self, at: int) -> None:
        """The rows that have what is typed, with the marks of the reader."""
        words = self.typing.value.casefold().split()
        self._shown = [row for row in self._rows if not words or says(row.names, words)]
        self.choices.offer([self._choice(row) for row in self._shown], at)
        self._tell_about()

    def _choice(self, row: ContentsRow) -> Choice:
        choice = row.choice
        return choice._replace(mark=f"{choice.mark} ✓") if row.source_id in self._marked else choice

    def _here_now(self) -> ContentsRow | None:
        return self._shown[self.choices.index] if self._shown else None

    @on(Choices.Moved)
    def _tell_about(self) -> None:
        row = self._here_now()
        none = f"Nothing here is called “{self.typing.value.strip()}”." if self.typing.value else ""
        self.about.update(plain_lines(about(row) if row else none))

    def action_filter(self) -> None:
        """Type what to look for; enter goes back to the list, escape shows all of it again."""
        self.typing.display = True
        self.set_focus(self.typing)  # at once, so that the next key is the line's

    def action_give_up(self) -> None:
        """Put the filter away, if there is one; else close."""
        if not self.typing.display:
            self.leave()
            return
        with self.prevent(Input.Changed):
            self.typing.value = ""
        self.typing.display = False
        self.set_focus(self.choices)
        self._show(0)

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._show(0)

    @on(Input.Submitted)
    def _narrowed(self) -> None:
        """One row is gone to at once; among several one chooses."""
        if len(self._shown) == 1:
            self.leave(self._shown[0].section)
        self.set_focus(self.choices)

    def action_mark(self) -> None:
        """Mark the highlighted source, or not any more, and go on to the next row."""
        row = self._here_now()
        if row and row.source_id:
            self._marked ^= {row.source_id}
            self._show(min(self.choices.index + 1, len(self._shown) - 1))
            marked = (
                f"{len(self._marked)} marked: " + "{contents.refresh|r} refreshes, {contents.remove|d} removes them"
            )
            tell(self.box, self.keymap.said(marked if self._marked else _HOW))

    def action_refresh(self) -> None:
        """Fetch what is new of the marked sources, else of the highlighted one."""
        row = self._here_now()
        ids = sorted(self._marked) or ([row.source_id] if row and row.source_id else [])
        if ids:
            self._refresh(ids)
            tell(self.box, "Being fetched; what is new lands in the list")
        else:
            tell(self.box, "Go to a source to fetch it")

    async def action_arrange(self) -> None:
        """The settings of the highlighted source."""
        from tui.dialogs.source_settings import SourceSettings

        row = self._here_now()
        if row and row.source:

            def arranged(sentence: str | None) -> None:
                if sentence:
                    tell(self.box, sentence)
                    self._fill()

            with telling(self.box):
                await self.app.push_screen(SourceSettings(self._library, row.source), arranged)
        else:
            tell(self.box, "Go to a source to set it up")

    @on(Choices.Chosen)
    def _chosen(self, chosen: Choices.Chosen) -> None:
        self.leave(self._shown[chosen.at].section)

    @work(exclusive=True)
    async def action_remove(self) -> None:
        """Remove the highlighted source with its articles, or a search; the main screen's undo takes it back."""
        row = self._here_now()
        if self._marked:
            await self._remove_marked()
            return
        if row is None or not (row.source_id or row.group == SEARCHES):
            return
        if not row.source_id:
            await self._remove(row, lambda: self._library.drop_search(row.section.title))
            return
        with telling(self.box):
            kept = self._library.kept_of(row.source_id)
            stays = f", {wording.stories(kept)} that you keep {'stays' if kept == 1 else 'stay'}" if kept else ""
            await self._remove(row, lambda: self._library.remove(row.source_id), stays)

    @work(exclusive=True)
    async def action_remove_all(self) -> None:
        """Remove the highlighted source with what is kept of it, once that has been told and the key pressed again."""
        row = self._here_now()
        if row is None or not row.source_id:
            return
        with telling(self.box):
            kept = self._library.kept_of(row.source_id)
            if kept and self._asked_about != row.source_id:
                self._asked_about = row.source_id
                tell(self.box, self.keymap.said(_AGAIN % wording.stories(kept)))
                return
            await self._remove(row, lambda: self._library.remove(row.source_id, with_kept=True))

    async def _remove_marked(self) -> None:
        marked, self._marked = sorted(self._marked), set()
        with telling(self.box):
            for source_id in marked:
                await self._keep(partial(self._library.remove, source_id))
            self._fill()
            many = "1 source" if len(marked) == 1 else f"{len(marked)} sources"
            undo = self.keymap.said("{main.undo|u}")
            tell(self.box, f"Removed {many}, what you keep stays; {undo} in the list takes it back, one by one")

    async def _remove(self, row: ContentsRow, change: Callable[[], Awaitable[None]], stays: str = "") -> None:
        with telling(self.box):
            await self._keep(change)
            self._fill()
            tell(self.box, f"Removed{stays}; {self.keymap.said('{main.undo|u}')} in the list takes it back")
