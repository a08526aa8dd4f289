"""A brief: a front page with the sentence, the figures and the reports of each story, as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cache.db import reads
from cache.front.detail import StoryKnowledge, detail
from cache.front_page import Brief, BriefStory

if TYPE_CHECKING:
    from cache.db.connection import Connection
    from cache.front_page import Front, FrontStory

_MOST_REPORTS = 12
"""Reports of a story that are named: the best, the one whose headline stands for it, the first of the others."""


def brief(connection: Connection, page: Front) -> Brief:
    """The brief of a front page."""
    known = StoryKnowledge.of(connection)
    sections = (
        (name, tuple(_story(connection, story, known) for story in stories)) for name, stories in page.sections()
    )
    return Brief(page, tuple(sections))


def _story(connection: Connection, story: FrontStory, known: StoryKnowledge) -> BriefStory:
    named = dict.fromkeys([story.best, story.central, *story.originals])
    entries = reads.entries(connection, [*named][:_MOST_REPORTS])
    return BriefStory(story, detail(connection, story, known), tuple(entries))
