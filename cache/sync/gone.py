"""Sources that a server has no more, and what becomes of them here: nothing, until the reader says so.

Of what is kept of such a source nothing goes by a sync. Removing it is the library's own act, by which what is kept
stays on the lists; keeping it ends the telling.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cache.db.rows import IS_KEPT
from cache.db.values import text
from cache.sync.accounts import accounts_in, set_state

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.library import Library
    from cache.sync.accounts import Account
    from cache.writes.store import Store

_ASKED, _KEPT = "asked", "kept"


@dataclass(frozen=True, slots=True)
class GoneSource:
    """A source that a server, named by its address, has no more, and of which nothing was decided; `kept` counts the
    entries of it that the reader keeps.
    """

    source_id: int
    name: str
    url: str
    server: str
    kept: int


def gone_remotes(account: Account) -> dict[str, str]:
    """What the server called the sources that it has no more, each with whether that was decided."""
    told = account.state.get("gone")
    return {str(remote): str(said) for remote, said in told.items()} if isinstance(told, dict) else {}


def note_gone(store: Store, account: Account, missing: Collection[str]) -> None:
    """Keeps which sources a server does not list any more; what was decided of one holds until it is there again."""
    with store.batch():
        now = next((each for each in accounts_in(store.connection) if each.id == account.id), account)
        before = gone_remotes(now)
        after = {remote: before.get(remote, _ASKED) for remote in missing}
        if after != before:
            set_state(store, account, gone=after)


def is_undecided(account: Account, remote: str) -> bool:
    """Whether nothing was decided of a source that the server has no more."""
    return gone_remotes(account).get(remote, _ASKED) == _ASKED


def gone_sources(connection: Connection, account: Account | None = None) -> list[GoneSource]:
    """The sources that servers, or that of one account, have no more, and of which nothing was decided yet."""
    accounts = [account] if account else accounts_in(connection)
    found = {each.source_id: each for one in accounts for each in _of_account(connection, one)}
    return list(found.values())


def _of_account(connection: Connection, account: Account) -> Iterator[GoneSource]:
    for remote, said in gone_remotes(account).items():
        row = connection.row(
            "SELECT source.id, source.title, source.url FROM sync_source JOIN source ON source.id = source_id"
            " WHERE account_id = ? AND remote = ? AND removed IS NULL",
            (account.id, remote),
        )
        if row and said == _ASKED:
            source_id, title, url = row
            kept = connection.value(f"SELECT count(*) FROM shelf WHERE source_id = ? AND {IS_KEPT}", (source_id,))
            yield GoneSource(source_id, text(title) or text(url), text(url), account.url, int(kept or 0))


async def keep_here(library: Library, source_id: int) -> bool:
    """Decides that a source stays here though a server has it no more; whether that was open."""
    return await library.write(lambda store: _keep_here(store, source_id))


def _keep_here(store: Store, source_id: int) -> bool:
    was_open = False
    with store.batch():
        for account in accounts_in(store.connection):
            remotes = gone_remotes(account)
            rows = store.connection.rows(
                "SELECT remote FROM sync_source WHERE account_id = ? AND source_id = ?", (account.id, source_id)
            )
            mine = {text(remote): _KEPT for (remote,) in rows if remotes.get(text(remote)) == _ASKED}
            if mine:
                set_state(store, account, gone={**remotes, **mine})
                was_open = True
    return was_open
