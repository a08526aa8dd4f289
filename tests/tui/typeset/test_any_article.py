"""Any article at any width is laid out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fetch.article import Article, Break, Footnote, Paragraph, Span
from tests.cache.formats.test_escaping import BLOCKS, TEXT
from tests.tui.newsroom import NOW
from tui.typeset.article import lay_out
from tui.typeset.cells import cells


def widest(article: Article, width: int) -> int:
    return max(cells(line.text) for line in lay_out(article, width, now=NOW))


@given(st.builds(Article, st.just("https://x.example/"), TEXT, BLOCKS, dek=TEXT, reason=TEXT), st.integers(1, 200))
def test_property_any_article_is_laid_out_at_any_width(article: Article, width: int) -> None:
    assert widest(article, width) > 0 or not article.headline.strip()


def test_a_footnote_with_a_long_name_is_no_wider_than_the_page() -> None:
    notes = (Footnote("a long name of a note", (Break(), Paragraph((Span("words " * 30),)))),)
    assert widest(Article("https://x.example/", "H", notes), 60) <= 60
