"""Which libraries a library knows: itself, and those whose marks its reader took in once; each has an id of chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db import reads
from cache.writes.reader_rows import set_setting

if TYPE_CHECKING:
    from cache.db.connection import Connection

OWN_ID = "library"
"""The setting that holds the id of the library itself."""
_KNOWN = "known_libraries"
_MOST_KNOWN = 1000
_HOLDS_SOMETHING = (
    "SELECT 1 FROM shelf LEFT JOIN source ON source.id = shelf.source_id WHERE source.kind IS NOT 'bundled' LIMIT 1"
)


def own_id(connection: Connection) -> str:
    """The id of a library, made when it is first asked for; a copy of the file has the same."""
    if kept := reads.setting(connection, OWN_ID, ""):
        return str(kept)
    from secrets import token_hex

    made = token_hex(16)
    set_setting(connection, OWN_ID, made)
    return made


def holds_news(connection: Connection) -> bool:
    """Whether a library holds anything yet but the handbook."""
    return connection.value(_HOLDS_SOMETHING) is not None


def marks_of(connection: Connection, sender: str, wished: bool | None, says_sender: bool) -> bool:
    """Whether the marks in a file are taken over; who sent it is known from then on where they are.

    `wished` is what its reader said, None for nothing: then those of a known sender are, and all into a library that
    holds nothing yet but the handbook, as it is being filled. `says_sender`: files of this form name their sender.
    """
    known = reads.setting(connection, _KNOWN, [])
    if wished is None:
        wished = not says_sender or sender in (own_id(connection), *known) or not holds_news(connection)
    if wished and sender and sender not in known:
        set_setting(connection, _KNOWN, [*known, sender][-_MOST_KNOWN:])
    return wished
