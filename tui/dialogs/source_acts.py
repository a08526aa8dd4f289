"""What is done with sources from the list of them: fetched, paused, set up, put in another order, removed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from tui.settings import FOLDED_BRANCHES
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.library import Library
    from cache.source_entry import SourceEntry

Keep: TypeAlias = Callable[[Callable[[], Awaitable[Any]]], Awaitable[Any]]
"""Has the library keep a change, in its turn behind those before it."""

_STAYS = "{contents.remove|d} again removes %s; %s that you keep %s"
_GOES = "{contents.remove_all|D} again removes %s that you keep, too; {contents.remove|d} lets them stay"
_BACK = "{contents.undo|u} takes it back%s"


class SourcesHost(NamedTuple):
    """What the list of sources can ask of the screen that it stands on: `refresh` asks sources, and says whether it
    does, `browse` opens a page in the browser. A worker of its own, as `start` begins it, goes on when the list is
    closed, and `say` tells of it then.
    """

    keep: Keep
    refresh: Callable[[Sequence[int]], bool]
    browse: Callable[[str], None]
    start: Callable[..., object]
    say: Callable[[str], None]


class SourceActs:
    """Acts on sources; each gives the sentence that tells what came of it, with keys in it as {id|usual}.

    Raises NewsError where the library cannot. What would take a source away that stories are kept of is done when it
    is asked for a second time.
    """

    def __init__(self, library: Library, host: SourcesHost) -> None:
        self._library = library
        self._host = host
        self._asked: tuple[int, ...] = ()
        self._asked_all: tuple[int, ...] = ()

    def refresh(self, sources: Sequence[SourceEntry]) -> str:
        """Fetch what is new of them."""
        self._forget()
        begun = self._host.refresh([source.id for source in sources])
        return "Being fetched; what is new lands in the list" if begun else "A refresh is under way already"

    def browse(self, source: SourceEntry) -> str:
        """Open the page of a source in the browser, its own address where it names none."""
        self._forget()
        self._host.browse(source.home or source.url)
        return f"Opening {wording.site(source.home or source.url)} …"

    async def pause(self, sources: Sequence[SourceEntry]) -> str:
        """Have them rest, or all of them asked again where all rest."""
        self._forget()
        ids = [source.id for source in sources]
        rest = await self._host.keep(partial(self._library.toggle_paused, ids))
        paused = "paused: {contents.refresh|r} alone asks" if rest else "asked again with the others"
        return f"{_many(sources)} {'is' if len(sources) == 1 else 'are'} {paused}"

    async def put_in_order(self, ids: Sequence[int]) -> None:
        """Keep the order of all sources."""
        await self._host.keep(partial(self._library.put_in_order, list(ids)))

    async def remove(self, sources: Sequence[SourceEntry]) -> str:
        """Remove them, and let stay what is kept of them."""
        ids, kept = tuple(source.id for source in sources), self._kept(sources)
        if kept and ids not in (self._asked, self._asked_all):
            self._asked = ids
            return _STAYS % (_many(sources), wording.stories(kept), "stays" if kept == 1 else "stay")
        stays = f", {wording.stories(kept)} that you keep {'stays' if kept == 1 else 'stay'}" if kept else ""
        return await self._removed(sources, stays)

    async def remove_all(self, sources: Sequence[SourceEntry]) -> str:
        """Remove them with what is kept of them."""
        ids, kept = tuple(source.id for source in sources), self._kept(sources)
        if kept and ids != self._asked_all:
            self._asked_all = ids
            return _GOES % wording.stories(kept)
        return await self._removed(sources, with_kept=True)

    async def remember_folded(self, branches: Sequence[str]) -> None:
        """Keep which branches of the list are folded."""
        await self._host.keep(partial(self._library.set_setting, FOLDED_BRANCHES.name, list(branches)))

    async def drop_search(self, name: str) -> str:
        """Forget a kept search."""
        await self._host.keep(partial(self._library.drop_search, name))
        return f"Removed; {_BACK % ''}"

    async def undo(self) -> str:
        """Take the last act back."""
        self._forget()
        return str(await self._host.keep(self._library.undo) or "There is nothing to take back")

    def _forget(self) -> None:
        """What was asked is read no more once something else is told."""
        self._asked = self._asked_all = ()

    def _kept(self, sources: Iterable[SourceEntry]) -> int:
        return sum(self._library.kept_of(source.id) for source in sources)

    async def _removed(self, sources: Sequence[SourceEntry], stays: str = "", *, with_kept: bool = False) -> str:
        async def all_of_them() -> None:
            for source in sources:
                await self._library.remove(source.id, with_kept=with_kept)

        await self._host.keep(all_of_them)  # one act, however soon the reader is left
        self._forget()
        what = "" if len(sources) == 1 else f" {len(sources)} sources"
        return f"Removed{what}{stays}; {_BACK % ('' if len(sources) == 1 else ', one by one')}"


def _many(sources: Sequence[SourceEntry]) -> str:
    return sources[0].title if len(sources) == 1 else f"{len(sources)} sources"


def moved(ids: Sequence[int], source_id: int, by: int, group: Iterable[int]) -> list[int]:
    """All sources in their order with one of them `by` places further among those of its group, as far as it goes."""
    beside = [one for one in ids if one in set(group)]
    at = beside.index(source_id)
    to = min(max(at + by, 0), len(beside) - 1)
    others = [one for one in ids if one != source_id]
    place = others.index(beside[to]) + (1 if to > at else 0) if to != at else ids.index(source_id)
    return [*others[:place], source_id, *others[place:]]
