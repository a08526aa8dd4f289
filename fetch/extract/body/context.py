"""What the features of a text block need to know of the whole page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fetch.extract.facts.metadata import Metadata
from fetch.extract.markup.class_hints import BIT
from fetch.extract.markup.live_coverage import says_live
from fetch.extract.markup.tokens import Boundary, MediaTag, OpenElement, Path, TextBlock, Token
from fetch.letters import letters_only

_NOT_WORDS = re.compile(r"\W+")


class Byline(NamedTuple):
    """The authors' names by their letters alone, the longest first, and the longest word of each."""

    names: list[str]
    words: list[str]


def byline_of(authors: Sequence[str]) -> Byline:
    """The names to look for in the text blocks that may be bylines."""
    return Byline(
        [letters_only(author).casefold() for author in sorted(authors, key=len, reverse=True)],
        [max(_NOT_WORDS.split(author.casefold()), key=len) for author in authors],
    )


_SHORTEST_CLAIM = 300  # letters of articleBody; a shorter one is a summary
_TEXT = 40  # letters outside links that make a text block count as text


class Context:
    """What the features of a text block need to know of all blocks, and of the article's metadata.

    Of all running text, `groups` has the share by the element that holds the paragraphs, `same_names` by the names of a
    paragraph's element, `paths` by the names of the elements above it too; `total` is how many letters it is.
    `text_blocks` are those among the tokens.
    """

    def __init__(self, tokens: Sequence[Token], metadata: Metadata) -> None:
        body = metadata.claims.get("articleBody")
        self.claimed = letters_only(body) if isinstance(body, str) and len(body) > _SHORTEST_CLAIM else ""
        self.title = metadata.headline
        self.headline, self.dek = letters_only(metadata.headline), " ".join(metadata.dek.split())
        self.byline = byline_of(metadata.authors)
        self.near_pictures = _near_pictures(tokens)
        self.text_blocks = text_blocks = [token for token in tokens if isinstance(token, TextBlock)]
        masses = [len(text_block.text) - 2 * text_block.linked for text_block in text_blocks]
        self._tally(text_blocks, masses)
        self.within = _most(text_blocks, masses, self.total)
        self.telling = ~_common(text_blocks, masses, self.total)

    def _tally(self, text_blocks: Sequence[TextBlock], masses: Sequence[int]) -> None:
        groups: dict[OpenElement | None, int] = {}
        same_names: dict[tuple[str, int], int] = {}
        paths: dict[Path, int] = {}
        articles: dict[int, int] = {}
        total = 1
        for text_block, mass in zip(text_blocks, masses, strict=True):
            if mass > _TEXT:
                element = text_block.element
                total += mass
                group, names, path, article = (
                    element.parent,
                    (text_block.kind, element.own),
                    element.path,
                    element.article,
                )
                groups[group] = groups.get(group, 0) + mass
                same_names[names] = same_names.get(names, 0) + mass
                paths[path] = paths.get(path, 0) + mass
                articles[article] = articles.get(article, 0) + mass
        self.total = total
        self.groups = {group: share_of(mass / total) for group, mass in groups.items()}
        self.same_names = {names: share_of(mass / total) for names, mass in same_names.items()}
        self.paths = {path: share_of(mass / total) for path, mass in paths.items()}
        self.article = 0
        if len(articles) > 1 and not says_live(self.title):
            self.article = _main_article(text_blocks, articles, self.headline)
        self._parts: dict[int, bool] = {}
        self.teasers = {one.element.article for one in text_blocks if 2 * one.linked > len(one.text)}

    def is_of_another(self, element: OpenElement) -> bool:
        """Whether an element is in another <article> than the story's, and that is no part of the story's own."""
        if self.article in (0, element.article):
            return False
        if element.article not in self._parts:
            self._parts[element.article] = any(id(above) == self.article for above in element.upwards())
        return element.article in self.teasers or not self._parts[element.article]


_LIMITS = (0.05, 0.25, 0.6, 0.9)
_SHARES = ("<.05", "<.25", "<.6", "<.9", "1")
NO_SHARE = "0"


def share_of(share: float) -> str:
    """A share of a whole, roughly."""
    return _SHARES[bisect_right(_LIMITS, share)] if share else NO_SHARE


_ENTRIES = 3  # articles beside each other
_ENOUGH = 300  # letters of text


def _main_article(text_blocks: Sequence[TextBlock], masses: Mapping[int, int], headline: str) -> int:
    """The <article> (by `id`) that is the story; 0 where none is, or where several are entries of one live blog.

    It is the one that holds the headline, with some text, or else the longest.
    """
    elements = {
        text_block.element.article: text_block.element
        for text_block in text_blocks
        if text_block.element.article in masses
    }
    holders = [
        next(above for above in element.upwards() if id(above) == article)
        for article, element in elements.items()
        if article
    ]
    if len(holders) >= _ENTRIES and len({id(holder.parent) for holder in holders}) == 1 and _are_entries(holders):
        return 0
    for text_block in text_blocks:
        if text_block.kind in ("h1", "h2") and headline and letters_only(text_block.text) == headline:
            article = text_block.element.article
            if article and masses.get(article, 0) > _ENOUGH:
                return article
            break
    return max(masses, key=lambda article: masses[article])


def _are_entries(articles: Sequence[OpenElement]) -> bool:
    """Whether articles beside each other are called the entries of a live blog."""
    first = articles[0]
    if (first.own | first.around) & BIT["live"]:
        return True
    names = " ".join([first.attributes.get(name) or "" for name in ("class", "id")])
    return says_live(names.replace("_", "-"))


BELOW, ABOVE = 1, 2


def _near_pictures(tokens: Sequence[Token]) -> dict[int, int]:
    """The text blocks (by `id`) right below a picture, and those right above one."""
    found: dict[int, int] = {}
    last: Token | None = None
    for token in tokens:
        if isinstance(token, Boundary):
            continue
        if isinstance(token, TextBlock):
            if isinstance(last, MediaTag):
                found[id(token)] = BELOW
        elif isinstance(last, TextBlock):
            found[id(last)] = found.get(id(last), 0) | ABOVE
        last = token
    return found


_COMMON_SHARE = 0.6


def _most(text_blocks: Sequence[TextBlock], masses: Sequence[int], total: int) -> str:
    """What most of the text stands within, where that is one and the same kind of element ("form", "table")."""
    holds: dict[str, int] = {}
    for text_block, mass in zip(text_blocks, masses, strict=True):
        if mass > 0:
            within = text_block.element.within
            holds[within] = holds.get(within, 0) + mass
    return next((within for within, mass in holds.items() if mass > _COMMON_SHARE * total), "")


def _common(text_blocks: Sequence[TextBlock], masses: Sequence[int], total: int) -> int:
    """The hints that most of the text stands under from its start: they name the page ("comments-open"), not a part."""
    under: dict[int, int] = {}
    first: list[int] = []
    for text_block, mass in zip(text_blocks, masses, strict=True):
        if mass > _TEXT:
            hints = text_block.element.around | text_block.element.own
            under[hints] = under.get(hints, 0) + mass
            if mass > 80 and len(first) < 3:
                first.append(hints)
    common = 0
    for bit in BIT.values():
        held = sum([mass for hints, mass in under.items() if hints & bit])
        if held > _COMMON_SHARE * total and 2 * sum([bool(hints & bit) for hints in first]) > len(first):
            common |= bit
    return common & ~BIT["body"]
