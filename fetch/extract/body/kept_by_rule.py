"""What a reader says is part of a site's stories, put in its place; and what a page drops, to choose from.

A rule means a passage by its words, or all passages in one place of the page. What goes wrong with a place is bounded:
one that holds much text, or mostly links, as a footer does, adds nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple, TypeAlias

from selectolax.lexbor import LexborNode

from fetch.article import Article, Block, KeptByRule, Points, lines
from fetch.extract.body.blocks import build_blocks
from fetch.extract.markup.class_hints import is_hidden
from fetch.extract.markup.page_index import PageIndex
from fetch.extract.markup.tokenizer import tokenize
from fetch.letters import letters_only
from fetch.passages import DroppedPassage, KeptPassages, begins_with, letters_of
from fetch.text import clean

LONGEST_PASSAGE = 5000
"""Letters of a passage that is offered or kept."""
MOST_OF_A_RULE = 20
"""Passages of a page that one rule adds; a place with more adds none."""
_LEAST, _SHARE = 1500, 0.5
"""Letters that the passages of one place may have: these, or such a share of the story's own."""
_OWN_SHARE = 0.2
"""A place that holds more of the story than this share is where the story stands, and tells no passage."""
_MOST_DROPPED = 400
"""Dropped passages of a page that are offered."""
_HELD = frozenset(
    """
    p div section article main header footer aside ul ol li dl dt dd blockquote pre h1 h2 h3 h4 h5 h6 form fieldset
    address details summary center figure figcaption table tr td th nav dialog noscript body
    """.split()
)
"""What may hold a passage, or holds what does."""
_WANTED = ",".join(sorted(_HELD - {"body"}))
_NEVER = frozenset("nav dialog noscript figure figcaption table tr td th ul ol dl template".split())
"""What holds no passage of its own."""
_DIGITS = re.compile(r"\d+")
_STEPS = 4
"""Elements that are asked for a name: the passage's own and those round it."""
_MOST_NAMES, _LONGEST_NAME = 4, 60
_ABOUT_A_NAME = 20
"""Letters beside a name in a byline."""


class _Held(NamedTuple):
    """An element that holds a passage and no other block: its letters, and whether the story has them."""

    node: LexborNode
    letters: str
    at: int
    """The number of blocks of the story before it."""
    is_kept: bool


_Chosen: TypeAlias = tuple[_Held, KeptPassages]
"""A passage, and the rule that means it."""


def with_kept(article: Article, page: PageIndex, rules: Sequence[KeptPassages], url: str) -> Article:
    """The article with the passages that the reader's rules mean, each behind what stands before it on the page."""
    if not rules or page.tree.body is None:
        return article
    held, meant = _held(page, article), _Meant.by(rules)
    chosen = [(each, rule) for each in _dropped(held, article) if (rule := meant.rule_for(each))]
    bounded = _bounded(chosen, len(letters_only(article.text))) if chosen else set()
    bounded -= {KeptPassages("place", place) for place in (_own_places(held) if meant.places and bounded else ())}
    added = [
        (first.at, block, rule)
        for (first, rule), nodes in _together([one for one in chosen if one[1] in bounded])
        for block in _blocks(nodes, article.language, page.base or url)
    ]
    return _inserted(article, added) if added else article


def dropped_in(article: Article, page: PageIndex) -> tuple[DroppedPassage, ...]:
    """What the page holds beside the story, in its order; not its menus, its tables, nor what it does not show."""
    if page.tree.body is None:
        return ()
    held = _held(page, article)
    before = [0]
    for block in article.body:
        before.append(before[-1] + len(letters_only(" ".join(lines((block,))))))
    left = [(each, place_of(each.node)) for each in _dropped(held, article)][:_MOST_DROPPED]
    bounded = _bounded([(each, KeptPassages("place", place)) for each, place in left if place], before[-1])
    telling = {rule.text for rule in bounded} - _own_places(held)
    return tuple(
        DroppedPassage(text, before[each.at], place if place in telling else "")
        for each, place in left
        if (text := clean(" ".join(each.node.text(separator=" ").split())))
    )


