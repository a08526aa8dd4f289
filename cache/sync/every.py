"""All that a library is synced with, as a refresh does it: each place by itself, and what failed in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.sync import folders
from cache.sync.folder import sync_folder
from cache.sync.outcome import Synced
from cache.sync.server import accounts_of, sync_account
from fetch.errors import NewsError

if TYPE_CHECKING:
    from cache.library import Library


async def sync_all(library: Library) -> tuple[list[Synced], list[str]]:
    """Syncs with every place that is set up; what came of those that could be had, and a sentence for each other.

    What one of them cannot do keeps no other from it, and is told beside it by `sync --status`.
    """
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
    for account in await accounts_of(library):
        try:
            done.append(await sync_account(library, account))
        except NewsError as error:
            failed.append(str(error))
    return done, failed
