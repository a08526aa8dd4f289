"""What a library knows of a site beside its articles: which passages recur, and what its reader has taught."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fetch.links import host
from fetch.passages import DroppedPassage, How, KeptPassages

if TYPE_CHECKING:
    from cache.entry import Entry


@dataclass(frozen=True, slots=True)
class SiteRule:
    """What a reader says of passages on one site: they are no part of any story, or `kept`: they are, whatever recurs.

    `text` is the passage, or its beginning; letters alone are compared, and any number stands for any other;
    a beginning ends with a whole word, and with its colon where it has one. A place of the page (`how` is "place") can
    only be `kept`: what stands there is read as part of the story when its page is.
    """

    host: str
    text: str
    how: How = "same"
    kept: bool = False


def kept_passages(rules: Iterable[SiteRule]) -> tuple[KeptPassages, ...]:
    """What the rules say is part of a site's stories, as a page is read by it."""
    return tuple(KeptPassages(rule.how, rule.text) for rule in rules if rule.kept)


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


@dataclass(frozen=True, slots=True)
class MissingPassages:
    """The pages of an entry as they came, by which rules they were read, and the passages that they hold beside it.

    A page is its bytes, its address and its content type; `more`: the story has pages that did not come.
    """

    entry: Entry
    pages: tuple[tuple[bytes, str, str], ...]
    more: bool
    rules: tuple[SiteRule, ...]
    passages: tuple[DroppedPassage, ...] = ()


def host_of(url: str) -> str:
    """The site of an address: its host without `www.`; "" for what is on no site."""
    return host(url).removeprefix("www.") if url.startswith(("http://", "https://")) else ""
