"""Pages read: by the press, and by the network's own processor while the press is busy."""

from __future__ import annotations

from collections.abc import Sequence

from cache.orders import Page
from fetch.answer import Answer
from fetch.article import Article
from fetch.errors import FetchError


def read_page(answer: Answer) -> Page:
    """The article in an answer, or why there is none."""
    from fetch.extract import extract, next_page

    try:
        article = extract(answer.body, answer.url, content_type=answer.content_type)
    except FetchError as error:
        return Page(None, reason=error.reason)
    return Page(article, next_page(answer.body, answer.url))


def joined(parts: Sequence[Article]) -> Article:
    """The pages of one story as one."""
    from fetch.extract import join

    return join(parts) if len(parts) > 1 else parts[0]
