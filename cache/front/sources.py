"""The sources that are kept, as a front page knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cache.db.values import text

if TYPE_CHECKING:
    from cache.db.connection import Connection


@dataclass(frozen=True, slots=True)
class KeptSources:
    """Of the library's sources, by number, the groups they are filed in, and their places in the reader's order."""

    groups: dict[int, str]
    order: dict[int, int]
    titles: dict[int, str]

    @classmethod
    def read(cls, connection: Connection) -> KeptSources:
        """As they stand now."""
        rows = connection.rows(
            "SELECT id, section, title, url FROM source WHERE removed IS NULL AND kind <> 'bundled'"
            " ORDER BY section, place IS NULL, place, id"
        )
        titles = {number: text(title) or text(url) for number, _, title, url in rows}
        return cls({row[0]: text(row[1]) for row in rows}, {row[0]: at for at, row in enumerate(rows)}, titles)
