"""A reader's own subscription to a source: headers sent to its origin alone, their secrets kept apart.

The library keeps only the names of the headers, and where a value is no secret ("Accept-Language: ja") the value. A
secret's place is marked by a lone "@", or by "@" and the address under which `cache.secret_store` keeps it, where the
source has moved since. A proxy's name and password are kept under the proxy's address, and marked "http://@proxy…".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fetch.errors import Refused
from fetch.http.url_parts import origin_of, with_user, without_login, without_user
from fetch.secret import Secret

if TYPE_CHECKING:
    from cache.db.fetch_plan import Due
    from cache.secret_store import SecretStore
    from fetch.http.request import OwnHeaders

IN_STORE = "@"
ORIGINS = "@origins"
"""Beside the names of headers: the further origins that the reader has them sent to, with spaces between."""
_PROXY = "proxy"
_NO_SECRETS = frozenset(
    "accept accept-language accept-charset cache-control dnt from pragma referer sec-gpc user-agent".split()
)
"""Headers whose values may be read by whoever reads the library; any other may let someone in."""


def own_headers(source: Due, secrets: SecretStore) -> OwnHeaders:
    """The headers to send to a source, secrets filled in; raises Refused where they are kept nowhere."""
    return tuple(
        (name, _secret(secrets, value.removeprefix(IN_STORE) or source.url, name))
        if value.startswith(IN_STORE)
        else (name, Secret(value))
        for name, value in _named(source.headers).items()
        if not name.startswith(IN_STORE)
    )


def own_proxy(source: Due, secrets: SecretStore) -> str:
    """The proxy of a source, with the login that is kept for it."""
    if "://@" not in source.proxy:
        return source.proxy
    plain = source.proxy.replace("://@", "://")
    return with_user(plain, _secret(secrets, plain, _PROXY).reveal())


def is_of(source: Due, url: str) -> bool:
    """Whether an address may see the reader's headers: in the source's very origin, or one that the reader named.

    A feed may link anywhere, and says itself what its home page is: neither tells whose the reader's secrets are.
    """
    origin = origin_of(url)
    named = _named(source.headers).get(ORIGINS, "").split()
    return bool(origin) and origin in {origin_of(source.url), *named}


@dataclass(frozen=True, slots=True)
class Arranged:
    """How a source is asked, as the library holds it; `headers` is JSON."""

    url: str
    headers: str
    proxy: str


def put_away(secrets: SecretStore, arranged: Arranged) -> Arranged:
    """The same without the secrets in it, which are kept; raises Refused where they cannot be."""
    url, login = without_login(arranged.url)
    held = put_headers_away(secrets, url, {**_named(arranged.headers), **dict(login)})
    return Arranged(url, json.dumps(held) if held else "", put_proxy_away(secrets, arranged.proxy))


def put_headers_away(secrets: SecretStore, url: str, headers: Mapping[str, str | Secret]) -> dict[str, str]:
    """Headers as the library may hold them, the secrets among them kept; raises Refused where they cannot be."""
    held = dict[str, str]()
    for name, value in headers.items():
        if isinstance(value, Secret):
            secrets.keep(url, name, value)
            held[name] = IN_STORE
        elif value.startswith(IN_STORE) or name.startswith(IN_STORE) or name.lower() in _NO_SECRETS:
            held[name] = value
        else:
            secrets.keep(url, name, Secret(value))
            held[name] = IN_STORE
    return held


def put_proxy_away(secrets: SecretStore, proxy: str) -> str:
    """A proxy's address as the library may hold it, its login kept."""
    plain, user = without_user(proxy)
    if not user:
        return proxy
    secrets.keep(plain, _PROXY, Secret(user))
    return plain.replace("://", "://@", 1)


def _named(headers: str) -> dict[str, str]:
    try:
        named = json.loads(headers or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in named.items()} if isinstance(named, dict) else {}


def _secret(secrets: SecretStore, address: str, name: str) -> Secret:
    secret = secrets.find(address, name)
    if secret is None:
        kept = f"Neither a keyring nor {secrets.file}"
        sentence = f"{kept} holds the {name} for {address}; broadsheet arrange puts it there."
        raise Refused(sentence, reason="keyring")
    return secret
