"""All that a library is synced with, as a refresh does it: each place by itself, and what failed in words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import time
from typing import TYPE_CHECKING

from cache.rules.backoff import LONGEST_RETRY
from cache.sync import folders
from cache.sync.folder import sync_folder
from cache.sync.outcome import Synced
from cache.sync.remote import CannotSync
from cache.sync.server import accounts_of, sync_account
from cache.sync.turn import BUSY
from fetch.errors import NewsError
from fetch.http.address_guard import literal_zone
from fetch.http.url_parts import parse_url

if TYPE_CHECKING:
    from asyncio import Timeout

    from cache.library import Library
    from cache.sync.accounts import Account

LONGEST_BY_ITSELF = 120.0
"""Seconds that a sync which begins by itself may take with one server; the next goes on from there."""


class Patience:
    """How long what begins by itself may take with one server; once somebody waits for it, while it gets on."""

    def __init__(self) -> None:
        self._limits: dict[Timeout, float] = {}
        self._silence: float | None = None

    @asynccontextmanager
    async def limit(self) -> AsyncIterator[None]:
        """Raises TimeoutError inside when it is at its end."""
        from asyncio import timeout

        async with timeout(LONGEST_BY_ITSELF) as limit:
            self._limits[limit] = limit.when() or 0.0
            try:
                self.heard()
                yield
            finally:
                del self._limits[limit]

    def end_in_silence_of(self, seconds: float) -> None:
        """From now on it ends where nothing has come for so many seconds."""
        self._silence = seconds
        self.heard()

    def heard(self, *_: object) -> None:
        """Something has come."""
        from asyncio import get_running_loop

        if self._silence is not None:
            for each, last in self._limits.items():
                each.reschedule(min(last, get_running_loop().time() + self._silence))


async def sync_all(library: Library, patience: Patience | None = None) -> tuple[list[Synced], list[str]]:
    """Syncs with every place that is set up; what came of those that could be had, and a sentence for each other.

    What one of them cannot do keeps no other from it, and is told beside it by `sync --status`. A server that failed
    is left alone for a while, longer each time, and one that nothing leads to until something does.
    """
    from asyncio import gather

    done, failed = list[Synced](), list[str]()
    for folder in folders.remembered(library):
        try:
            outcome = await sync_folder(library, folder.path)
        except NewsError as error:
            await folders.remember(library, folder.path, str(error))
            failed.append(str(error))
        else:
            await folders.remember(library, folder.path, outcome)
            done.append(outcome)
    due = [each for each in await accounts_of(library) if _is_due(each) and _is_led_to(library, each)]
    for told in await gather(*(_synced(library, each, patience or Patience()) for each in due)):
        if isinstance(told, Synced):
            done.append(told)
        elif told:
            failed.append(told)
    return done, failed


def _is_due(account: Account) -> bool:
    """Whether it is time; a clock that was set back since is not heard."""
    return not 0 < account.again - time() <= LONGEST_RETRY


def _is_led_to(library: Library, account: Account) -> bool:
    return library.online() or literal_zone(parse_url(account.url).host) is not None


async def _synced(library: Library, account: Account, patience: Patience) -> Synced | str:
    """What came of it, or a sentence; "" where another program is just doing it."""
    try:
        return await sync_account(library, account, patience.heard, wait=0.0, limit=patience.limit())
    except CannotSync as error:
        return "" if error.reason == BUSY else str(error)
    except NewsError as error:
        return str(error)
