"""What is written of sites: the passages of their articles as they come in, and the reader's rules."""

from __future__ import annotations

from collections.abc import Iterable
from time import time
from typing import TYPE_CHECKING

from cache.db.sites import LATEST, host_key
from cache.site import SiteRule, host_of
from cache.writes.reader_rows import set_site_rule
from cache.writes.undo import Undo, UndoChange

if TYPE_CHECKING:
    from cache.db.connection import Connection


def note_passages(connection: Connection, entry_id: int, url: str, digests: bytes) -> None:
    """Remembers by what an article's passages are known, of its site's latest ones alone."""
    name = host_of(url)
    if not name:
        return
    key = host_key(name)
    connection.run("INSERT OR REPLACE INTO site_passages VALUES (?, ?, ?)", (entry_id, key, digests))
    connection.run(
        "DELETE FROM site_passages WHERE host = ? AND entry_id <="
        " (SELECT entry_id FROM site_passages WHERE host = ? ORDER BY entry_id DESC LIMIT 1 OFFSET ?)",
        (key, key, LATEST),
    )


def teach(connection: Connection, rules: Iterable[SiteRule]) -> Undo | None:
    """Keeps rules, each in place of one that said otherwise of the same passages."""
    return _set(connection, [(rule, int(rule.kept)) for rule in rules])


def forget(connection: Connection, rules: Iterable[SiteRule]) -> Undo | None:
    """Takes rules away."""
    return _set(connection, [(rule, None) for rule in rules])


def _set(connection: Connection, wanted: list[tuple[SiteRule, int | None]]) -> Undo | None:
    now, changes = time(), list[UndoChange]()
    with connection.batch():
        for rule, kept in wanted:
            meant = [rule.host, rule.how, rule.text]
            before = connection.value("SELECT kept FROM site_rule WHERE host = ? AND how = ? AND text = ?", meant)
            if before != kept:
                set_site_rule(connection, meant, kept, now)
                changes.append(["site rule", meant, before])
    sites = ", ".join(sorted({rule.host for rule, _ in wanted}))
    return Undo(f"{sites} is read as before", tuple(changes), len(changes)) if changes else None
