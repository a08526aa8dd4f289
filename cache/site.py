"""What a library knows of a site beside its articles: which passages recur, and what its reader has taught."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from fetch.links import host

How: TypeAlias = Literal["same", "begins"]
"""Whether a rule means one passage, or all that begin with some words."""


@dataclass(frozen=True, slots=True)
class SiteRule:
    """What a reader says of passages on one site: they are no part of any story, or `kept`: they are, whatever recurs.

    `text` is the passage, or its beginning; letters alone are compared, and any number stands for any other;
    a beginning ends with a whole word, and with its colon where it has one.
    """

    host: str
    text: str
    how: How = "same"
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A site as its library knows it: the digests of its latest articles' passages, and its rules."""

    articles: tuple[tuple[int, ...], ...] = ()
    rules: tuple[SiteRule, ...] = ()

    @property
    def speaks(self) -> bool:
        """Whether anything is known that could leave a passage out."""
        return bool(self.rules) or len(self.articles) > 1


@dataclass(frozen=True, slots=True)
class ArticlePassage:
    """A passage of an article, and why it is not shown in it: "recurs" or "told"; "" where it is.

    `place` is the number of its block.
    """

    place: int
    text: str
    why: Literal["", "recurs", "told"] = ""


def host_of(url: str) -> str:
    """The site of an address: its host without `www.`; "" for what is on no site."""
    return host(url).removeprefix("www.") if url.startswith(("http://", "https://")) else ""
