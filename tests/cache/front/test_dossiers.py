"""A dossier as a row tells of it, and as it is listed: the same events of the same storyline."""

from __future__ import annotations

from datetime import timedelta

from tests.news_events import START, World

DAYS = 5


def test_what_a_row_says_of_a_dossier_is_what_it_lists(newsroom, page, reader):
    world = World(72, seed=2, hours=24 * DAYS)  # of each kind nine events, alike enough to be one storyline
    seen = START - timedelta(hours=1)
    for day in range(1, DAYS + 1):
        at = START + timedelta(days=day)
        newsroom.land([one for one in world.reports if seen < one.at <= at], at)
        seen = at
    front = page(START + timedelta(days=DAYS), span="week", of_one_topic=0)
    checked = 0
    for story in front.stories:
        place = reader.front_detail(story).dossier
        if place is None:
            continue
        listed = reader.dossier(story.best, front.at.timestamp(), place.report)
        assert listed is not None
        assert listed.headline == story.headline
        assert sum(event.first <= story.last for event in listed.events) == place.events
        first = listed.events[0].first.date()
        assert (story.last.date() - first).days + 1 == place.day
        assert listed.days >= place.day
        checked += 1
    assert checked > 5
