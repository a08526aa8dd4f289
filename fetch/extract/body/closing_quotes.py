"""Quotations right below a kept paragraph, as a story's last often is: short ones look like what is put beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from fetch.extract.body.metadata_features import SENTENCE_ENDS
from fetch.extract.markup.tokens import OpenElement, TextBlock

_SHORTEST, _LONGEST_SPEAKER = 12, 80  # letters
_SAID_BY = re.compile(r"[.!?…][”\"’»]?\s[^.!?…]{3,80}$")
"""The end of a sentence, and behind it who said it."""


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


def speakers(text_blocks: Sequence[TextBlock], kept: Collection[int]) -> set[int]:
    """The `id` of each text block that ends a <blockquote> of the story with who said it: no sentence, but a line."""
    found: set[int] = set()
    for at, one in enumerate(text_blocks[1:], 1):
        above = text_blocks[at - 1]
        if id(above) not in kept or id(one) in kept or len(one.text) > _LONGEST_SPEAKER:
            continue
        quote = _quote_of(above.element)
        if quote.name != "blockquote" or _quote_of(one.element) is not quote or one.text[-1] in SENTENCE_ENDS:
            continue
        is_last = at + 1 == len(text_blocks) or _quote_of(text_blocks[at + 1].element) is not quote
        if is_last and 2 * one.linked <= len(one.text) and above.text[-1] in SENTENCE_ENDS:
            found.add(id(one))
    return found


def _tells(text_block: TextBlock) -> bool:
    """Whether it is a sentence without a link, or one and who said it, in elements without a telling name."""
    text = text_block.text
    if text_block.linked or len(text) < _SHORTEST or text_block.kind[0] == "h":
        return False
    if text[-1] not in SENTENCE_ENDS and not _SAID_BY.search(text):
        return False
    return not text_block.element.own and not _quote_of(text_block.element).own


def _quote_of(element: OpenElement) -> OpenElement:
    """The blockquote that an element is or stands in."""
    return next((above for above in element.upwards() if above.name == "blockquote"), element)
