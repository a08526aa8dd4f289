"""A server that speaks the Google Reader API: asked in pages and batches, under the limits of all that is fetched.

What it is told to let us in by goes to its exact origin, never by a redirect, and what is sent to it is never led
elsewhere. An answer is read in a parser, by `cache.sync.reader_answers`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlencode

from cache.sync.reader_answers import IdPage, TagNames, TitleForm, entries_in, ids_in, long_id, sources_in, tags_in
from cache.sync.remote import (
    TOO_MANY,
    Abilities,
    Arrivals,
    CannotSync,
    RemoteEntry,
    RemoteMark,
    RemoteSource,
    RemoteTags,
    switched_off,
)
from fetch.errors import BadStatus, Blocked, BrokenAnswer, RateLimited, Refused, Unreadable
from fetch.http.request import Request
from fetch.http.url_parts import origin_of
from fetch.secret import Secret

if TYPE_CHECKING:
    from cache.sync.reader_session import ReaderSession
    from cache.sync.servers import ServerTraits
    from fetch.fetcher import Fetcher
    from fetch.http.response import Response

T = TypeVar("T")
_LIST = "user/-/state/com.google/reading-list"
_READ = "user/-/state/com.google/read"
_STARRED = "user/-/state/com.google/starred"
_LABEL = "user/-/label/"
_STATES: dict[RemoteMark, str] = {"read": _READ, "saved": _STARRED}
_MOST_PAGES = 400
_MOST_TAGS = 200
MOST_IDS = 1_000_000
"""Ids in one list; a server that lists more is not believed."""


class GoogleReader:
    """A `ReadingServer`; `base` is the address before /reader/api/0."""

    def __init__(self, fetcher: Fetcher, base: str, traits: ServerTraits, session: ReaderSession) -> None:
        self._fetcher = fetcher
        self._base = base
        self._traits = traits
        self._session = session
        self._titles = TitleForm(traits.wide_signs, traits.plain_titles)
        self._groups = frozenset[str]()
        self.requests = 0
        self.skipped = 0
        """Entries whose text was more than is taken of anything; each was asked for by itself."""

    @property
    def abilities(self) -> Abilities:
        """What may be changed there."""
        return Abilities(tags=self._traits.tags)

    @property
    def at_once(self) -> int:
        """How many entries may be asked for in one request."""
        return self._traits.contents

    async def sources(self) -> list[RemoteSource]:
        """All sources."""
        read = partial(sources_in, titles=self._titles, no_group=self._traits.no_group)
        found = await self._read("subscription/list", read)
        self._groups = frozenset(each.group for each in found)
        return found

    async def unread(self) -> set[str]:
        """All entries that are unread."""
        return await self._all(s=_LIST, xt=_READ)

    async def saved(self) -> set[str]:
        """All entries that are starred."""
        return await self._all(s=_STARRED)

    async def tags(self) -> RemoteTags:
        """Each tag, and the entries that have it; raises CannotSync where that cannot be told for certain.

        Of a tag that is none any more some servers list all entries that they have.
        """
        names = await self._tag_names()
        if len(names.tags) > _MOST_TAGS:
            raise CannotSync(
                f"{self._base} has {len(names.tags):,} tags, more than are asked for: tags stay as they are.", TOO_MANY
            )
        found = {name: await self._all(s=f"{_LABEL}{name}") for name in names.tags}
        if found and (gone := found.keys() - set((await self._tag_names()).tags)):
            raise CannotSync(
                f"{self._base} dropped the tag {min(gone)} meanwhile; tags wait for the next sync.", "tags"
            )
        return RemoteTags(found, names.folders, names.names_any)

    async def _tag_names(self) -> TagNames:
        return await self._read("tag/list", partial(tags_in, groups=self._groups))

    async def entries_of(self, remote: str) -> set[str]:
        """All entries of a source that the server has."""
        return await self._all(s=remote)

    async def _all(self, **stream: str) -> set[str]:
        found = set[str]()
        async for page in self._pages(self._traits.ids, **stream):
            found.update(page)
        return found

    async def newest(self) -> AsyncIterator[list[str]]:
        """All entries, newest first as far as the server knows, in parts of a thousand."""
        async for page in self._pages(min(self._traits.ids, 1000), s=_LIST):
            yield page

    async def arrivals(self, since: str) -> AsyncIterator[Arrivals]:
        """Nothing: all entries are named by `newest`."""
        for none in list[Arrivals]():
            yield none

    async def _pages(self, count: int, **stream: str) -> AsyncIterator[list[str]]:
        """A list of ids in parts: until one is empty, says no more, or says what was said before."""
        continuation, seen, total = "", set[str](), 0
        for _ in range(_MOST_PAGES):
            asked = {**stream, "n": str(count)} | ({"c": continuation} if continuation else {})
            page: IdPage = await self._read("stream/items/ids", ids_in, asked)
            total += len(page.ids)
            if not page.ids:
                return
            yield page.ids
            continuation = page.continuation
            if not continuation or continuation in seen:
                return
            seen.add(continuation)
            if total > MOST_IDS:
                break
        raise CannotSync(f"{self._base} lists entries without end; nothing is concluded from that.", "endless list")

    async def entries(self, remotes: Sequence[str]) -> list[RemoteEntry]:
        """Those of a few entries that the server still has; a batch that is too much is asked for in halves."""
        form = [("i", long_id(each)) for each in remotes]
        read = partial(entries_in, titles=self._titles)
        try:
            return await self._read("stream/items/contents", read, form=form)
        except (Refused, Unreadable) as error:
            if isinstance(error, Refused) and error.reason != "too large":
                raise
        if len(remotes) == 1:
            self.skipped += 1
            return []
        middle = len(remotes) // 2
        return [*await self.entries(remotes[:middle]), *await self.entries(remotes[middle:])]

    async def mark(self, remotes: Sequence[str], mark: RemoteMark, value: bool) -> None:
        """Sets or withdraws a mark, in as many requests as the server wants: one change in each."""
        await self._edit(remotes, _STATES[mark], value)

    async def tag(self, remotes: Sequence[str], name: str, value: bool) -> None:
        """Gives entries a tag or takes it away, in as many requests as the server wants."""
        await self._edit(remotes, f"{_LABEL}{name}", value)

    async def _edit(self, remotes: Sequence[str], stream: str, value: bool) -> None:
        for begin in range(0, len(remotes), self._traits.edits):
            some = remotes[begin : begin + self._traits.edits]
            await self._send("edit-tag", [("a" if value else "r", stream), *(("i", long_id(each)) for each in some)])

    async def subscribe(self, url: str, title: str, group: str) -> None:
        """Has the server keep a source."""
        form = [("ac", "subscribe"), ("s", f"feed/{url}")]
        form += [("t", title)] if title else []
        await self._send("subscription/edit", form + ([("a", f"{_LABEL}{group}")] if group else []))

    async def rename(self, remote: str, title: str) -> None:
        """Gives a source another title."""
        await self._send("subscription/edit", [("ac", "edit"), ("s", remote), ("t", title)])

    async def move(self, remote: str, group: str, before: str) -> None:
        """Puts a source into another folder; out of all of them where `group` is empty."""
        where = ("a", f"{_LABEL}{group}") if group else ("r", f"{_LABEL}{before}")
        await self._send("subscription/edit", [("ac", "edit"), ("s", remote), where])

    async def unsubscribe(self, remote: str) -> None:
        """Has the server keep a source no more."""
        await self._send("subscription/edit", [("ac", "unsubscribe"), ("s", remote)])

    async def _read(
        self,
        call: str,
        read: Callable[[bytes, str], T],
        query: dict[str, str] | None = None,
        form: list[tuple[str, str]] | None = None,
    ) -> T:
        """What a call answers with, read in a parser."""
        url = f"{self._base}/reader/api/0/{call}?{urlencode({'output': 'json', **(query or {})})}"
        response = await self._answer(url, form)
        try:
            if response is None:
                raise BrokenAnswer(f"{url} leads elsewhere.", url)
            return await self._fetcher.parsers.run(url, partial(read, response.body, url), body=response.body)
        except BrokenAnswer as error:
            raise CannotSync(
                f"{self._base} did not answer {call} as the Google Reader API does: a page to log in at, a note on"
                " maintenance, or another address, perhaps.",
                "not this protocol",
            ) from error

    async def _send(self, call: str, form: list[tuple[str, str]]) -> None:
        """Has something done; that the server says OK proves nothing, only the next list does."""
        await self._answer(f"{self._base}/reader/api/0/{call}?output=json", form)

    async def _answer(self, url: str, form: list[tuple[str, str]] | None) -> Response | None:
        """The response; None where it came from elsewhere. What lets us in is renewed where it has run out."""
        while True:
            try:
                return await self._asked(url, form)
            except Blocked as error:
                if error.reason != "login":
                    raise
            except BadStatus as error:
                if error.status != 503 or isinstance(error, RateLimited):
                    raise
                raise switched_off(self._base) from error
            if not await self._session.renew(of_change=form is not None):
                raise CannotSync(
                    f"{self._base} takes the password, but lets us ask nothing (HTTP 401): its web server may not hand"
                    " on the header Authorization.",
                    "login",
                )

    async def _asked(self, url: str, form: list[tuple[str, str]] | None) -> Response | None:
        session = self._session
        body = None
        if form is not None:
            token = await session.token_for(self._fetcher)
            body = Secret(urlencode([*form, ("T", token)]))
        self.requests += 1
        response = await self._fetcher.get(Request(url, reach="anywhere", headers=session.headers, form=body, api=True))
        return response if origin_of(response.url) == origin_of(self._base) else None
