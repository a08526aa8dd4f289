"""What the reader does on the front page: looks at it, follows a story, mutes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db import reads
from cache.front.choices import FOLLOWED, MUTED, chosen, turned
from cache.front.span import LOOKED
from cache.related import stories
from cache.writes.marks import set_setting

if TYPE_CHECKING:
    from cache.db.connection import Connection


def look(connection: Connection, at: float) -> None:
    """Keeps when the reader looked; an earlier look than the one that is kept changes nothing."""
    with connection.batch():
        if at > reads.setting(connection, LOOKED, 0.0):
            set_setting(connection, LOOKED, at)


def toggle_followed(connection: Connection, entry_id: int) -> bool:
    """Follows the story of an entry, or no longer; whether it is followed now."""
    return _toggle(connection, FOLLOWED, entry_id)


def toggle_muted(connection: Connection, entry_id: int) -> bool:
    """Mutes the story of an entry, or no longer; whether it is muted now."""
    return _toggle(connection, MUTED, entry_id)


def _toggle(connection: Connection, name: str, entry_id: int) -> bool:
    with connection.batch():
        now = turned(chosen(connection, name), stories.same_story(connection.sql, entry_id), entry_id)
        set_setting(connection, name, now)
    return entry_id in now
