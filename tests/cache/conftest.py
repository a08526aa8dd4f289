"""A store in a folder of the test's own, and articles to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.source import Source

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "library.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as opened:
        yield opened


@pytest.fixture
def write() -> Callable[..., Article]:
    """Makes an article whose body has a paragraph a line."""

    def article(headline: str = "Harbour opens", text: str = "The harbour opened.", **facts: Any) -> Article:
        body = tuple(Paragraph((Span(line),)) for line in text.split("\n"))
        facts.setdefault("url", f"https://paper.example/{headline.lower().replace(' ', '-')}")
        return Article(headline=headline, body=body, **facts)

    return article


@pytest.fixture
def keep(store: Store, write: Callable[..., Article]) -> Callable[..., int]:
    """Keeps an article, each an hour after the one before; its number."""
    source_id = store.sources.add(Source("https://paper.example/feed", "feed", title="The Paper"))
    hours = iter(range(10_000))

    def kept(headline: str = "Harbour opens", text: str = "The harbour opened.", **facts: Any) -> int:
        article = write(headline, text, **facts)
        when = article.published or NOON + timedelta(hours=next(hours))
        now = NOON.timestamp() + 10**7
        wanted = store.entries.store_teaser(
            facts.pop("source_id", source_id), Teaser(article.url, headline, published=when), now
        )
        assert wanted is not None
        store.articles.store_article(wanted.entry_id, article, now)
        return wanted.entry_id

    return kept


@pytest.fixture
def source_id(store: Store) -> int:
    """A source without entries."""
    return store.sources.add(Source("https://paper.example/feed", "feed"))


@pytest.fixture
def teasers() -> Callable[..., list[Teaser]]:
    """Makes teasers, all published at the midnight that begins a day of March."""

    def listed(count: int, day: int = 1) -> list[Teaser]:
        start = datetime(2026, 3, day, tzinfo=UTC)
        return [Teaser(f"https://paper.example/{day}/{n}", f"Story {n}", published=start) for n in range(count)]

    return listed
