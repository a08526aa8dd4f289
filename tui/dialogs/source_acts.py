"""What is done with sources from the list of them: fetched, paused, set up, put in another order, removed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from tui.keymap import verbatim
from tui.settings import FOLDED_BRANCHES
from tui.typeset import wording
from tui.typeset.wrap import clip

if TYPE_CHECKING:
    from textual.screen import Screen

    from cache.library import Library
    from cache.source_entry import SourceEntry
    from tui.panes.article_list import ArticleList
    from tui.panes.bars import StatusLine

Keep: TypeAlias = Callable[[Callable[[], Awaitable[Any]]], Awaitable[Any]]
"""Has the library keep a change, in its turn behind those before it."""

_AGAIN = "{contents.remove|d} again removes %s"
_STAYS = f"{_AGAIN}; %s that you keep %s"
_AGAIN_ALL = "{contents.remove_all|D} again removes %s"
_GOES = "{contents.remove_all|D} again removes %s that you keep, too; {contents.remove|d} lets them stay"
UNDO_KEY = "{contents.undo|u}"
_GONE = "Removed already"
_BACK, _ALL_BACK = f"{UNDO_KEY} brings it back", f"{UNDO_KEY} brings them back"
_NAME = 30  # cells of a name in a sentence, so that the keys behind it have room


class SourcesHost(NamedTuple):
    """What the page of sources can ask of the main screen: `refresh` asks sources, and says whether it does, `browse`
    opens a page in the browser. A worker of its own, as `start` begins it, goes on when the page is closed, and `say`
    tells of it then. What `status` tells is told on the page, too, whose rows are set as those of `article_list`.
    `palette` opens the palette over a page, and closes that for what is not done on it.
    """

    keep: Keep
    refresh: Callable[[Sequence[int]], bool]
    browse: Callable[[str], None]
    start: Callable[..., object]
    say: Callable[[str], None]
    status: StatusLine
    article_list: ArticleList
    palette: Callable[[Screen[Any]], Awaitable[None]]


class SourceActs:
    """Acts on sources; each gives the sentence that tells what came of it, with keys in it as {id|usual}.

    Raises NewsError where the library cannot. What would take a source away that stories are kept of is done when it
    is asked for a second time. `has_removed` after a removal, until something else is done.
    """

    def __init__(self, library: Library, host: SourcesHost) -> None:
        self._library = library
        self._host = host
        self._asked: tuple[int, ...] = ()
        self._asked_all: tuple[int, ...] = ()
        self._asked_search: int | str = ""
        self._gone, self._dropped = set[int](), set[int | str]()
        self.has_removed = False

    def refresh(self, sources: Sequence[SourceEntry]) -> str:
        """Fetch what is new of them."""
        self._forget()
        begun = self._host.refresh([source.id for source in sources])
        return "Being fetched; what is new lands in the list" if begun else "A refresh is under way already"

    def browse(self, source: SourceEntry) -> str:
        """Open the page of a source in the browser, its own address where it names none."""
        self._forget()
        self._host.browse(source.home or source.url)
        return f"Opening {verbatim(wording.site(source.home or source.url))} …"

    async def pause(self, sources: Sequence[SourceEntry]) -> str:
        """Have them rest, or all of them asked again where all rest."""
        self._forget()
        ids = [source.id for source in sources]
        rest = await self._host.keep(partial(self._library.toggle_paused, ids))
        if rest is None:
            return _GONE
        paused = "paused: {contents.refresh|r} alone asks" if rest else "asked again with the others"
        return f"{_many(sources)} {'is' if len(sources) == 1 else 'are'} {paused}; {UNDO_KEY} takes it back"

    async def put_in_order(self, ids: Sequence[int]) -> str:
        """Keep the order of all sources."""
        self._forget()
        moved_some = await self._host.keep(partial(self._library.put_in_order, list(ids)))
        return f"Moved; {UNDO_KEY} takes it back" if moved_some else "The order is this already"

    async def remove(self, sources: Sequence[SourceEntry], *, meant: bool = True) -> str:
        """Remove them, and let stay what is kept of them; what may not be `meant` is asked about, too."""
        if not (sources := self._left(sources)):
            return ""
        kept = self._kept(sources)
        ids = tuple(source.id for source in sources)
        if (kept or not meant) and ids not in (self._asked, self._asked_all):
            self._asked = ids
            stay = "stays" if kept == 1 else "stay"
            return _STAYS % (_many(sources), wording.stories(kept), stay) if kept else _AGAIN % _many(sources)
        stays = f", {wording.stories(kept)} that you keep {'stays' if kept == 1 else 'stay'}" if kept else ""
        return await self._removed(sources, stays)

    async def remove_all(self, sources: Sequence[SourceEntry], *, meant: bool = True) -> str:
        """Remove them with what is kept of them; what may not be `meant` is asked about, too."""
        if not (sources := self._left(sources)):
            return ""
        kept = self._kept(sources)
        ids = tuple(source.id for source in sources)
        if (kept or not meant) and ids != self._asked_all:
            self._asked_all = ids
            return _GOES % wording.stories(kept) if kept else _AGAIN_ALL % _many(sources)
        return await self._removed(sources, with_kept=True)

    async def remember_folded(self, branches: Sequence[str]) -> None:
        """Keep which branches of the list are folded."""
        await self._host.keep(partial(self._library.set_setting, FOLDED_BRANCHES.name, list(branches)))

    async def drop_search(self, name: str, *, meant: bool = True) -> str:
        """Forget a kept search; what may not be `meant` is asked about."""
        return await self._dropping((name, name), partial(self._library.drop_search, name), "Removed", meant=meant)

    async def unfollow(self, topic: int, headline: str, *, meant: bool = True) -> str:
        """Follow a topic no longer, by its report; what may not be `meant` is asked about."""
        unfollow = partial(self._library.unfollow, topic)
        return await self._dropping((topic, headline), unfollow, "Followed no longer", meant=meant)

    async def _dropping(
        self, named: tuple[int | str, str], drop: Callable[[], Awaitable[bool]], done: str, *, meant: bool
    ) -> str:
        """Have a row dropped, by what it is known by and what it is called, once."""
        key, title = named
        if key in self._dropped:
            return ""
        if not meant and key != self._asked_search:
            self._forget()
            self._asked_search = key
            return _AGAIN % verbatim(clip(title, _NAME))
        self._forget()
        self.has_removed = True
        self._dropped.add(key)
        return f"{done}; {_BACK}" if await self._host.keep(drop) else _GONE

    async def undo(self) -> str:
        """Take the last act back."""
        self._forget()
        return verbatim(await self._host.keep(self._library.undo) or "There is nothing to take back")

    def listed(self) -> None:
        """Sources, searches and topics have been read anew: those that are being removed are none of them."""
        self._gone.clear()
        self._dropped.clear()

    def _forget(self) -> None:
        """What was asked is read no more once something else is told."""
        self._asked = self._asked_all = ()
        self._asked_search = ""
        self.has_removed = False

    def _left(self, sources: Iterable[SourceEntry]) -> list[SourceEntry]:
        """Those that are not being removed already: a key pressed twice removes once."""
        return [source for source in sources if source.id not in self._gone]

    def _kept(self, sources: Iterable[SourceEntry]) -> int:
        return sum(self._library.kept_of(source.id) for source in sources)

    async def _removed(self, sources: Sequence[SourceEntry], stays: str = "", *, with_kept: bool = False) -> str:
        ids = [source.id for source in sources]
        self._forget()
        self.has_removed = True
        self._gone |= {*ids}
        number = await self._host.keep(partial(self._library.remove, *ids, with_kept=with_kept))
        if not number:
            return _GONE
        return f"Removed{stays}; {_BACK}" if number == 1 else f"Removed {number} sources{stays}; {_ALL_BACK}"


def _many(sources: Sequence[SourceEntry]) -> str:
    return verbatim(clip(sources[0].title, _NAME)) if len(sources) == 1 else f"{len(sources)} sources"


def moved(ids: Sequence[int], source_id: int, by: int, group: Iterable[int]) -> list[int]:
    """All sources in their order with one of them `by` places further among those of its group, as far as it goes."""
    beside = [one for one in ids if one in set(group)]
    at = beside.index(source_id)
    to = min(max(at + by, 0), len(beside) - 1)
    others = [one for one in ids if one != source_id]
    place = others.index(beside[to]) + (1 if to > at else 0) if to != at else ids.index(source_id)
    return [*others[:place], source_id, *others[place:]]
