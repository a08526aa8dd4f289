"""Parsing pages and feeds, for the store worker and for the parser process."""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Sequence
from dataclasses import dataclass

from fetch.article import Article
from fetch.errors import FetchError, NewsError
from fetch.http.response import Response
from fetch.listing import read_listing


@dataclass(frozen=True, slots=True)
class Page:
    """A page that has been read: its article or why there is none, and the address of its next part."""

    article: Article | None
    further: str = ""
    reason: str = ""
    sentence: str = ""


def read_page(answer: Response) -> Page:
    """The article in an answer, or why there is none."""
    from fetch.extract import extract_page

    try:
        article, further = extract_page(answer.body, answer.url, content_type=answer.content_type)
    except FetchError as error:
        return Page(None, reason=error.reason, sentence=str(error))
    return Page(article, further)


def joined(parts: Sequence[Article], *, more: bool) -> Article:
    """The pages of one story as one; not whole where there are `more`."""
    from fetch.extract import join

    return join(parts, more=more)


def parsed_of(what: str, answer: Response) -> bytes:
    """A page, or the listing of a feed, read and pickled; empty where the store worker is to find out what is wrong."""
    if what == "page":
        return pickle.dumps(read_page(answer), protocol=5)
    with contextlib.suppress(NewsError):
        return pickle.dumps(read_listing("feed", answer), protocol=5)
    return b""
