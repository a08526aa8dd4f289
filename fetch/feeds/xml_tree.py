"""Well-formed XML as a tree, for feeds and sitemaps; a document that declares entities is refused.

The standard library's own tree builder would expand entities, which is all an entity bomb needs.
"""

from __future__ import annotations

from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat


class IllFormed(Exception):
    """It is not well-formed XML, or not XML we read."""


def parse_xml(body: bytes | str) -> Element:
    """The root of a document, names written "{namespace}name"; raises IllFormed."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: builder.start(_qualified(name), _all_qualified(attributes))
    parser.EndElementHandler = lambda name: builder.end(_qualified(name))
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(body, True)
        return builder.close()
    except (expat.ExpatError, ValueError, LookupError, AssertionError) as error:
        raise IllFormed(str(error)) from error


def _refuse(name: str, *_: object) -> NoReturn:
    raise ValueError(f"declares an entity: {name}")


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def _all_qualified(attributes: dict[str, str]) -> dict[str, str]:
    return {_qualified(name): value for name, value in attributes.items()} if attributes else attributes
