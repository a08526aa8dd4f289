"""What is known of the whole page while its passages are looked at one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from fetch.extract.hints import BIT
from fetch.extract.metadata import Facts
from fetch.extract.stream import Holder, Mark, Passage, Picture, Piece

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
        self.below_picture, self.above_picture = _beside_pictures(pieces)
        passages = [piece for piece in pieces if isinstance(piece, Passage)]
        self._tally(passages)
        self.within = _most(passages, self.total)
        self.telling = ~_common(passages, self.total)

    def _tally(self, passages: Sequence[Passage]) -> None:
        self.groups: dict[Holder | None, int] = {}
        self.likes: dict[tuple[str, int], int] = {}
        self.paths: dict[Path, int] = {}
        self.total = 1
        articles: dict[Holder | None, int] = {}
        for passage in passages:
            mass = len(passage.text) - 2 * passage.linked
            if mass > _TEXT:
                holder, path = passage.holder, path_of(passage)
                self.total += mass
                self.groups[holder.parent] = self.groups.get(holder.parent, 0) + mass
                self.likes[passage.kind, holder.own] = self.likes.get((passage.kind, holder.own), 0) + mass
                self.paths[path] = self.paths.get(path, 0) + mass
                articles[holder.article] = articles.get(holder.article, 0) + mass
        self.article = max(articles, key=lambda article: articles[article]) if len(articles) > 1 else None


Path: TypeAlias = tuple[str | int, ...]


def path_of(passage: Passage) -> Path:
    """The passage's element and the three around it, by tag and hints: what a page makes alike, it means alike."""
    path: list[str | int] = [passage.kind]
    holder: Holder | None = passage.holder
    for _ in range(_STEPS):
        if holder is None:
            break
        path += (holder.name, holder.own)
        holder = holder.parent
    return tuple(path)


_STEPS = 4


def _beside_pictures(pieces: Sequence[Piece]) -> tuple[set[int], set[int]]:
    """The passages (by `id`) right below a picture, and those right above one."""
    below, above = set(), set()
    last: Piece | None = None
    for piece in pieces:
        if isinstance(piece, Mark):
            continue
        if isinstance(piece, Passage) and isinstance(last, Picture):
            below.add(id(piece))
        elif isinstance(piece, Picture) and isinstance(last, Passage):
            above.add(id(last))
        last = piece
    return below, above


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
