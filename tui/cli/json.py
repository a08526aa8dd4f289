"""What `--json` prints beside articles: sources, search results, related stories. Articles: cache.formats.record."""

from __future__ import annotations

from cache.entry import CLOSES, OPENS, Entry, Hit, Related, SourceEntry
from cache.formats.record import Record, article_record, entry_record, time_record
from fetch.article import Article


def teaser_only(entry: Entry) -> Record:
    """An entry of which only the teaser is on disk, in the shape of an article: the summary is its dek, no text."""
    return {**article_record(Article(entry.url, entry.headline), entry), **entry_record(entry), "dek": entry.summary}


def source_json(source: SourceEntry) -> Record:
    """A source with its counts."""
    return {
        "id": str(source.id),
        "url": source.url,
        "kind": source.kind,
        "title": source.title,
        "home": source.home,
        "group": source.group,
        "total": source.total,
        "unread": source.unread,
        "refreshed": time_record(source.refreshed),
        "error": source.error,
    }


def related_json(related: Related) -> Record:
    """A story beside another, and why it stands there."""
    return {
        "id": str(related.entry_id) if related.entry_id else None,
        "url": related.url,
        "headline": related.headline,
        "source": related.source,
        "published": time_record(related.published),
        "dateline": related.dateline,
        "summary": related.summary,
        "group": related.group,
        "why": related.why,
        "offline": related.offline,
        "also": list(related.also),
    }


def hit_json(hit: Hit) -> Record:
    """A search result: the entry, its snippet, and where in the snippet each match starts and ends."""
    return {**entry_record(hit.entry), "snippet": _without_marks(hit.snippet), "matches": matches(hit.snippet)}


def matches(snippet: str) -> list[list[int]]:
    """Start and end of each match, as offsets in the snippet without its marks."""
    found: list[list[int]] = []
    at, start = 0, 0
    for character in snippet:
        if character == OPENS:
            start = at
        elif character == CLOSES:
            found.append([start, at])
        else:
            at += 1
    return found


def _without_marks(snippet: str) -> str:
    return snippet.replace(OPENS, "").replace(CLOSES, "")
