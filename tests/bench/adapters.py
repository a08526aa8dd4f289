"""What the scorers and outside checks call, with the repository root on sys.path; loads only what each needs."""

from __future__ import annotations

from typing import Any


def section(html: bytes, url: str) -> list[dict[str, str]]:
    """The stories that a section page lists."""
    from fetch.sections import find_teasers

    return [{"url": teaser.url, "headline": teaser.headline} for teaser in find_teasers(html, url)]


def is_story(text: str, url: str) -> bool:
    """Whether a link leads to a story."""
    from fetch.link_classifier.classifier import is_story as judged

    return judged(text, url)


def feed(data: bytes, content_type: str, url: str) -> list[dict[str, Any]]:
    """The entries of a feed, those that lead nowhere too; `link` is the feed's own, not the canonical one."""
    from fetch.feeds.entry import teaser_of
    from fetch.feeds.feed import read_feed

    read = read_feed(data, content_type, url)
    return [
        {
            "title": teaser.headline,
            "link": entry.link,
            "id": entry.key,
            "published": teaser.published,
            "summary": teaser.summary,
            "content": teaser.content,
        }
        for entry in read.entries
        for teaser in [teaser_of(entry)]
    ]


def extract(html: bytes, url: str) -> dict[str, Any]:
    """The article in a page: title, authors, published, dek, text and image; empty for a page that holds none."""
    from fetch.errors import NotNews
    from fetch.extract import extract as extracted

    try:
        article = extracted(html, url)
    except NotNews:
        return {}
    return {
        "title": article.headline,
        "authors": list(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "dek": article.dek,
        "text": article.text,
        "image": article.image.src if article.image else None,
    }


def text(html: bytes, url: str) -> str:
    """The text of the article in a page, by the shortest road; "" for a page that holds none."""
    from fetch.errors import NotNews
    from fetch.extract import extract_text

    try:
        return extract_text(html, url)
    except NotNews:
        return ""


def related(articles: list[dict[str, Any]]) -> Any:
    """The articles indexed by the product in a temporary library; asked by `.related(id, k)` and `.labels()`."""
    from tests.bench.related import Collection

    return Collection(articles)
