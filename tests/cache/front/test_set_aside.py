"""Stories that are muted until something else happens: what brings them back, and what does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cache.writes import front as acts
from tests.cache.front.conftest import NOON

pytestmark = pytest.mark.usefixtures("archive")

ARREST = (
    "Prosecutors arrested the harbour inspector Tavik Morrelund over the sinking of the {name} and accuse him of "
    "having sold its certificate.\n"
)


def named(reports):
    """The ferry that the reports of its sinking are about."""
    return next(
        word for word in reports[0].text.split() if word.istitle() and sum(word in one.text for one in reports) == 6
    )


def later(reports, lead, name):
    """The same event told on, by these papers: something new first, then what was known."""
    return [
        replace(
            one,
            event=500,
            headline=f"{one.headline}: inspector Morrelund arrested",
            text=lead.format(name=name) + one.text,
            at=one.at + timedelta(hours=1),
        )
        for one in reports
    ]


@pytest.mark.parametrize("kind", ["ferry", "court", "merger", "comet", "fire", "strike", "flood", "vaccine"])
@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 11])
def test_more_of_the_same_and_copies_of_it_do_not_bring_it_back(newsroom, page, events, kind, seed):
    (reports,) = events(9, copies=3, kind=kind, seed=seed)
    newsroom.land(reports[:3], NOON)
    (story,) = page().stories
    acts.mute(newsroom.store.connection, [story.best])
    assert (page().stories, page().muted) == ((), 1)
    newsroom.land(reports[3:], NOON + timedelta(minutes=10))
    assert not [one for one in page(NOON + timedelta(minutes=11)).stories if one.came_back]


def test_it_comes_back_once_two_sources_say_what_no_report_said_before_and_says_what(newsroom, page, events):
    (reports,) = events(6, kind="ferry")
    newsroom.land(reports[:4], NOON)
    (story,) = page().stories
    acts.mute(newsroom.store.connection, [story.best])
    first, second = later(reports[4:6], ARREST, named(reports))
    newsroom.land([first], NOON + timedelta(minutes=10))
    assert not page(NOON + timedelta(minutes=11)).stories
    newsroom.land([second], NOON + timedelta(minutes=20))
    (back,) = page(NOON + timedelta(minutes=21)).stories
    assert back.number == story.number
    assert back.came_back.startswith("since you muted it: Prosecutors arrested the harbour inspector")
    assert not back.read


@pytest.mark.parametrize("kind", ["court", "fire", "flood", "vaccine"])
def test_what_else_happened_is_found_behind_the_first_sentence_where_the_headlines_say_it(newsroom, page, events, kind):
    (reports,) = events(6, kind=kind)
    newsroom.land(reports[:4], NOON)
    (story,) = page().stories
    acts.mute(newsroom.store.connection, [story.best])
    arrest = "Prosecutors arrested the inspector Tavik Morrelund and accuse him of having sold a certificate.\n"
    told = [replace(one, text=one.text.replace("\n", f"\n{arrest}", 1)) for one in later(reports[4:], "", "no name")]
    newsroom.land(told, NOON + timedelta(minutes=10))
    assert [one.came_back for one in page(NOON + timedelta(minutes=11)).stories if "Morrelund" in one.came_back]


@pytest.mark.parametrize("kind", ["ferry", "court", "merger", "comet", "fire", "strike", "flood", "vaccine"])
def test_another_event_of_the_kind_and_region_is_not_muted_with_it(newsroom, page, events, kind):
    first, sibling = events(5, 4, kind=kind, seed=7)
    newsroom.land(first, NOON)
    (story,) = page().stories
    acts.mute(newsroom.store.connection, [story.best])
    newsroom.land(sibling, NOON + timedelta(minutes=10))
    shown = {one for other in page(NOON + timedelta(minutes=11)).stories for one in other.reports}
    assert {newsroom.entries[one.event, one.paper] for one in sibling} <= shown


def test_it_is_muted_again_and_undo_brings_it_back_as_it_was(newsroom, page, events):
    (reports,) = events(6, kind="ferry")
    newsroom.land(reports[:4], NOON)
    (story,) = page().stories
    acts.mute(newsroom.store.connection, [story.best])
    newsroom.land(later(reports[4:6], ARREST, named(reports)), NOON + timedelta(minutes=20))
    again = acts.mute(newsroom.store.connection, [story.best])
    assert not page(NOON + timedelta(minutes=21)).stories
    assert again is not None
    assert again.revert(newsroom.store.connection)
    (back,) = page(NOON + timedelta(minutes=21)).stories
    assert back.came_back


def test_several_are_muted_at_once_and_taken_back_at_once(newsroom, page, events):
    newsroom.land([one for reports in events(3, 2, 2) for one in reports], NOON)
    before = page().stories
    act = acts.mute(newsroom.store.connection, [story.best for story in before[:2]])
    assert [story.number for story in page().stories] == [before[2].number]
    assert act is not None
    assert act.sentence == "2 stories are on the front page again."
    assert act.revert(newsroom.store.connection)
    assert page().stories == before


def test_what_was_muted_already_is_no_act(newsroom, page, events):
    newsroom.land(events(3)[0], NOON)
    (story,) = page().stories
    acts.mute(newsroom.store.connection, [story.best])
    assert acts.mute(newsroom.store.connection, [story.reports[0]]) is None


def test_another_event_of_the_topic_comes_as_a_story_of_its_own_and_says_so(newsroom, page, events):
    (reports,) = events(6, kind="ferry")
    newsroom.land(reports[:4], NOON)
    (story,) = page().stories
    acts.mute(newsroom.store.connection, [story.best])
    told = later(reports[4:6], ARREST, named(reports))
    another = [
        replace(one, headline="Inspector Morrelund arrested", text=one.text[: one.text.index("\n") + 400])
        for one in told
    ]
    newsroom.land(another, NOON + timedelta(minutes=10))
    (other,) = page(NOON + timedelta(minutes=11)).stories
    assert other.number != story.number
    assert other.came_back == "new, of the topic of a story you muted"
