"""What is known of the whole page while its passages are looked at one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fetch.extract.facts.metadata import Facts
from fetch.extract.markup.class_hints import BIT
from fetch.extract.markup.tokenizer import Holder, Mark, Passage, Path, Picture, Piece

_NOT_WORDS = re.compile(r"\W+")


def squeezed(text: str) -> str:
    """The letters and figures of a text only, to compare texts that differ in white space, quotes and dashes."""
    return _NOT_WORDS.sub("", text)


_SHORTEST_CLAIM = 300  # letters of articleBody; a shorter one is a summary
_TEXT = 40  # letters outside links that make a passage count as text


class Context:
    """What is known of the whole stream while its passages are looked at, and of the article from the page's head.

    `groups` are the letters of running text by the element that holds the paragraphs, `likes` by the names of a
    paragraph's elements, `paths` by the names of the elements above it too; `total` is all of them.
    """

    def __init__(self, pieces: Sequence[Piece], known: Facts) -> None:
        body = known.claims.get("articleBody")
        self.claimed = squeezed(body) if isinstance(body, str) and len(body) > _SHORTEST_CLAIM else ""
        self.headline, self.dek = squeezed(known.headline), " ".join(known.dek.split())
        self.byline = [squeezed(author).casefold() for author in sorted(known.authors, key=len, reverse=True)]
        self.telltales = [max(_NOT_WORDS.split(author.casefold()), key=len) for author in known.authors]
        self.beside = _beside_pictures(pieces)
        passages = [piece for piece in pieces if isinstance(piece, Passage)]
        masses = [len(passage.text) - 2 * passage.linked for passage in passages]
        self._tally(passages, masses)
        self.within = _most(passages, masses, self.total)
        self.telling = ~_common(passages, masses, self.total)

    def _tally(self, passages: Sequence[Passage], masses: Sequence[int]) -> None:
        self.groups: dict[Holder | None, int] = {}
        self.likes: dict[tuple[str, int], int] = {}
        self.paths: dict[Path, int] = {}
        self.total = 1
        articles: dict[Holder | None, int] = {}
        for passage, mass in zip(passages, masses, strict=True):
            if mass > _TEXT:
                holder = passage.holder
                self.total += mass
                self.groups[holder.parent] = self.groups.get(holder.parent, 0) + mass
                self.likes[passage.kind, holder.own] = self.likes.get((passage.kind, holder.own), 0) + mass
                self.paths[holder.path] = self.paths.get(holder.path, 0) + mass
                articles[holder.article] = articles.get(holder.article, 0) + mass
        self.article = max(articles, key=lambda article: articles[article]) if len(articles) > 1 else None


BELOW, ABOVE = 1, 2


def _beside_pictures(pieces: Sequence[Piece]) -> dict[int, int]:
    """The passages (by `id`) right below a picture, and those right above one."""
    beside: dict[int, int] = {}
    last: Piece | None = None
    for piece in pieces:
        if isinstance(piece, Mark):
            continue
        if isinstance(piece, Passage):
            if isinstance(last, Picture):
                beside[id(piece)] = BELOW
        elif isinstance(last, Passage):
            beside[id(last)] = beside.get(id(last), 0) | ABOVE
        last = piece
    return beside


_COMMON_SHARE = 0.6


def _most(passages: Sequence[Passage], masses: Sequence[int], total: int) -> str:
    """What most of the text stands within, where that is one and the same kind of element ("form", "table")."""
    holds: dict[str, int] = {}
    for passage, mass in zip(passages, masses, strict=True):
        if mass > 0:
            within = passage.holder.within
            holds[within] = holds.get(within, 0) + mass
    return next((within for within, mass in holds.items() if mass > _COMMON_SHARE * total), "")


def _common(passages: Sequence[Passage], masses: Sequence[int], total: int) -> int:
    """The hints that most of the text stands under from its start: they name the page ("comments-open"), not a part."""
    under: dict[int, int] = {}
    first: list[int] = []
    for passage, mass in zip(passages, masses, strict=True):
        if mass > _TEXT:
            hints = passage.holder.around | passage.holder.own
            under[hints] = under.get(hints, 0) + mass
            if mass > 80 and len(first) < 3:
                first.append(hints)
    common = 0
    for bit in BIT.values():
        held = sum([mass for hints, mass in under.items() if hints & bit])
        if held > _COMMON_SHARE * total and 2 * sum([bool(hints & bit) for hints in first]) > len(first):
            common |= bit
    return common & ~BIT["body"]
