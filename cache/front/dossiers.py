"""Dossiers: storylines that run on for days, found from the stories of a front page back through the weeks before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.front_page import Dossier, Front


def dossiers(connection: Connection, page: Front) -> list[Dossier]:
    """The storylines that the stories of a front page go on, in their order."""
    return []
