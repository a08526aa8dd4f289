"""One sync with a server, from its lists to the marks that are sent and looked at again.

The order makes it safe to be cut anywhere. What is unread and what is saved is listed before all that there is: an
entry that is not among the unread, and is listed after that, was read. New entries are taken in from the oldest on, so
that those that are missing after a cut are the newest, which the next sync meets first. What is remembered of an entry
is always the state in which the server was last seen to have it: a mark that was sent and not seen is sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from cache.sync.accounts import set_state
from cache.sync.landing import KnownEntry, Settled, known_entries, land_some, note_absent, note_lost, settle_some
from cache.sync.merging import ALL_MARKS, GONE_THERE, READ, SAVED, merged
from cache.sync.same_numbers import FEWEST_OTHERS, check_same, is_counted, others

if TYPE_CHECKING:
    from cache.library import Library
    from cache.sync.accounts import Account
    from cache.sync.remote import ReadingServer, RemoteEntry, RemoteMark
    from cache.sync.sources import SourceOutcome

_BITS: dict[RemoteMark, int] = {"read": READ, "saved": SAVED}
_ASKED_AFTER = 10
"""Entries that are asked for to tell whether they are still what they were."""
MOST_LISTED = 100_000
"""Entries that are asked for at a first sync, the newest; what is unread or saved is taken in beside them."""


@dataclass
class EntryOutcome:
    """What was done with entries: how many came, were new, changed here, were sent, and not taken by the server."""

    came: int = 0
    new: int = 0
    changed_here: int = 0
    sent: int = 0
    not_taken: int = 0
    lost: int = 0
    not_given: int = 0


@dataclass
class _Lists:
    """What the server lists: ids by their marks, and those of all entries as far as they were read."""

    unread: set[str]
    saved: set[str]
    listed: dict[str, None]
    is_whole: bool

    def state(self, remote: str) -> int:
        """The marks that an entry has on the server, if it is there."""
        return (remote not in self.unread) * READ | (remote in self.saved) * SAVED

    def hear(self, entry: RemoteEntry) -> None:
        """Takes what an entry says of itself for what is true."""
        self.listed[entry.remote] = None
        for marked, ids in ((not entry.read, self.unread), (entry.saved, self.saved)):
            (ids.add if marked else ids.discard)(entry.remote)

    def has(self, remote: str) -> bool:
        """Whether it is there for certain."""
        return remote in self.unread or remote in self.saved or remote in self.listed


class EntrySync:
    """The entries of one account, synced; `landed` hears how many have come so far, and of how many."""

    def __init__(
        self, library: Library, account: Account, server: ReadingServer, landed: Callable[[int, int], object]
    ) -> None:
        self._library = library
        self._account = account
        self._server = server
        self._landed = landed
        self._outcome = EntryOutcome()

    async def run(self, sources: SourceOutcome) -> EntryOutcome:
        """Exchanges all; raises FetchError and CannotSync, and what was done until then stays done."""
        account_id = self._account.id
        known = await self._library.write(lambda store: known_entries(store.connection, account_id))
        lists = await self._lists(known)
        arrived, to_send = await self._take_arrivals(known, sources)
        to_send += await self._take_in([each for each in _unknown(lists, known) if each not in arrived], sources)
        to_send += await self._settle(_changed(lists, known))
        lost = [each for each in known if not known[each].base & GONE_THERE and _is_doubtful(each, known[each], lists)]
        if lists.is_whole:
            await self._library.write(partial(note_lost, account_id=account_id, remotes=lost))
            self._outcome.lost = len(lost)
        if lists.is_whole and not self._account.state.get("whole"):
            await self._library.write(partial(set_state, account=self._account, whole=True))
        await self._send(to_send)
        return self._outcome

    async def _lists(self, known: dict[str, KnownEntry]) -> _Lists:
        """The lists, of all entries only as far as something is not known, or may be gone."""
        unread, saved = await self._server.unread(), await self._server.saved()
        lists = _Lists(unread, saved, {}, is_whole=False)
        if not self._server.abilities.names_all:
            given = await self._look_at_those_that_turned(lists, known)
            given += await self._look_at_those_that_left(lists, known)
            different = await self._library.write(lambda store: others(store.connection, known, given))
            check_same(self._account.url, different, len(given))
            return lists
        await self._look_whether_they_are_the_same(lists, known)
        doubtful = {each for each, row in known.items() if not row.base & GONE_THERE and _is_doubtful(each, row, lists)}
        to_the_end = not self._account.state.get("whole")
        async for page in self._server.newest():
            is_new = any(each not in known for each in page)
            lists.listed.update(dict.fromkeys(page))
            doubtful.difference_update(page)
            if not (to_the_end or is_new or doubtful):
                return lists
            if len(lists.listed) >= MOST_LISTED and not doubtful:
                break
        lists.is_whole = True
        return lists

    async def _look_whether_they_are_the_same(self, lists: _Lists, known: dict[str, KnownEntry]) -> None:
        """Asks for a few of those whose marks are others now, of a server that counts its entries from one."""
        turned = [
            each
            for each, row in known.items()
            if row.entry_id and is_counted(each) and not row.base & GONE_THERE and row.base != lists.state(each)
        ]
        if len(turned) >= FEWEST_OTHERS:
            given = await self._server.entries(turned[:_ASKED_AFTER])
            different = await self._library.write(lambda store: others(store.connection, known, given))
            check_same(self._account.url, different, len(given))

    async def _look_at_those_that_turned(self, lists: _Lists, known: dict[str, KnownEntry]) -> list[RemoteEntry]:
        """Asks for some of those that are in a list that they were not in: it tells whether they are what they were."""
        turned = [
            each for each, row in known.items() if row.entry_id and lists.has(each) and row.base != lists.state(each)
        ]
        return await self._server.entries(turned[: self._server.at_once]) if turned else []

    async def _look_at_those_that_left(self, lists: _Lists, known: dict[str, KnownEntry]) -> list[RemoteEntry]:
        """Asks for each entry that a list has no more: it was marked, or is gone, or the list does not hold all.

        One that is there for certain is asked for beside them, as a server that gives not even that has a fault.
        Those that are given.
        """
        left = [each for each, row in known.items() if row.entry_id and _has_left_a_list(each, row, lists)]
        sure = next(iter(lists.unread or lists.saved), None)
        step = self._server.at_once - 1
        seen: list[RemoteEntry] = []
        for begin in range(0, len(left), step):
            asked = left[begin : begin + step]
            given = await self._server.entries([*asked, sure] if sure else asked)
            for each in given:
                lists.hear(each)
            seen += given
            named = {each.remote for each in given}
            if not (sure in named if sure else named):
                return seen
        lists.is_whole = True
        return seen

    async def _take_arrivals(
        self, known: dict[str, KnownEntry], sources: SourceOutcome
    ) -> tuple[set[str], list[Settled]]:
        """Lands the entries that came to a server that does not name all; which, and which of them have marks to send.

        Up to which they are kept is remembered with each part, so that a sync that was cut goes on there.
        """
        arrived, settled = set[str](), list[Settled]()
        async for part in self._server.arrivals(str(self._account.state.get("since", ""))):
            settled += await self._land([each for each in part.entries if each.remote not in known], sources)
            arrived.update(each.remote for each in part.entries)
            if part.since:
                await self._library.write(partial(set_state, account=self._account, since=part.since))
            self._landed(len(arrived), max(len(arrived), part.of - len(known)))
        return arrived, [each for each in settled if each.there]

    async def _take_in(self, unknown: Sequence[str], sources: SourceOutcome) -> list[Settled]:
        """Lands the entries that are not known; which of them have marks to be sent."""
        settled = list[Settled]()
        for begin in range(0, len(unknown), self._server.at_once):
            asked = unknown[begin : begin + self._server.at_once]
            entries = await self._server.entries(asked)
            settled += await self._land(entries, sources)
            given = {each.remote for each in entries}
            if given:  # a server that gives none of many has a fault, and is asked again at the next sync
                absent = [each for each in asked if each not in given]
                await self._library.write(partial(note_absent, account_id=self._account.id, remotes=absent))
            self._outcome.not_given += len(asked) - len(given)
            self._landed(begin + len(asked), len(unknown))
        return [each for each in settled if each.there]

    async def _land(self, entries: Sequence[RemoteEntry], sources: SourceOutcome) -> list[Settled]:
        settled = list[Settled]()
        waiting: Sequence[RemoteEntry] = [each for each in entries if each.source not in sources.left_out]
        if len(waiting) < len(entries):
            left_out = [each.remote for each in entries if each.source in sources.left_out]
            await self._library.write(partial(note_absent, account_id=self._account.id, remotes=left_out))
        while waiting:
            some = await self._library.write(
                partial(land_some, account_id=self._account.id, waiting=waiting, sources=sources.numbers)
            )
            waiting = waiting[len(some) :]
            self._outcome.came += len(some)
            self._outcome.new += sum(is_new for is_new, _ in some)
            self._outcome.changed_here += sum(each.here != 0 and not is_new for is_new, each in some)
            settled += [each for _, each in some]
        return settled

    async def _settle(self, changed: Sequence[tuple[str, int]]) -> list[Settled]:
        """Merges the states of known entries; which of them have marks to be sent."""
        settled = list[Settled]()
        while changed:
            some = await self._library.write(partial(settle_some, account_id=self._account.id, waiting=changed))
            changed = changed[len(some) :]
            self._outcome.changed_here += sum(each.here != 0 for each in some)
            settled += some
        return [each for each in settled if each.there]

    async def _send(self, settled: Sequence[Settled]) -> None:
        """Sends marks, and looks whether they took: only what is seen there is remembered as the server's."""
        if not settled:
            return
        for mark, bit in _BITS.items():
            for value in (True, False):
                ids = [each.remote for each in settled if each.there & bit and bool(each.state & bit) == value]
                if ids:
                    await self._server.mark(ids, mark, value)
        seen = await self._seen_again([each.remote for each in settled])
        left = await self._settle(seen)
        self._outcome.not_taken = len(left) + len(settled) - len(seen)
        self._outcome.sent = len(settled) - self._outcome.not_taken

    async def _seen_again(self, remotes: Sequence[str]) -> list[tuple[str, int]]:
        """How entries are on the server now; without those that it does not give where it is asked for each."""
        if self._server.abilities.names_all:
            seen = _Lists(await self._server.unread(), await self._server.saved(), {}, is_whole=False)
            return [(each, seen.state(each)) for each in remotes]
        seen = _Lists(set(), set(), {}, is_whole=False)
        for begin in range(0, len(remotes), self._server.at_once):
            for each in await self._server.entries(remotes[begin : begin + self._server.at_once]):
                seen.hear(each)
        return [(each, seen.state(each)) for each in remotes if each in seen.listed]


