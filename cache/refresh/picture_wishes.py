"""Pictures that a refresh had no time for, remembered for the next one: a setting of the library's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cache.db import reads
from cache.db.rows import IS_KEPT
from cache.rules.retention import GRACE
from cache.writes import marks, reader_rows
from cache.writes.store import Store

_SETTING = "picture_wishes"
_MOST = 2_000  # of them
_LONGEST = 2_000  # characters of an address
_TRIES = 3


class PictureWish(NamedTuple):
    """A picture that is wanted for an entry, and how often it was tried in vain."""

    entry_id: int
    url: str
    tries: int = 0

    def again(self) -> PictureWish | None:
        """The same, tried once more in vain; None where that is often enough."""
        return self._replace(tries=self.tries + 1) if self.tries + 1 < _TRIES else None


def remember(store: Store, wishes: Sequence[PictureWish]) -> None:
    """Remembers these, the last of them, and no others."""
    if wishes or reads.setting(store.connection, _SETTING, []):
        marks.set_setting(store.connection, _SETTING, [list(wish) for wish in wishes[-_MOST:]])


def remember_too(store: Store, wishes: Sequence[PictureWish]) -> None:
    """Remembers these beside those that already are."""
    before = _sound(reads.setting(store.connection, _SETTING, []))
    remember(store, list(dict.fromkeys([*before, *wishes])))


def remembered(store: Store) -> list[tuple[PictureWish, int]]:
    """Those whose article is here, each with the number of its source."""
    found = list(_sound(reads.setting(store.connection, _SETTING, [])))
    rows = store.connection.rows(
        "SELECT id, source_id FROM shelf JOIN article USING (id) WHERE id IN (SELECT value FROM json_each(?))",
        (reader_rows.as_json([wish.entry_id for wish in found]),),
    )
    sources = dict(rows)
    return [(wish, sources[wish.entry_id]) for wish in found if wish.entry_id in sources]


def pictured(store: Store, now: float) -> dict[int, int]:
    """The entries whose pictures stay, and how readily they go where room is wanted: 0 first.

    That is those with a text, but for what was thrown away or removed so long ago that it is lost to undo.
    """
    rows = store.connection.rows(
        f"SELECT id, CASE WHEN shelf.id IS NULL THEN 0 WHEN {IS_KEPT} THEN 2 ELSE 1 END"
        " FROM article LEFT JOIN shelf USING (id) LEFT JOIN mark USING (id)"
        " WHERE shelf.id IS NOT NULL OR mark.gone IS NULL OR mark.gone > ?",
        (now - GRACE,),
    )
    return dict(rows)


def _sound(kept: Iterable[object]) -> Iterable[PictureWish]:
    """Those that may be asked for: a library may hold anything."""
    for each in list(kept)[-_MOST:]:
        match each:
            case [int(entry_id), str(url), int(tries)] if url.startswith(("https://", "http://")):
                if 0 < entry_id < 2**62 and len(url) <= _LONGEST and url.isprintable():
                    yield PictureWish(int(entry_id), url, max(0, tries))
