"""Tags merged three ways between a library and a server, as marks are, against those that were last seen there.

A tag is here one word in lower case; on a server several names may be that word, and an entry has it where it has one
of them. Tags are asked for apart from marks, as each is a list of its own: once an hour at most, and when a tag has
been changed here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import time
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from cache.sync.accounts import TagsKnown, known_tags, set_state, staying_tags
from cache.sync.remote import TOO_MANY, CannotSync
from cache.writes import marks

if TYPE_CHECKING:
    from cache.library import Library
    from cache.sync.accounts import Account
    from cache.sync.remote import ReadingServer, RemoteTags
    from cache.writes.store import Store

TAGS_AFTER = 3600.0
"""Seconds after which the tags of a server are asked for again where none has been changed here."""


@dataclass
class TagOutcome:
    """Entries whose tags were changed here, sent, and not taken; tags that the server has as names of folders.

    `waits` says why tags were not exchanged, "" where they were.
    """

    changed_here: int = 0
    sent: int = 0
    not_taken: int = 0
    staying: list[str] = field(default_factory=list)
    waits: str = ""


class _Tagged(NamedTuple):
    """An entry with the tags that it lacks here and there, and those that it has and should not."""

    remote: str
    here: bool
    add: frozenset[str]
    remove: frozenset[str]


class _There:
    """What a server has of tags, in the words that they are here."""

    def __init__(self, told: RemoteTags) -> None:
        self.held = told.held
        self.names: dict[str, list[str]] = {}
        self.of: dict[str, set[str]] = {}
        for name in sorted(told.held):
            for word in marks.as_tags([name]):
                self.names.setdefault(word, []).append(name)
                for remote in told.held[name]:
                    self.of.setdefault(remote, set()).add(word)
        self.told_folders = told.folders
        self.folders = marks.as_tags(told.folders) - self.names.keys()
        self.is_certain = told.is_certain


class TagSync:
    """The tags of one account, synced; `after` is how many seconds after the last time they are asked for again."""

    def __init__(self, library: Library, account: Account, server: ReadingServer, after: float) -> None:
        self._library = library
        self._account = account
        self._server = server
        self._after = after
        self._outcome = TagOutcome()

    async def run(self) -> TagOutcome:
        """Exchanges them where it is time; raises FetchError and CannotSync."""
        known = await self._known()
        if not self._is_due(known):
            return self._outcome
        try:
            await self._exchange(known)
        except CannotSync as error:
            if error.reason not in ("tags", TOO_MANY):
                raise
            self._outcome.waits = str(error)
            if error.reason == TOO_MANY:  # so it is in an hour, too
                await self._note_looked(known, self._staying, self._staying)
        return self._outcome

    async def _known(self) -> dict[str, TagsKnown]:
        return await self._library.write(lambda store: known_tags(store.connection, self._account.id))

    def _is_due(self, known: Mapping[str, TagsKnown]) -> bool:
        looked = self._account.state.get("tagged")
        at, waiting = looked if isinstance(looked, list) and len(looked) == 2 else (0.0, 0)
        return not 0 <= time() - at < self._after or waiting != _digest(known, self._staying)

    @property
    def _staying(self) -> Collection[str]:
        return staying_tags(self._account)

    async def _exchange(self, known: Mapping[str, TagsKnown]) -> None:
        there = _There(await self._server.tags())
        to_send = await self._settle(known, there)
        if to_send:
            await self._send(to_send, there)
            there = _There(await self._server.tags())
            left = await self._settle(await self._known(), there)
            self._outcome.not_taken = len(left)
            self._outcome.sent = max(0, len(to_send) - len(left))
        known = await self._known()
        used = {word for each in known.values() for word in each.here}
        self._outcome.staying = sorted(used & there.folders)
        await self._note_looked(known, there.folders, self._outcome.staying)

    async def _note_looked(
        self, known: Mapping[str, TagsKnown], folders: Collection[str], staying: Collection[str]
    ) -> None:
        """Keeps when tags were asked for, what differed then, and which tags are names of folders there."""
        looked, stay = [time(), _digest(known, folders)], sorted(staying)
        await self._library.write(partial(set_state, account=self._account, tagged=looked, staying_tags=stay))

    async def _settle(self, known: Mapping[str, TagsKnown], there: _There) -> list[_Tagged]:
        """Merges the tags of all entries that are known; which of them have tags to be sent or taken away there."""
        states = {remote: frozenset(there.of.get(remote, ())) for remote in {*known, *there.of}}
        kept = await self._taken_away(known, there, states)
        waiting = [
            (remote, state | kept.get(remote, frozenset()))
            for remote, state in states.items()
            if not (row := known.get(remote)) or {row.base, row.here} != {state}
        ]
        settled = list[_Tagged]()
        while waiting:
            some = await self._library.write(
                partial(_settle_some, account_id=self._account.id, waiting=waiting, folders=there.folders)
            )
            waiting = waiting[len(some) :]
            settled += some
        self._outcome.changed_here += sum(each.here for each in settled)
        return [each for each in settled if each.add or each.remove]

    async def _taken_away(
        self, known: Mapping[str, TagsKnown], there: _There, states: Mapping[str, frozenset[str]]
    ) -> dict[str, frozenset[str]]:
        """Tags that are in no list of theirs, and yet were not taken away: their entry is not there, or has them.

        Each entry is asked for, as an entry that is gone is in no list either, and a list may come short by a fault.
        """
        left = {remote: (row.base & row.here) - states[remote] for remote, row in known.items()}
        doubtful = [remote for remote, words in left.items() if words]
        kept = {remote: left[remote] for remote in doubtful}
        if not there.is_certain:
            return kept
        for begin in range(0, len(doubtful), self._server.at_once):
            for entry in await self._server.entries(doubtful[begin : begin + self._server.at_once]):
                said = marks.as_tags(entry.labels - there.told_folders)
                kept[entry.remote] = frozenset(said & left.get(entry.remote, frozenset()))
        return kept

    async def _send(self, changed: Sequence[_Tagged], there: _There) -> None:
        for word in sorted({word for each in changed for word in each.add}):
            wanting = [each.remote for each in changed if word in each.add]
            await self._server.tag(wanting, there.names.get(word, [word])[0], True)
        for word in sorted({word for each in changed for word in each.remove}):
            losing = [each.remote for each in changed if word in each.remove]
            for name in there.names.get(word, ()):
                if having := [remote for remote in losing if remote in there.held[name]]:
                    await self._server.tag(having, name, False)


def _settle_some(
    store: Store, account_id: int, waiting: Sequence[tuple[str, frozenset[str]]], folders: Collection[str]
) -> list[_Tagged]:
    """Merges entries with the tags that they have on the server, as many as a short transaction holds."""
    work = store.connection.in_batches(waiting, lambda each: _settle(store, account_id, each, folders))
    return next(work, [])


def _settle(store: Store, account_id: int, told: tuple[str, frozenset[str]], folders: Collection[str]) -> _Tagged:
    db, (remote, there) = store.connection, told
    row = known_tags(db, account_id, remote).get(remote)
    if row is None:
        return _Tagged(remote, here=False, add=frozenset(), remove=frozenset())
    own = row.here ^ row.base
    wanted = (row.here & own) | (there - own)
    coming, going = wanted - row.here, row.here - wanted
    if coming or going:
        marks.retag(db, row.entry_id, coming, going)
    if there != row.base:
        db.run(
            "UPDATE sync_entry SET tags = ? WHERE account_id = ? AND remote = ?",
            (" ".join(sorted(there)), account_id, remote),
        )
    return _Tagged(remote, bool(coming or going), wanted - there - frozenset(folders), there - wanted)


def _digest(known: Mapping[str, TagsKnown], staying: Collection[str]) -> int:
    """A number for what differs here from what the server was last seen to have, 0 where nothing does."""
    waiting = sorted((remote, *sorted(left)) for remote, row in known.items() if (left := row.waiting(staying)))
    return crc32(repr(waiting).encode("utf-8", "replace")) if waiting else 0
