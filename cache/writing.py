"""All that a reader does to a library: each act is on disk once it returns, and most can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from time import time
from typing import TYPE_CHECKING, Any

from fetch.text import clean

if TYPE_CHECKING:
    from cache.arrangement import Arrangement, Filing, KeptFor
    from cache.highlight import Highlight, TextRange
    from cache.rules.retention import Pruned
    from cache.site import SiteRule
    from cache.writes.store import Store
    from cache.writes.undo import Undo, UndoTrail
    from cache.writes.writer_thread import WriterThread
    from fetch.article import Article


class LibraryWriter:
    """A library open for the reader's own acts, done one after the other in the thread that writes."""

    def __init__(self, thread: WriterThread) -> None:
        self._thread = thread

    @cached_property
    def _undo_trail(self) -> UndoTrail:
        from cache.writes.undo import UndoTrail

        return UndoTrail()

    async def writes_of_others(self) -> int:
        """A number that changes when anybody but this writer has changed anything on disk."""
        return await self._thread.write(lambda store: int(store.connection.value("PRAGMA data_version")))

    async def mark_read(self, ids: Iterable[int], read: bool = True) -> int:
        """Marks entries read or unread; how many were not."""
        from cache.writes import marks

        chosen, now = list(ids), time()
        return await self._act(lambda store: marks.mark_read(store.connection, chosen, read, now))

    async def mark_opened(self, entry_id: int, at: float) -> None:
        """Marks an entry read because it lay open since `at`, unless it was marked after that; undo passes it by."""
        from cache.db.acts import TimedAct
        from cache.writes.merge import merge

        await self._thread.write(lambda store: merge(store.connection, entry_id, TimedAct("read", True, at)))

    async def toggle_read(self, entry_id: int) -> bool:
        """Marks an entry read, or unread again, whichever it is not; whether it is read now."""
        from cache.writes import marks

        now = time()
        await self._act(lambda store: marks.toggle_read(store.connection, entry_id, now))
        return await self._on_shelf(entry_id, "read = 1")

    async def save(self, ids: Iterable[int], saved: bool = True) -> int:
        """Saves entries for later, or lets them go; how many were not."""
        from cache.writes import marks

        chosen, now = list(ids), time()
        return await self._act(lambda store: marks.save(store.connection, chosen, saved, now))

    async def toggle_saved(self, entry_id: int) -> bool:
        """Saves an entry, or lets it go, whichever it is not; whether it is saved now."""
        from cache.writes import marks

        now = time()
        await self._act(lambda store: marks.toggle_saved(store.connection, entry_id, now))
        return await self._on_shelf(entry_id, "saved IS NOT NULL")

    async def throw_away(self, ids: Iterable[int]) -> int:
        """Takes entries off every list; how many were on them."""
        from cache.writes import marks

        chosen, now = list(ids), time()
        return await self._act(lambda store: marks.throw_away(store.connection, chosen, now))

    async def move_saved(self, entry_id: int, by: int) -> None:
        """Moves an entry so many places down the reading list, or up."""
        from cache.writes import marks

        await self._act(lambda store: marks.move_saved(store.connection, entry_id, by))

    async def tag(self, entry_id: int, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        """Gives an entry tags and takes others away; those that are not named stay as they are."""
        from cache.writes import marks

        given, taken, now = tuple(add), tuple(remove), time()
        await self._act(lambda store: marks.retag(store.connection, entry_id, given, taken, now))

    async def tag_all(self, ids: Iterable[int], names: Iterable[str]) -> int:
        """Gives entries these tags, too, as one act; how many had not all of them."""
        from cache.writes import marks

        chosen, given, now = list(ids), tuple(names), time()
        return await self._act(lambda store: marks.tag_all(store.connection, chosen, given, now))

    async def note(self, entry_id: int, text: str) -> None:
        """Keeps a note on an entry; empty to take it away."""
        from cache.writes import marks

        now = time()
        await self._act(lambda store: marks.note(store.connection, entry_id, text, now))

    async def remove(self, *source_ids: int, with_kept: bool = False) -> int:
        """Takes sources and their entries off the lists as one act, those that the reader keeps only `with_kept`.

        How many sources were there.
        """
        from cache.writes import source_changes

        now = time()
        return await self._act(
            lambda store: source_changes.remove(store.connection, source_ids, now, with_kept=with_kept)
        )

    async def toggle_highlight(self, entry_id: int, wanted: TextRange) -> bool:
        """Highlights a range of an entry's text, or withdraws the highlights that it touches; whether it stands now."""
        from cache.writes import highlights

        now = time()
        await self._act(lambda store: highlights.toggle(store.connection, entry_id, wanted, now))
        return await self._thread.write(lambda store: highlights.is_highlighted(store.connection, entry_id, wanted))

    async def highlight(self, entry_id: int, wanted: TextRange, note: str | None = None) -> int:
        """Highlights a range of an entry's text, with a note where one is given; 0 where that is so already."""
        from cache.writes import highlights

        now = time()
        return await self._act(lambda store: highlights.make(store.connection, entry_id, wanted, now, note))

    async def annotate(self, entry_id: int, wanted: TextRange, note: str) -> int:
        """Keeps a note on the highlight that a range of an entry's text touches, made where there is none."""
        from cache.writes import highlights

        now = time()
        return await self._act(lambda store: highlights.annotate(store.connection, entry_id, wanted, note, now))

    async def withdraw(self, entry_id: int, withdrawn: Iterable[Highlight]) -> int:
        """Takes highlights away; how many there were."""
        from cache.writes import highlights

        chosen, now = list(withdrawn), time()
        return await self._act(lambda store: highlights.withdraw(store.connection, entry_id, chosen, now))

    async def keep_search(self, name: str, query: str) -> None:
        """Keeps a search under a name, as a live section."""
        from cache.writes import saved_searches

        await self._act(lambda store: saved_searches.keep(store.connection, name, query))

    async def drop_search(self, name: str) -> bool:
        """Forgets a saved search; whether there was one of this name."""
        from cache.writes import saved_searches

        return await self._act(lambda store: saved_searches.drop(store.connection, name)) > 0

    async def teach(self, rules: Iterable[SiteRule]) -> int:
        """Has passages of a site taken as no part of its stories, or as one; how many rules are new."""
        from cache.writes import sites

        chosen = list(rules)
        return await self._act(lambda store: sites.teach(store.connection, chosen))

    async def forget(self, rules: Iterable[SiteRule]) -> int:
        """Forgets what was said of passages of a site; how many rules are gone."""
        from cache.writes import sites

        chosen = list(rules)
        return await self._act(lambda store: sites.forget(store.connection, chosen))

    async def keep_passage(self, entry_id: int, rule: SiteRule, article: Article) -> int:
        """Keeps a rule for a site, and an article as it is read by it; one act."""
        from cache.writes import kept_passages

        return await self._act(lambda store: kept_passages.keep(store, entry_id, rule, article))

    async def undo(self) -> str:
        """Takes back the last act; the sentence to show, "" when there is none left."""
        return await self._thread.write(lambda store: self._undo_trail.undo(store.connection))

    async def arrange(
        self, source_id: int, wanted: Arrangement, filing: Filing | None = None, limits: KeptFor | None = None
    ) -> bool:
        """Sets how a source is asked and, where they are given, what it is called and how long it is kept: one act.

        Whether there is something that undo takes back.
        """
        from cache.writes import retention

        def change(store: Store) -> None:
            store.sources.arrange(source_id, wanted)
            if limits:
                retention.keep_for(store.connection, source_id, *limits)
            if filing:
                store.sources.file(source_id, *_filed(*filing))

        return await self._change([source_id], change) > 0

    async def arrange_together(
        self, source_ids: Sequence[int], wanted: Arrangement, groups: Sequence[str] | None = None
    ) -> bool:
        """Sets how sources are asked, but for headers and proxy, and files them in folders: one act.

        Whether anything is otherwise now.
        """
        _, paths = _filed(None, groups)

        def change(store: Store) -> None:
            for source_id in source_ids:
                store.sources.arrange(source_id, wanted._replace(headers=None, proxy=None))
                store.sources.file(source_id, None, paths)

        return await self._change(source_ids, change) > 0

    async def file_source(
        self, *source_ids: int, title: str | None = None, groups: Sequence[str] | None = None
    ) -> bool:
        """Names sources, and files them in folders, each a path such as "Sea/Harbours"; None leaves either as it is.

        Whether anything is otherwise now.
        """
        name, paths = _filed(title, groups)

        def change(store: Store) -> None:
            for source_id in source_ids:
                store.sources.file(source_id, name, paths)

        return await self._change(source_ids, change) > 0

    async def toggle_paused(self, source_ids: Sequence[int]) -> bool | None:
        """Has sources rest, or where all of them do, asked again; whether they rest now, None where none is there."""
        chosen, rest = list(source_ids), False

        def change(store: Store) -> None:
            nonlocal rest
            rest = store.sources.toggle_paused(chosen)

        return rest if await self._change(chosen, change) else None

    async def put_in_order(self, source_ids: Sequence[int]) -> bool:
        """Gives sources their places, one behind the other; whether anything is otherwise now."""
        chosen = list(source_ids)
        put = lambda store: store.sources.put_in_order(chosen)  # noqa: E731
        return await self._change(chosen, put, "The order is as before") > 0

    async def keep_for(self, source_id: int, *, days: int | None = None, count: int | None = None) -> None:
        """How long, and how many of, a source's articles are kept; None is without end."""
        from cache.writes import retention

        await self._change([source_id], lambda store: retention.keep_for(store.connection, source_id, days, count))

    async def _change(self, source_ids: Sequence[int], change: Callable[[Store], object], sentence: str = "") -> int:
        """Has sources changed, as one act; in how many there is something that undo takes back."""
        from cache.writes import source_changes

        return await self._act(
            lambda store: source_changes.changed(store.connection, source_ids, lambda: change(store), sentence)
        )

    async def prune(self, days: int | None = None, count: int | None = None) -> Pruned:
        """Removes what is past its time and what was thrown away, for good; what it removed.

        `days` and `count` are the limits of sources that have none of their own.
        """
        from cache.rules.retention import KeepLimits
        from cache.writes import retention

        pruned = await self._thread.write(lambda store: retention.prune(store, time(), KeepLimits(days, count)))
        await self._sweep_pictures()
        return pruned

    async def _sweep_pictures(self) -> None:
        """Removes the pictures of articles that are here no more."""
        from cache.db.picture_files import PictureFiles
        from cache.refresh.picture_wishes import pictured

        files = PictureFiles(await self._thread.write(lambda store: store.connection.path))
        if files.folder.is_dir():
            from asyncio import to_thread

            there = await self._thread.write(lambda store: pictured(store, time()))
            await to_thread(files.sweep, there)

    async def set_scroll(self, entry_id: int, text_offset: int) -> None:
        """Keeps how far an article was read: the characters of its text above the screen."""
        from cache.writes import marks

        await self._thread.write(lambda store: marks.set_scroll(store.connection, entry_id, text_offset))

    async def look_at_front(self, at: float | None = None) -> None:
        """Notes that the reader has looked at the front page: what lands from then on is new."""
        from cache.writes import front

        await self._thread.write(lambda store: front.look(store.connection, time() if at is None else at))

    async def toggle_followed(self, entry_id: int) -> bool:
        """Follows the story of an entry, or no longer; whether it is followed now."""
        from cache.db.topics import FOLLOWED

        return await self._choose(FOLLOWED, entry_id)

    async def unfollow(self, report: int) -> bool:
        """Follows a topic no longer, by the report it is followed by; whether it was followed."""
        from cache.writes import front

        return await self._act(lambda store: front.unfollow(store.connection, report)) > 0

    async def toggle_muted(self, entry_id: int) -> bool:
        """Mutes the story of an entry until something else happens, or no longer; whether it is muted now."""
        from cache.writes import front

        now = False

        def toggle(store: Store) -> Undo | None:
            nonlocal now
            act = front.toggle_muted(store.connection, entry_id)
            now = front.is_muted(store.connection, entry_id)
            return act

        await self._act(toggle)
        return now

    async def mute(self, entry_ids: Iterable[int]) -> int:
        """Mutes the stories of entries, each until something else happens in it; how many there are."""
        from cache.writes import front

        chosen = list(entry_ids)
        return await self._act(lambda store: front.mute(store.connection, chosen))

    async def _choose(self, name: str, entry_id: int) -> bool:
        from cache.front.choices import chosen
        from cache.writes import front

        now = False

        def choose(store: Store) -> Undo:
            nonlocal now
            act = front.choose(store.connection, name, entry_id)
            now = entry_id in chosen(store.connection, name)
            return act

        await self._act(choose)
        return now

    async def set_setting(self, name: str, value: Any) -> None:
        """Keeps a setting of the reader's; anything JSON can hold."""
        from cache.writes import marks

        await self._thread.write(lambda store: marks.set_setting(store.connection, name, value))

    async def _on_shelf(self, entry_id: int, condition: str) -> bool:
        query = f"SELECT 1 FROM shelf WHERE id = ? AND {condition}"
        return await self._thread.write(lambda store: store.connection.value(query, (entry_id,)) is not None)

    async def _act(self, act: Callable[[Store], Undo | None]) -> int:
        """Does an act, its way back in the same transaction; how many entries it changed."""

        def work(store: Store) -> int:
            with store.batch():
                done = act(store)
                number = self._undo_trail.store(store.connection, done) if done else 0
            if done:
                self._undo_trail.remember(number, done)
            return done.number if done else 0

        return await self._thread.write(work)


def _filed(title: str | None, groups: Sequence[str] | None) -> tuple[str | None, list[str] | None]:
    """Name and folders as they are kept."""
    paths = None if groups is None else list(dict.fromkeys(filter(None, map(_path, groups))))
    return None if title is None else clean(title), paths


def _path(folder: str) -> str:
    return "/".join(filter(None, (clean(part) for part in folder.split("/"))))
