"""How a source is kept and asked: for how long, how many, how much a refresh, how often, with which headers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from cache.arrangement import Arrangement, Filing
from cache.progress import MOST_OF_A_SOURCE
from fetch.errors import NewsError
from fetch.source import READABLE_AS
from tui import amounts
from tui.dialogs.dialog import Dialog, entitle, tell
from tui.keymap import verbatim
from tui.panes.input_line import InputLine
from tui.request_settings import header_lines, headers_of, proxy
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.library import Library
    from cache.source_entry import SourceEntry
    from fetch.source import Kind

_DIFFERS = "none, or not alike"
_SAME = "Nothing is changed."
_HOW = "enter keeps all, esc leaves; @ is a secret kept apart"


class _Keeping:
    """Keeps what was entered in a dialog, which stays until that is done: left before, it would be kept in part."""

    def __init__(self, dialog: Dialog[str]) -> None:
        self._dialog = dialog
        self.under_way = False

    def begin(self, change: Callable[[], Awaitable[str]]) -> None:
        """Have a change kept once, and leave with the sentence that it gives; what the library can't do is told."""
        if not self.under_way:
            self.under_way = True
            self._dialog.run_worker(self._keep(change))

    async def _keep(self, change: Callable[[], Awaitable[str]]) -> None:
        try:
            self._dialog.leave(await change())
        except NewsError as error:
            tell(self._dialog.query_one(".box"), str(error))
        finally:
            self.under_way = False

    def leave(self) -> None:
        """Close without a change; what is being kept closes the dialog itself."""
        if not self.under_way:
            self._dialog.leave()


