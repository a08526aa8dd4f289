"""The passages around a page's headline, where bylines and datelines stand, and the last ones of its story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from fetch.extract.hints import BIT, hints_of
from fetch.extract.stream import Passage, Piece, read
from fetch.extract.survey import Survey

_OVER, _UNDER = 6_000, 14_000  # characters of markup that are looked at
_SOON, _LATER = 600, 2_500  # characters of text
_SHORT = 140
_LAST = 5
_ELSEWHERE = BIT["comment"] | BIT["promo"] | BIT["related"] | BIT["nav"] | BIT["footer"]


class Near(NamedTuple):
    """A passage and where it stands: "over" the headline, "under" it, "below" that, "far" off, or at the "end"."""

    passage: Passage
    place: str


def near_headline(page: Survey, headline: str, pieces: Sequence[Piece]) -> list[Near]:
    """The passages over and under the headline in the page's order, and the story's last short ones."""
    markup, at = _surroundings(page, headline, pieces)
    over = _passages(read(markup[markup.find("<", max(0, at - _OVER)) : at]))
    found = [Near(passage, "over") for passage in over[-6:]]
    passed = 0
    for nth, passage in enumerate(_passages(read(markup[at : at + _UNDER]))):
        found.append(Near(passage, "under" if passed < _SOON or nth < 7 else "below" if passed < _LATER else "far"))
        passed += len(passage.text) + 1
    last = [passage for passage in _passages(pieces[-40:]) if len(passage.text) < _SHORT]
    return (
        found
        + [Near(passage, "far") for passage in last[:-_LAST]]
        + [Near(passage, "end") for passage in last[-_LAST:]]
    )


def is_elsewhere(passage: Passage) -> bool:
    """Whether a passage stands in what is not the story's own: comments, promotions, other stories, forms."""
    holder = passage.holder
    return bool((holder.around | holder.own) & _ELSEWHERE) or holder.within in ("form", "aside", "footer")


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


def _passages(pieces: Sequence[Piece]) -> list[Passage]:
    return [piece for piece in pieces if isinstance(piece, Passage)]


def _surroundings(page: Survey, headline: str, pieces: Sequence[Piece]) -> tuple[str, int]:
    """The markup around the headline, and where in it the headline stands, or else where the story begins."""
    start = _letters(headline)[:40]
    for heading in page.headings:
        if start and _letters(heading.text()).startswith(start):
            markup = _around(heading)
            return markup, max(0, markup.find((heading.html or "")[:200]))
    body = page.tree.body
    markup = (body.html or "") if body else ""
    words = f">{headline[:40]}" if len(headline) > 8 else ""
    first = next((passage.runs[0][0][:40] for passage in _passages(pieces)), "")
    found = [markup.find(start) for start in (words, "<h1", first) if start]
    return markup, next((at for at in found if at >= 0), 0)


def _around(heading: LexborNode) -> str:
    """The markup of the nearest element around the heading that holds more than what is looked at."""
    up, markup = heading, heading.html or ""
    while len(markup) < _OVER + _UNDER and up.parent is not None and up.parent.tag != "html":
        up = up.parent
        markup = up.html or ""
    return markup


def _letters(text: str) -> str:
    return "".join(letter for letter in text[:200].casefold() if letter.isalnum())
