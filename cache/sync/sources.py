"""Sources with their titles and groups, merged three ways between a library and a server.

What was added on one side is added on the other; a title or group goes where it was not changed, and where both were
changed stays as it is here and goes there. A source that the server has no more stays here until whoever removed it
there decides of that (`cache.sync.gone`). One that was removed here is removed there once nothing of it is saved there:
with a source a server drops what is saved of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from time import time
from typing import TYPE_CHECKING, NamedTuple

from cache.db.values import text
from cache.sync.accounts import set_state
from cache.sync.gone import gone_remotes, is_undecided, note_gone
from fetch.errors import BadStatus, BrokenAnswer
from fetch.links import canonical
from fetch.source import Source

if TYPE_CHECKING:
    from cache.library import Library
    from cache.sync.accounts import Account
    from cache.sync.remote import ReadingServer, RemoteSource
    from cache.writes.store import Store

_ASKED_AGAIN = 86_400.0
"""Seconds after which a server is asked once more to keep a source that it refused."""


class LocalSource(NamedTuple):
    """A source as it is here; only a feed can be kept by a server."""

    id: int
    url: str
    kind: str
    title: str
    section: str
    is_removed: bool


class Base(NamedTuple):
    """What is remembered of a source: how both sides had it at the last sync."""

    source_id: int
    there: tuple[str, str]
    here: tuple[str, str]


@dataclass
class SourceOutcome:
    """What was done with sources, and the numbers here of what the server calls them."""

    numbers: dict[str, int] = field(default_factory=dict)
    came: int = 0
    sent: int = 0
    renamed: int = 0
    refused: list[str] = field(default_factory=list)
    gone_there: list[str] = field(default_factory=list)
    staying: int = 0
    kept_here: int = 0
    """Sources that are otherwise here than there, or not there, where the server lets none be changed."""
    left_out: set[str] = field(default_factory=set)
    """What the server calls sources that were removed here and are kept there: nothing more comes from them."""
    kept_there: list[str] = field(default_factory=list)
    """Those of them that are kept there as entries of theirs are saved there, and would go with them."""


async def sync_sources(library: Library, account: Account, server: ReadingServer, zone: str | None) -> SourceOutcome:
    """Brings the sources of both sides together; raises FetchError and CannotSync.

    `zone` is the kind of network that the server is in: what it names may lead no further.
    """
    outcome = SourceOutcome()
    listed = await server.sources()
    here, bases = await library.write(lambda store: (_sources_here(store), _bases(store, account.id)))
    new = _new_here(here, bases, listed)
    if not server.abilities.sources:
        outcome.kept_here = len(new)
    elif await _send_new(library, account, server, new, outcome):
        listed = await server.sources()
    gone_before = gone_remotes(account)
    by_id, by_url = {each.id: each for each in here}, {_plain(each.url): each for each in here}
    for remote in listed:
        base = bases.get(remote.remote)
        local = (by_id.get(base.source_id) if base else None) or by_url.get(_plain(remote.url))
        if base is not None and local is not None and local.is_removed and remote.remote not in gone_before:
            if not server.abilities.sources:
                outcome.left_out.add(remote.remote)
                continue
            if await server.saved() & await server.entries_of(remote.remote):
                outcome.left_out.add(remote.remote)
                outcome.kept_there.append(local.title or local.url)
                continue
            await server.unsubscribe(remote.remote)
            await library.write(partial(_forget, account_id=account.id, remote=remote.remote))
            outcome.sent += 1
            continue
        if local is None or local.is_removed:
            local = await library.write(partial(_add, remote=remote, zone=zone))
            outcome.came += 1
        await _merge(library, account.id, server, _Pair(remote, local, base), outcome)
        outcome.numbers[remote.remote] = local.id
    await _note_gone(library, account, bases, by_id, outcome)
    outcome.staying = sum(each.kind not in ("feed", "bundled") and not each.is_removed for each in here)
    return outcome


async def _note_gone(
    library: Library, account: Account, bases: dict[str, Base], by_id: dict[int, LocalSource], outcome: SourceOutcome
) -> None:
    """Keeps which sources are not listed any more, for the reader to decide; what was removed here before is none."""
    before, there = gone_remotes(account), set(outcome.numbers.values())
    missing = dict[str, LocalSource]()
    for remote, base in bases.items():
        local = by_id.get(base.source_id)
        is_listed = remote in outcome.numbers or remote in outcome.left_out or base.source_id in there
        if local and not is_listed and (not local.is_removed or remote in before):
            missing[remote] = local
    await library.write(partial(note_gone, account=account, missing=list(missing)))
    undecided = [each for remote, each in missing.items() if is_undecided(account, remote) and not each.is_removed]
    outcome.gone_there = [each.title or each.url for each in undecided]


class _Pair(NamedTuple):
    remote: RemoteSource
    local: LocalSource
    base: Base | None


async def _merge(library: Library, account_id: int, server: ReadingServer, pair: _Pair, outcome: SourceOutcome) -> None:
    """Title and group of one source, each to the side that did not change it."""
    remote, local, base = pair
    here, there = (local.title, local.section), (remote.title, remote.group)
    before_here, before_there = (base.here, base.there) if base else (("", ""), ("", ""))
    wanted_here, wanted_there = list(here), list(there)
    for which in (0, 1):
        changed_here, changed_there = here[which] != before_here[which], there[which] != before_there[which]
        first = base is None
        if changed_here and (not first or not there[which]):
            wanted_there[which] = here[which].split("\n")[0]
        elif changed_there and (not first or not here[which]):
            wanted_here[which] = there[which]
    if tuple(wanted_here) != here:
        await library.write(partial(_file, source_id=local.id, named=(wanted_here[0], wanted_here[1])))
        outcome.renamed += base is not None
    if not server.abilities.sources and tuple(wanted_there) != there:
        outcome.kept_here += 1
        wanted_there = list(there)
    if wanted_there[0] != there[0] and wanted_there[0]:
        await server.rename(remote.remote, wanted_there[0])
        outcome.sent += 1
    if wanted_there[1] != there[1]:
        await server.move(remote.remote, wanted_there[1], there[1])
        outcome.sent += 1
    # What was sent is not taken for done: the next list tells, and until then it is sent again.
    kept = Base(local.id, there, (wanted_here[0], wanted_here[1]) if tuple(wanted_there) == there else before_here)
    if kept != base:
        await library.write(partial(_keep, account_id=account_id, remote=remote, kept=kept))


def _new_here(here: Sequence[LocalSource], bases: dict[str, Base], listed: Sequence[RemoteSource]) -> list[LocalSource]:
    """Feeds that were added here since the last sync, and that the server does not have."""
    known = {base.source_id for base in bases.values()}
    there = {_plain(each.url) for each in listed}
    return [
        each
        for each in here
        if each.kind == "feed" and not each.is_removed and each.id not in known and _plain(each.url) not in there
    ]


async def _send_new(
    library: Library, account: Account, server: ReadingServer, new: Sequence[LocalSource], outcome: SourceOutcome
) -> bool:
    """Has the server keep sources; one that it refuses is asked for again a day later. Whether it took any."""
    told = account.state.get("refused", {})
    refused = {url: at for url, at in told.items() if time() - at < _ASKED_AGAIN} if isinstance(told, dict) else {}
    sent = 0
    for each in new:
        if each.url not in refused:
            try:
                await server.subscribe(each.url, each.title, each.section.split("\n")[0])
                sent += 1
            except (BadStatus, BrokenAnswer):
                refused[each.url] = time()
    outcome.sent += sent
    outcome.refused = [each.title or each.url for each in new if each.url in refused]
    if refused != told:
        await library.write(partial(set_state, account=account, refused=refused))
    return sent > 0


def _sources_here(store: Store) -> list[LocalSource]:
    rows = store.connection.rows("SELECT id, url, kind, title, section, removed FROM source ORDER BY id")
    return [
        LocalSource(number, text(url), text(kind), text(title), text(section), removed is not None)
        for number, url, kind, title, section, removed in rows
    ]


def _bases(store: Store, account_id: int) -> dict[str, Base]:
    rows = store.connection.rows(
        "SELECT remote, source_id, title, section, state FROM sync_source WHERE account_id = ?", (account_id,)
    )
    return {
        text(remote): Base(number, (text(title), text(group)), _here(state))
        for remote, number, title, group, state in rows
    }


def _here(state: object) -> tuple[str, str]:
    try:
        title, section = json.loads(text(state))
    except (ValueError, TypeError):
        return "", ""
    return str(title), str(section)


def _add(store: Store, remote: RemoteSource, zone: str | None) -> LocalSource:
    source = Source(remote.url, "feed", remote.title, remote.home)
    source_id = store.sources.add(source, section=remote.group, zone=zone)
    row = store.connection.row("SELECT title, section FROM source WHERE id = ?", (source_id,)) or ("", "")
    return LocalSource(source_id, remote.url, "feed", text(row[0]), text(row[1]), False)


def _file(store: Store, source_id: int, named: tuple[str, str]) -> None:
    store.sources.file(source_id, named[0], named[1].split("\n"))


def _keep(store: Store, account_id: int, remote: RemoteSource, kept: Base) -> None:
    store.connection.run(
        "INSERT OR REPLACE INTO sync_source (account_id, remote, source_id, url, title, section, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (account_id, remote.remote, kept.source_id, remote.url, *kept.there, json.dumps(kept.here)),
    )


def _forget(store: Store, account_id: int, remote: str) -> None:
    store.connection.run("DELETE FROM sync_source WHERE account_id = ? AND remote = ?", (account_id, remote))


def _plain(url: str) -> str:
    """An address by which a source is the same on both sides, whatever its scheme."""
    return (canonical(url) or url).partition("://")[2]
