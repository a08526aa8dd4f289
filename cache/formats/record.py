"""What an article is in JSON, wherever Broadsheet writes it: names from schema.org/NewsArticle, times in ISO 8601."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from fetch.text import drawable

if TYPE_CHECKING:
    from cache.entry import Entry
    from fetch.article import Article, Figure, Teaser, When

Record: TypeAlias = dict[str, object]


def drawable_json(value: object) -> str:
    """A line of JSON; where it would bring what no terminal may see, every character that is not ASCII is escaped."""
    line = json.dumps(value, ensure_ascii=False)
    return line if drawable(line) is line else json.dumps(value)


def time_record(when: When | None) -> str | None:
    """ISO 8601: a moment with its offset, a day as a day."""
    return when.isoformat() if when else None


def entry_record(entry: Entry) -> Record:
    """An entry as lists give it: everything but the text; `id` is the REF that a person types."""
    return {
        "id": str(entry.id),
        "url": entry.url,
        "source": entry.source,
        "headline": entry.headline,
        "authors": list(entry.authors),
        "dateline": entry.dateline,
        "published": time_record(entry.published),
        "language": entry.language,
        "section": entry.section,
        "summary": entry.summary,
        "words": entry.words,
        "tags": list(entry.tags),
        "enclosures": [{"url": each.url, "type": each.type, "size": each.size} for each in entry.enclosures],
        "read": entry.read,
        "saved": entry.saved,
        "offline": entry.offline,
        "reason": entry.reason,
        "queued": entry.queued,
        "changed": entry.changed,
        "story": entry.story,
        "fetched": time_record(entry.fetched),
    }


def article_record(article: Article, entry: Entry | None = None) -> Record:
    """An article with its text; without an entry it is in no library, and was never read or saved."""
    kept = entry_record(entry) if entry else _in_no_library(article)
    return {
        **kept,
        "source": article.source or kept["source"],
        "headline": article.headline,
        "authors": list(article.authors),
        "dateline": article.dateline,
        "published": time_record(article.published),
        "modified": time_record(article.modified),
        "language": article.language,
        "section": article.section,
        "keywords": list(article.keywords),
        "dek": article.dek,
        "text": article.text,
        "words": article.words,
        "images": [_figure_record(figure) for figure in article.images],
        "related": [_teaser_record(teaser) for teaser in article.related],
        "page_sha256": article.page_sha256 or None,
    }


def _in_no_library(article: Article) -> Record:
    offline = "part" if article.reason else "full"
    none: Record = {"id": None, "url": article.url, "source": "", "tags": []}
    return {**none, "read": False, "saved": False, "offline": offline, "reason": article.reason, "fetched": None}


def _figure_record(figure: Figure) -> Record:
    return {"src": figure.src, "alt": figure.alt, "caption": figure.caption, "credit": figure.credit}


def _teaser_record(teaser: Teaser) -> Record:
    return {
        "url": teaser.url,
        "headline": teaser.headline,
        "teaser": teaser.summary,
        "published": time_record(teaser.published),
        "dateline": teaser.dateline,
    }
