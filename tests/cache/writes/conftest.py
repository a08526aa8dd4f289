"""A sound library of some size, made once for all tests that damage copies of it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.source import Source

COUNT = 120


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "library.db"
    chance = random.Random(7)
    with Store(path) as store, store.batch():
        source_id = store.sources.add(Source("https://paper.example/feed", "feed"))
        for number in range(COUNT):
            text = " ".join(f"w{chance.randrange(10**5)}" for _ in range(200))
            article = Article(f"https://paper.example/{number}", f"Story {number}", (Paragraph((Span(text),)),))
            wanted = store.entries.store_teaser(source_id, Teaser(article.url, article.headline), 1e9)
            assert wanted
            store.articles.store_article(wanted.entry_id, article, 1e9)
    return path
