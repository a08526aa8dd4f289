"""A citation: a passage in Markdown with whose it is, where it stands, and the digest of the page it was taken from."""

from __future__ import annotations

from collections.abc import Iterator

from cache.entry import Entry
from cache.formats.addresses import written
from cache.formats.clean_articles import clean_article
from cache.formats.markdown import as_text
from cache.formats.record import time_record
from fetch.article import Article


def passages(article: Article) -> list[str]:
    """The passages that may be cited, as a JSON's `text` has them, a line each; the first is number 1."""
    return article.text.split("\n") if article.text else []


def citation(article: Article, entry: Entry, passage: str = "") -> str:
    """The passage as a quotation, where there is one, and below it the source, in Markdown."""
    quoted = f"> {as_text(passage)}\n>\n> — " if passage else ""
    return quoted + ". ".join(_facts(clean_article(article), entry)) + "."


def _facts(article: Article, entry: Entry) -> Iterator[str]:
    """Who wrote what, where and when; without what is not known."""
    if article.authors:
        yield as_text(", ".join(article.authors))
    yield f"“{as_text(article.headline)}”"
    if source := article.source or entry.source:
        yield f"*{as_text(source)}*"
    if published := time_record(article.published):
        yield f"Published {published}"
    if address := written(article.url):
        yield f"<{address}>"
    if fetched := time_record(entry.fetched):
        yield f"Fetched {fetched}"
    if article.page_sha256:
        yield f"SHA-256 of the page: {article.page_sha256}"
