"""Well-formed XML as a tree, for feeds and sitemaps; a document that declares entities is refused.

The standard library's own tree builder would expand entities, which is all an entity bomb needs.
"""

from __future__ import annotations

from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

MOST_ELEMENTS = 270_000
"""Elements of a tree, which ends there; a sitemap of 50,000 pages, the most there may be, has 250,000."""
DEEPEST = 200
"""Elements within each other; what lies deeper is not XML we read. Feeds that carry XHTML need some 40."""
_OF_LISTS = 3
"""Elements that are open between the entries of a feed or sitemap; where more are, its elements do not end."""
_PIECE = 1 << 18
"""Bytes that are parsed before it is looked whether that is enough."""
LONGEST_TAG = 1_000_000
"""Bytes of a tag with its attributes, each of which costs ten times what it weighs."""


class IllFormed(Exception):
    """It is not well-formed XML, or not XML we read."""


def parse_xml(body: bytes | str, *, cut: bool = False) -> Element:
    """The root of a document, names written "{namespace}name"; raises IllFormed.

    A document that is `cut` between the entries of a list, or has more than MOST_ELEMENTS, is read as far as it goes.
    """
    growing = _GrowingTree("utf-8" if isinstance(body, str) else None)
    try:
        for begin in range(0, len(body), _PIECE):
            growing.take(body[begin : begin + _PIECE])
            if growing.is_full:
                return growing.closed()
        if cut and growing.depth <= _OF_LISTS:
            return growing.closed()
        growing.parser.Parse(b"", True)
        return growing.builder.close()
    except (expat.ExpatError, ValueError, LookupError, AssertionError) as error:
        raise IllFormed(str(error)) from error


class _GrowingTree:
    """A tree while it is read: the parser, the builder that it feeds, and the elements that are open."""

    def __init__(self, encoding: str | None) -> None:
        self.builder = TreeBuilder()
        self._open: list[str] = []
        self._count = self._fed = 0
        self.parser = expat.ParserCreate(encoding, namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.builder.data
        self.parser.EntityDeclHandler = _refuse

    def take(self, piece: bytes | str) -> None:
        """Parses a piece of the document; raises ExpatError, and ValueError for what is beyond the limits."""
        encoded = piece.encode() if isinstance(piece, str) else piece
        self.parser.Parse(encoded, False)
        self._fed += len(encoded)
        if self._fed - max(0, self.parser.CurrentByteIndex) > LONGEST_TAG:
            raise ValueError(f"a tag of more than {LONGEST_TAG} bytes")

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._open)

    @property
    def is_full(self) -> bool:
        """Whether no further element is taken."""
        return self._count >= MOST_ELEMENTS

    def closed(self) -> Element:
        """The root, with whatever is still open ended here; raises AssertionError where there is none."""
        while self._open:
            self.builder.end(self._open.pop())
        return self.builder.close()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count >= MOST_ELEMENTS:  # the rest of a piece leaves the tree as it is
            self.parser.StartElementHandler = self.parser.EndElementHandler = None
            self.parser.CharacterDataHandler = None
            return
        if len(self._open) >= DEEPEST:
            raise ValueError(f"more than {DEEPEST} elements within each other")
        name = _qualified(name)
        self._open.append(name)
        self.builder.start(name, _all_qualified(attributes))

    def _end(self, _name: str) -> None:
        self.builder.end(self._open.pop())


def _refuse(name: str, *_: object) -> NoReturn:
    raise ValueError(f"declares an entity: {name}")


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def _all_qualified(attributes: dict[str, str]) -> dict[str, str]:
    return {_qualified(name): value for name, value in attributes.items()} if attributes else attributes