def place_of(node: LexborNode) -> str:
    """Where a passage stands: its element, or the nearest round it that the page names; "" where none near is.

    Numbers in names are 0, as a page counts its stories and boxes by them.
    """
    element: LexborNode | None = node
    for _ in range(_STEPS):
        if element is None or element.tag in ("body", "html", "article", "main"):
            return ""
        if named := _names(element):
            return (element.tag or "") + named
        element = element.parent
    return ""


def _names(element: LexborNode) -> str:
    """The classes of an element as a selector has them, else its id."""
    attributes = element.attributes
    names = sorted({_DIGITS.sub("0", name) for name in (attributes.get("class") or "")[:500].split()})[:_MOST_NAMES]
    named = "".join(f".{name[:_LONGEST_NAME]}" for name in names if name.isprintable())
    known_as = _DIGITS.sub("0", (attributes.get("id") or "")[:_LONGEST_NAME])
    return named or (f"#{known_as}" if known_as.isprintable() and known_as and " " not in known_as else "")


@dataclass(frozen=True, slots=True)
class _Meant:
    """The reader's rules, found by what they mean: many of them cost a passage no more than a few."""

    same: frozenset[str]
    places: frozenset[str]
    begins: dict[str, list[KeptPassages]]
    lengths: tuple[int, ...]
    by_letters: dict[str, KeptPassages]

    @classmethod
    def by(cls, rules: Sequence[KeptPassages]) -> _Meant:
        same = {letters_of(rule.text): rule for rule in rules if rule.how == "same"}
        places = frozenset(rule.text for rule in rules if rule.how == "place")
        begins = dict[str, list[KeptPassages]]()
        for rule in rules:
            if rule.how == "begins" and (meant := letters_of(rule.text)):
                begins.setdefault(meant, []).append(rule)
        lengths = tuple(sorted({len(meant) for meant in begins}, reverse=True))
        return cls(frozenset(same) - {""}, places, begins, lengths, same)

    def rule_for(self, held: _Held) -> KeptPassages | None:
        """The rule that means a passage; one for its words goes first, then the longest beginning."""
        letters = _DIGITS.sub("0", held.letters)
        if letters in self.same:
            return self.by_letters[letters]
        for length in self.lengths:
            for rule in self.begins.get(letters[:length], ()):
                if begins_with(" ".join(held.node.text().split()), rule.text):
                    return rule
        place = place_of(held.node) if self.places else ""
        return KeptPassages("place", place) if place in self.places else None


def _held(page: PageIndex, article: Article) -> list[_Held]:
    """What holds the page's passages, in its order, each with how much of the story stands before it."""
    places = dict[str, list[int]]()
    for at, block in enumerate(article.body):
        for line in lines((block,)):
            places.setdefault(letters_only(line.casefold()), []).append(at)
    found, behind = list[_Held](), 0
    for node in _innermost(page):
        letters = letters_only(node.text().casefold())
        if letters:
            alike = places.get(letters, [])
            next_alike = bisect_left(alike, behind - 1)
            behind = alike[next_alike] + 1 if next_alike < len(alike) else behind
            found.append(_Held(node, letters, behind, letters in places))
    return found


def _dropped(held: Sequence[_Held], article: Article) -> list[_Held]:
    """Those that the article says nowhere: neither in its text nor as its headline, dek or byline; each once."""
    authors = [letters_only(name.casefold()) for name in article.authors[:_MOST_NAMES]]
    said = {letters_only(text.casefold()) for text in (article.headline, article.dek)}
    found = list[_Held]()
    for each in held:
        if each.is_kept or each.letters in said or len(each.letters) > LONGEST_PASSAGE:
            continue
        if not any(name in each.letters and len(each.letters) <= len(name) + _ABOUT_A_NAME for name in authors):
            said.add(each.letters)
            found.append(each)
    return found


