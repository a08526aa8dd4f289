"""Quotations right below a kept paragraph, as a story's last often is: short ones look like what is put beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from fetch.extract.body.metadata_features import SENTENCE_ENDS
from fetch.extract.markup.tokens import OpenElement, TextBlock

_SHORTEST = 12  # letters


def closing_quotes(text_blocks: Sequence[TextBlock], kept: Collection[int]) -> set[int]:
    """The `id` of each text block of a plain <blockquote> whose neighbour above is a paragraph of the story."""
    found: set[int] = set()
    for above, one in pairwise(text_blocks):
        if one.element.within == "blockquote" and id(one) not in kept and _tells(one):
            quote = _quote_of(one.element)
            beside = above.kind == "p" and above.element.parent is quote.parent
            if (id(above) in kept or id(above) in found) and (beside or _quote_of(above.element) is quote):
                found.add(id(one))
    return found


def _tells(text_block: TextBlock) -> bool:
    """Whether it is a sentence without a link, in elements without a telling name."""
    text = text_block.text
    if text_block.linked or len(text) < _SHORTEST or text[-1] not in SENTENCE_ENDS or text_block.kind[0] == "h":
        return False
    return not text_block.element.own and not _quote_of(text_block.element).own


def _quote_of(element: OpenElement) -> OpenElement:
    """The blockquote that an element is or stands in."""
    return next((above for above in element.upwards() if above.name == "blockquote"), element)
