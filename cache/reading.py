"""Pages and feeds read: by the press, and by the network's own processor while the press is busy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cache.orders import Order, Page
from fetch.answer import Answer
from fetch.article import Article
from fetch.errors import FetchError, NewsError
from fetch.listing import read_listing

QUICKLY_READ = 200_000
"""Bytes that the network's own processor may read; longer ones would keep its connections waiting."""


def read_ahead(order: Order) -> Order:
    """The order with its page or feed read already; as it is where that takes long, or the press has to complain."""
    answer = order.answer
    if answer is None or len(answer.body) > QUICKLY_READ:
        return order
    if order.what == "page":
        return replace(order, page=read_page(answer), answer=None)
    if order.kind != "feed":
        return order
    try:
        return replace(order, listing=read_listing("feed", answer), answer=replace(answer, body=b""))
    except NewsError:
        return order


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
