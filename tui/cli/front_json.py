"""The front page as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.formats.record import time_record

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.formats.record import Record
    from cache.front_page import Brief, Dossier, FrontStory, InDossier, StoryDetail


def story_json(story: FrontStory, detail: StoryDetail) -> Record:
    """A story of the front page with what its texts say."""
    quote = detail.quote
    return {
        "story": str(story.number),
        "headline": story.headline,
        "id": str(story.best),
        "headline_of": str(story.central),
        "section": story.section,
        "topic": str(story.topic) if story.topic else None,
        "sources": story.sources,
        "copies": story.copies,
        "reports": [str(one) for one in story.reports],
        "new": [str(one) for one in story.new],
        "grew": story.grew,
        "first": time_record(story.first),
        "last": time_record(story.last),
        "days": story.days,
        "dossier": _place(detail.dossier),
        "read": story.read,
        "came_back": story.came_back,
        "followed": story.followed,
        "sentence": quote and {
            "text": quote.text,
            "id": str(quote.entry_id),
            "source": quote.source,
            "shared_by": quote.shared_by,
            "of": quote.reports,
        },
        "differing": [
            {"what": each.what, "figures": [{"figure": figure, "id": str(one)} for figure, one, _ in each.figures]}
            for each in detail.differing
        ],
        "points": {factor.name: round(factor.points, 4) for factor in story.factors},
        "why": story.why,
    }  # fmt: skip


def _place(dossier: InDossier | None) -> Record | None:
    """Where a story stands in a dossier, whose number is that of its first event."""
    if dossier is None:
        return None
    return {"dossier": str(dossier.number), "day": dossier.day, "events": dossier.events}


def brief_json(brief: Brief) -> Record:
    """A brief: its moment, when its span began, and its sections with their stories, each with its reports."""
    return {
        "at": time_record(brief.page.at),
        "since": time_record(brief.page.since),
        "new_since": time_record(brief.page.new_since),
        "muted": brief.page.muted,
        "sections": [
            {
                "section": name,
                "stories": [
                    {**story_json(each.story, each.detail), "told_by": [_report(entry) for entry in each.reports]}
                    for each in stories
                ],
            }
            for name, stories in brief.sections
        ],
    }


def _report(entry: Entry) -> Record:
    return {"id": str(entry.id), "url": entry.url, "headline": entry.headline, "source": entry.source}


def dossier_json(dossier: Dossier) -> Record:
    """A storyline with its events."""
    return {
        "dossier": str(dossier.number),
        "headline": dossier.headline,
        "days": dossier.days,
        "events": [
            {
                "story": str(event.number),
                "first": time_record(event.first),
                "headline": event.headline,
                "id": str(event.best),
                "reports": event.reports,
                "sources": event.sources,
            }
            for event in dossier.events
        ],
    }
