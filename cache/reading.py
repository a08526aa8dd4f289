"""Pages read, and the pages of one story put together."""

from __future__ import annotations

from collections.abc import Sequence

from cache.orders import Page
from fetch.answer import Answer
from fetch.article import Article
from fetch.errors import FetchError


def read_page(answer: Answer) -> Page:
    """The article in an answer, or why there is none."""
    from fetch.extract import read

    try:
        article, further = read(answer.body, answer.url, content_type=answer.content_type)
    except FetchError as error:
        return Page(None, reason=error.reason)
    return Page(article, further)


def joined(parts: Sequence[Article]) -> Article:
    """The pages of one story as one."""
    from fetch.extract import join

    return join(parts) if len(parts) > 1 else parts[0]
