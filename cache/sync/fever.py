"""A server that speaks the Fever API: it gives entries in parts of fifty and takes one mark in a request.

Sources, groups and tags cannot be changed by it. Every request is a form that holds what lets us in, so that none is
led elsewhere. An answer is read in a parser, by `cache.sync.fever_answers`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from functools import partial
from hashlib import md5
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from cache.sync.fever_answers import FeverAnswer, answer_in, grouped
from cache.sync.fever_servers import FEVER_ENDINGS, FeverTraits, fever_traits_at
from cache.sync.reader_answers import TitleForm
from cache.sync.reader_session import TYPED_ENDINGS, bases_of
from cache.sync.remote import (
    Abilities,
    Arrivals,
    CannotSync,
    RemoteEntry,
    RemoteMark,
    RemoteSource,
    RemoteTags,
    switched_off,
)
from cache.sync.servers import ENDINGS
from fetch.errors import BadStatus, Blocked, BrokenAnswer, FetchError, RateLimited, Refused, Unreachable, Unreadable
from fetch.http.redirects import LED_ON
from fetch.http.request import Request
from fetch.secret import Secret

if TYPE_CHECKING:
    from fetch.fetcher import Fetcher

_AT_ONCE = 50
MOST_ARRIVALS = 100_000
"""Entries that are taken in by one sync; the next one goes on behind them."""


class Fever:
    """A `ReadingServer`; `base` is the address before ?api."""

    def __init__(self, fetcher: Fetcher, base: str, user: str, password: Secret) -> None:
        self._fetcher = fetcher
        self.base = base
        self._user = user
        self._key = Secret(md5(f"{user}:{password.reveal()}".encode(), usedforsecurity=False).hexdigest())
        self._traits = fever_traits_at(base)
        self._titles = TitleForm(self._traits.wide_signs, self._traits.plain_titles)
        self._saved: set[str] | None = None
        self.requests = 0

    @property
    def traits(self) -> FeverTraits:
        """Which server it is, as far as its address tells."""
        return self._traits

    @property
    def abilities(self) -> Abilities:
        """What may be changed there: marks alone."""
        return Abilities(sources=False, tags=False, names_all=False)

    @property
    def at_once(self) -> int:
        """How many entries may be asked for in one request."""
        return _AT_ONCE

    async def let_in(self) -> None:
        """Raises CannotSync where it does not let us in, or is no such server."""
        await self._asked("")

    async def sources(self) -> list[RemoteSource]:
        """All sources; some servers answer but the first of what is asked for in one request."""
        answer = await self._asked("groups&feeds")
        groups, filed, found = answer.groups, answer.filed, answer.sources
        if found is None:
            answer = await self._asked("feeds")
            found, filed = answer.sources, answer.filed or filed
        if groups is None:
            groups = (await self._asked("groups")).groups
        if found is None:
            raise self._broken("feeds")
        return list(grouped(found, groups or {}, filed or {}, self._traits.no_group))

    async def unread(self) -> set[str]:
        """All entries that are unread, and beside them those that are saved, where both come in one answer."""
        answer = await self._asked("unread_item_ids&saved_item_ids")
        self._saved = answer.saved
        if answer.unread is None:
            raise self._broken("unread_item_ids")
        return answer.unread

    async def saved(self) -> set[str]:
        """All entries that are saved, as they were when the unread were asked for."""
        found, self._saved = self._saved, None
        return found if found is not None else await self._saved_now()

    async def _saved_now(self) -> set[str]:
        found = (await self._asked("saved_item_ids")).saved
        if found is None:
            raise self._broken("saved_item_ids")
        return found

    async def newest(self) -> AsyncIterator[list[str]]:
        """Nothing: no list names all entries."""
        for none in list[list[str]]():
            yield none

    async def arrivals(self, since: str) -> AsyncIterator[Arrivals]:
        """The entries with a higher id than `since`, from the lowest on, in parts of fifty.

        A server that gives the highest first is asked downwards from there, and no id is given to go on from until all
        have come.
        """
        last = int(since or 0)
        for _ in range(MOST_ARRIVALS // _AT_ONCE):
            answer = await self._asked(f"items&since_id={last}")
            new = [each for each in answer.entries or () if int(each.remote) > last]
            if not new:
                return
            highest = max(int(each.remote) for each in new)
            if len(new) > 1 and int(new[0].remote) > int(new[-1].remote):
                async for part in self._downwards(new, last, answer.total):
                    yield part
                yield Arrivals([], str(highest), answer.total)
                return
            yield Arrivals(new, str(highest), answer.total)
            last = highest

    async def _downwards(self, new: list[RemoteEntry], last: int, total: int) -> AsyncIterator[Arrivals]:
        """Entries from the highest on, down to what is known."""
        for _ in range(MOST_ARRIVALS // _AT_ONCE):
            yield Arrivals(new, "", total)
            lowest = min(int(each.remote) for each in new)
            answer = await self._asked(f"items&max_id={lowest}")
            new = [each for each in answer.entries or () if last < int(each.remote) < lowest]
            if not new:
                return

    async def entries(self, remotes: Sequence[str]) -> list[RemoteEntry]:
        """Those of a few entries that the server still has; a batch that is too much is asked for in halves."""
        try:
            answer = await self._asked(f"items&with_ids={','.join(remotes)}")
        except (Refused, Unreadable) as error:
            if isinstance(error, Refused) and error.reason != "too large":
                raise
            if len(remotes) == 1:
                return []
            middle = len(remotes) // 2
            return [*await self.entries(remotes[:middle]), *await self.entries(remotes[middle:])]
        wanted = set(remotes)
        return [each for each in answer.entries or () if each.remote in wanted]

    async def mark(self, remotes: Sequence[str], mark: RemoteMark, value: bool) -> None:
        """Sets or withdraws a mark, an entry in a request.

        Miniflux takes "saved" and "unsaved" alike, for the other than it is: so that is looked at just before.
        """
        there = await self._saved_now() if mark == "saved" else set[str]()
        said = {"read": ("read", "unread"), "saved": ("saved", "unsaved")}[mark][not value]
        for remote in remotes:
            if mark != "saved" or (remote in there) != value:
                await self._asked("", [("mark", "item"), ("as", said), ("id", remote)])

    async def tags(self) -> RemoteTags:
        """None: the protocol has no tags."""
        return RemoteTags()

    async def tag(self, remotes: Sequence[str], name: str, value: bool) -> None:
        """Raises CannotSync: the protocol has no tags."""
        raise self._unable()

    async def entries_of(self, remote: str) -> set[str]:
        """Raises CannotSync: no list names the entries of a source."""
        raise self._unable()

    async def subscribe(self, url: str, title: str, group: str) -> None:
        """Raises CannotSync, as what follows does: the protocol changes no sources."""
        raise self._unable()

    async def rename(self, remote: str, title: str) -> None:
        """Raises CannotSync."""
        raise self._unable()

    async def move(self, remote: str, group: str, before: str) -> None:
        """Raises CannotSync."""
        raise self._unable()

    async def unsubscribe(self, remote: str) -> None:
        """Raises CannotSync."""
        raise self._unable()

    def _unable(self) -> CannotSync:
        return CannotSync(f"{self.base}: the Fever API does not let that be changed.", "protocol")

    def _broken(self, what: str) -> CannotSync:
        return CannotSync(
            f"{self.base} did not answer {what or 'a login'} as the Fever API does: a page to log in at, a note on"
            " maintenance, or another address, perhaps.",
            "not this protocol",
        )

    async def _asked(self, what: str, form: Sequence[tuple[str, str]] = ()) -> FeverAnswer:
        """What is answered, read in a parser."""
        url = f"{self.base}?api" + (f"&{what}" if what else "")
        body = Secret(urlencode([("api_key", self._key.reveal()), *form]))
        self.requests += 1
        try:
            response = await self._fetcher.get(Request(url, reach="anywhere", form=body, api=True))
            read = partial(answer_in, response.body, url, self._titles)
            return await self._fetcher.parsers.run(url, read, body=response.body)
        except BrokenAnswer as error:
            raise self._broken(what.partition("=")[0]) from error
        except Blocked as error:
            if error.reason != "login":
                raise
            raise CannotSync(
                f"{self.base} does not know {self._user} by this password; it wants {self._traits.password}.",
                "password",
            ) from error
        except BadStatus as error:
            if error.status != 503 or isinstance(error, RateLimited):
                raise
            raise switched_off(self.base) from error


def names_fever(typed: str) -> bool:
    """Whether an address as it was typed is one of the Fever API itself."""
    path = typed.partition("?")[0].rstrip("/")
    return path.endswith(("/fever", "/fever.php")) or "/fever/" in path


def fever_bases_of(typed: str) -> Iterator[str]:
    """The addresses of the Fever API that may be meant, the likeliest first; raises CannotSync for what is none."""
    meant = list(bases_of(typed))
    address = next((each for each in meant if not each.endswith(ENDINGS)), meant[0])
    if names_fever(typed):
        yield address if address.endswith(".php") else f"{address}/"
        yield address
        return
    for ending in (*ENDINGS, *TYPED_ENDINGS):
        address = address.removesuffix(ending)
    for ending in FEVER_ENDINGS:
        yield address + ending


async def find_fever(fetcher: Fetcher, typed: str, user: str, password: Secret) -> Fever:
    """The server at an address as it was typed, once it has let us in; raises CannotSync that says why it did not."""
    for base in fever_bases_of(typed):
        server = Fever(fetcher, base, user, password)
        try:
            await server.let_in()
        except Unreachable as error:
            if error.reason != LED_ON:
                raise
        except CannotSync as error:
            if error.reason != "not this protocol":
                raise
        except FetchError:
            if names_fever(typed):
                raise
        else:
            return server
    raise CannotSync(f"No server that speaks the Fever API was found at {typed}.", "not this protocol")
