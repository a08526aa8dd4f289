"""The library's health: what is sound, what is not, and how it is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cache.connection import Connection


class Finding(NamedTuple):
    """One thing looked at: its name, whether it is well, and a sentence."""

    name: str
    ok: bool
    sentence: str


def examine(connection: Connection) -> list[Finding]:
    """Looks at the library file."""
    trouble = connection.value("PRAGMA quick_check(1)")
    count = connection.value("SELECT count(*) FROM entry")
    size = connection.path.stat().st_size
    return [
        Finding(
            "file", trouble == "ok", "The file is sound." if trouble == "ok" else f"The file is damaged: {trouble}."
        ),
        Finding("size", True, f"{count:,} articles in {size / 1e6:,.1f} MB."),
    ]