def _innermost(page: PageIndex) -> Iterator[LexborNode]:
    """The elements that hold text and no other such element, in the order of the page, but for what is not shown."""
    body = page.tree.body
    nodes = body.css(_WANTED) if body is not None else []
    unseen = set[int]()
    for at, node in enumerate(nodes):
        around = _around(node)
        if (
            (around is not None and around.mem_id in unseen)
            or node.tag in ("nav", "dialog", "noscript")
            or _hides(node)
        ):
            unseen.add(node.mem_id)
            continue
        after = _around(nodes[at + 1]) if at + 1 < len(nodes) else None
        if node.tag not in _NEVER and (after is None or after.mem_id != node.mem_id):
            yield node


def _around(node: LexborNode) -> LexborNode | None:
    """The nearest element round a node that may hold passages."""
    above = node.parent
    while above is not None and above.tag not in _HELD:
        above = above.parent
    return above


def _hides(node: LexborNode) -> bool:
    attributes = node.attributes
    return bool(attributes) and is_hidden(attributes)


def _own_places(held: Sequence[_Held]) -> set[str]:
    """The places in which the story itself stands, as far as it is read without a rule."""
    letters = Counter[str]()
    for each in held:
        if each.is_kept:
            letters[place_of(each.node)] += len(each.letters)
    most = _OWN_SHARE * letters.total()
    return {place for place, number in letters.items() if number > most}


def _bounded(chosen: Sequence[_Chosen], story: int) -> set[KeptPassages]:
    """The rules of which all may be part of a story of so many letters: not too much, and no place that is links."""
    meant = dict[KeptPassages, list[_Held]]()
    for each, rule in chosen:
        meant.setdefault(rule, []).append(each)
    most = max(_LEAST, int(_SHARE * story))
    return {
        rule
        for rule, held in meant.items()
        if len(held) <= MOST_OF_A_RULE and (rule.how != "place" or _is_like_text(held, most))
    }


def _is_like_text(held: Sequence[_Held], most: int) -> bool:
    letters = sum(len(each.letters) for each in held)
    linked = sum(len(letters_only(link.text())) for each in held for link in each.node.css("a"))
    return letters <= most and 2 * linked <= letters


def _together(chosen: Sequence[_Chosen]) -> Iterator[tuple[_Chosen, list[LexborNode]]]:
    """What is chosen, the points of one list together."""

    def by_list(one: _Chosen) -> tuple[int, int, KeptPassages]:
        node, parent = one[0].node, one[0].node.parent
        in_list = node.tag == "li" and parent is not None
        return one[0].at, parent.mem_id if in_list and parent is not None else node.mem_id, one[1]

    for _, alike in groupby(chosen, key=by_list):
        group = list(alike)
        yield group[0], [each.node for each, _ in group]


def _blocks(nodes: Sequence[LexborNode], language: str, url: str) -> list[Block]:
    """The blocks that elements of a page make; several points of a list are a list."""
    made = []
    for node in nodes:
        tokens = tokenize(node, language)
        made.append(build_blocks(tokens, {id(token) for token in tokens}, url))
    if nodes[0].tag == "li":
        parent = nodes[0].parent
        points = tuple(blocks for blocks in made if blocks)
        return [Points(points, ordered=parent is not None and parent.tag == "ol")] if points else []
    return [block for blocks in made for block in blocks]


def _inserted(article: Article, added: Collection[tuple[int, Block, KeptPassages]]) -> Article:
    """The article with blocks more, each behind so many of its own."""
    waiting, body, by_rule = deque(added), list[Block](), list[KeptByRule]()
    for at in range(len(article.body) + 1):
        while waiting and waiting[0][0] <= at:
            _, block, rule = waiting.popleft()
            by_rule.append(KeptByRule(len(body), rule.how, rule.text))
            body.append(block)
        body += article.body[at : at + 1]
    return replace(article, body=tuple(body), by_rule=tuple(by_rule))
