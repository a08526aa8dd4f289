"""Servers that speak the Google Reader API, and in what they differ: a table, so that no code asks which one it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ServerTraits:
    """How a server does what the protocol leaves open.

    `path` is what its address ends in. `ids` is how many ids one answer holds at most, `contents` how many entries are
    asked for at once, `edits` how many are marked at once. `no_group` is what it calls the folder of what is in none.
    `wide_signs`: it writes & < > in titles as ＆ ＜ ＞. `plain_titles`: titles are text and not HTML. `tags`: entries
    have labels, which are there called as folders are. `password` says in words which password is meant.
    """

    name: str
    path: str = ""
    hosts: tuple[str, ...] = ()
    ids: int = 1000
    contents: int = 100
    edits: int = 250
    no_group: str = ""
    wide_signs: bool = False
    plain_titles: bool = False
    tags: bool = False
    password: str = "the password of its API, where it has one of its own"


FRESHRSS: Final = ServerTraits(
    "FreshRSS",
    "/api/greader.php",
    ids=10_000,
    edits=500,
    no_group="Uncategorized",
    wide_signs=True,
    plain_titles=True,
    tags=True,
    password="the API password of your profile there, not that of its web page",
)
FRESHRSS_TREE: Final = ServerTraits(
    "FreshRSS",
    "/p/api/greader.php",
    ids=10_000,
    edits=500,
    no_group="Uncategorized",
    wide_signs=True,
    plain_titles=True,
    tags=True,
    password=FRESHRSS.password,
)
COMMAFEED: Final = ServerTraits(
    "CommaFeed", "/rest/googlereader", contents=100, plain_titles=True, password="the API key of your profile there"
)
MINIFLUX: Final = ServerTraits(
    "Miniflux",
    ids=10_000,
    edits=500,
    no_group="All",
    plain_titles=True,
    password="the one made for its Google Reader integration, which has to be switched on there",
)
THE_OLD_READER: Final = ServerTraits("The Old Reader", hosts=("theoldreader.com",), ids=10_000)
BAZQUX: Final = ServerTraits("BazQux", hosts=("bazqux.com",), ids=10_000, tags=True)
INOREADER: Final = ServerTraits("Inoreader", hosts=("inoreader.com",), tags=True)
OTHER: Final = ServerTraits("Google Reader API")

SERVERS: Final = (FRESHRSS, FRESHRSS_TREE, COMMAFEED, MINIFLUX, THE_OLD_READER, BAZQUX, INOREADER, OTHER)
ENDINGS: Final = tuple(each.path for each in SERVERS if each.path)
"""What the address of a server may end in, the likeliest first."""


def traits_of(name: str) -> ServerTraits:
    """The server of a name, as it was remembered."""
    return next((each for each in SERVERS if each.name == name), OTHER)


def traits_at(base: str, host: str) -> ServerTraits | None:
    """The server that an address alone tells; None where it may be any."""
    for each in SERVERS:
        if each.path and base.endswith(each.path):
            return each
        if any(host == name or host.endswith(f".{name}") for name in each.hosts):
            return each
    return None