class SourceSettings(Dialog[str]):
    """Lines to fill in, empty for no limit; it is left with the sentence to tell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Close", id="arrange.close", tooltip="Close without a change"),
        Binding("down", "app.focus_next", "Next line", id="arrange.down", tooltip="To the next line", priority=True),
        Binding(
            "up", "app.focus_previous", "Line before", id="arrange.up", tooltip="To the line before", priority=True
        ),
    ]

    def __init__(self, library: Library, source: SourceEntry, undo: str = "{main.undo|u}") -> None:
        """`undo` is the key that takes back where one comes from."""
        super().__init__()
        self._undo = undo
        self._library = library
        self._keeping = _Keeping(self)
        self._source = source
        self._called = source.title or wording.site(source.url)
        self.days = _line("Keep for so many days", "no limit", source.keep_days)
        self.count = _line("Keep so many, the newest", "no limit", source.keep_count)
        self.budget = _line("Bytes a refresh: 300k, 2M", "no limit", source.max_bytes)
        self.most = _line("Articles a refresh", str(MOST_OF_A_SOURCE), source.most)
        self.proxy = _line("Proxy", "none", source.proxy)
        self.title_line = _line("Name", "as its feed has it", source.title if source.title != source.url else "")
        self.groups = _line("Groups, such as Sea/Harbours, Work", "none", ", ".join(source.groups))
        self.every = _line("Ask no sooner than after: 6h, 2d", "as it publishes", amounts.span(source.every or 0))
        self.kind = _line(f"Read as {', '.join(READABLE_AS)}", "", source.kind)
        self.headers = [_line("Header", "none", line) for line in header_lines(source.headers)]
        self.headers.append(_line("Header, as Accept-Language: ja", "none", ""))
        limits = (self.days, self.count, self.budget, self.most, self.proxy, self.title_line, self.groups, self.every)
        kind = (self.kind,) if source.kind in READABLE_AS else ()
        self.box = Vertical(*limits, *kind, *self.headers, classes="box -short")
        entitle(self.box, self._called)

    def compose(self) -> ComposeResult:
        """One box."""
        yield self.box

    def on_mount(self) -> None:
        """Say how it is left."""
        tell(self.box, _HOW)

    def action_give_up(self) -> None:
        """Close without a change."""
        self._keeping.leave()

    @on(Input.Submitted)
    def _entered(self) -> None:
        try:
            days, count = (_filled(line, amounts.number) for line in (self.days, self.count))
            budget = _filled(self.budget, amounts.octets)
            most, every = _filled(self.most, amounts.number), _filled(self.every, amounts.seconds)
            headers = headers_of([line.value for line in self.headers], self._source.headers)
            through, kind = proxy(self.proxy.value.strip()), kind_of(self.kind.value, self._source.kind)
        except ValueError as error:
            tell(self.box, str(error))
            return
        asked = Arrangement(
            (budget or 0) if self.budget.changed else None,
            (most or 0) if self.most.changed else None,
            through if self.proxy.changed else None,
            headers if any(line.changed for line in self.headers) else None,
            (every or 0) if self.every.changed else None,
            kind=kind,
        )
        self._keeping.begin(partial(self._kept, days, count, asked))

    async def _kept(self, days: int | None, count: int | None, asked: Arrangement) -> str:
        """Keeps the lines that were changed: another program may have set others meanwhile."""
        now = self._library.source(self._source.id)
        days, count = (days if self.days.changed else now.keep_days), (count if self.count.changed else now.keep_count)
        filing = Filing(
            self.title_line.value if self.title_line.changed else None,
            groups_in(self.groups.value, self._source.groups) if self.groups.changed else None,
        )
        back = await self._library.arrange(self._source.id, asked, filing, (days, count))
        limited = "{main.prune|P} shows what is past its time" if days or count else "everything is kept"
        return f"{verbatim(self._called)}: {limited}{f'; {self._undo} takes it back' if back else '.'}"


class ArrangeTogether(Dialog[str]):
    """Groups, interval, limits and kind of several sources at once; a line that is left as it is changes nothing.

    It is left with the sentence to tell.
    """

    BINDINGS = SourceSettings.BINDINGS

    def __init__(self, library: Library, sources: Sequence[SourceEntry]) -> None:
        super().__init__()
        self._library = library
        self._keeping = _Keeping(self)
        self._sources = sources
        first = sources[0]
        self._shared = [group for group in first.groups if all(group in source.groups for source in sources)]
        self.groups = _line("Groups, such as Sea/Harbours, Work", "none in common", ", ".join(self._shared))
        self.every = _line("Ask no sooner than after: 6h, 2d", _DIFFERS, amounts.span(self._alike("every") or 0))
        self.most = _line("Articles a refresh", _DIFFERS, self._alike("most"))
        self.budget = _line("Bytes a refresh: 300k, 2M", _DIFFERS, self._alike("max_bytes"))
        self.kind = _line(f"Read as {', '.join(READABLE_AS)}", _DIFFERS, self._alike("kind"))
        kind = (self.kind,) if all(source.kind in READABLE_AS for source in sources) else ()
        self.box = Vertical(self.groups, self.every, self.most, self.budget, *kind, classes="box -short")
        entitle(self.box, f"{len(sources)} sources")

    def _alike(self, fact: str) -> Any:
        """What holds of all of them; None where that differs."""
        found = {getattr(source, fact) for source in self._sources}
        return found.pop() if len(found) == 1 else None

    def compose(self) -> ComposeResult:
        """One box."""
        yield self.box

    def on_mount(self) -> None:
        """Say how it is left."""
        tell(self.box, "enter keeps what was changed, for all of them; esc leaves")

    def action_give_up(self) -> None:
        """Close without a change."""
        self._keeping.leave()

    @on(Input.Submitted)
    def _entered(self) -> None:
        try:
            wanted = Arrangement(
                max_bytes=_changed(self.budget, amounts.octets),
                most=_changed(self.most, amounts.number),
                every=_changed(self.every, amounts.seconds),
                kind=kind_of(self.kind.value, "") if self.kind.changed and self.kind.value.strip() else None,
            )
        except ValueError as error:
            tell(self.box, str(error))
            return
        groups = groups_in(self.groups.value, self._shared)  # those that only some are in are none of this line's
        filed = None if not self.groups.changed or groups == self._shared else groups
        if filed is None and wanted == Arrangement():
            self.leave(_SAME)
        else:
            self._keeping.begin(partial(self._kept, wanted, filed))

    async def _kept(self, wanted: Arrangement, groups: Sequence[str] | None) -> str:
        ids = [source.id for source in self._sources]
        if not await self._library.arrange_together(ids, wanted, groups):
            return _SAME
        done = "filed" if groups is not None and wanted == Arrangement() else "set up"
        return f"{len(ids)} sources are {done}; {{contents.undo|u}} takes it back"


def _changed(line: _Line, read: Callable[[str], int]) -> int | None:
    """What a line says where it was changed, 0 where it was emptied; raises ValueError with a sentence."""
    return (_filled(line, read) or 0) if line.changed else None


def kind_of(text: str, before: str) -> Kind | None:
    """What a source is to be read as, None for what it is; raises ValueError with a sentence."""
    wanted = text.strip().lower() or before
    if wanted == before:
        return None
    if not (found := next((kind for kind in READABLE_AS if kind == wanted), None)):
        raise ValueError(f"“{text.strip()}” is none of {', '.join(READABLE_AS)}.")
    return found


def groups_in(typed: str, before: Sequence[str]) -> list[str]:
    """The groups that a line names, with commas between them; one of those before may have commas in its name."""
    known = {", ".join(_parts(group)): group for group in before}
    longest = max((len(_parts(group)) for group in before), default=1)
    groups, parts = list[str](), _parts(typed)
    while parts:
        number = next((n for n in range(longest, 1, -1) if ", ".join(parts[:n]) in known), 1)
        named = ", ".join(parts[:number])
        groups.append(known.get(named, named))
        parts = parts[number:]
    return [group for group in groups if group]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


def _filled(line: InputLine, read: Callable[[str], int]) -> int | None:
    """What a line says, None where it is empty; raises ValueError with a sentence."""
    return read(line.value) if line.value.strip() else None


class _Line(InputLine):
    """A line to fill in."""

    def __init__(self, title: str, without: str, value: str) -> None:
        super().__init__(value, without, title=title)
        self._shown = self.value

    @property
    def changed(self) -> bool:
        """Whether it says something else than when it was put up."""
        return self.value != self._shown


def _line(title: str, without: str, value: int | str | None) -> _Line:
    """A line to fill in; `without` says what holds while it is empty. Titles are whole at 40 columns."""
    return _Line(title, without, str(value or ""))
