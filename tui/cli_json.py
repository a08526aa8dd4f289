"""What `--json` prints: one function a kind of record, names from schema.org/NewsArticle, times in ISO 8601."""

from __future__ import annotations

from typing import TypeAlias

from cache.entry import Entry, Hit, Related, SourceEntry
from fetch.article import Article, Figure, Teaser, When

Record: TypeAlias = dict[str, object]

MATCH, MATCH_END = "\ue000", "\ue001"
"""The private-use characters that stand before and after each match in a snippet."""


def when_json(when: When | None) -> str | None:
    """ISO 8601: a moment with its offset, a day as a day."""
    return when.isoformat() if when else None


def entry_json(entry: Entry) -> Record:
    """An entry as lists print it: everything but the text."""
    return {
        "id": entry.id,
        "url": entry.url,
        "source": entry.source,
        "headline": entry.headline,
        "authors": list(entry.authors),
        "dateline": entry.dateline,
        "published": when_json(entry.published),
        "language": entry.language,
        "section": entry.section,
        "summary": entry.summary,
        "words": entry.words,
        "tags": list(entry.tags),
        **_kept(entry),
    }


def article_json(article: Article, entry: Entry | None = None) -> Record:
    """An article with its text; without an entry it is not in the library, and was never read or saved."""
    return {
        "id": entry.id if entry else None,
        "url": entry.url if entry else article.url,
        "source": article.source or (entry.source if entry else ""),
        "headline": article.headline,
        "authors": list(article.authors),
        "dateline": article.dateline,
        "published": when_json(article.published),
        "modified": when_json(article.modified),
        "language": article.language,
        "section": article.section,
        "keywords": list(article.keywords),
        "dek": article.dek,
        "text": article.text,
        "words": article.words,
        "images": [_figure_json(figure) for figure in article.images],
        "related": [_teaser_json(teaser) for teaser in article.related],
        **(_kept(entry) if entry else _not_kept(article)),
    }


def unread_text_json(entry: Entry) -> Record:
    """An entry of which only the teaser is on disk, in the shape of an article: the summary is its dek, no text."""
    figureless: Record = {
        "modified": None,
        "keywords": [],
        "dek": entry.summary,
        "text": "",
        "images": [],
        "related": [],
    }
    return {**entry_json(entry), **figureless, "words": 0}


def source_json(source: SourceEntry) -> Record:
    """A source with its counts."""
    return {
        "id": source.id,
        "url": source.url,
        "kind": source.kind,
        "title": source.title,
        "home": source.home,
        "group": source.group,
        "total": source.total,
        "unread": source.unread,
        "refreshed": when_json(source.refreshed),
        "error": source.error,
    }


def related_json(related: Related) -> Record:
    """A story beside another, and why it stands there."""
    return {
        "id": related.entry_id or None,
        "url": related.url,
        "headline": related.headline,
        "source": related.source,
        "published": when_json(related.published),
        "dateline": related.dateline,
        "summary": related.summary,
        "group": related.group,
        "why": related.why,
        "offline": related.offline,
        "also": list(related.also),
    }


def hit_json(hit: Hit) -> Record:
    """A search result: the entry, its snippet, and where in the snippet each match starts and ends."""
    return {**entry_json(hit.entry), "snippet": _without_marks(hit.snippet), "matches": matches(hit.snippet)}


def matches(snippet: str) -> list[list[int]]:
    """Start and end of each match, as offsets in the snippet without its marks."""
    found: list[list[int]] = []
    at, start = 0, 0
    for character in snippet:
        if character == MATCH:
            start = at
        elif character == MATCH_END:
            found.append([start, at])
        else:
            at += 1
    return found


def _without_marks(snippet: str) -> str:
    return snippet.replace(MATCH, "").replace(MATCH_END, "")


def _kept(entry: Entry) -> Record:
    return {
        "read": entry.read,
        "saved": entry.saved,
        "offline": entry.offline,
        "reason": entry.reason,
        "queued": entry.queued,
        "changed": entry.changed,
        "story": entry.story,
        "fetched": when_json(entry.fetched),
    }


def _not_kept(article: Article) -> Record:
    offline = "teaser" if article.reason else "full"
    return {"read": False, "saved": False, "offline": offline, "reason": article.reason, "fetched": None}


def _figure_json(figure: Figure) -> Record:
    return {"src": figure.src, "alt": figure.alt, "caption": figure.caption, "credit": figure.credit}


def _teaser_json(teaser: Teaser) -> Record:
    return {
        "url": teaser.url,
        "headline": teaser.headline,
        "teaser": teaser.summary,
        "published": when_json(teaser.published),
        "dateline": teaser.dateline,
    }
