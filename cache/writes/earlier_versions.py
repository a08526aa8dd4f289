"""What a text said before, from another library: merged with what this one keeps of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cache.db.codec import decode, encode
from cache.db.revisions import MOST_REVISIONS
from cache.db.values import text
from cache.entry import Entry
from cache.errors import LibraryDamaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cache.db.connection import Connection
    from cache.db.revisions import Revision


class Version(NamedTuple):
    """A revision as it is kept: when it was fetched, in seconds since 1970 or None, its headline and its text."""

    fetched: int | None
    headline: str
    packed: bytes


def packed_versions(revisions: Iterable[Revision]) -> tuple[Version, ...]:
    """Revisions as they are kept, in their order, made before the transaction in which they are."""
    return tuple(
        Version(int(each.fetched.timestamp()) if each.fetched else None, each.article.headline, encode(each.article))
        for each in revisions
    )


def put_versions(connection: Connection, entry_id: int, coming: Sequence[Version], now: float) -> None:
    """Gives an entry that has none its revisions, the latest of them first."""
    fetched = ((None if each.fetched is None else min(each.fetched, int(now))) for each in coming)
    rows = [(entry_id, at, each.headline, each.packed) for at, each in zip(fetched, coming, strict=True)]
    for row in reversed(rows[:MOST_REVISIONS]):
        connection.run("INSERT INTO revision (entry_id, fetched, headline, packed) VALUES (?, ?, ?, ?)", row)


def merge_versions(
    connection: Connection, entry_id: int, coming: Sequence[Version], now: float, *, is_new: bool
) -> None:
    """Adds the revisions that are not here, by when they were fetched; the newest stay, as ever.

    What was not fetched before the text that is here is no earlier version of it, unless that `is_new`, come with them.
    """
    if not coming:
        return
    here = [
        Version(*row)
        for row in connection.rows(
            "SELECT fetched, headline, packed FROM revision WHERE entry_id = ? ORDER BY id DESC", (entry_id,)
        )
    ]
    present = connection.row(
        "SELECT fetched, headline, packed FROM entry JOIN article USING (id) WHERE id = ?", (entry_id,)
    )
    if present is None:
        return
    if is_new and not here:
        _put(connection, entry_id, coming, now)
        return
    before = Version(*present).fetched or 0
    known = {_says(each) for each in (Version(*present), *here)}
    fresh = [each for each in coming if each.fetched and each.fetched < before and _says(each) not in known]
    kept = sorted([*here, *fresh], key=lambda each: each.fetched or 0, reverse=True)[:MOST_REVISIONS]
    if not fresh or all(each in here for each in kept):
        return
    connection.run("DELETE FROM revision WHERE entry_id = ?", (entry_id,))
    _put(connection, entry_id, kept, now)


def _put(connection: Connection, entry_id: int, versions: Sequence[Version], now: float) -> None:
    put_versions(connection, entry_id, versions, now)
    connection.run("UPDATE entry SET changed = 1 WHERE id = ?", (entry_id,))


def _says(version: Version) -> tuple[str, str] | bytes:
    """What tells one version from another: its headline and what its site wrote; of a damaged one, its bytes."""
    try:
        return text(version.headline), decode(version.packed, Entry(0, "", "")).own_text
    except LibraryDamaged:
        return version.packed
