"""How a reader has a source asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fetch.secret import Secret
    from fetch.source import Kind

KeptFor: TypeAlias = "tuple[int | None, int | None]"
"""For how many days, and how many of its articles a source is kept; None is without end."""


class Arrangement(NamedTuple):
    """How a source is asked: bytes and articles a refresh, proxy, headers, seconds between visits, whether it rests;
    and as which kind it is read.

    None leaves a setting as it is, 0, "" or {} takes it away; a kind can't be taken away. A header "@" is a secret's
    that is kept already.
    """

    max_bytes: int | None = None
    most: int | None = None
    proxy: str | None = None
    headers: Mapping[str, str | Secret] | None = None
    every: int | None = None
    paused: bool | None = None
    kind: Kind | None = None


class Filing(NamedTuple):
    """What a reader calls a source, and the folders it is in, each a path such as "Sea/Harbours"; None leaves either.

    A title "" has the source name itself again.
    """

    title: str | None = None
    groups: Sequence[str] | None = None
