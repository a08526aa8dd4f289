"""How a source is kept and asked: for how long, how many, how much a refresh, through which proxy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from cache.arrangement import Arrangement
from cache.progress import MOST_OF_A_SOURCE
from fetch.errors import NewsError
from tui import amounts
from tui.dialogs.dialog import Dialog, entitle, tell
from tui.panes.input_line import InputLine
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.library import Library
    from cache.source_entry import SourceEntry

_HOW = "enter keeps all, esc leaves; headers: broadsheet arrange"


class SourceSettings(Dialog[str]):
    """Lines to fill in, empty for no limit; it is left with the sentence to tell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Close", id="arrange.close", tooltip="Close without a change"),
        Binding("down", "app.focus_next", "Next line", id="arrange.down", tooltip="To the next line", priority=True),
        Binding(
            "up", "app.focus_previous", "Line before", id="arrange.up", tooltip="To the line before", priority=True
        ),
    ]

    def __init__(self, library: Library, source: SourceEntry) -> None:
        super().__init__()
        self._library = library
        self._source = source
        self._name = source.title or wording.site(source.url)
        self.days = _line("Keep for so many days", "no limit", source.keep_days)
        self.count = _line("Keep so many, the newest", "no limit", source.keep_count)
        self.budget = _line("Bytes a refresh: 300k, 2M", "no limit", source.max_bytes)
        self.most = _line("Articles a refresh", str(MOST_OF_A_SOURCE), source.most)
        self.proxy = _line("Proxy", "none", source.proxy)
        self.title_line = _line("Name", "as its feed has it", source.title)
        self.groups = _line("Groups, such as Sea/Harbours, Work", "none", ", ".join(source.groups))
        lines = (self.days, self.count, self.budget, self.most, self.proxy, self.title_line, self.groups)
        self.box = Vertical(*lines, classes="box -short")
        entitle(self.box, self._name)

    def compose(self) -> ComposeResult:
        """One box."""
        yield self.box

    def on_mount(self) -> None:
        """Say how it is left."""
        tell(self.box, _HOW)

    @on(Input.Submitted)
    def _entered(self) -> None:
        try:
            days, count = (_filled(line, amounts.number) for line in (self.days, self.count))
            budget = _filled(self.budget, amounts.octets)
            most = _filled(self.most, amounts.number)
        except ValueError as error:
            tell(self.box, str(error))
            return
        self._keep(days, count, Arrangement(budget or 0, most or 0, self.proxy.value.strip()))

    @work(exclusive=True)
    async def _keep(self, days: int | None, count: int | None, asked: Arrangement) -> None:
        try:
            await self._library.keep_for(self._source.id, days=days, count=count)
            await self._library.arrange(self._source.id, asked)
            groups = self.groups.value.split(",")
            await self._library.file_source(self._source.id, title=self.title_line.value, groups=groups)
        except NewsError as error:
            tell(self.box, str(error))
            return
        limited = "{main.prune|P} shows what is past its time" if days or count else "everything is kept"
        self.leave(f"{self._name}: {limited}.")


def _filled(line: InputLine, read: Callable[[str], int]) -> int | None:
    """What a line says, None where it is empty; raises ValueError with a sentence."""
    return read(line.value) if line.value.strip() else None


def _line(title: str, without: str, value: int | str | None) -> InputLine:
    """A line to fill in; `without` says what holds while it is empty. Titles are whole at 40 columns."""
    return InputLine(str(value or ""), without, title=title)
