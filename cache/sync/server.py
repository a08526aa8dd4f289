"""Accounts on servers: set up, synced, told of, and forgotten."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from functools import partial
from time import monotonic, time
from typing import TYPE_CHECKING

from cache.rules.backoff import SLOW, sync_after
from cache.secret_store import SecretStore
from cache.sync import accounts
from cache.sync.accounts import AUTH, PASSWORD, Account
from cache.sync.outcome import Synced
from cache.sync.protocols import connected, find_account, is_address, secret_place
from cache.sync.remote import CannotSync
from cache.sync.sentences import told
from cache.sync.server_sync import EntrySync
from cache.sync.server_texts import take_texts
from cache.sync.sources import sync_sources
from cache.sync.tags import TAGS_AFTER, TagOutcome, TagSync
from cache.sync.turn import sync_turn
from fetch.errors import FetchError, NewsError, RateLimited
from fetch.http.address_guard import literal_zone
from fetch.http.url_parts import parse_url
from fetch.secret import Secret

if TYPE_CHECKING:
    from cache.library import Library

_WAIT = 60.0
"""Seconds that another program's sync is waited for."""


async def set_up(library: Library, typed: str, user: str, password: Secret) -> Account:
    """Finds the server at an address as it was typed, and keeps the account once it has let us in.

    The password, and what it gave, go where secrets are kept.
    """
    from asyncio import to_thread

    fetcher = await library.fetcher()
    found = await find_account(fetcher, typed, user, password)
    secrets = SecretStore.beside(library.path)
    for name, secret in ((PASSWORD, password), (AUTH, found.auth)):
        if secret:
            await to_thread(secrets.keep, secret_place(found.url, user), name, secret)
    return await library.write(
        partial(accounts.add_account, url=found.url, user=user, server=found.server, protocol=found.protocol)
    )


async def accounts_of(library: Library) -> list[Account]:
    """The accounts that a library is synced with."""
    return accounts.accounts_in(library.connection)


def is_at(account: Account, typed: str) -> bool:
    """Whether an address, as it was typed, may be that of an account."""
    return is_address(account.url, typed)


async def account_now(library: Library, account: Account) -> tuple[Account, int]:
    """An account as it is kept now, and how many entries have marks that wait to be sent."""
    now = next((each for each in await accounts_of(library) if each.id == account.id), account)
    return now, await waiting_of(library, account)


async def waiting_of(library: Library, account: Account) -> int:
    """How many entries have marks that wait to be sent."""
    return await library.write(lambda store: accounts.waiting(store.connection, account))


async def forget(library: Library, account: Account) -> None:
    """Forgets an account and its secrets; all that came from it stays."""
    from asyncio import to_thread

    secrets = SecretStore.beside(library.path)
    for name in (PASSWORD, AUTH):
        await to_thread(secrets.drop, secret_place(account.url, account.user), name)
    await library.write(partial(accounts.remove_account, account=account))


async def sync_account(
    library: Library,
    account: Account,
    landed: Callable[[int, int], object] = lambda *_: None,
    *,
    wait: float = _WAIT,
    limit: AbstractAsyncContextManager[object] | None = None,
    tags_after: float = TAGS_AFTER,
) -> Synced:
    """Exchanges all with a server; raises FetchError and CannotSync, which is kept with the account, too.

    Another program that does so is waited for for `wait` seconds. Where `limit` raises TimeoutError, the next sync goes
    on with what is left. Tags are asked for `tags_after` seconds after the last time, and once one was changed here.
    """
    async with sync_turn(library.path, account.id, wait):
        now, _ = await account_now(library, account)
        begun = monotonic()
        try:
            async with limit or nullcontext():
                outcome = await _synced(library, now, landed, tags_after)
        except TimeoutError as error:
            took = f"{monotonic() - begun:.0f} seconds"
            slow = CannotSync(f"{account.url} was not done within {took}; the next sync goes on from here.", SLOW)
            await _note_failed(library, now, slow)
            raise slow from error
        except NewsError as error:
            await _note_failed(library, now, error)
            raise
        left = "" if outcome.is_whole else outcome.sentence
        await library.write(partial(accounts.note_synced, account=account, at=time(), left=left))
    return outcome


async def _note_failed(library: Library, account: Account, error: NewsError) -> None:
    reason = error.reason if isinstance(error, CannotSync | FetchError) else "failed"
    at = time()
    again = at + sync_after(reason, account.failures + 1)
    if isinstance(error, RateLimited):
        again = max(again, error.until.timestamp())
    with suppress(NewsError):
        await library.write(
            partial(accounts.note_failed, account=account, error=str(error), reason=reason, again=again)
        )


async def _synced(
    library: Library, account: Account, landed: Callable[[int, int], object], tags_after: float
) -> Synced:
    server = await connected(library, account, await library.fetcher())
    sources = await sync_sources(library, account, server, _zone(account.url))
    entries = await EntrySync(library, account, server, landed).run(sources)
    texts = await take_texts(library, account) if account.takes_texts else 0
    tags = await TagSync(library, account, server, tags_after).run() if server.abilities.tags else TagOutcome()
    while await library.write(lambda store: store.stories.assign_through(store.stories.last_waiting())):
        pass  # as a refresh would at its end
    return told(account, sources, entries, tags, texts)


def _zone(url: str) -> str | None:
    """The kind of network of a server that is named by a number; None else, where what it names is anybody's."""
    return literal_zone(parse_url(url).host) or "public"
