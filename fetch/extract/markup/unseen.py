"""Parts of a line that a reader of the page does not see there: hidden, for ears only, or opened by pointing."""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from fetch.extract.markup.class_hints import is_hidden, is_named_hidden
from fetch.extract.markup.tokens import Attributes

_LONGEST = 1000  # letters; more is as long as a story
_LONGEST_CLASS_LIST = 1000
_CARD = re.compile(
    r"(?:^|\s)(?:[\w-]*hover-?card[\w-]*|[\w-]*tool-?tip(?:_{1,2}|-)?(?:text|content|body|inner|bubble|box|card|panel)"
    r"|[\w-]*pop-?over(?:_{1,2}|-)?(?:text|body|content|inner|panel)?)(?:$|\s)",
    re.I,
)
_FOR_EARS = re.compile(r"(?:^|\s)(?:visually-?hidden|sr-?only|screen-?reader(?:-?text)?)(?:$|\s)", re.I)


def is_unseen(attributes: Attributes, node: LexborNode) -> bool:
    """Whether a part of a line is not seen there: hidden, a card that opens under the pointer, for ears only."""
    called = _named_unseen(attributes.get("class") or "")
    if called == _ON_POINTING or is_hidden(attributes) or attributes.get("role") == "tooltip":
        return len(node.text()) < _LONGEST
    if called == _HEARD:
        beside = (node.prev, node.next)  # where what is seen instead is hidden from ears, this is the word
        return not any(other is not None and other.attributes.get("aria-hidden") == "true" for other in beside)
    return False


_ON_POINTING, _HEARD = 1, 2


@lru_cache(maxsize=4096)
def _named_unseen(called: str) -> int:
    """What class names say of when a part of a line is seen: _ON_POINTING, _HEARD, 0 for always."""
    called = called[:_LONGEST_CLASS_LIST]
    if _CARD.search(called):
        return _ON_POINTING
    return _HEARD if _FOR_EARS.search(called) else _ON_POINTING if is_named_hidden(called) else 0
