"""The pictures of articles that a refresh brings: fetched where that is wanted, made small apart, and put on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from cache.db.picture_files import PictureFiles
from cache.refresh.host_queues import HostQueues, queue_of
from cache.refresh.source_run import SourceRun
from cache.rules.byte_budget import Budget
from fetch.errors import FetchError
from fetch.fetcher import Fetcher
from fetch.http.address_guard import Reach
from fetch.http.request import Request
from fetch.picture import LARGEST_PICTURE, can_decode, read_picture

SILENT = 2
"""Requests in a row that a host left unanswered, after which its pages and pictures wait for the next refresh."""


class PictureIntake:
    """Queues pictures with their own hosts, so that no page waits for one; what cannot be had is left out, unsaid."""

    def __init__(self, fetcher: Fetcher, library: Path, budget: Budget, *, wanted: bool) -> None:
        self._fetcher = fetcher
        self._budget = budget
        self._files = PictureFiles(library)
        self._wanted = wanted and can_decode()

    def want(self, entry_id: int, urls: Sequence[str], source_run: SourceRun, queues: HostQueues) -> None:
        """Have the pictures of an entry fetched; none of a source with a budget of its own."""
        if self._wanted and not source_run.source.max_bytes:
            for url in urls:
                queues.put(queue_of(url), partial(self._fetch, entry_id, url, source_run))

    @property
    def has_any(self) -> bool:
        """Whether there may be pictures on disk."""
        return self._files.folder.is_dir()

    async def sweep(self, there: Collection[int]) -> None:
        """Remove what belongs to no entry that is there, and what is over the quota."""
        await asyncio.to_thread(self._files.sweep, frozenset(there))

    async def _fetch(self, entry_id: int, url: str, source_run: SourceRun) -> None:
        if self._fetcher.unanswered(url) >= SILENT:
            return
        reach: Reach = source_run.visit.reach
        with suppress(FetchError), source_run.weighed_against(self._budget) as meter:
            request = Request(url, reach=reach, limit=LARGEST_PICTURE, proxy=source_run.proxy(), meter=meter)
            request = replace(request, picture=True, urgent=False)
            answer = await self._fetcher.get(request, robots=True)
            call = partial(read_picture, answer.body, answer.url)
            picture = await self._fetcher.parsers.run(answer.url, call, body=answer.body)
            await asyncio.to_thread(self._files.keep, entry_id, url, picture)
