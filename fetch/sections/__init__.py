"""Bytes of a page of links → teasers.

Imports the link classifier, extract.markup (the parsed page) and the values of fetch.
"""

from __future__ import annotations

from fetch.article import Teaser
from fetch.errors import interpreting

__all__ = ["find_teasers"]


def find_teasers(page: bytes, url: str, *, content_type: str = "") -> list[Teaser]:
    """The stories a page lists, each once, in page order; none or few where it is no list of stories."""
    from fetch.sections.section import teasers_on

    with interpreting(url):
        return teasers_on(page, url, content_type)
