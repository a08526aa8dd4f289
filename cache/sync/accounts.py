"""The accounts that a library is synced with: rows of the library; what lets us in is kept where secrets are."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from cache.db.values import number, text
from cache.sync.merging import GONE_THERE, READ, SAVED
from cache.writes.marks import as_tags

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.writes.store import Store

GOOGLE_READER, FEVER = "Google Reader API", "Fever API"
PASSWORD, AUTH = "sync password", "sync login"
"""What secrets of an account are called; they are kept under its address."""
_COLUMNS = "id, url, user, protocol, server, state, synced, error"


@dataclass(frozen=True, slots=True)
class Account:
    """An account on a server; `url` is where its protocol begins, `server` its name in `cache.sync.servers`.

    `synced` is in seconds since 1970, 0 where it never was; `error` is a sentence, "" where the last sync was whole.
    `state`: `whole`, once all that the server lists was taken in; `since`, what entries are asked for with that have
    come to it since, where it does not list them; `refused`, the addresses that it would not keep as sources, each with
    when it was asked last; `gone`, what it called sources that it has no more, each with whether that was decided;
    `failed`, why the last sync did, how many did in a row, and when a refresh makes the next; `texts`, whether those of
    articles are the server's; `tagged`, when its tags were asked for last, and a number for those that differed;
    `staying_tags`, those that it cannot hold.
    """

    id: int
    url: str
    user: str
    protocol: str
    server: str = ""
    synced: float = 0.0
    error: str = ""
    state: dict[str, Any] = field(default_factory=dict)

    @property
    def takes_texts(self) -> bool:
        """Whether the texts of its articles are those that the server gives, and not those of their pages."""
        return self.state.get("texts") is True

    @property
    def reason(self) -> str:
        """Why the last sync failed, in a word or two, "" where it did not."""
        return str(self._failed.get("reason", ""))

    @property
    def failures(self) -> int:
        """How many syncs have failed in a row."""
        return int(number(self._failed.get("times", 0)))

    @property
    def again(self) -> float:
        """When a refresh makes the next sync after a failure, 0 for at once; in seconds since 1970."""
        return number(self._failed.get("again", 0))

    @property
    def _failed(self) -> dict[str, Any]:
        told = self.state.get("failed")
        return told if isinstance(told, dict) else {}


def accounts_in(connection: Connection) -> list[Account]:
    """All of them, in the order in which they were set up."""
    return [_account(row) for row in connection.rows(f"SELECT {_COLUMNS} FROM sync_account ORDER BY id")]


def _account(row: tuple[Any, ...]) -> Account:
    account_id, url, user, protocol, server, state, synced, error = row
    try:
        told = json.loads(text(state))
    except ValueError:
        told = {}
    known = told if isinstance(told, dict) else {}
    return Account(account_id, text(url), text(user), text(protocol), text(server), number(synced), text(error), known)


def add_account(store: Store, url: str, user: str, server: str, protocol: str = GOOGLE_READER) -> Account:
    """Keeps an account, or finds the one that is there, which the next refresh syncs whatever it had failed by."""
    with store.batch():
        store.connection.run(
            "INSERT INTO sync_account (url, user, protocol, server) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (url, user) DO UPDATE SET server = excluded.server",
            (url, user, protocol, server),
        )
        account = _account_of(store, url, user)
        set_state(store, account, failed={})
        return _account_of(store, url, user)


def _account_of(store: Store, url: str, user: str) -> Account:
    row = store.connection.row(f"SELECT {_COLUMNS} FROM sync_account WHERE url = ? AND user = ?", (url, user))
    assert row
    return _account(row)


def remove_account(store: Store, account: Account) -> None:
    """Forgets an account; all that came from it stays, and what was read there is read here."""
    with store.batch():
        for table in ("sync_entry", "sync_source"):
            store.connection.run(f"DELETE FROM {table} WHERE account_id = ?", (account.id,))
        store.connection.run("DELETE FROM sync_account WHERE id = ?", (account.id,))


def note_synced(store: Store, account: Account, at: float, left: str) -> None:
    """Keeps that a sync got to its end; `left` says what it could not do, "" where it did all."""
    with store.batch():
        set_state(store, account, failed={})
        store.connection.run("UPDATE sync_account SET synced = ?, error = ? WHERE id = ?", (at, left, account.id))


def note_failed(store: Store, account: Account, error: str, reason: str, again: float) -> None:
    """Keeps why a sync failed, once more in a row, and when a refresh makes the next."""
    with store.batch():
        set_state(store, account, failed={"reason": reason, "times": account.failures + 1, "again": again})
        store.connection.run("UPDATE sync_account SET error = ? WHERE id = ?", (error, account.id))


def set_state(store: Store, account: Account, **state: Any) -> None:
    """Keeps something of an account's state."""
    with store.batch():
        kept = store.connection.value("SELECT state FROM sync_account WHERE id = ?", (account.id,)) or "{}"
        now = json.dumps({**json.loads(kept), **state})
        store.connection.run("UPDATE sync_account SET state = ? WHERE id = ?", (now, account.id))


