"""What is asked of the network on a reader's demand: discover, add, read what is not on disk, refresh."""

from __future__ import annotations

import math
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from functools import partial
from time import time
from typing import TYPE_CHECKING, Protocol

from cache.db import reads
from cache.entry import Reading
from cache.errors import NoSuchEntry
from cache.progress import Progress
from cache.site import MissingPassages, SiteRule, host_of, kept_passages
from fetch.errors import FetchError, NoParser, Unreachable
from fetch.links import is_of_a_feed

if TYPE_CHECKING:
    from pathlib import Path

    from cache.entry import Entry
    from cache.refresh.options import RefreshOptions
    from cache.refresh.own_headers import Arranged
    from cache.refresh.source_run import SourceRun
    from cache.writes.store import Store
    from cache.writes.writer_thread import WriterThread
    from fetch.article import Article
    from fetch.fetcher import Fetcher, ReceivedStory
    from fetch.http.address_guard import Reach
    from fetch.http.request import OwnHeaders
    from fetch.parsers.pool import Parsers
    from fetch.source import Candidate


_QUEUED = "It is queued for the next refresh."


class EntryReader(Protocol):
    """What is asked of a library here."""

    @property
    def path(self) -> Path:
        """The library file."""

    def id_of(self, ref: str | int, /) -> int:
        """The number behind a REF; raises NoSuchEntry."""

    def entry(self, ref: str | int, /) -> Entry:
        """An entry; raises NoSuchEntry."""

    def article(self, ref: str | int, /) -> Article | None:
        """An article from disk, or None while its text is not there."""

    def site_rules(self, site: str, /) -> list[SiteRule]:
        """What the reader says of passages on a site."""


