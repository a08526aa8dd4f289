"""How a source is called, filed, kept and asked, a line to choose and to type for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cache.arrangement import Arrangement, Filing
from fetch.source import READABLE_AS
from tui import amounts
from tui.linear.desk import LinearDesk
from tui.linear.levels import ChoiceLevel
from tui.request_settings import proxy
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.arrangement import KeptFor
    from cache.source_entry import SourceEntry

_SECRETS = "Headers and secrets are left to `broadsheet arrange`."
_NO_SOURCE = "This article is of no source of yours."


_Kept: TypeAlias = "tuple[Arrangement, Filing | None, KeptFor | None]"
"""How a source is asked, filed and kept from now on."""


class _Line(NamedTuple):
    """What can be set: its title, what it is now, and how what is typed is kept (None: it is empty)."""

    title: str
    now: str
    without: str
    kept: Callable[[str], _Kept]


class LinearArranging:
    """Sets up the source of the article that one is at; undo takes that back."""

    def __init__(self, desk: LinearDesk) -> None:
        self._desk = desk

    async def list(self) -> None:
        """What can be set of the source, and what it is now; the line that is chosen asks for another value."""
        entry = self._desk.here()
        if entry is None:
            return
        if not entry.source_id:
            self._desk.tell(_NO_SOURCE)
            return
        self._show(entry.source_id)

    def _show(self, source_id: int) -> None:
        source = self._desk.library.source(source_id)
        lines = _lines(source)
        rows = [f"{line.title}: {line.now or line.without}." for line in lines]
        title = f"How {source.title or wording.site(source.url)} is kept and asked"
        self._desk.push(ChoiceLevel(title, [*rows, _SECRETS], lambda at: self._ask(source_id, at)))

    async def _ask(self, source_id: int, at: int) -> None:
        lines = _lines(self._desk.library.source(source_id))  # as another program may have left it meanwhile
        if at >= len(lines):
            self._desk.tell(_SECRETS)
            return
        line = lines[at]
        typed = await self._desk.ask(f"{line.title}, a dot alone for {line.without}")
        if not typed or typed == line.now:
            self._desk.tell("Nothing is changed.")
            return
        try:
            asked, filing, limits = line.kept("" if typed == "." else typed.strip())
        except ValueError as error:
            self._desk.tell(str(error))
            return
        arranged = self._desk.keep(lambda: self._desk.library.arrange(source_id, asked, filing, limits))
        back = await self._desk.do(arranged)
        if back is not None:
            self._desk.tell(self._desk.keyed("Kept; {main.undo|u} takes it back.") if back else "Nothing is changed.")
            self._show(source_id)


def _lines(source: SourceEntry) -> list[_Line]:
    from tui.dialogs.source_settings import groups_in, kind_of

    def asked(set_to: Callable[[int], Arrangement], read: Callable[[str], int], typed: str) -> _Kept:
        return set_to(read(typed) if typed else 0), None, None

    def limited(typed: str, *, days: bool) -> _Kept:
        number = amounts.number(typed) if typed else None
        return Arrangement(), None, (number, source.keep_count) if days else (source.keep_days, number)

    def named(typed: str) -> _Kept:
        return Arrangement(), Filing(typed), None

    def filed(typed: str) -> _Kept:
        return Arrangement(), Filing(None, groups_in(typed, source.groups)), None

    def read_as(typed: str) -> _Kept:
        return Arrangement(kind=kind_of(typed, source.kind)), None, None

    title, groups = source.title if source.title != source.url else "", ", ".join(source.groups)
    days, count, octets = (str(each or "") for each in (source.keep_days, source.keep_count, source.max_bytes))
    pace = amounts.span(source.every or 0)
    lines = [
        _Line("Name", title, "as its feed has it", named),
        _Line("Groups, such as Sea/Harbours, Work", groups, "none", filed),
        _Line("Keep for so many days", days, "no limit", partial(limited, days=True)),
        _Line("Keep so many, the newest", count, "no limit", partial(limited, days=False)),
        _Line("Bytes a refresh, such as 300k", octets, "no limit", partial(asked, _size, amounts.octets)),
        _Line("Articles a refresh", str(source.most or ""), "as many as usual", partial(asked, _most, amounts.number)),
        _Line("Ask no sooner than after, such as 6h", pace, "as it publishes", partial(asked, _every, amounts.seconds)),
        _Line("Proxy", source.proxy, "none", _through),
    ]
    if source.kind in READABLE_AS:
        lines.append(_Line(f"Read as {', '.join(READABLE_AS)}", source.kind, "what it is", read_as))
    return lines


def _size(number: int) -> Arrangement:
    return Arrangement(max_bytes=number)


def _most(number: int) -> Arrangement:
    return Arrangement(most=number)


def _every(number: int) -> Arrangement:
    return Arrangement(every=number)


def _through(typed: str) -> _Kept:
    return Arrangement(proxy=proxy(typed)), None, None
