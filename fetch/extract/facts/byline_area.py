"""The passages around a page's headline, where bylines and datelines stand, and the last ones of its story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from fetch.extract.facts.names import squeezed
from fetch.extract.markup.class_hints import BIT, hints_of
from fetch.extract.markup.document import parse
from fetch.extract.markup.page_index import Survey
from fetch.extract.markup.tokenizer import Passage, Piece, read

_OVER, _UNDER = 8_000, 12_000  # characters of markup that are looked at
_SOON, _LATER = 600, 2_500  # characters of text
_SHORT = 140
_MOST = 40
_LAST = 5
_ELSEWHERE = BIT["comment"] | BIT["promo"] | BIT["related"] | BIT["nav"] | BIT["footer"]


class Near(NamedTuple):
    """A passage and where it stands: "over" the headline, "under" it, "below" that, "far" off, or at the "end"."""

    passage: Passage
    place: str


def near_headline(page: Survey, headline: str, pieces: Sequence[Piece], *, wide: bool = False) -> list[Near]:
    """The passages over and under the headline in the page's order, and the story's last short ones.

    They come from the story's own `pieces` where the headline stands among these; `wide` asks the whole page, which
    costs as much again as to parse it.
    """
    passages = _passages(pieces)
    at = next((at for at, passage in enumerate(passages) if _is_headline(passage, headline)), -1)
    if wide or at < 0:
        over, under = _around_headline(page, headline, pieces)
    else:
        over, under = passages[:at], passages[at : at + _MOST]
    found = [Near(passage, "over") for passage in over[-6:]]
    passed = 0
    for nth, passage in enumerate(under):
        found.append(Near(passage, "under" if passed < _SOON or nth < 7 else "below" if passed < _LATER else "far"))
        passed += len(passage.text) + 1
    last = [passage for passage in passages[-30:] if len(passage.text) < _SHORT]
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


def _is_headline(passage: Passage, headline: str) -> bool:
    start = headline[:20]
    return bool(start) and passage.kind[0] == "h" and passage.text.startswith(start)


def _around_headline(page: Survey, headline: str, pieces: Sequence[Piece]) -> tuple[list[Passage], list[Passage]]:
    """The passages over the headline and from it on, where it stands outside of the story's element."""
    markup = page.markup(page.tree.body)
    at = _place_of(markup, page.headings, headline, pieces)
    return _in_part(markup[markup.find("<", max(0, at - _OVER)) : at]), _in_part(markup[at : at + _UNDER])


def _in_part(markup: str) -> list[Passage]:
    """The passages in a part of a page; cut anywhere, as inside a script, it is sound only once it is parsed again."""
    body = parse(markup.encode("utf-8", "replace"), "text/html; charset=utf-8").body
    return _passages(read((body.html or "") if body else ""))


def _place_of(markup: str, headings: Sequence[LexborNode], headline: str, pieces: Sequence[Piece]) -> int:
    """Where in the markup the headline stands: its h1, its words elsewhere, or else where the story begins."""
    start = squeezed(headline)[:40]
    place = 0
    for heading in headings:
        place = markup.find("<h1", place) + 1
        if place and start and squeezed(heading.text()[:200]).startswith(start):
            return place - 1
    words = headline[:40] if len(headline) > 8 else ""
    first = next((passage.runs[0][0][:40] for passage in _passages(pieces)), "")
    found = (markup.find(f">{words}") if words else -1, markup.find("<h1"), markup.find(first) if first else -1)
    return next((at for at in found if at >= 0), 0)