class OnDemand:
    """Asks the network for a library, with one fetcher that begins with the first request."""

    def __init__(self, reader: EntryReader, writer: WriterThread, fetcher: Fetcher | None = None) -> None:
        self._reader = reader
        self._writer = writer
        self._fetcher = fetcher
        self._parsers: Parsers | None = fetcher.parsers if fetcher else None
        self._lent = fetcher is not None

    async def close(self) -> None:
        """Closes the connections, unless the fetcher is someone else's."""
        if self._fetcher is not None and not self._lent:
            await self._fetcher.__aexit__(None, None, None)
        if self._parsers is not None:
            await self._parsers.close()

    @property
    def parsers(self) -> Parsers:
        """What reads strangers' bytes; begins with the first."""
        if self._parsers is None:
            from cache.refresh.parsers import parsers_of

            self._parsers = parsers_of(self._reader.path, self._writer.write)
        return self._parsers

    async def fetcher(self) -> Fetcher:
        """What asks the network for this library."""
        return await self._ready()

    async def discover(self, url: str) -> list[Candidate]:
        """The sources found at an address, best first."""
        from fetch.discovery.discover import discover

        return await discover(await self._ready(), url)

    async def add(self, url: str, candidate: Candidate | None = None) -> int:
        """Keeps a source; its number."""
        chosen = candidate or (await self.discover(url))[0]
        source_id = await self._writer.write(lambda store: store.sources.add(chosen.source, zone=chosen.zone))
        if chosen.login:
            await self._keep_login(source_id, chosen.source.url, chosen.login)
        return source_id

    async def _keep_login(self, source_id: int, url: str, login: OwnHeaders) -> None:
        from asyncio import to_thread

        from cache.refresh.own_headers import IN_STORE
        from cache.secret_store import SecretStore

        secrets = SecretStore.beside(self._reader.path)
        for name, secret in login:
            await to_thread(secrets.keep, url, name, secret)
        await self._writer.write(
            lambda store: store.sources.add_headers(source_id, {name: IN_STORE for name, _ in login})
        )

    async def read(self, ref: str | int, via: int | None = None) -> Reading:
        """The article from disk, else from the network, else a notice; where nothing is at an address none is kept."""
        try:
            entry_id = self._reader.id_of(ref)
        except NoSuchEntry:
            url = str(ref)
            if not url.lower().startswith(("https://", "http://", "broadsheet:")):
                raise
            return await self._fetched_anew(url, await self._reach(via))
        entry, article = self._reader.entry(entry_id), self._reader.article(entry_id)
        if article is not None:
            return Reading(entry, article)
        if is_of_a_feed(entry.url):
            return await self._from_feed(entry_id, entry.url)
        return await self._fetched(entry_id, entry.url)

    async def fetch_pictures(self, entry_id: int) -> int:
        """Fetches the pictures of an article that has just come, those that are not here; how many came."""
        from cache.db.picture_files import PictureFiles, picture_of
        from cache.refresh.picture_intake import LEAST_SECONDS, PictureIntake
        from cache.refresh.ready import pictures_of
        from cache.rules.byte_budget import Budget

        article, files = self._reader.article(entry_id), PictureFiles(self._reader.path)
        kept = files.of(entry_id)
        wanted = [url for url in pictures_of(article) if picture_of(kept, url) is None] if article else []
        if not wanted:
            return 0
        fetcher = await self._ready()
        reach = await self._writer.write(lambda store: store.plan.reach_of_entry(entry_id))
        intake = PictureIntake(fetcher, self._reader.path, Budget(None), wanted=True, reach=reach)
        intake.want(entry_id, wanted, await self._source_run(self._reader.entry(entry_id).source_id))
        await intake.fetch(LEAST_SECONDS, fetcher.close_idle)
        return len(files.of(entry_id)) - len(kept)

    async def queue(self, url: str, via: int | None = None) -> None:
        """Remembers an address for the next refresh."""
        reach = await self._reach(via)
        await self._writer.write(lambda store: store.entries.entry_for(url, queued=True, now=time(), reach=reach))

    def refresh(self, options: RefreshOptions, *, apart: bool) -> AsyncGenerator[Progress, None]:
        """Fetches what is due: apart in a process of its own, or here, as when a fetcher was lent."""
        from cache.refresh.process import run_apart, run_here

        if self._lent or not apart:
            steps = run_here(self._reader.path, options, fetcher=self._fetcher if self._lent else None)
        else:
            steps = run_apart(self._reader.path, options)
        return self._with_secrets_away(steps)

    async def _with_secrets_away(self, steps: AsyncGenerator[Progress, None]) -> AsyncGenerator[Progress, None]:
        """A refresh, before which the secrets that an earlier version left in the library are put where they belong."""
        async with aclosing(steps):
            await self._put_secrets_away()
            async for step in steps:
                yield step

    async def _put_secrets_away(self) -> None:
        rows = await self._writer.write(lambda store: store.sources.with_secrets())
        if not rows:
            return
        from asyncio import to_thread

        from cache.refresh.own_headers import Arranged, put_away
        from cache.secret_store import SecretStore

        secrets = SecretStore.beside(self._reader.path)
        for source_id, *found in rows:
            before = Arranged(*found)
            with suppress(FetchError):  # the keyring is locked: another time
                after = await to_thread(put_away, secrets, before)
                if after != before:
                    await self._writer.write(partial(_rearrange, source_id, after))

    async def _fetched_anew(self, url: str, reach: Reach) -> Reading:
        """Fetches a page that no source has listed; it is kept when it came, and as a wish when nobody answered."""

        def keep(store: Store) -> int:
            entry_id = store.entries.entry_for(url, now=time(), reach=reach)
            store.articles.store_article(entry_id, article, time())
            return reads.find_any(store.connection, url) or entry_id  # it may be one with another from now on

        try:
            kept = kept_passages(self._reader.site_rules(host_of(url)))
            article = await (await self._ready()).article(url, reach=reach, kept=kept)
        except (Unreachable, NoParser) as error:
            wish = await self._writer.write(
                lambda store: store.entries.entry_for(url, queued=True, now=time(), reach=reach)
            )
            return Reading(self._reader.entry(wish), None, f"{error} {_QUEUED}")
        except FetchError as error:
            return Reading(None, None, str(error))
        entry_id = await self._writer.write(keep)
        return Reading(self._reader.entry(entry_id), self._reader.article(entry_id))

    async def _fetched(self, entry_id: int, url: str) -> Reading:
        """Fetches a page now; offline it is queued, and any other failure becomes the notice."""
        notice = ""
        try:
            article = (await self._story(self._reader.entry(entry_id))).article
            await self._writer.write(lambda store: store.articles.store_article(entry_id, article, time()))
            entry_id = self._reader.id_of(url)
        except (Unreachable, NoParser) as error:
            await self._writer.write(lambda store: store.entries.entry_for(url, queued=True, now=time()))
            notice = f"{error} {_QUEUED}"
        except FetchError as error:
            reason, notice = error.reason, str(error)
            await self._writer.write(lambda store: store.articles.store_failure(entry_id, reason, time()))
        if notice:
            notice += " What its feed carried is shown." if await self._keep_feed_text(entry_id, url) else ""
        return Reading(self._reader.entry(entry_id), self._reader.article(entry_id), notice)

    async def _story(self, entry: Entry) -> ReceivedStory:
        """The article of an entry and its pages, asked for as its source is; raises FetchError."""
        from fetch.http.request import Request

        reach = await self._writer.write(lambda store: store.plan.reach_of_entry(entry.id))
        source_run = await self._source_run(entry.source_id)
        asked = Request(entry.url, reach=reach, headers=source_run.headers_for(entry.url), proxy=source_run.proxy())
        kept = kept_passages(self._reader.site_rules(host_of(entry.url)))
        return await (await self._ready()).story(asked, listed=entry.source_id > 0, kept=kept)

    async def missing_passages(self, entry_id: int) -> MissingPassages:
        """What the page of an entry holds beside its article, fetched anew; raises FetchError."""
        from cache.refresh.missing_passages import missing_passages

        entry = self._reader.entry(entry_id)
        story, rules = await self._story(entry), self._reader.site_rules(host_of(entry.url))
        return await missing_passages(self.parsers, entry, story, rules)

    async def _from_feed(self, entry_id: int, url: str) -> Reading:
        """What its feed carried of an entry without a page; at its address stands something else."""
        kept = await self._keep_feed_text(entry_id, url)
        notice = "" if kept else "Its feed carried no text of it, and it has no page of its own."
        return Reading(self._reader.entry(entry_id), self._reader.article(entry_id), notice)

    async def _keep_feed_text(self, entry_id: int, url: str) -> bool:
        """Lets the text that a feed carried stand in for a page that could not be had; whether there is one."""
        from cache.refresh import storing
        from fetch.listing import read_feed_text

        content = await self._writer.write(partial(storing.feed_text, entry_id=entry_id))
        if not content:
            return False
        try:
            call = partial(read_feed_text, content, url)
            article = await self.parsers.run(url, call, body=content.encode())
        except FetchError:
            return False
        if article.words:
            await self._writer.write(partial(storing.page, entry_id=entry_id, article=article))
        return article.words > 0

    async def _source_run(self, source_id: int) -> SourceRun:
        """How the source of an entry is asked; as nobody's where there is none any more."""
        from cache.refresh.source_run import SourceRun
        from cache.secret_store import SecretStore

        found = await self._writer.write(lambda store: store.plan.due_sources(math.inf, [source_id]))
        secrets = SecretStore.beside(self._reader.path)
        return SourceRun.of(found[0], secrets, due=False) if found else SourceRun.of_queue()

    async def _reach(self, via: int | None) -> Reach:
        """How far an address may lead: anywhere if the reader typed it, else where the naming page's source lies."""
        if via is None:
            return "anywhere"
        return await self._writer.write(lambda store: store.plan.reach_of_entry(via))

    async def _ready(self) -> Fetcher:
        """The fetcher; what it needs is loaded on a thread, beside the screen and a parser's start."""
        if self._fetcher is None:
            from asyncio import to_thread

            (await to_thread(lambda: self.parsers)).warm()
            begun = await to_thread(_begun, self.parsers)
            self._fetcher = self._fetcher or begun
        return self._fetcher


def _begun(parsers: Parsers) -> Fetcher:
    from fetch.fetcher import Fetcher

    fetcher = Fetcher(parsers=parsers)
    fetcher.preload()
    return fetcher


def _rearrange(source_id: int, arranged: Arranged, store: Store) -> None:
    store.sources.rearrange(source_id, arranged.url, arranged.headers, arranged.proxy)
