"""What `--json` prints beside articles (those: `cache.formats.record`): sources, hits, related stories, changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.entry import CLOSES, OPENS, Entry
from cache.formats.highlights import highlight_records
from cache.formats.record import Record, article_record, entry_record, time_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cache.diff import Difference, Passage
    from cache.found import Hit, Related
    from cache.highlight import Highlight
    from cache.library import Library
    from cache.related.timeline import Report, Timeline
    from cache.source_entry import SourceEntry


def noted(library: Library, entry: Entry) -> Record:
    """An entry as lists give it, with the reader's note and highlights."""
    return {**entry_record(entry), **added(library.note_of(entry.id), library.highlights(entry.id))}


def added(note: str = "", highlights: Sequence[Highlight] = ()) -> Record:
    """What the reader added to an article."""
    return {"note": note, "highlights": highlight_records(highlights)}


def teaser_only(entry: Entry) -> Record:
    """An entry of which only the teaser is on disk, in the shape of an article: the summary is its dek, no text."""
    from fetch.article import Article

    return {**article_record(Article(entry.url, entry.headline), entry), **entry_record(entry), "dek": entry.summary}


def source_json(source: SourceEntry) -> Record:
    """A source with its counts."""
    return {
        "id": str(source.id),
        "url": source.url,
        "kind": source.kind,
        "title": source.title,
        "home": source.home,
        "group": next(iter(source.groups), ""),
        "groups": list(source.groups),
        "total": source.total,
        "unread": source.unread,
        "refreshed": time_record(source.refreshed),
        "error": source.error,
        "cut": source.is_cut,
        "paused": source.paused,
        "asked_every": source.every,
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


def hit_json(library: Library, hit: Hit) -> Record:
    """A search result: the entry, its snippet, and where in the snippet each match starts and ends."""
    return {**noted(library, hit.entry), "snippet": _without_marks(hit.snippet), "matches": matches(hit.snippet)}


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


def timeline_json(timeline: Timeline) -> Record:
    """A story as JSON: its reports in the order of time, and the figures that differ."""
    return {
        "reports": [{**entry_record(report.entry), **added_json(report)} for report in timeline.reports],
        "disputes": [
            {
                "what": dispute.what,
                "figures": [{"figure": figure, "id": str(number)} for figure, number in dispute.quantities],
            }
            for dispute in timeline.disputes
        ],
    }


def added_json(report: Report) -> Record:
    """What a report adds to those before it."""
    return {
        "adds": list(report.adds),
        "figures": list(report.quantities),
        "copy_of": str(report.copy_of) if report.copy_of else None,
    }


def difference_json(difference: Difference) -> Record:
    """A difference as JSON: each passage as pairs of "kept", "removed" or "added" and the words."""
    return {
        "since": time_record(difference.since),
        "added": difference.added,
        "removed": difference.removed,
        "headline": _edits(difference.headline),
        "passages": [_edits(passage) for passage in difference.passages],
    }


def _edits(passage: Passage) -> list[list[str]]:
    return [[edit.change, edit.text] for edit in passage.edits]
