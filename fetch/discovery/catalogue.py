"""Real sources to start from, in groups; read from `catalogue.toml` beside this module when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache as once
from importlib.resources import files

from fetch.source import Candidate, Kind, Source


@dataclass(frozen=True, slots=True)
class CatalogueSource:
    """A source the catalogue names; `confirmed` is False where its address could not be checked against two places."""

    title: str
    url: str
    kind: Kind
    home: str
    confirmed: bool

    @property
    def candidate(self) -> Candidate:
        """The source as the library adds it, without asking its site first."""
        return Candidate(Source(self.url, self.kind, self.title, self.home), why="from the catalogue", zone="public")


@dataclass(frozen=True, slots=True)
class CatalogueGroup:
    """Sources that belong together, under the title they are shown with."""

    title: str
    sources: tuple[CatalogueSource, ...]


@once
def catalogue() -> tuple[CatalogueGroup, ...]:
    """The groups in the order they are shown."""
    import tomllib

    read = tomllib.loads(files("fetch.discovery").joinpath("catalogue.toml").read_text(encoding="utf-8"))
    return tuple(
        CatalogueGroup(group["title"], tuple(CatalogueSource(**row) for row in group["sources"]))
        for group in read["groups"]
    )
