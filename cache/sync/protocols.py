"""Which protocol a server speaks, found from its address, and how one is let in by each: a row a protocol.

Where a server speaks both, the Google Reader API is preferred: it changes sources and tags, too, and takes many marks
at once. An address of the Fever API itself is taken at its word.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cache.secret_store import SecretStore
from cache.sync.accounts import AUTH, FEVER, GOOGLE_READER, PASSWORD, Account
from cache.sync.fever import Fever, fever_bases_of, find_fever, names_fever
from cache.sync.greader import GoogleReader
from cache.sync.reader_session import ReaderSession, bases_of, find_server, logged_in
from cache.sync.remote import CannotSync, ReadingServer
from cache.sync.servers import traits_of
from fetch.errors import FetchError
from fetch.secret import Secret

if TYPE_CHECKING:
    from cache.library import Library
    from fetch.fetcher import Fetcher

_SPOKEN_ELSEWISE = ("not this protocol", "password")
"""What is said where a server may still be one of the other protocol, whose password may be another, too."""


@dataclass(frozen=True, slots=True)
class FoundAccount:
    """A server that let us in: where its protocol begins, which that is, its name in the tables, what it gave."""

    url: str
    protocol: str
    server: str
    auth: Secret | None = None


def addresses_of(typed: str) -> Iterator[str]:
    """All addresses that may be meant by what was typed; raises CannotSync for what is none."""
    if not names_fever(typed):
        yield from bases_of(typed)
    yield from fever_bases_of(typed)


async def find_account(fetcher: Fetcher, typed: str, user: str, password: Secret) -> FoundAccount:
    """The server at an address as it was typed, once it has let us in; raises FetchError and CannotSync."""
    if names_fever(typed):
        return _fever(await find_fever(fetcher, typed, user, password))
    try:
        found = await find_server(fetcher, typed, user, password)
    except CannotSync as error:
        if error.is_final or error.reason not in _SPOKEN_ELSEWISE:
            raise
        return _fever(await _fever_instead(fetcher, typed, user, password, error))
    return FoundAccount(found.base, GOOGLE_READER, found.traits.name, found.auth)


async def _fever_instead(fetcher: Fetcher, typed: str, user: str, password: Secret, before: CannotSync) -> Fever:
    """The server by the Fever API; where that is not to be had either, what the other protocol said."""
    try:
        return await find_fever(fetcher, typed, user, password)
    except CannotSync as error:
        if error.reason == "not this protocol" or before.reason == "password":
            raise before from error
        raise
    except FetchError as error:
        raise before from error


def _fever(server: Fever) -> FoundAccount:
    return FoundAccount(server.base, FEVER, server.traits.name)


async def connected(library: Library, account: Account, fetcher: Fetcher) -> ReadingServer:
    """The server of an account, by its protocol; raises CannotSync where its password is not kept any more."""
    if account.protocol == FEVER:
        return Fever(fetcher, account.url, account.user, await _password(library, account))
    if account.protocol == GOOGLE_READER:
        session = await _session(library, account, fetcher)
        return GoogleReader(fetcher, account.url, traits_of(account.server), session)
    raise CannotSync(f"{account.url}: this version does not speak {account.protocol}.", "protocol")


async def _session(library: Library, account: Account, fetcher: Fetcher) -> ReaderSession:
    """What lets us in, as it was kept; a new login keeps its own."""
    from asyncio import to_thread

    secrets, place = SecretStore.beside(library.path), secret_place(account.url, account.user)

    async def log_in() -> Secret:
        password = await _password(library, account)
        auth = await logged_in(fetcher, account.url, account.user, password)
        await to_thread(secrets.keep, place, AUTH, auth)
        return auth

    auth = await to_thread(secrets.find, place, AUTH)
    return ReaderSession(account.url, auth or await log_in(), log_in)


async def _password(library: Library, account: Account) -> Secret:
    from asyncio import to_thread

    secrets = SecretStore.beside(library.path)
    password = await to_thread(secrets.find, secret_place(account.url, account.user), PASSWORD)
    if password is None:
        raise CannotSync(
            f"The password of {account.user} at {account.url} is not kept here any more; `sync {account.url}"
            f" --user {account.user}` asks for it.",
            "password",
        )
    return password


def is_address(url: str, typed: str) -> bool:
    """Whether an address, as it was typed, may be that of a server."""
    with suppress(CannotSync):
        return url in addresses_of(typed)
    return False


def secret_place(url: str, user: str) -> str:
    """Under which address the secrets of an account are kept."""
    return f"{url} {user}"