STATE_HERE = (
    f"(iif(coalesce(mark.read, 0) = 1 OR mark.gone IS NOT NULL, {READ}, 0)"
    f" | iif(mark.saved IS NOT NULL AND mark.gone IS NULL, {SAVED}, 0))"
)
"""The marks of an entry in one number; what was thrown away counts as read, and as saved no more."""


def staying_tags(account: Account) -> frozenset[str]:
    """The tags of here that the server cannot hold, as it told last."""
    kept = account.state.get("staying_tags")
    return frozenset(map(str, kept)) if isinstance(kept, list) else frozenset()


class TagsKnown(NamedTuple):
    """An entry's number, the tags that the server was last seen to have of it, and those that it has here."""

    entry_id: int
    base: frozenset[str]
    here: frozenset[str]

    def waiting(self, staying: Collection[str]) -> frozenset[str]:
        """The tags that are otherwise here; without those of here that stay here."""
        return (self.here ^ self.base) - (frozenset(staying) - self.base)


def known_tags(connection: Connection, account_id: int, remote: str | None = None) -> dict[str, TagsKnown]:
    """The entries of an account that have a tag here or had one there, by what the server calls them.

    Without those that it has no more; of one `remote` also where it has no tag.
    """
    which = "(tags <> '' OR entry_id IN (SELECT entry_id FROM tag))" if remote is None else "remote = ?"
    rows = connection.rows(
        "SELECT remote, entry_id, tags, (SELECT group_concat(name, char(10)) FROM tag"
        " WHERE tag.entry_id = sync_entry.entry_id AND typeof(name) = 'text')"
        " FROM sync_entry WHERE account_id = ? AND entry_id > 0"
        f" AND base & {GONE_THERE} = 0 AND {which}",
        (account_id,) if remote is None else (account_id, remote),
    )
    return {
        text(named): TagsKnown(entry_id, frozenset(text(base).split()), _words(text(here).split("\n")))
        for named, entry_id, base, here in rows
    }


def _words(names: Collection[str]) -> frozenset[str]:
    """Those that are tags as tags are kept."""
    return frozenset(as_tags(names)).intersection(names)


def waiting(connection: Connection, account: Account) -> int:
    """How many entries are marked or tagged otherwise than the server had them last, without those it has no more."""
    rows = connection.rows(
        "SELECT remote FROM sync_entry LEFT JOIN mark ON mark.id = entry_id"
        f" WHERE account_id = ? AND entry_id > 0 AND base & {GONE_THERE} = 0 AND base & {READ | SAVED} <> {STATE_HERE}",
        (account.id,),
    )
    found = {text(remote) for (remote,) in rows}
    if "tagged" in account.state:
        stays = staying_tags(account)
        found.update(remote for remote, row in known_tags(connection, account.id).items() if row.waiting(stays))
    return len(found)
