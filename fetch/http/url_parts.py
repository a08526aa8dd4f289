"""A web address as a request needs it: who to connect to, and what to ask there."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from fetch.errors import Refused
from fetch.links import LONGEST_URL, ascii_host
from fetch.secret import Secret

_PLAIN = re.compile(r"(https?)://([a-z0-9.-]+)(:\d{1,5})?(/[!$-;=@-Z_a-z~]*)?(\?[!$-;=?@-Z_a-z~\[\]]*)?", re.ASCII)
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+(?:%[a-zA-Z0-9._-]+)?", re.ASCII)
_USER = re.compile(r"([^/?#]*://)([^/?#]*)@")
DEFAULT_PORTS = {"http": 80, "https": 443}
_KEPT = "!$%&'()*+,/:;=?@[]~|"
"""Characters that go into a request as they came."""


class UrlParts(NamedTuple):
    """Scheme, host (as punycode), port, and path with query; `user` is "name:password"."""

    scheme: str
    host: str
    port: int | None
    target: str
    user: str = ""

    @property
    def authority(self) -> str:
        """Host and port, of an IPv6 address with its zone."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port in (None, DEFAULT_PORTS[self.scheme]) else f"{host}:{self.port}"

    @property
    def host_header(self) -> str:
        """Host and port as they are told to the server, whom its zone on this machine is no use to."""
        return self._replace(host=self.host.partition("%")[0]).authority

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The address again, without user and fragment."""
        return self.origin + self.target


@lru_cache(maxsize=256)
def parse_url(url: str) -> UrlParts:
    """The parts of a URL; raises Refused for what is no web address."""
    if len(url) > LONGEST_URL:
        raise Refused(f"An address of more than {LONGEST_URL:,} characters is not asked.", reason="address")
    plain = _PLAIN.fullmatch(url)
    if plain:
        scheme, host, port, path, query = plain.groups()
        if port and int(port[1:]) > 65535:
            raise _no_address(url)
        if host[-1].isdigit() or "0x" in host or host[-1] == ".":
            host = _host(host, url)
        return UrlParts(scheme, host, int(port[1:]) if port else None, (path or "/") + (query or ""))
    try:
        split = urlsplit(url.strip())
        host, port_number = split.hostname or "", split.port
    except ValueError as error:
        raise _no_address(url) from error
    host = _host(host.replace("%25", "%", 1) if ":" in host else unquote(host), url)  # of a zone, its mark (RFC 6874)
    if split.scheme not in DEFAULT_PORTS or not _HOST.fullmatch(host):
        raise _no_address(url)
    target = quote(split.path or "/", safe=_KEPT) + (f"?{quote(split.query, safe=_KEPT)}" if split.query else "")
    user = f"{unquote(split.username or '')}:{unquote(split.password or '')}" if split.username else ""
    return UrlParts(split.scheme, host, port_number, target, user)


def without_login(url: str) -> tuple[str, tuple[tuple[str, Secret], ...]]:
    """A URL without the name and password in it, and the header that says them: no message shows them then."""
    if "@" not in url:
        return url, ()
    parts = parse_url(url)
    if not parts.user:
        return url, ()
    secret = base64.b64encode(parts.user.encode()).decode()
    return parts.url, (("Authorization", Secret(f"Basic {secret}")),)


PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
"""Of the proxies that we can ask through."""


def without_user(url: str) -> tuple[str, str]:
    """A URL, a proxy's too, without the "name:password@" in it, and that as it is written; "" where there is none."""
    found = _USER.match(url)
    return (found[1] + url[found.end() :], found[2]) if found else (url, "")


def with_user(url: str, user: str) -> str:
    """The URL again, with "name:password@" in it."""
    return url.replace("://", f"://{user}@", 1)


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL; "" for what is no web address."""
    try:
        return parse_url(url).origin
    except Refused:
        return ""


def _host(name: str, url: str) -> str:
    try:
        return ascii_host(name)
    except ValueError as error:
        raise _no_address(url) from error


def _no_address(url: str) -> Refused:
    return Refused(f"{url} is not a web address.", url, reason="address")
