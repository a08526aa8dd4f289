"""What came over the network on its way into the library: read by a parser, then handed to the writer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TypeVar, cast

from cache.db.fetch_plan import Wanted
from cache.refresh import storing
from cache.refresh.batch_writer import BatchWriter
from cache.refresh.ready import ReadyPage, read_later_page, read_page, read_texts
from cache.refresh.source_run import SourceRun
from cache.refresh.storing import Outcome, VisitEnd
from cache.rules import http_state
from cache.rules.advice import with_advice
from cache.site import host_of
from cache.writes.entry_names import Listed
from fetch.errors import FetchError, NoParser, StillUnreadable, Unreadable
from fetch.http.response import Response
from fetch.links import is_of_a_feed
from fetch.listing import Listing, read_feed_text, read_listing
from fetch.parsers.pool import Parsers
from fetch.passages import KeptPassages
from fetch.source import Kind

T = TypeVar("T")
MOST_UNREADABLE = 5
"""Pages of a source that may end what reads them, after which the rest of its pages wait for the next refresh."""
MOST_HELD = 48
"""Answers that wait to be read, at most; what more is wanted is not fetched yet."""
MOST_BYTES = 48_000_000
"""Bytes of them from which on no further source is asked, nor any page of one that sends such weights."""
MOST_UNREAD = 5
"""Answers in a row that no process could be had for, after which no further page is fetched."""
_HEAVY = 1_000_000
_TEXTS_AT_ONCE = 50
"""Texts that a feed carried which are read together."""


class Intake:
    """Has answers read and stored; says where there is too much that is not read yet."""

    def __init__(self, parsers: Parsers, writer: BatchWriter) -> None:
        self._parsers = parsers
        self._write = writer.write
        self._held = self._bytes = self._unread = 0
        self.kept: Mapping[str, tuple[KeptPassages, ...]] = {}
        """What its reader says is part of a site's stories, by the site."""
        writer.coming = lambda: self._held
        self._few, self._light = asyncio.Event(), asyncio.Event()
        self._count(0, 0)

    @property
    def reads_nothing(self) -> bool:
        """Whether the system allows no process that would read what is fetched."""
        return self._unread >= MOST_UNREAD

    async def room(self, source_run: SourceRun) -> None:
        """Waits while too much is held: called before fetching what would have to wait.

        Pages of a source that sends nothing heavy wait for no other's weights.
        """
        await self._few.wait()
        if not source_run.wire or source_run.heavy:
            await self._light.wait()

    async def source(self, source_run: SourceRun, answer: Response, end: VisitEnd, *, follow: bool) -> Outcome:
        """The first answer of a source, read and stored; an answer that is no source is noted as such."""
        if answer.unchanged:
            return await self._write(partial(storing.visited, end=end))
        try:
            if source_run.source.kind != "page":
                return await self.listing(source_run, answer, end, follow=follow)
            ready = await self.page(source_run, answer)
        except FetchError as error:
            return await self._no_source(source_run, end, error)
        return await self._write(partial(storing.single, ready=ready, end=end), lands=True)

    async def listing(self, source_run: SourceRun, answer: Response, end: VisitEnd, *, follow: bool) -> Outcome:
        """A list, or a further part of one, read and stored; raises FetchError.

        `follow`: of a section the next page is wanted, too; of a sitemap index its newest parts always are.
        """
        kind = cast(Kind, source_run.source.kind)
        found = await self._read(source_run, answer, partial(read_listing, kind, answer, follow=follow))
        end = end.with_listing(found, source_run.source.url)
        source_run.title = source_run.title or found.title
        outcome = await self._keep_listing(found, end)
        await self._keep_texts_of(source_run, found, outcome)
        return replace(outcome, further=found.further if kind == "section" or not found.teasers else ())

    async def _keep_listing(self, found: Listing, end: VisitEnd) -> Outcome:
        """Keeps a list, a long one in several transactions: between them another program has its turn."""
        kept, names = list[Wanted | None](), Listed(end.source_id, found.teasers)
        some = partial(storing.listed, listing=found, end=end, names=names)
        kept += await self._write(some)
        while len(kept) < len(found.teasers):
            kept += await self._write(partial(some, kept=kept))
        return Outcome(wanted=tuple(wanted for wanted in reversed(kept) if wanted), sentence=end.error)

    async def page(self, source_run: SourceRun, answer: Response, *, later: bool = False) -> ReadyPage:
        """The article in an answer, which may be a later page of a story; raises FetchError."""
        page = answer.body, answer.url, answer.content_type
        call = partial(read_later_page, *page) if later else partial(read_page, *page, source_run.title)
        kept = self.kept.get(host_of(answer.asked or answer.url)) if self.kept else None
        return await self._read(source_run, answer, partial(call, kept=kept) if kept else call)

    async def no_page(self, entry_id: int, url: str, error: FetchError) -> Outcome:
        """Notes why a page could not be had; what the feed itself carried of it takes its place."""
        if content := await self._write(partial(storing.feed_text, entry_id=entry_id)):
            with contextlib.suppress(FetchError):
                call = partial(read_feed_text, content, url)
                article = await self._parsers.run(url, call, body=content.encode())
                if article.words:
                    work = partial(storing.page, entry_id=entry_id, article=article)
                    return replace(await self._write(work, lands=True), reason="")
        return await self._write(partial(storing.failed, entry_id=entry_id, reason=error.reason), lands=True)

    async def _no_source(self, source_run: SourceRun, end: VisitEnd, error: FetchError) -> Outcome:
        """Notes that an answer is no source; one that could not be read before is the same still, which was told."""
        visit = http_state.after_failure(source_run.visit)
        sentence = with_advice(error)
        await self._write(partial(storing.visited, end=replace(end, visit=visit, due=0.0, error=sentence)))
        if isinstance(error, StillUnreadable):
            return Outcome()
        return Outcome(reason=error.reason, sentence=sentence)

    async def _read(self, source_run: SourceRun, answer: Response, call: partial[T]) -> T:
        """What a call makes of an answer, read apart; counts what cannot be read."""
        source_run.unpacked += len(answer.body)
        source_run.heavy |= len(answer.body) > _HEAVY
        with self._holding(len(answer.body)):
            try:
                found = await self._parsers.run(answer.url, call, body=answer.body)
            except Unreadable as error:
                source_run.unreadable += not isinstance(error, StillUnreadable)
                raise
            except NoParser:
                self._unread += 1
                raise
        self._unread = 0
        return found

    async def _keep_texts_of(self, source_run: SourceRun, found: Listing, outcome: Outcome) -> None:
        """Keeps what a feed carried of stories that have no page of their own, which only the library may know."""
        carried = {teaser.url: teaser.content for teaser in found.teasers if is_of_a_feed(teaser.url)}
        texts: list[tuple[int, str, str]] = []
        for each in outcome.wanted:
            if is_of_a_feed(each.url):
                content = carried.get(each.url, "")
                content = content or await self._write(partial(storing.feed_text, entry_id=each.entry_id))
                texts.append((each.entry_id, content, each.url))
        for begin in range(0, len(texts), _TEXTS_AT_ONCE):
            await self._keep_texts(source_run, texts[begin : begin + _TEXTS_AT_ONCE])

    async def _keep_texts(self, source_run: SourceRun, texts: Sequence[tuple[int, str, str]]) -> None:
        """Keeps these; where they cannot be read together, each half by itself."""
        call = partial(read_texts, [(content, url) for _, content, url in texts], source_run.title)
        try:
            read = await self._parsers.run(source_run.source.url, call)
        except FetchError as error:
            source_run.unreadable += 1
            if len(texts) > 1 and source_run.unreadable < MOST_UNREADABLE:
                await self._keep_texts(source_run, texts[: len(texts) // 2])
                await self._keep_texts(source_run, texts[len(texts) // 2 :])
                return
            for entry_id, *_ in texts:
                await self._write(partial(storing.failed, entry_id=entry_id, reason=error.reason), lands=True)
            return
        left = [(entry_id, ready) for (entry_id, *_), ready in zip(texts, read, strict=True)]
        while left:
            del left[: await self._write(partial(storing.feed_texts, texts=left), lands=True)]

    @contextmanager
    def _holding(self, size: int) -> Iterator[None]:
        """So many bytes are held until what is done inside is over."""
        self._count(1, size)
        try:
            yield
        finally:
            self._count(-1, -size)

    def _count(self, number: int, size: int) -> None:
        self._held += number
        self._bytes += size
        for eased, within in ((self._few, self._held < MOST_HELD), (self._light, self._bytes < MOST_BYTES)):
            if within:
                eased.set()
            else:
                eased.clear()
