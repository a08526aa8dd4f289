"""Servers that speak the Fever API, and in what they differ: a table, so that no code asks which one it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cache.sync.servers import FRESHRSS


@dataclass(frozen=True, slots=True)
class FeverTraits:
    """How a server does what the protocol leaves open.

    `path` is what its address ends in; `no_group`, `wide_signs`, `plain_titles` and `password` are as in
    `cache.sync.servers.ServerTraits`.
    """

    name: str
    path: str
    no_group: str = ""
    wide_signs: bool = False
    plain_titles: bool = False
    password: str = "with Miniflux, the one made for its Fever integration, which has to be switched on there"


FRESHRSS_FEVER: Final = FeverTraits(
    FRESHRSS.name, "/api/fever.php", FRESHRSS.no_group, wide_signs=True, plain_titles=True, password=FRESHRSS.password
)
FRESHRSS_TREE_FEVER: Final = FeverTraits(
    FRESHRSS.name, "/p/api/fever.php", FRESHRSS.no_group, wide_signs=True, plain_titles=True, password=FRESHRSS.password
)
FEVER_ITSELF: Final = FeverTraits("Fever API", "/fever/")
TINY_TINY_RSS: Final = FeverTraits(
    "Tiny Tiny RSS", "/plugins.local/fever/", password="the one set in the preferences of its Fever plugin"
)
TINY_TINY_RSS_OLD: Final = FeverTraits("Tiny Tiny RSS", "/plugins/fever/", password=TINY_TINY_RSS.password)

FEVER_SERVERS: Final = (FRESHRSS_FEVER, FRESHRSS_TREE_FEVER, TINY_TINY_RSS, TINY_TINY_RSS_OLD, FEVER_ITSELF)
FEVER_ENDINGS: Final = ("/api/fever.php", "/fever/", "/p/api/fever.php", "/plugins.local/fever/", "/plugins/fever/")
"""What the address of a server may end in, the likeliest first."""


def fever_traits_at(base: str) -> FeverTraits:
    """The server that an address tells; `/fever/` is Fever's own, and Miniflux', yarr's, FeedHQ's, Coldsweat's."""
    return next((each for each in FEVER_SERVERS if base.endswith(each.path)), FEVER_ITSELF)
