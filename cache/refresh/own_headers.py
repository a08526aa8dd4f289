"""A reader's own subscription to a source: headers sent to it alone, their secrets in the system's keyring.

The library keeps only the names of the headers, and where a value is no secret ("Accept-Language: ja") the value. A
secret's place is marked by a lone "@"; its value is in the keyring under "broadsheet" and "<source's URL> <header>".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from fetch.errors import Refused
from fetch.links import host

if TYPE_CHECKING:
    from cache.db.fetch_plan import Due

IN_KEYRING = "@"
_SERVICE = "broadsheet"


def own_headers(source: Due) -> tuple[tuple[str, str], ...]:
    """The headers to send to a source, secrets filled in; raises Refused where the keyring does not give them."""
    if not source.headers:
        return ()
    named: dict[str, str] = json.loads(source.headers)
    return tuple((name, _secret(source.url, name) if value == IN_KEYRING else value) for name, value in named.items())


def is_of(source: Due, url: str) -> bool:
    """Whether an address is the source's own, so that it may see the reader's headers: a feed may link anywhere.

    That is its host and that of its home page, with what lies below them, and never in clear what began encrypted.
    """
    if source.url.startswith("https:") and not url.startswith("https:"):
        return False
    place = host(url)
    homes = {host(address).removeprefix("www.").removeprefix("feeds.") for address in (source.url, source.home)}
    return any(home and (place == home or place.endswith(f".{home}")) for home in homes)


def keep_secret(url: str, header: str, value: str) -> None:
    """Puts a header's secret into the keyring; raises Refused where there is none."""
    with _keyring() as keyring:
        keyring.set_password(_SERVICE, f"{url} {header}", value)


def _secret(url: str, header: str) -> str:
    with _keyring() as keyring:
        secret = keyring.get_password(_SERVICE, f"{url} {header}")
    if secret is None:
        raise Refused(f"The keyring holds no {header} for {url}; broadsheet arrange puts it there.", reason="keyring")
    return str(secret)


@contextmanager
def _keyring() -> Iterator[Any]:
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as error:
        sentence = "A source's secret headers need a keyring: install broadsheet with its extra [keys]."
        raise Refused(sentence, reason="keyring") from error
    try:
        yield keyring
    except KeyringError as error:
        raise Refused("The system's keyring would not give or keep a secret.", reason="keyring") from error
