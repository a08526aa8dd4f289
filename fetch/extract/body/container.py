"""Where on the page the body stands: the smallest element that holds nearly all running text, and the headline."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from fetch.extract.markup.class_hints import BIT, LONGEST_CLASS_LIST, hints_of
from fetch.extract.markup.page_index import PageIndex

_ENOUGH = 0.87
_LITTLE_TEXT = 250
_AGAINST = sum(
    BIT[name] for name in ("related", "promo", "comment", "nav", "aside", "footer", "hidden", "share", "author", "tags")
)


class _TextElement:
    """An element that holds running text, with how much of it lies beneath."""

    __slots__ = ("mass", "node", "parent", "weight")

    def __init__(self, node: LexborNode, parent: _TextElement | None, weight: float) -> None:
        self.node, self.parent, self.weight = node, parent, weight
        self.mass = 0.0


def find_container(page: PageIndex, *, bare: bool = False) -> LexborNode | None:
    """The element to read the body from, None for a page without a body element.

    `bare` counts text that stands outside paragraphs too.
    """
    body = page.tree.body
    if body is None:
        return None
    text_elements: dict[int, _TextElement] = {}
    for node in page.paragraphs:
        length = len(node.text())
        if length > 25 and (parent := node.parent):
            holder = _text_element(parent, text_elements)
            _weigh(holder, min(length, 1000) - 20)
    total = text_elements[body.mem_id].mass if body.mem_id in text_elements else 0.0
    if bare or total < _LITTLE_TEXT:
        total = _weigh_bare_text(body, text_elements)
    return _with_headline(_deepest(body, text_elements, total), page)


_HEADLINE = 10  # letters: a shorter heading is the site's name, or a section's
_MOST_TIMES, _MOST_MORE = 2, 20_000  # how much more markup the element with the headline may have, in letters


def _with_headline(container: LexborNode, page: PageIndex) -> LexborNode:
    """The element that holds the headline too, where it adds little: between the two stand the lede and more text."""
    headline = next((heading for heading in page.headings if len(heading.text()) > _HEADLINE), None)
    above = _common(container, headline) if headline else None
    if above is None or above.mem_id == container.mem_id or above.tag in ("body", "html"):
        return container
    more = _beside(container, above)
    return above if more <= _MOST_MORE or more <= _MOST_MORE + _MOST_TIMES * len(container.html or "") else container


def _beside(element: LexborNode, above: LexborNode) -> int:
    """How much markup one element has beside another in it, in letters: a part of what both would be to write out."""
    letters = 0
    while element.mem_id != above.mem_id and (parent := element.parent) is not None:
        before, after = element.prev, element.next
        while before is not None:
            letters += len(before.html or "")
            before = before.prev
        while after is not None:
            letters += len(after.html or "")
            after = after.next
        element = parent
        letters += sum([len(name) + len(value or "") + _OF_AN_ATTRIBUTE for name, value in parent.attributes.items()])
    return letters


_OF_AN_ATTRIBUTE = 4  # letters: its space, its equals sign and its quotes


def _common(container: LexborNode, other: LexborNode) -> LexborNode | None:
    """The nearest element that holds both."""
    above = {element.mem_id for element in _upwards(container)}
    return next((element for element in _upwards(other) if element.mem_id in above), None)


def _upwards(element: LexborNode | None) -> Iterator[LexborNode]:
    while element is not None:
        yield element
        element = element.parent


def _weigh(holder: _TextElement, length: float) -> None:
    mass = length * holder.weight
    above: _TextElement | None = holder
    while above is not None:
        above.mass += mass
        above = above.parent


def _text_element(node: LexborNode, text_elements: dict[int, _TextElement]) -> _TextElement:
    """The entry of an element, with its ancestors' up to the body."""
    above: list[LexborNode] = []
    at: LexborNode | None = node
    while at is not None and at.mem_id not in text_elements:
        above.append(at)
        at = at.parent if at.tag != "body" else None
    if at is not None:
        holder = text_elements[at.mem_id]
    else:
        top = above.pop()
        holder = text_elements[top.mem_id] = _TextElement(top, None, 1.0)
    for element in reversed(above):
        holder = text_elements[element.mem_id] = _TextElement(element, holder, holder.weight * _weight(element))
    return holder


_POOR_TAGS = frozenset(("aside", "footer", "nav", "form", "header", "figure", "figcaption", "noscript", "dialog"))


_NAMING = ("class", "id", "itemprop")


def _weight(element: LexborNode) -> float:
    """What running text counts here: class names like "comments" and elements like aside make it count less."""
    tag = element.tag
    if tag in ("body", "article", "main"):
        return 1.0
    attributes = element.attributes
    called = [name for attribute in _NAMING if (name := attributes.get(attribute))]
    hints = 0
    for name in called if sum(map(len, called)) < LONGEST_CLASS_LIST - 1 else ():
        hints |= hints_of(name)
    weight = 0.3 if tag in _POOR_TAGS else 1.0
    if hints & BIT["body"]:
        return weight * 1.2
    return weight * 0.4 if hints & _AGAINST else weight


def _weigh_bare_text(body: LexborNode, text_elements: dict[int, _TextElement]) -> float:
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
                _weigh(_text_element(parent, text_elements), min(length, 1000) - 20)
    return text_elements[body.mem_id].mass if body.mem_id in text_elements else 0.0


def _deepest(body: LexborNode, text_elements: dict[int, _TextElement], total: float) -> LexborNode:
    """The deepest element that still holds enough of the text."""
    best, smallest = body, float("inf")
    for holder in text_elements.values():
        if holder.mass >= total * _ENOUGH and holder.mass <= smallest:
            best, smallest = holder.node, holder.mass
    return best
