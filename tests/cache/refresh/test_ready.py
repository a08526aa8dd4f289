"""A page read for the writer is kept as the article that was found in it would be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cache.db import reads
from cache.refresh.ready import read_later_page, read_page
from cache.writes.store import open_store
from fetch.extract import extract_page
from tests.newsroom import page

URL = "https://gazette.example/news/mole"
NEXT = '<link rel="next" href="/news/mole?page=2">'


@pytest.mark.parametrize("source", ["", "Harbour Gazette"])
@pytest.mark.parametrize("is_titled", [True, False])
def test_what_was_packed_apart_is_kept_as_what_was_not(library: Path, source: str, is_titled: bool) -> None:
    body = page("mole").encode()
    article, _ = extract_page(body, URL)
    ready = read_page(body, URL, "text/html", source)
    assert (ready.article.headline, ready.article.body) == (article.headline, ())
    if not is_titled:  # what it is listed under stays its headline, and counts among its words
        article, ready = replace(article, headline=""), replace(ready, article=replace(ready.article, headline=""))
    kept = []
    for number, (one, text) in enumerate(((article, None), (ready.article, ready.text))):
        with open_store(library.with_name(f"{number}.db")) as store:
            entry_id = store.entries.entry_for(URL, now=1e9)
            store.articles.store_article(entry_id, one, 1e9, text=text)
            entry, stored = reads.entry(store.connection, entry_id), reads.article_at(store.connection, entry_id)
            words = store.connection.value("SELECT words FROM related_vectors WHERE entry_id = ?", (entry_id,))
        assert stored is not None
        assert stored.source in (article.source, source)
        kept.append((stored.body, stored.headline, stored.authors, entry.words, stored.dek, stored.keywords, words))
    assert kept[0] == kept[1]
    assert kept[0][3] > 50


def test_a_page_of_several_goes_on_as_it_was_found() -> None:
    body = (page("mole") + NEXT).encode()
    for ready in (read_page(body, URL, "", ""), read_later_page(body, URL, "")):
        assert ready.text is None
        assert ready.article.words > 50
    assert ready.further.endswith("?page=2")