def _unknown(lists: _Lists, known: dict[str, KnownEntry]) -> list[str]:
    """What is not known yet, from the oldest on."""
    first = [each for each in (*sorted(lists.unread), *sorted(lists.saved)) if each not in lists.listed]
    return [each for each in dict.fromkeys((*first, *reversed(lists.listed))) if each not in known]


def _is_doubtful(remote: str, row: KnownEntry, lists: _Lists) -> bool:
    """Whether an entry may be gone from the server: it has left a list that it was in, and is in no other."""
    has_left = not row.base & READ or bool(row.base & SAVED)
    return has_left and not lists.has(remote)


def _has_left_a_list(remote: str, row: KnownEntry, lists: _Lists) -> bool:
    """Whether an entry is no more in a list that it was in."""
    if row.base & GONE_THERE:
        return False
    return (not row.base & READ and remote not in lists.unread) or (
        bool(row.base & SAVED) and remote not in lists.saved
    )


def _changed(lists: _Lists, known: dict[str, KnownEntry]) -> list[tuple[str, int]]:
    """The entries that are otherwise than at the last sync on one side at least, with how they are on the server."""
    found = list[tuple[str, int]]()
    for remote, row in known.items():
        if _is_doubtful(remote, row, lists) or (row.base & GONE_THERE and not lists.has(remote)):
            continue
        state = lists.state(remote)
        if row.base != state or merged(row.base & ALL_MARKS, row.here, state).there:
            found.append((remote, state))
    return found
