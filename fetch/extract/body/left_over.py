"""What is left over of a box when the rest of it is dropped: its heading; and marks that a template left in a page."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from fetch.extract.markup.tokens import OpenElement, TextBlock

_MARK = re.compile(
    r"(?:\s*+(?:\$\$[\w.:-]+\$\$|\$\{[^{}]*\}|#\{[^{}]*\}|\{\{[^{}]*\}\}|\{%[^%]*%\}|\{#[^#]*#\}|<%[^%]*%>|<\?[^?]*\?>"
    r"|<!--(?:(?!-->).)*+-->"
    r"|\[\[[\w.:\s-]+\]\]|%%[\w.:\s-]+%%|@@[\w.:-]+@@|__[A-Z][\w-]*__|\[/?(?:ad|ads|adsense|advert|widget|embed|block)"
    r"[\w=\"' :-]{0,40}\]|\{\{?ad[\w. -]*\}?\}|\[/[a-z][\w-]*\]|\[(?:gallery|toc|playlist|caption|video|audio)\]"
    r"|\[/?[a-z][\w-]*(?:\s+[\w-]++\s*=\s*(?:[\"'“”‘’″′][^\]\"'“”‘’″′]*[\"'“”‘’″′]|[^\s\]\"'“”‘’″′]+))+\s*/?\]"
    r"|#{2,3}[\w-]+#{2,3}|%[A-Z_][A-Z_\d]*%|\{[A-Z][A-Z_\d]+\}))+\s*"
)
_NO_VALUE = frozenset(("undefined", "null", "NaN", "[object Object]"))  # what a program prints for one that is missing
_MAY_OPEN_ONE = frozenset("$#{<[%@_")
_LONGEST = 200  # letters
_LONGEST_HEADING = 50  # letters; a longer one may say all there is to say of a picture


def template_marks(text_blocks: Sequence[TextBlock]) -> set[int]:
    """The `id` of each text block that is nothing but marks which a template should have filled in: $$ARTICLEAD$$."""
    return {
        id(one)
        for one in text_blocks
        if (
            one.text[0] in _MAY_OPEN_ONE
            and one.kind != "pre"
            and len(one.text) < _LONGEST
            and _MARK.fullmatch(one.text)
        )
        or (one.text in _NO_VALUE and one.kind in ("p", "div"))
    }


def empty_headings(text_blocks: Sequence[TextBlock], kept: Collection[int]) -> set[int]:
    """The `id` of each kept heading of a box whose text was dropped: "Support our work" over an appeal."""
    headings = [
        at
        for at, one in enumerate(text_blocks)
        if id(one) in kept and _is_heading(one) and len(one.text) <= _LONGEST_HEADING
    ]
    if not headings:
        return set()
    filled = _holding([one for one in text_blocks if id(one) in kept and not _is_heading(one)])
    return {
        id(text_blocks[at])
        for at in headings
        if text_blocks[at].element.parent not in filled and _is_empty(at, text_blocks)
    }


def _holding(text_blocks: Sequence[TextBlock]) -> set[OpenElement]:
    """The elements that hold any of the text blocks."""
    found: set[OpenElement] = set()
    for one in text_blocks:
        for above in one.element.upwards():
            if above in found:
                break
            found.add(above)
    return found


def _is_heading(text_block: TextBlock) -> bool:
    return text_block.kind[0] == "h" and text_block.kind != "h1"


def _is_empty(heading: int, text_blocks: Sequence[TextBlock]) -> bool:
    """Whether a text of its own stands below a heading, by its place, in the element that holds it."""
    after = text_blocks[heading + 1] if heading + 1 < len(text_blocks) else None
    return after is not None and not _is_heading(after) and _is_in(after.element, text_blocks[heading].element.parent)


def _is_in(element: OpenElement | None, box: OpenElement | None) -> bool:
    return element is not None and any(above is box for above in element.upwards())
