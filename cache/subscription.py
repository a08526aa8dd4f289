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

if TYPE_CHECKING:
    from cache.store import Due

IN_KEYRING = "@"
_SERVICE = "broadsheet"


def own_headers(source: Due) -> tuple[tuple[str, str], ...]:
    """The headers to send to a source and its pages, secrets filled in; raises Refused without a keyring."""
    if not source.headers:
        return ()
    named: dict[str, str] = json.loads(source.headers)
    return tuple((name, _secret(source.url, name) if value == IN_KEYRING else value) for name, value in named.items())


def keep_secret(url: str, header: str, value: str) -> None:
    """Puts a header's secret into the keyring; raises Refused where there is none."""
    with _keyring() as keyring:
        keyring.set_password(_SERVICE, f"{url} {header}", value)


def _secret(url: str, header: str) -> str:
    with _keyring() as keyring:
        return keyring.get_password(_SERVICE, f"{url} {header}") or ""


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
