"""A server's response, and what its headers say of the next request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from fetch.http.address_guard import Zone
from fetch.source import UNKNOWN, Validators

LONGEST_WAIT = 7 * 86400.0
"""Seconds; no server keeps us away longer, whatever it says."""


@dataclass(frozen=True, slots=True)
class Response:
    """What came back for a URL: `url` is the final one, `moved` where a permanent redirect says to look from now on.

    `asked` is the address that was asked first: what a redirect that is not permanent leads to is no source's address.

    `status` is 200 or 304 (with an empty body); `received` is the bytes of bodies on the wire, redirects among them,
    `wait` how many seconds the server asks us to wait until the next visit (None: it does not say), `seconds` how
    long the last response took to begin, `zone` the kind of network it came from.
    """

    url: str
    status: int
    body: bytes = field(default=b"", repr=False)
    content_type: str = ""
    validators: Validators = UNKNOWN
    asked: str = ""
    moved: str = ""
    wait: float | None = None
    received: int = 0
    seconds: float = 0.0
    zone: Zone = "public"

    @property
    def unchanged(self) -> bool:
        """Whether the server says that nothing changed since the validators we sent."""
        return self.status == 304


@dataclass(frozen=True, slots=True)
class Hop:
    """One request's response on a chain of redirects: its Location, Refresh and cookies as they were sent.

    `took` is how many seconds the network had it.
    """

    response: Response
    location: str = ""
    refresh: str = ""
    cookies: tuple[str, ...] = field(default=(), repr=False)
    took: float = 0.0


def wait(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that Cache-Control's max-age or Expires let pass before the next visit; None where neither says."""
    control = headers.get("cache-control", "").lower()
    if "no-cache" in control or "no-store" in control:
        return 0.0
    if found := re.search(r"max-age\s*=\s*\"?(\d{1,12})", control):
        age = re.match(r"\d{1,12}$", headers.get("age", ""))
        return _bounded(float(found[1]) - (float(age[0]) if age else 0.0))
    expires = http_date(headers.get("expires", ""))
    return None if expires is None else _bounded((expires - now).total_seconds())


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that Retry-After asks for, written as seconds or as a date; None without one."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return _bounded(float(said[:12]))
    when = http_date(said)
    return None if when is None else _bounded((when - now).total_seconds())


def http_date(text: str) -> datetime | None:
    """An HTTP date as an aware datetime; None where it is none."""
    if not text:
        return None
    from email.utils import parsedate_to_datetime

    try:
        when = parsedate_to_datetime(text)
    except (ValueError, OverflowError, IndexError, TypeError):  # as for year 99999
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def merged(known: Validators, told: Validators) -> Validators:
    """The validators after a 304: each that it names anew replaces the one we had."""
    return Validators(told.etag or known.etag, told.last_modified or known.last_modified, told.url)


def _bounded(seconds: float) -> float:
    return min(max(seconds, 0.0), LONGEST_WAIT)
