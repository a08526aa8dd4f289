"""What is written of sites: the passages of their articles as they come in, and the reader's rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from time import time
from typing import TYPE_CHECKING

from cache.db.sites import BYLINE, LATEST, LONGEST_BYLINE, host_key
from cache.db.values import integer
from cache.rules.bylines import name_digest
from cache.site import SiteRule, host_of
from cache.writes.reader_rows import set_site_rule
from cache.writes.undo import Undo, UndoChange
from fetch.passages import How, letters_of, to_bytes

if TYPE_CHECKING:
    from cache.db.connection import Connection


def note_passages(connection: Connection, entry_id: int, url: str, digests: bytes, names: Sequence[str] = ()) -> None:
    """Remembers by what an article's passages and names in its byline are known, of its site's latest alone."""
    name = host_of(url)
    if not name:
        return
    key = host_key(name)
    if names:
        digests += to_bytes((BYLINE, *map(name_digest, names[:LONGEST_BYLINE])))
    connection.run("INSERT OR REPLACE INTO site_passages VALUES (?, ?, ?)", (entry_id, key, digests))
    connection.run(
        "DELETE FROM site_passages WHERE host = ? AND entry_id <="
        " (SELECT entry_id FROM site_passages WHERE host = ? ORDER BY entry_id DESC LIMIT 1 OFFSET ?)",
        (key, key, LATEST),
    )


def teach(connection: Connection, rules: Iterable[SiteRule]) -> Undo | None:
    """Keeps rules, each in place of those that said otherwise of the same passages."""
    wanted, known = list(rules), dict[tuple[str, str], dict[str, set[str]]]()
    changes = list[tuple[SiteRule, int | None]]()
    for rule in wanted:
        if (rule.host, rule.how) not in known:
            known[rule.host, rule.how] = _texts_by_letters(connection, rule)
        alike = known[rule.host, rule.how].setdefault(_meant_by(rule.how, rule.text), set())
        changes += [(replace(rule, text=text), None) for text in sorted(alike - {rule.text})]
        changes.append((rule, int(rule.kept)))
        alike.clear()
        alike.add(rule.text)
    return _set(connection, changes)


def _texts_by_letters(connection: Connection, rule: SiteRule) -> dict[str, set[str]]:
    """The texts of the rules that are kept for a site and meant in the same way, by what is compared of them."""
    found = dict[str, set[str]]()
    for (said,) in connection.rows("SELECT text FROM site_rule WHERE host = ? AND how = ?", (rule.host, rule.how)):
        if isinstance(said, str):
            found.setdefault(_meant_by(rule.how, said), set()).add(said)
    return found


def _meant_by(how: How, said: str) -> str:
    """What is compared of a rule: its letters, and every sign of a place."""
    return said if how == "place" else letters_of(said)


def forget(connection: Connection, rules: Iterable[SiteRule]) -> Undo | None:
    """Takes rules away."""
    return _set(connection, [(rule, None) for rule in rules])


def _set(connection: Connection, wanted: list[tuple[SiteRule, int | None]]) -> Undo | None:
    now, changes, number = time(), list[UndoChange](), 0
    with connection.batch():
        for rule, kept in wanted:
            meant = [rule.host, rule.how, rule.text]
            row = connection.row("SELECT kept FROM site_rule WHERE host = ? AND how = ? AND text = ?", meant)
            before = int(bool(integer(row[0]))) if row else None
            if before != kept:
                set_site_rule(connection, meant, kept, now)
                changes.append(["site rule", meant, before])
                number += kept is not None
    if not changes:
        return None
    sites = ", ".join(sorted({rule.host for rule, _ in wanted}))
    return Undo(f"{sites} is read as before", tuple(reversed(changes)), number or len(changes))
