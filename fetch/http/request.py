"""A request, and the limits on its response in time and size."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from fetch.http.address_guard import Reach
from fetch.secret import Secret
from fetch.source import UNKNOWN, Validators

OwnHeaders: TypeAlias = tuple[tuple[str, Secret], ...]
"""Headers that a reader has sent to one origin, by name; whatever their value, it is nobody else's business."""


OF_HTTP_ITSELF = frozenset(
    "connection content-length expect host http2-settings if-match if-modified-since if-none-match if-range"
    " if-unmodified-since keep-alive proxy-connection range te trailer transfer-encoding upgrade".split()
)
"""Headers by which a request is carried, or asks for less than all: no reader's, and never sent for one."""


class Meter(Protocol):
    """Hears of the bytes of a body; either method may raise a FetchError to stop them."""

    def expect(self, count: int) -> None:
        """So many bytes are announced."""

    def spend(self, count: int) -> None:
        """So many bytes came."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask for: the address, what we know of it, how far it may lead, how much it may weigh.

    `limit` is in bytes, on the wire and unpacked alike; what is `cut` ends there, anything else is refused. `headers`
    are the reader's own for this origin, never sent to another; `proxy` is a proxy's URL, where empty that of the
    environment. `picture`: one may come; else what is no text is refused before it is read. `form` is sent as the form
    of a page is, and to no other address: it follows no redirect. `api`: a program is asked, whose answer may hold what
    pages of refusals do.
    """

    url: str
    validators: Validators = UNKNOWN
    reach: Reach = "public"
    limit: int = 20_000_000
    urgent: bool = True
    headers: OwnHeaders = field(default=(), repr=False)
    proxy: str = field(default="", repr=False)
    cut: bool = False
    picture: bool = False
    meter: Meter | None = field(default=None, repr=False)
    form: Secret | None = field(default=None, repr=False)
    api: bool = False

    @property
    def conditional(self) -> bool:
        """Whether there are validators of this very address to send along."""
        known = self.validators
        return bool(known.etag or known.last_modified) and known.url in ("", self.url)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds for a connection, for each silence, and for a whole request with its redirects (without any pauses).

    A body has to bring `slowest` bytes a second, looked at again each time that as long as a silence may last has gone.
    """

    connect: float = 10.0
    read: float = 20.0
    total: float = 300.0
    slowest: float = 1_000.0

    @property
    def extension(self) -> dict[str, float | None]:
        """As httpx's transports read them."""
        return {"connect": self.connect, "read": self.read, "write": self.read, "pool": self.total}
