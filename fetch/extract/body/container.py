"""Where on the page the body stands: the smallest element that holds nearly all running text, and the headline."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from fetch.extract.markup.class_hints import BIT, hints_of
from fetch.extract.markup.page_index import Survey

_ENOUGH = 0.87
_LITTLE_TEXT = 250
_AGAINST = sum(
    BIT[name] for name in ("related", "promo", "comment", "nav", "aside", "footer", "hidden", "share", "author", "tags")
)


class _Place:
    """An element that holds running text, with how much of it lies beneath."""

    __slots__ = ("mass", "node", "parent", "worth")

    def __init__(self, node: LexborNode, parent: _Place | None, worth: float) -> None:
        self.node, self.parent, self.worth = node, parent, worth
        self.mass = 0.0


def container(page: Survey, *, bare: bool = False) -> LexborNode | None:
    """The element to read the body from, None for a page without a body element.

    `bare` counts text that stands outside paragraphs too.
    """
    body = page.tree.body
    if body is None:
        return None
    places: dict[int, _Place] = {}
    for node in page.paragraphs:
        length = len(node.text())
        if length > 25 and (parent := node.parent):
            place = _place(parent, places)
            _weigh(place, min(length, 1000) - 20)
    total = places[body.mem_id].mass if body.mem_id in places else 0.0
    if bare or total < _LITTLE_TEXT:
        total = _weigh_bare_text(body, places)
    return _with_headline(_deepest(body, places, total), page)


_HEADLINE = 10  # letters: a shorter heading is the site's name, or a section's
_MOST_TIMES, _MOST_MORE = 3, 20_000  # markup, in letters: beside the container's own, what the way up may add


def _with_headline(place: LexborNode, page: Survey) -> LexborNode:
    """The element that holds the headline too, where it adds little: between the two stand the lede and more text."""
    headline = next((heading for heading in page.headings if len(heading.text()) > _HEADLINE), None)
    above = _common(place, headline) if headline else None
    if above is None or above.mem_id == place.mem_id or above.tag in ("body", "html"):
        return place
    most = _MOST_TIMES * len(page.markup(place)) + _MOST_MORE
    return above if len(page.markup(above)) <= most else place


def _common(place: LexborNode, other: LexborNode) -> LexborNode | None:
    """The nearest element that holds both."""
    above = {element.mem_id for element in _upwards(place)}
    return next((element for element in _upwards(other) if element.mem_id in above), None)


def _upwards(element: LexborNode | None) -> Iterator[LexborNode]:
    while element is not None:
        yield element
        element = element.parent


def _weigh(place: _Place, length: float) -> None:
    mass = length * place.worth
    above: _Place | None = place
    while above is not None:
        above.mass += mass
        above = above.parent


def _place(node: LexborNode, places: dict[int, _Place]) -> _Place:
    """The place of an element, with its ancestors' up to the body."""
    above: list[LexborNode] = []
    at: LexborNode | None = node
    while at is not None and at.mem_id not in places:
        above.append(at)
        at = at.parent if at.tag != "body" else None
    if at is not None:
        place = places[at.mem_id]
    else:
        top = above.pop()
        place = places[top.mem_id] = _Place(top, None, 1.0)
    for element in reversed(above):
        place = places[element.mem_id] = _Place(element, place, place.worth * _worth(element))
    return place


_POOR_TAGS = frozenset(("aside", "footer", "nav", "form", "header", "figure", "figcaption", "noscript", "dialog"))


def _worth(element: LexborNode) -> float:
    """What running text counts here: class names like "comments" and elements like aside make it count less."""
    tag = element.tag
    if tag in ("body", "article", "main"):
        return 1.0
    attributes = element.attributes
    hints = hints_of(f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('itemprop') or ''}")
    worth = 0.3 if tag in _POOR_TAGS else 1.0
    if hints & BIT["body"]:
        return worth * 1.2
    return worth * 0.4 if hints & _AGAINST else worth


def _weigh_bare_text(body: LexborNode, places: dict[int, _Place]) -> float:
    """Weighs every text that stands outside paragraphs too; the slow way, for pages without `p`."""
    for node in body.traverse(include_text=True, skip_empty=True):
        if node.tag == "-text":
            length = len(node.text_content or "")
            parent = node.parent
            if (
                length > 40
                and parent is not None
                and parent.tag not in ("script", "style", "noscript", "p", "a", "textarea")
            ):
                _weigh(_place(parent, places), min(length, 1000) - 20)
    return places[body.mem_id].mass if body.mem_id in places else 0.0


def _deepest(body: LexborNode, places: dict[int, _Place], total: float) -> LexborNode:
    """The deepest place that still holds enough of the text."""
    best, smallest = body, float("inf")
    for place in places.values():
        if place.mass >= total * _ENOUGH and place.mass <= smallest:
            best, smallest = place.node, place.mass
    return best
