"""What a page is cut into: text blocks, media tags and boundaries, and the elements that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from selectolax.lexbor import LexborNode

from fetch.extract.markup.class_hints import A_BOX, HINTS, NAMED_HIDDEN, NOT_SHOWN, OF_OTHERS, marks_in

STRONG, EMPHASIS, CODE = 1, 2, 4
"""How a run of text is set, as bits."""
_WITHIN = frozenset("blockquote figure figcaption table aside footer header form noscript li pre".split())
TextRun: TypeAlias = tuple[str, int, str]
"""A run of text as it stands in the markup, with its style as bits and where it leads; there are thousands of them."""


LINE_BREAK: TextRun = ("\n", 0, "")
"""The run for a <br>."""
Path: TypeAlias = tuple[str | int, ...]
_STEPS_ABOVE = 6  # of a path, two for each element
NOT_PARSED = -1
_ASKED_AGAIN = frozenset("article ol li td th".split())  # for their attributes, later on


Attributes: TypeAlias = Mapping[str, str | None]
"""The attributes of an element by name; None where one has no value."""
NO_ATTRIBUTES: Attributes = {}


class Box:
    """An element whose names say that it may be no part of the story: NAMED_HIDDEN or A_BOX, and the box around it."""

    __slots__ = ("around", "kind")

    def __init__(self, kind: int, around: Box | None) -> None:
        self.kind, self.around = kind, around


class OpenElement:
    """An element that is open while the page is walked.

    `own` are the hints of its names, `around` of those above it; `within` is the nearest element of a telling kind and
    `article` the `id` of the nearest <article>, 0 for none; `apart` is what keeps it apart from the story for certain,
    0 for nothing, and `box` the nearest element whose names say that it may be apart; `path` is it and the three around
    it, by name and hints: what a page makes alike, it means alike. All of these are found by `read`, as most elements
    hold no text block and nobody asks for theirs.
    """

    __slots__ = ("apart", "around", "article", "box", "name", "node", "own", "parent", "path", "within")
    apart: int
    around: int
    article: int
    box: Box | None
    path: Path
    within: str

    def __init__(self, name: str, node: LexborNode | None, parent: OpenElement | None) -> None:
        self.name, self.node, self.parent = name, node, parent
        self.own = NOT_PARSED

    @property
    def attributes(self) -> Attributes:
        """The attributes as the page has them."""
        return self.node.attributes if self.node is not None else NO_ATTRIBUTES

    def set_apart(self, marks: int) -> None:
        """Notes what sets it apart from a story: for certain, or by its names."""
        if certain := marks & (NOT_SHOWN | OF_OTHERS):
            self.apart = self.apart or (NOT_SHOWN if certain & NOT_SHOWN else OF_OTHERS)
        else:
            self.box = Box(NAMED_HIDDEN if marks & NAMED_HIDDEN else A_BOX, self.box)

    def upwards(self) -> Iterator[OpenElement]:
        """This element, and then those around it."""
        element: OpenElement | None = self
        while element is not None:
            yield element
            element = element.parent

    def read(self) -> None:
        """Finds the hints and paths of this element and of those around it."""
        unread = [self]
        while (above := unread[-1].parent) is not None and above.own == NOT_PARSED:
            unread.append(above)
        for element in reversed(unread):
            element.read_alone()

    def read_alone(self) -> None:
        """Finds the hints and paths of this element, those around it being known."""
        name, above, node = self.name, self.parent, self.node
        marks = marks_in(attributes) if node is not None and (attributes := node.attributes) else 0
        self.own = marks & HINTS
        if above is None:
            self.around, self.within, self.article, self.apart, self.box = 0, "", 0, 0, None
            self.path = (name, self.own)
            return
        self.around = above.around | above.own
        self.within = name if name in _WITHIN else above.within
        self.apart, self.box = above.apart, above.box
        self.path = (name, self.own, *above.path[:_STEPS_ABOVE])
        if marks > HINTS:
            self.set_apart(marks)
        self.article = id(self) if name == "article" else above.article
        if name not in _ASKED_AGAIN:
            self.node = None  # thousands of them, which only the reading of names needs


REPLY = "reply"


class Boundary(NamedTuple):
    """Where what holds text blocks begins ("ul") or ends ("/ul"), a rule ("hr"), or a button to reply (REPLY)."""

    name: str
    element: OpenElement | None = None


class TextBlock:
    """Text between two block boundaries, and the element that holds it.

    `length` counts its letters as they stand in the markup, `linked` and `styled` those inside links and in bold or
    italics. `language` is the programming language of code, where the page names it.
    """

    __slots__ = ("element", "kind", "language", "length", "linked", "runs", "styled", "text")

    def __init__(self, element: OpenElement) -> None:
        self.element, self.kind = element, element.name
        if element.own == NOT_PARSED:
            element.read()
        self.runs: list[TextRun] = []
        self.text = self.language = ""
        self.length = self.linked = self.styled = 0

    def ends_paragraph(self) -> bool:
        """Whether a line break here parts paragraphs: a second in a row, or after a long line that ends a sentence."""
        last = self.runs[-1][0]
        if last == "\n" or (last.isspace() and len(self.runs) > 1 and self.runs[-2][0] == "\n"):
            return True
        return self.length > 80 and last.rstrip().endswith((".", "!", "?", "”", '"', "。", "»", ":"))


class MediaTag(NamedTuple):
    """An image or an embed (iframe, video, audio), as its tag stands in the markup."""

    name: str
    attributes: Attributes
    element: OpenElement


Token: TypeAlias = TextBlock | Boundary | MediaTag
