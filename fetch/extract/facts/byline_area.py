"""The text blocks around a page's headline, where bylines and datelines stand, and the last ones of its story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from fetch.extract.facts.names import folded_letters
from fetch.extract.markup.boilerplate import is_boilerplate_heading
from fetch.extract.markup.class_hints import BIT, hints_of
from fetch.extract.markup.elements import NO_TEXT
from fetch.extract.markup.page_index import PageIndex
from fetch.extract.markup.tokenizer import tokenize_from
from fetch.extract.markup.tokens import TextBlock, Token

_OVER = 400  # letters over the headline that are looked at
_SOON, _LATER = 600, 2_500  # characters of text
_SHORT = 140
_MOST = 40  # text blocks
_LAST = 5
_ELSEWHERE = BIT["comment"] | BIT["promo"] | BIT["related"] | BIT["nav"] | BIT["footer"]


class NearbyText(NamedTuple):
    """A text block and its position: "over" the headline, "under" it, "below" that, "far" off, or at the "end"."""

    text_block: TextBlock
    position: str


def texts_near_headline(
    page: PageIndex, headline: str, tokens: Sequence[Token], *, wide: bool = False
) -> list[NearbyText]:
    """The text blocks over and under the headline in the page's order, and the story's last short ones.

    They come from the story's own `tokens` where the headline stands among these; `wide` asks the page around it.
    """
    text_blocks = text_blocks_among(tokens)
    at = next((at for at, text_block in enumerate(text_blocks) if _is_headline(text_block, headline)), -1)
    if wide or at < 0:
        over, under = _around_headline(page, headline, tokens)
    else:
        over, under = text_blocks[:at], text_blocks[at : at + _MOST]
    found = [NearbyText(text_block, "over") for text_block in over[-6:]]
    passed = 0
    for nth, text_block in enumerate(under):
        found.append(
            NearbyText(text_block, "under" if passed < _SOON or nth < 7 else "below" if passed < _LATER else "far")
        )
        passed += len(text_block.text) + 1
    last = [text_block for text_block in text_blocks[-30:] if len(text_block.text) < _short(text_block.text)]
    return (
        found
        + [NearbyText(text_block, "far") for text_block in last[:-_LAST]]
        + [NearbyText(text_block, "end") for text_block in last[-_LAST:]]
    )


def _short(text: str) -> int:
    """A text with less letters than these is short; a paragraph in Chinese, Japanese or Korean may end in a byline."""
    return _SHORT if text[:1] < "\u2e80" else 3 * _SHORT


def is_elsewhere(text_block: TextBlock) -> bool:
    """Whether a text block stands in what is not the story's own: comments, promotions, other stories, forms."""
    element = text_block.element
    return bool((element.around | element.own) & _ELSEWHERE) or element.within in ("form", "aside", "footer")


def stands_elsewhere(node: LexborNode) -> bool:
    """Whether an element stands in what is not the story's own, as far as its near ancestors are called."""
    up: LexborNode | None = node
    for _ in range(5):
        if up is None or up.tag in ("body", "main"):
            return False
        attributes = up.attributes
        called = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        if up.tag in ("form", "label") or hints_of(called) & _ELSEWHERE:
            return True
        up = up.parent
    return False


def text_blocks_among(tokens: Sequence[Token]) -> list[TextBlock]:
    """The text blocks of what a page is cut into."""
    return [token for token in tokens if isinstance(token, TextBlock)]


def _is_headline(text_block: TextBlock, headline: str) -> bool:
    start = headline[:20]
    return bool(start) and text_block.kind[0] == "h" and text_block.text.startswith(start)


def _around_headline(
    page: PageIndex, headline: str, tokens: Sequence[Token]
) -> tuple[list[TextBlock], list[TextBlock]]:
    """The text blocks over the headline and from it on, where it stands outside of the story's element."""
    node = _place_of(page, headline, tokens)
    if node is None:
        return [], []
    start = _back(node)
    over = tokenize_from(start, until=node.mem_id) if start.mem_id != node.mem_id else []
    return text_blocks_among(over), text_blocks_among(tokenize_from(node, most=_MOST))[:_MOST]


def _place_of(page: PageIndex, headline: str, tokens: Sequence[Token]) -> LexborNode | None:
    """Where the headline stands: the heading that says it, or else any h1, or where the story begins."""
    start = folded_letters(headline)[:40]
    for heading in (*page.headings, *page.subheadings):
        if start and folded_letters(heading.text()[:200]).startswith(start):
            return heading
    if others := [heading for heading in page.headings if not is_boilerplate_heading(heading.text()[:200])]:
        return others[0]
    first = next((text_block.text[:40] for text_block in text_blocks_among(tokens)), "")
    begins = (paragraph for paragraph in page.paragraphs if first and first in paragraph.text()[:200])
    return next(begins, page.tree.body)


_MOST_BACK = 500  # nodes


def _back(node: LexborNode) -> LexborNode:
    """The node that stands some letters of text before another."""
    letters = _OVER
    for _ in range(_MOST_BACK):
        before = node.prev
        if before is None:
            before = node.parent
            if before is None or before.tag == "body":
                break
        else:
            while before.tag not in NO_TEXT and (last := before.last_child) is not None:
                before = last
        node = before
        if node.tag == "-text":
            letters -= len((node.text_content or "").strip())
            if letters <= 0:
                break
    return node
