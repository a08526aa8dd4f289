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
from fetch.http.url_parts import origin_of
from fetch.secret import Secret

if TYPE_CHECKING:
    from cache.db.fetch_plan import Due
    from fetch.http.request import OwnHeaders

IN_KEYRING = "@"
ORIGINS = "@origins"
"""Beside the names of headers: the further origins that the reader has them sent to, with spaces between."""
_SERVICE = "broadsheet"


def own_headers(source: Due) -> OwnHeaders:
    """The headers to send to a source, secrets filled in; raises Refused where the keyring does not give them."""
    if not source.headers:
        return ()
    named: dict[str, str] = json.loads(source.headers)
    named.pop(ORIGINS, None)
    return tuple(
        (name, _secret(source.url, name) if value == IN_KEYRING else Secret(value)) for name, value in named.items()
    )


def is_of(source: Due, url: str) -> bool:
    """Whether an address may see the reader's headers: in the source's very origin, or one that the reader named.

    A feed may link anywhere, and says itself what its home page is: neither tells whose the reader's secrets are.
    """
    origin = origin_of(url)
    named = json.loads(source.headers or "{}").get(ORIGINS, "").split()
    return bool(origin) and origin in {origin_of(source.url), *named}


def keep_secret(url: str, header: str, value: str) -> None:
    """Puts a header's secret into the keyring; raises Refused where there is none."""
    with _keyring() as keyring:
        keyring.set_password(_SERVICE, f"{url} {header}", value)


def _secret(url: str, header: str) -> Secret:
    with _keyring() as keyring:
        secret = keyring.get_password(_SERVICE, f"{url} {header}")
    if secret is None:
        raise Refused(f"The keyring holds no {header} for {url}; broadsheet arrange puts it there.", reason="keyring")
    return Secret(str(secret))


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
