"""The pictures of articles that a refresh brings: fetched last where that is wanted, made small apart, put on disk."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from cache.db.picture_files import PictureFiles
from cache.refresh.host_queues import HostQueues, queue_of
from cache.refresh.picture_wishes import PictureWish
from cache.refresh.source_run import SourceRun
from cache.rules.byte_budget import Budget
from fetch.errors import FetchError, Unreachable
from fetch.fetcher import Fetcher
from fetch.http.address_guard import Reach
from fetch.http.request import Request
from fetch.picture import LARGEST_PICTURE, can_decode, read_picture

SILENT = 2
"""Requests in a row that a host left unanswered, after which its pages and pictures wait for the next refresh."""
PICTURE_SECONDS = 10.0
"""Seconds in which one picture has to have come."""
LEAST_SECONDS = 20.0
"""Seconds that all pictures of a refresh may take in any case."""


class PictureIntake:
    """Gathers the pictures that are wanted, and fetches them when all else has come; what cannot be had is left out."""

    def __init__(
        self, fetcher: Fetcher, library: Path, budget: Budget, *, wanted: bool, reach: Reach | None = None
    ) -> None:
        """`reach` is how far an address may lead; as far as its source's where it is None."""
        self._fetcher = fetcher
        self._budget = budget
        self._files = PictureFiles(library)
        self._wanted = wanted
        self._reach = reach
        self._left: dict[PictureWish, SourceRun] = {}
        self.unremembered: list[PictureWish] = []
        """What is wanted since the library was last told; whoever tells it empties this."""
        self._slow: Counter[str] = Counter()

    @property
    def left(self) -> list[PictureWish]:
        """What has not been had yet."""
        return [*self._left]

    def want(self, entry_id: int, urls: Iterable[str], source_run: SourceRun) -> None:
        """Have the pictures of an entry fetched; none of a source with a budget of its own."""
        wishes = [PictureWish(entry_id, url) for url in urls]
        if self.want_again(wishes, source_run):
            self.unremembered += wishes

    def want_again(self, wishes: Sequence[PictureWish], source_run: SourceRun) -> bool:
        """Have pictures fetched for which an earlier refresh had no time; False where none of that source are."""
        wanted = self._wanted and not source_run.source.max_bytes
        if wanted:
            self._left |= dict.fromkeys(wishes, source_run)
        return wanted

    @property
    def has_any(self) -> bool:
        """Whether there may be pictures on disk."""
        return self._files.folder.is_dir()

    async def sweep(self, there: Mapping[int, int]) -> None:
        """Remove what belongs to no entry that is there, and what is over the quota."""
        await asyncio.to_thread(self._files.sweep, there)

    async def fetch(self, seconds: float, emptied: Callable[[str], Awaitable[None]]) -> None:
        """Fetches what is wanted, each from its own host's queue, in so many seconds; nothing where Pillow is not."""
        if self._left and not await asyncio.to_thread(can_decode):
            self._left.clear()
        try:
            async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
                queues = HostQueues(group, emptied)
                for wish, source_run in [*self._left.items()]:
                    queues.put(queue_of(wish.url), partial(self._one, wish, source_run))
        except TimeoutError:
            return

    async def _one(self, wish: PictureWish, source_run: SourceRun) -> None:
        host = queue_of(wish.url)
        if self._fetcher.unanswered(wish.url) >= SILENT or self._slow[host] >= SILENT:
            return
        try:
            await self._had(wish, source_run)
        except TimeoutError:
            self._slow[host] += 1
            self._tried(wish, source_run)
        except Unreachable:
            self._tried(wish, source_run)
        except FetchError:
            del self._left[wish]
        else:
            del self._left[wish]

    def _tried(self, wish: PictureWish, source_run: SourceRun) -> None:
        """It is left for another time, unless it has been tried often."""
        del self._left[wish]
        if (again := wish.again()) is not None:
            self._left[again] = source_run

    async def _had(self, wish: PictureWish, source_run: SourceRun) -> None:
        reach = self._reach or source_run.visit.reach
        with source_run.weighed_against(self._budget) as meter:
            request = Request(wish.url, reach=reach, limit=LARGEST_PICTURE, proxy=source_run.proxy(), meter=meter)
            request = replace(request, picture=True, urgent=False)
            async with asyncio.timeout(PICTURE_SECONDS):
                answer = await self._fetcher.get(request, robots=True)
        call = partial(read_picture, answer.body, answer.url)
        picture = await self._fetcher.parsers.run(answer.url, call, body=answer.body)
        await asyncio.to_thread(self._files.keep, wish.entry_id, wish.url, picture)
