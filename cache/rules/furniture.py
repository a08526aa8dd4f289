"""Which passages of an article are its site's furniture: printed under many of its stories, part of none.

A prompt, a biography or a notice says the same under every story, and stands where a story ends or begins; what one
story says again in another, its background, stands between other paragraphs, or in a text much the same as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal

from cache.site import ArticlePassage, Site, SiteRule
from fetch.article import Article, Block, Break, Figure, Footnote, Heading, without_blocks
from fetch.passages import begins_with, digest_of, letters_of, passage_of

OTHERS = 2
"""In so many other articles of its site a passage stands, at least, that recurs."""
ANYWHERE = 0.5
"""A passage that stands in such a share of a site's articles is furniture wherever it stands."""
OFTEN = 0.3
"""A long passage at the end, and any at the beginning, is furniture if it stands in such a share."""
LONG = 300
"""Letters from which a passage is long: a story's background can be as well as a biography."""
MOST_OF_A_TEXT = 0.5
"""A share of an article's letters that is never left out for recurring: such a text is told again as a whole."""

Why = Literal["", "recurs", "told"]


def passages(article: Article, site: Site) -> list[ArticlePassage]:
    """The passages of an article in their order, each with why it is left out."""
    article = _without_forgotten(article, site)
    said = [passage_of(block) for block in article.body]
    reasons = _reasons(article, said, site)
    return [ArticlePassage(place, text, reasons[place]) for place, text in enumerate(said) if text]


def without_furniture(article: Article, site: Site) -> Article:
    """The article without what is no part of its story, headings under which nothing is left, and breaks there."""
    article = _without_forgotten(article, site)
    if not site.speaks:
        return article
    reasons = _reasons(article, [passage_of(block) for block in article.body], site)
    if not any(reasons):
        return article
    out = {place for place, why in enumerate(reasons) if why}
    number = len(out)
    out.update(list(_left_over(article.body, out)))
    out.update(list(_idle_breaks(article.body, out)))
    return replace(without_blocks(article, out), left_out=number)


def _without_forgotten(article: Article, site: Site) -> Article:
    """The article without what stands in it by a rule that is there no more."""
    if not article.by_rule:
        return article
    rules = {(rule.how, rule.text) for rule in site.rules if rule.kept}
    return without_blocks(article, {kept.at for kept in article.by_rule if (kept.how, kept.text) not in rules})


def _reasons(article: Article, said: Sequence[str], site: Site) -> list[Why]:
    """Why each block is left out, "" where it is not; `said` is what each says as a passage.

    What stands in the article by the reader's word is left out by that alone.
    """
    blocks, by_rule = article.body, {kept.at for kept in article.by_rule}
    rules = _Rules.of(site.rules)
    told = [rules.say(passage) if site.rules else None for passage in said]
    recurring = _recurring(blocks, said, site.articles) if site.articles else frozenset()
    return [
        "told" if says is False else "recurs" if place in recurring and says is None and place not in by_rule else ""
        for place, says in enumerate(told)
    ]


@dataclass(frozen=True, slots=True)
class _Rules:
    """The reader's rules, found by the letters they mean: many of them cost a passage no more than a few."""

    same: dict[str, bool] = field(default_factory=dict)
    begins: dict[str, list[SiteRule]] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    """How many letters the beginnings have, the most first."""

    @classmethod
    def of(cls, rules: Sequence[SiteRule]) -> _Rules:
        same, begins = dict[str, bool](), dict[str, list[SiteRule]]()
        for rule in rules:
            if rule.how == "place" or not (meant := letters_of(rule.text)):
                continue
            if rule.how == "begins":
                begins.setdefault(meant, []).append(rule)
            else:
                same[meant] = rule.kept
        return cls(same, begins, tuple(sorted({len(meant) for meant in begins}, reverse=True)))

    def say(self, passage: str) -> bool | None:
        """Whether a passage is part of the story: a rule for it alone goes first, then the longest; None if in none."""
        letters = letters_of(passage)
        if letters in self.same:
            return self.same[letters]
        for length in self.lengths:
            for rule in self.begins.get(letters[:length], ()):
                if begins_with(passage, rule.text):
                    return rule.kept
        return None


def _recurring(blocks: Sequence[Block], said: Sequence[str], articles: Sequence[Sequence[int]]) -> frozenset[int]:
    """The places of the passages that recur on the site; none where they are most of the text."""
    digests = [digest_of(passage) if passage else 0 for passage in said]
    own = frozenset(digests) - {0}
    others = [found for each in articles if (found := own.intersection(each)) and not _is_same(own, found, each)]
    shares = Counter(chain.from_iterable(others))
    candidates = {
        place: shares[digest] / len(articles)
        for place, digest in enumerate(digests)
        if digest and shares[digest] >= OTHERS
    }
    found = frozenset(_furniture(blocks, said, candidates))
    letters = sum(map(len, said))
    return found if sum(len(said[place]) for place in found) <= letters * MOST_OF_A_TEXT else frozenset()


def _is_same(own: frozenset[int], shared: frozenset[int], other: Sequence[int]) -> bool:
    """Whether another article is this one, or another state of it: they share most of what either says."""
    return len(shared) * 2 > min(len(own), len(frozenset(other) - {0}))


def _furniture(blocks: Sequence[Block], said: Sequence[str], shares: dict[int, float]) -> Iterator[int]:
    """The places of furniture among the passages that recur: by how often, and by where they stand."""
    yield from (place for place, share in shares.items() if share >= ANYWHERE)
    for place in _at_the_edge(blocks, shares, range(len(blocks) - 1, -1, -1)):
        if shares[place] >= OFTEN or len(said[place]) < LONG:
            yield place
    for place in _at_the_edge(blocks, shares, range(len(blocks))):
        if shares[place] >= OFTEN:
            yield place


def _at_the_edge(blocks: Sequence[Block], shares: dict[int, float], places: range) -> Iterator[int]:
    """The recurring passages that are met from one end before any that does not recur."""
    for place in places:
        if place in shares:
            yield place
        elif not isinstance(blocks[place], Figure | Heading | Break | Footnote):
            return


def _left_over(blocks: Sequence[Block], out: set[int]) -> Iterator[int]:
    """The headings under which nothing is left."""
    under: list[int] = []
    nothing_left = False
    for place, block in enumerate(blocks):
        if isinstance(block, Heading):
            if nothing_left:
                yield from under
            under, nothing_left = [place], False
        elif place in out:
            nothing_left = bool(under)
        else:
            under, nothing_left = [], False
    if nothing_left:
        yield from under


def _idle_breaks(blocks: Sequence[Block], out: set[int]) -> Iterator[int]:
    """The breaks that part nothing any more, beside what is left out."""
    waiting, gone, said = list[int](), False, False
    for place, block in enumerate(blocks):
        if place in out:
            gone = True
        elif isinstance(block, Break):
            waiting.append(place)
        else:
            if gone:
                yield from waiting[1 if said else 0 :]
            waiting, gone, said = [], False, True
    if gone:
        yield from waiting
