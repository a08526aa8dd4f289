"""One source on its way through a refresh: how it is asked, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from cache.db.fetch_plan import Due
from cache.entry import Offline
from cache.refresh.own_headers import is_of, own_headers, own_proxy
from cache.rules import http_state
from cache.rules.byte_budget import Budget, ByteMeter
from cache.rules.http_state import Visit
from cache.secret_store import SecretStore
from fetch.http.request import OwnHeaders


@dataclass(slots=True)
class SourceRun:
    """A source on its way through a refresh.

    `open` counts what is still to be done of it, `left` what the next refresh is to fetch, `new` the stories that were
    not known before, `full` to `failed` what the library now has of those that were fetched; `unreadable` is
    how many have ended what read them, `heavy` whether it has sent something that fills the memory, `title` what
    it calls itself.
    """

    source: Due
    visit: Visit
    budget: Budget
    open: int = 0
    asked: bool = False
    new: int = 0
    full: int = 0
    part: int = 0
    teaser: int = 0
    left: int = 0
    failed: int = 0
    unreadable: int = 0
    heavy: bool = False
    title: str = ""
    wire: int = 0
    unpacked: int = 0
    headers: OwnHeaders | None = None
    secrets: SecretStore | None = None

    @classmethod
    def of(cls, source: Due, secrets: SecretStore | None, *, due: bool) -> Self:
        """The run of a source, of which there is something open from the start when it is due."""
        visit, budget = http_state.load(source.state), Budget(source.max_bytes)
        return cls(source, visit, budget, open=int(due), secrets=secrets, title=source.title)

    @classmethod
    def of_queue(cls) -> Self:
        """The run of what the reader asked for outside any source; it is never closed."""
        return cls(Due(0, "", "page", "", "", "", "", None, "", ""), http_state.NEVER, Budget(None), open=1)

    def headers_for(self, url: str) -> OwnHeaders:
        """The reader's own headers where the address is the source's, secrets asked for once; raises Refused."""
        if self.secrets is None or not self.source.headers or not is_of(self.source, url):
            return ()
        if self.headers is None:
            self.headers = own_headers(self.source, self.secrets)
        return self.headers

    def proxy(self) -> str:
        """The proxy to ask it through, its login filled in; raises Refused."""
        return own_proxy(self.source, self.secrets) if self.secrets is not None else self.source.proxy

    def weighed_against(self, whole: Budget) -> ByteMeter:
        """The meter for one of its answers, which counts for the refresh and for the source."""
        return ByteMeter(self, self.budget, whole)

    def count(self, offline: Offline) -> None:
        """Counts one of its articles as what the library now has of it."""
        self.full += offline == "full"
        self.part += offline == "part"
        self.teaser += offline == "teaser"
        self.failed += offline == "failed"

    @property
    def name(self) -> str:
        """What a reader calls it."""
        return self.source.title or self.source.url
