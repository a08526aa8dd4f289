"""Other stories beside the one a page is about, each in an <article> of its own: teasers, and what scrolling adds."""

from __future__ import annotations

from collections.abc import Sequence

from fetch.extract.markup.class_hints import BIT
from fetch.extract.markup.live_coverage import says_live
from fetch.extract.markup.tokens import TextBlock
from fetch.letters import letters_only

_ENOUGH = 600  # letters of running text: what has less may only be the head of the page's story
_MOST_ARTICLES = 500  # a page of more is a list, or a forum
_RUNNING = 40  # letters in a block that counts
_LINKED = 0.8  # of a heading that leads to its story
_AT_TOP = 4  # text blocks, of which one is the heading


def other_stories(text_blocks: Sequence[TextBlock], headline: str) -> set[int]:
    """The `id` of each text block in an <article> beside the story's that has another heading.

    Entries of a live blog are the story's, and so is what stands in an <article> within its own.
    """
    articles: dict[int, list[TextBlock]] = {}
    for one in text_blocks:
        articles.setdefault(one.element.article, []).append(one)
    key = letters_only(headline)
    if not 2 <= len(articles) <= _MOST_ARTICLES or not key or says_live(headline):
        return set()
    head = next((one for one in text_blocks if _is_heading(one) and letters_only(one.text) == key), None)
    if head is None or _mass(articles[head.element.article]) < _ENOUGH:
        return set()
    around = {id(element) for element in head.element.upwards()}
    others = [found for article, found in articles.items() if article not in around and article]
    apart = [found for found in others if _is_apart(found, head, key)]
    teasers = [one for found in apart if _leads_elsewhere(found) for one in found]
    whole = [one for found in apart if head.element.article and _is_whole(found) for one in found]
    gone = teasers if _mass(teasers) < _mass(articles[head.element.article]) else []
    return {id(one) for one in (*gone, *whole)}


def _is_apart(text_blocks: Sequence[TextBlock], head: TextBlock, headline: str) -> bool:
    """Whether an <article> stands beside the story's, under a heading of its own."""
    article, element = head.element.article, text_blocks[0].element
    if (element.own | element.around) & BIT["live"]:
        return False
    if article and any(id(one) == article for one in element.upwards()):
        return False
    return all(letters_only(one.text) != headline for one in _headings(text_blocks))


def _is_whole(text_blocks: Sequence[TextBlock]) -> bool:
    return bool(_headings(text_blocks)) and _mass(text_blocks) >= _ENOUGH


def _leads_elsewhere(text_blocks: Sequence[TextBlock]) -> bool:
    return any(one.linked >= _LINKED * len(one.text) for one in _headings(text_blocks))


def _headings(text_blocks: Sequence[TextBlock]) -> list[TextBlock]:
    return [one for one in text_blocks[:_AT_TOP] if _is_heading(one)]


def _mass(text_blocks: Sequence[TextBlock]) -> int:
    return sum([len(one.text) - 2 * one.linked for one in text_blocks if len(one.text) > _RUNNING])


def _is_heading(text_block: TextBlock) -> bool:
    return text_block.kind in ("h1", "h2", "h3", "h4")
