"""What is known of the whole page while its passages are looked at one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetch.extract.hints import BIT
from fetch.extract.stream import Holder, Passage

_NOT_WORDS = re.compile(r"\W+")


def squeezed(text: str) -> str:
    """The letters and figures of a text only, to compare texts that differ in white space, quotes and dashes."""
    return _NOT_WORDS.sub("", text)


class Context:
    """What is known of the whole stream while its passages are looked at, and of the article from the page's head."""

    __slots__ = ("article", "byline", "claimed", "dek", "groups", "headline", "likes", "telling", "total", "within")

    def __init__(
        self, passages: Sequence[Passage], claimed: str, headline: str, dek: str, authors: Sequence[str] = ()
    ) -> None:
        self.byline = [squeezed(author).casefold() for author in sorted(authors, key=len, reverse=True)]
        self.claimed, self.headline, self.dek = squeezed(claimed), squeezed(headline), " ".join(dek.split())
        self.groups: dict[Holder | None, int] = {}
        self.likes: dict[tuple[str, int], int] = {}
        self.total = 1
        articles: dict[Holder | None, int] = {}
        for passage in passages:
            mass = len(passage.text) - 2 * passage.linked
            if mass > 40:
                holder = passage.holder
                self.total += mass
                self.groups[holder.parent] = self.groups.get(holder.parent, 0) + mass
                self.likes[passage.kind, holder.own] = self.likes.get((passage.kind, holder.own), 0) + mass
                articles[holder.article] = articles.get(holder.article, 0) + mass
        self.article = max(articles, key=lambda article: articles[article]) if len(articles) > 1 else None
        self.within = _most(passages, self.total)
        self.telling = ~_common(passages, self.total)


_COMMON_SHARE = 0.6


def _most(passages: Sequence[Passage], total: int) -> str:
    """What most of the text stands within, where that is one and the same kind of element ("form", "table")."""
    masses: dict[str, int] = {}
    for passage in passages:
        within = passage.holder.within
        masses[within] = masses.get(within, 0) + max(0, len(passage.text) - 2 * passage.linked)
    return next((within for within, mass in masses.items() if mass > _COMMON_SHARE * total), "")


def _common(passages: Sequence[Passage], total: int) -> int:
    """The hints that most of the text stands under from its start: they name the page ("comments-open"), not a part."""
    masses: dict[int, int] = {}
    first: list[int] = []
    for passage in passages:
        mass = len(passage.text) - 2 * passage.linked
        if mass > 40:
            hints = passage.holder.around | passage.holder.own
            masses[hints] = masses.get(hints, 0) + mass
            if mass > 80 and len(first) < 3:
                first.append(hints)
    common = 0
    for bit in BIT.values():
        under = sum([mass for hints, mass in masses.items() if hints & bit])
        if under > _COMMON_SHARE * total and 2 * sum([bool(hints & bit) for hints in first]) > len(first):
            common |= bit
    return common & ~BIT["body"]
