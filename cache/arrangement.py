"""How a reader has a source asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Arrangement(NamedTuple):
    """How a source is asked: bytes and articles a refresh, proxy, headers.

    None leaves a setting as it is, 0, "" or {} takes it away.
    """

    max_bytes: int | None = None
    most: int | None = None
    proxy: str | None = None
    headers: Mapping[str, str] | None = None
