"""What is known of an article that is not on disk, as an article to be set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fetch.article import Article
from fetch.enclosures import with_enclosures
from tui.typeset.article import quoted

if TYPE_CHECKING:
    from cache.entry import Entry


def article_of(entry: Entry | None) -> Article:
    """The teaser, and the files that its feed hands out with it."""
    if entry is None:
        return Article("", "")
    return replace(
        Article(entry.url, entry.headline, with_enclosures(quoted(entry.summary), entry.enclosures)),
        authors=entry.authors,
        published=entry.published,
        dateline=entry.dateline,
        section=entry.section,
    )
