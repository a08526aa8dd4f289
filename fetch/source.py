"""Where stories come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from fetch.secret import Secret

Kind: TypeAlias = Literal["feed", "sitemap", "section", "page", "bundled"]
READABLE_AS: tuple[Kind, ...] = ("feed", "sitemap", "section")
"""What a list of stories can be read as."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place that lists stories: a feed, a news sitemap, a section page; or a single page that is one story.

    `bundled` is the handbook edition, read from the installed package; its URLs have the scheme `broadsheet:`.
    `home` is the site's page for people, `language` a BCP 47 tag, both empty where unknown.
    """

    url: str
    kind: Kind
    title: str = ""
    home: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that discovery found and tried, with what it would give: best first when in a list.

    `stories` is how many it lists now, `full` how many of them carry their full text; `newest` is ISO 8601 or empty,
    `every` the seconds that usually lie between two of them, 0 where that cannot be told.
    `zone` is the kind of network of what named it, None where a reader did; `login` is what a name and password that
    were typed with its address are sent as.
    """

    source: Source
    stories: int = 0
    full: int = 0
    newest: str = ""
    every: float = 0.0
    why: str = ""
    zone: str | None = None
    login: tuple[tuple[str, Secret], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server asked to be told at the next visit, byte for byte as it sent it.

    `url` is the address that gave them, behind any redirects: told to another, they could earn a false "unchanged".
    """

    etag: str = ""
    last_modified: str = ""
    url: str = ""


UNKNOWN = Validators()
"""For what was never fetched, or must be fetched whole."""

IN_A_LIST = "in the list"
"""Why a candidate stands there that a list of subscriptions names: all of such a list are meant, not its best."""
