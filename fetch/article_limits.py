"""How much of what a stranger writes is kept in one teaser or article; what is longer is cut, and no list is endless.

Each figure is several times what the longest real ones need. They bound what lists, indexes and lines have to hold.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from fetch.article import Article, Teaser

LONGEST_HEADLINE = 1000
"""Characters of a headline; the longest of scientific papers have some 500."""
LONGEST_NAME = 300
"""Characters of a name: an author, a keyword, a section, a place."""
LONGEST_SUMMARY = 10_000
"""Characters of a summary or dek."""
MOST_NAMES = 200
"""Authors of an article, and keywords of one; physicists' papers are cut."""
MOST_ENCLOSURES = 20
"""Files handed out with an entry."""
LONGEST_KEY = 2000
"""Characters of what a feed calls an entry (guid, id)."""
MOST_CONTENT = 2_000_000
"""Characters of HTML that a feed carries of a story; a novel has as many."""
MOST_RELATED = 500
"""Stories that a page names beside its own."""


def bounded_teaser(teaser: Teaser) -> Teaser:
    """The teaser within the limits; the same object where it is."""
    if not _exceeds(teaser):
        return teaser
    return replace(
        teaser,
        headline=shortened(teaser.headline, LONGEST_HEADLINE),
        summary=shortened(teaser.summary, LONGEST_SUMMARY),
        dateline=shortened(teaser.dateline, LONGEST_NAME),
        section=shortened(teaser.section, LONGEST_NAME),
        language=teaser.language[:LONGEST_NAME],
        authors=_names(teaser.authors),
        keywords=_names(teaser.keywords),
        enclosures=teaser.enclosures[:MOST_ENCLOSURES],
        key=teaser.key[:LONGEST_KEY],
        content=teaser.content[:MOST_CONTENT],
    )


def bounded_article(article: Article) -> Article:
    """The article with what is said about its text within the limits; the text has its own, where it is read."""
    return replace(
        article,
        headline=shortened(article.headline, LONGEST_HEADLINE),
        dek=shortened(article.dek, LONGEST_SUMMARY),
        section=shortened(article.section, LONGEST_NAME),
        source=shortened(article.source, LONGEST_NAME),
        authors=_names(article.authors),
        keywords=_names(article.keywords),
        related=tuple(map(bounded_teaser, article.related[:MOST_RELATED])),
    )


def shortened(text: str, length: int) -> str:
    """The text in at most about so many characters: cut between words, with an ellipsis."""
    if len(text) <= length:
        return text
    kept = text[:length].rpartition(" ")[0] or text[:length]
    return kept.rstrip(" ,;:–—-") + " …"


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(shortened(name, LONGEST_NAME) for name in islice(names, MOST_NAMES))


def _exceeds(teaser: Teaser) -> bool:
    """Whether anything is longer than it may be; a quick look, as nearly nothing ever is."""
    return (
        len(teaser.headline) > LONGEST_HEADLINE
        or len(teaser.summary) > LONGEST_SUMMARY
        or len(teaser.content) > MOST_CONTENT
        or len(teaser.key) > LONGEST_KEY
        or len(teaser.enclosures) > MOST_ENCLOSURES
        or max(len(teaser.dateline), len(teaser.section), len(teaser.language)) > LONGEST_NAME
        or any(
            len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in names)
            for names in (teaser.authors, teaser.keywords)
        )
    )
