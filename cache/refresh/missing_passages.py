"""What the page of an article holds beside it, asked for once more; and the article as it is read with some of that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from cache.errors import CacheError
from cache.site import MissingPassages, SiteRule, kept_passages

if TYPE_CHECKING:
    from cache.entry import Entry
    from fetch.article import Article
    from fetch.fetcher import ReceivedStory
    from fetch.parsers.pool import Parsers

_NOT_WHOLE = "Its page no longer holds the whole story, so the text stays as it is."


async def missing_passages(
    parsers: Parsers, entry: Entry, story: ReceivedStory, rules: Sequence[SiteRule]
) -> MissingPassages:
    """What the pages of a story hold beside it; raises FetchError."""
    from fetch.extract import dropped_passages

    pages = tuple([(page.body, page.url, page.content_type) for page in story.pages])
    call = partial(dropped_passages, pages, kept_passages(rules))
    return MissingPassages(entry, pages, story.more, tuple(rules), await parsers.run(entry.url, call))


async def article_with(parsers: Parsers, missing: MissingPassages, rule: SiteRule) -> Article:
    """The article as it is read by one rule more; raises FetchError, and CacheError where it is less than is kept."""
    from fetch.extract import extract_story

    kept = kept_passages((*missing.rules, rule))
    call = partial(extract_story, missing.pages, more=missing.more, kept=kept)
    article = await parsers.run(missing.entry.url, call)
    if article.reason and not missing.entry.reason:
        raise CacheError(_NOT_WHOLE)
    return article
