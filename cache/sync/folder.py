"""Sync by a folder that several machines share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cache.errors import CacheError

if TYPE_CHECKING:
    from cache.library import Library
    from cache.sync.outcome import Synced


async def sync_folder(library: Library, folder: Path) -> Synced:
    """Makes a library one with those that share a folder; raises CacheError where that cannot be."""
    raise CacheError(f"This version cannot yet sync by a folder, such as {folder}.")
