"""The front page of a small library: which stories stand on it, in which order, and what is said of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from cache import handbook
from cache.front.choices import MUTED
from cache.front.ranking import deciding
from cache.front_page import InDossier
from cache.writes import front as acts
from cache.writes import marks
from cache.writes.undo_change import is_sound
from tests.cache.front.conftest import NOON
from tests.news_events import GROUPS, PAPERS, START, World


def told(page, newsroom):
    """The events of the stories, in their order."""
    return [newsroom.events[story.central] for story in page.stories]


def test_what_more_sources_report_stands_higher(newsroom, page, events):
    small, large, single = events(2, 6, 1)
    newsroom.land([*small, *large, *single], NOON)
    assert told(page(), newsroom) == [1, 0, 2]
    assert [story.sources for story in page().stories] == [6, 2, 1]


def test_copies_of_one_wire_report_are_one_source(newsroom, page, events):
    copied, own = events(1, 3, copies=0)
    (wire,) = events(1, copies=7, seed=6)
    wire = [replace(report, event=7) for report in wire]
    newsroom.land([*wire, *own, *copied], NOON)
    first, second, third = page().stories
    assert (newsroom.events[first.central], first.sources) == (1, 3)
    assert (len(second.reports), second.sources, second.copies) == (8, 1, 7)
    assert "7 copies of a report not counted" in second.why
    assert (third.sources, third.copies) == (1, 0)


def test_of_two_alike_the_one_that_grows_and_the_one_that_is_newer_stand_higher(newsroom, page, events):
    early, late = events(4, 4)
    newsroom.land([*early, *late], NOON)
    moved = timedelta(hours=12)
    connection = newsroom.store.connection
    connection.run(
        "UPDATE entry SET at = at - ? WHERE id IN (SELECT id FROM entry WHERE url LIKE '%/0')", (moved.total_seconds(),)
    )
    first, second = page().stories
    assert [newsroom.events[first.central], newsroom.events[second.central]] == [1, 0]
    assert "growth" in {factor.name for factor in first.factors if factor.points}
    assert not next(factor for factor in second.factors if factor.name == "growth").points


def test_why_here_names_what_decided(newsroom, page, events):
    small, large, single = events(2, 6, 1)
    newsroom.land([*small, *large, *single], NOON)
    stories = page().stories
    for story, below in pairwise(stories):
        name = deciding(story, below)
        without = [sum(factor.points for factor in each.factors if factor.name != name) for each in (story, below)]
        by_it = sum(factor.points for factor in story.factors if factor.name == name)
        assert by_it > sum(factor.points for factor in below.factors if factor.name == name)
        assert story.points - below.points > without[0] - without[1], "without it the two lie closer"
        assert {"sources": "how many report it", "growth": "how fast it grows"}[name] in story.why
    assert stories[-1].why.startswith("One source")


def test_why_here_tells_hours_as_they_were_counted(newsroom, page, events):
    newsroom.land(events(3)[0], NOON)
    (story,) = page(NOON, span="week").stories
    assert "3 of them in the last 42 hours" in story.why


def test_the_headline_is_that_of_the_report_in_the_middle_and_not_of_the_loudest(newsroom, page, events):
    (reports,) = events(5)
    loud = [replace(reports[0], headline=reports[0].headline.upper())]
    newsroom.land([*loud, *reports[1:]], NOON)
    (story,) = page().stories
    assert len(story.reports) == 5
    assert story.headline in {report.headline for report in reports[1:]}


def test_the_best_report_is_whole_then_of_the_first_source_then_the_original(newsroom, page, events):
    (reports,) = events(2, copies=2)
    newsroom.land(reports, NOON)
    connection = newsroom.store.connection
    (story,) = page().stories
    by_source = {source: entry for entry, source in connection.rows("SELECT id, source_id FROM entry")}
    order = [
        source for (source,) in connection.rows("SELECT id FROM source ORDER BY section, id") if source in by_source
    ]
    assert story.best == by_source[order[0]]
    connection.run("UPDATE entry SET offline = 3 WHERE id = ?", (story.best,))
    (now,) = page().stories
    assert now.best == by_source[order[1]], "a part comes after a full text"
    connection.run("UPDATE entry SET offline = 0 WHERE id <> ?", (by_source[order[-1]],))
    (now,) = page().stories
    assert now.best == by_source[order[-1]]


def test_at_most_two_stories_of_one_topic_stand_among_the_first_ten(newsroom, archive, page, events):
    floods = events(*[6] * 6, kind="flood", seed=8)
    others = [[replace(report, event=100 + report.event) for report in one] for one in events(*[2] * 8, seed=9)]
    newsroom.land([report for one in [*floods, *others] for report in one], NOON)
    first = told(page(), newsroom)[:8]
    assert sum(event < 6 for event in first) <= 3, first  # one of the others is a flood, too
    assert told(page(of_one_topic=0), newsroom)[:6] != first[:6]
    assert {event < 6 for event in told(page(of_one_topic=0), newsroom)[:6]} == {True}


def test_sections_are_the_groups_of_the_sources(newsroom, page, events):
    reports = events(1, 1, 1, 1, 1, 1, 1)
    newsroom.land([report for one in reports for report in one], NOON)
    front = page()
    for story in front.stories:
        report = next(one for one in reports[newsroom.events[story.central]])
        assert story.section == GROUPS[report.paper % len(GROUPS)]
    sections = front.sections()
    assert [story for _, stories in sections for story in stories] != []
    assert {name for name, _ in sections} <= set(GROUPS)
    assert sections[0][1][0] == front.stories[0]


def test_a_span_shows_what_was_published_in_it(newsroom, page, events):
    (reports,) = events(3)
    newsroom.land(reports, NOON)
    later = NOON + timedelta(days=2)
    assert [len(page(later, span=span).stories) for span in ("24h", "week")] == [0, 1]
    assert len(page(later, since=START).stories) == 1
    assert len(page(NOON, span="today", midnight=NOON.replace(hour=11)).stories) == 0
    assert len(page(NOON, span="today", midnight=NOON.replace(hour=0)).stories) == 1


def test_what_lands_after_the_moment_of_the_page_is_not_on_it(newsroom, page, events):
    (reports,) = events(3)
    newsroom.land(reports, NOON)
    assert page(NOON - timedelta(hours=1)).stories == ()


def test_the_same_library_and_moment_give_the_same_page(newsroom, page):
    newsroom.land([report for report in World(40, seed=3).reports if report.at < NOON], NOON)
    assert page() == page()
    assert len(page().stories) > 10


def test_a_day_in_ten_steps_says_what_is_new_and_counts_copies_once(newsroom, page):
    world = World(8, seed=21)
    steps = [START + timedelta(hours=4 * step) for step in range(1, 11)]
    seen, grown = START, 0
    for at in steps:
        newsroom.land(
            [report for report in world.reports if seen < report.at <= at or (at == steps[0] and report.at <= at)], at
        )
        told_by = {
            event.number: [one for one in world.reports if one.event == event.number and one.at <= at]
            for event in world.events
        }
        front = page(at, since=START - timedelta(hours=1), of_one_topic=0)
        assert {newsroom.events[story.central] for story in front.stories} == {
            event for event, some in told_by.items() if some
        }
        for story in front.stories:
            event = newsroom.events[story.central]
            reports = told_by[event]
            assert {newsroom.events[one] for one in story.reports} == {event}
            new = {newsroom.entries[event, one.paper] for one in reports if one.at > seen or at == steps[0]}
            assert set(story.new) == new, "new since the last look"
            assert story.sources == sum(not one.is_copy for one in reports), "copies of the wire count once"
            assert story.copies == sum(one.is_copy for one in reports)
            assert story.grew == (0 < len(new) < len(reports))
            grown += story.grew
        acts.look(newsroom.store.connection, at.timestamp() + 1)
        seen = at
    assert grown > 5


def test_since_one_looked_is_what_landed_since(newsroom, page, events):
    first, second = events(3, 2)
    newsroom.land(first, NOON)
    assert len(page(span="looked").stories) == 1, "a day where nobody has looked yet"
    acts.look(newsroom.store.connection, NOON.timestamp() + 1)
    later = NOON + timedelta(hours=1)
    assert page(later, span="looked").stories == ()
    newsroom.land(second, later)
    assert told(page(later, span="looked"), newsroom) == [1]
    acts.look(newsroom.store.connection, NOON.timestamp() - 5)
    assert told(page(later, span="looked"), newsroom) == [1], "an earlier look changes nothing"


def test_a_story_that_was_read_comes_back_with_what_is_new_and_not_for_a_copy(newsroom, archive, page, events):
    (reports,) = events(6, copies=2)
    own, copies = [one for one in reports if not one.is_copy], [one for one in reports if one.is_copy]
    newsroom.land(own[:4], NOON)
    (story,) = page().stories
    assert (story.read, story.came_back) == (False, "")
    marks.mark_read(newsroom.store.connection, [story.best], True, NOON.timestamp() + 10)
    (story,) = page().stories
    assert (story.read, story.came_back) == (True, "")
    newsroom.land(copies, NOON + timedelta(minutes=10))
    (story,) = page(NOON + timedelta(minutes=11)).stories
    assert (story.read, story.copies) == (True, 2)
    newsroom.land(own[4:], NOON + timedelta(minutes=20))
    (story,) = page(NOON + timedelta(minutes=21)).stories
    names = {PAPERS[one.paper] for one in own[4:]}
    assert not story.read
    assert story.came_back.startswith("2 new reports since you read it: ")
    assert set(story.came_back.partition(": ")[2].split(", ")) == names


def test_a_muted_story_stays_away_whatever_comes_and_another_event_comes(newsroom, page, events):
    first, sibling = events(3, 3, kind="flood")
    newsroom.land(first[:2], NOON)
    (story,) = page().stories
    assert acts.toggle_muted(newsroom.store.connection, story.best)
    assert (page().stories, page().muted) == ((), 1)
    newsroom.land([*first[2:], *sibling], NOON + timedelta(minutes=1))
    front = page(NOON + timedelta(minutes=2))
    assert (told(front, newsroom), front.muted) == ([1], 1)
    acts.toggle_muted(newsroom.store.connection, newsroom.entries[0, first[2].paper])
    assert not acts.is_muted(newsroom.store.connection, story.best)
    assert len(page(NOON + timedelta(minutes=2)).stories) == 2


def test_a_large_story_is_muted_by_a_report_that_is_no_longer_looked_at(newsroom, page, events, monkeypatch):
    (reports,) = events(6)
    newsroom.land(reports, NOON)
    (story,) = page().stories
    assert acts.toggle_muted(newsroom.store.connection, story.reports[0])
    monkeypatch.setattr("cache.front.candidates._MOST_REPORTS", 2)
    assert (page().stories, page().muted) == ((), 1)


def test_all_reports_of_a_large_story_are_counted(newsroom, page, events):
    (reports,) = events(3)
    newsroom.land([*reports, *(replace(reports[0], event=100 + copy) for copy in range(90))], NOON)
    ids = [row[0] for row in newsroom.store.connection.rows("SELECT id FROM entry")]
    newsroom.store.stories.put_together([ids])
    (story,) = page().stories
    assert len(story.reports) == 93


def test_what_is_no_choice_in_the_settings_is_passed_by(newsroom, page, events):
    (reports,) = events(3)
    newsroom.land(reports, NOON)
    for odd in ("7", '["x", null, true, {"a": 1}, 1e400]', "[" * 3000, '{"a": 1}'):
        newsroom.store.connection.run(
            "INSERT OR REPLACE INTO setting VALUES ('front.muted', ?), ('front.looked', ?)", (odd, odd)
        )
        assert len(page().stories) == 1


def test_a_topic_that_is_followed_has_a_section_of_its_own(newsroom, archive, page, events):
    floods = events(2, 2, kind="flood", seed=8)
    ferry, merger = ([replace(report, event=10 + report.event) for report in one] for one in events(3, 3, seed=9))
    newsroom.land([*floods[0], *ferry], NOON)
    (flood,) = (story for story in page().stories if newsroom.events[story.central] == 0)
    assert acts.toggle_followed(newsroom.store.connection, flood.best)
    newsroom.land([*floods[1], *merger], NOON + timedelta(minutes=1))
    front = page(NOON + timedelta(minutes=2))
    name, stories = front.sections()[0]
    assert (name, {newsroom.events[story.central] for story in stories}) == ("Followed", {0, 1})
    assert not acts.toggle_followed(newsroom.store.connection, newsroom.entries[0, floods[0][1].paper])
    assert {name for name, _ in page(NOON + timedelta(minutes=2)).sections()} & {"Followed"} == set()


def test_a_storyline_of_days_is_a_dossier_with_its_events(newsroom, page, reader, events):
    floods = events(2, 2, 2, 2, kind="flood", seed=8)
    others = events(2, 2, 2, seed=9)
    for day, flood in enumerate(floods):
        at = NOON - timedelta(days=9 - 3 * day)
        moved = [replace(report, at=at - timedelta(hours=1)) for report in flood]
        newsroom.land(moved, at)
    newsroom.land([replace(report, event=10 + report.event) for one in others for report in one], NOON)
    found = reader.dossiers(page())
    (dossier,) = (one for one in found if newsroom.events[one.events[-1].best] == 3)
    assert [newsroom.events[event.best] for event in dossier.events] == [0, 1, 2, 3]
    assert (dossier.days, {event.sources for event in dossier.events}) == (10, {2})
    assert dossier.events == tuple(sorted(dossier.events, key=lambda event: event.first))
    assert reader.dossiers(page(NOON - timedelta(days=8))) == [], "one event is no storyline"
    places = {newsroom.events[story.central]: reader.front_detail(story).dossier for story in page().stories}
    assert places == {3: InDossier(dossier.number, 10, 4), 10: None, 11: None, 12: None}
    second, third = (reader.in_dossier(page(NOON - timedelta(days=day)).stories[0]) for day in (6, 3))
    assert second is None, "two events are no storyline"
    assert third == InDossier(dossier.number, 7, 3), "what has come later is none of it"


def test_undo_takes_back_one_choice_and_leaves_what_another_program_chose(newsroom, page, events):
    newsroom.land([report for event in events(4, 3, 2) for report in event], NOON)
    first, second, third = page().stories
    connection = newsroom.store.connection
    act = acts.choose(connection, MUTED, first.best)
    acts.choose(connection, MUTED, second.best)  # another program's
    assert act.revert(connection)
    assert [story.number for story in page().stories] == [first.number, third.number]
    assert not act.revert(connection)
    assert not is_sound(["front choice", "front.looked", [], [1]])
    assert not is_sound(["front choice", "front.muted", [], ["1"]])
    again = acts.choose(connection, MUTED, second.best)
    assert len(page().stories) == 3
    assert again.revert(connection)
    assert [story.number for story in page().stories] == [first.number, third.number]


def handbook_in(newsroom, sources):
    """The handbook beside so many sources; all its pages have landed by noon."""
    connection = newsroom.store.connection
    connection.run(f"UPDATE source SET removed = 1 WHERE id NOT IN ({','.join(map(str, newsroom.sources[:sources]))})")
    source_id = handbook.add(newsroom.store, NOON.timestamp())
    newsroom.store.stories.assign_all()
    connection.run("UPDATE entry SET at = ? - id * 86400 WHERE source_id = ?", (NOON.timestamp(), source_id))
    return {row[0] for row in connection.rows("SELECT id FROM shelf WHERE source_id = ?", (source_id,))}


def test_the_handbook_is_no_news_where_three_sources_are_kept(newsroom, page, reader, events):
    newsroom.land([one for one in events(3)[0] if one.paper < 16], NOON)
    pages = handbook_in(newsroom, 3)
    front = page(since=START - timedelta(days=99))
    assert len(front.stories) == 1
    assert pages.isdisjoint(front.stories[0].reports)
    assert reader.dossiers(front) == []
    assert {reader.dossier(one, NOON.timestamp()) for one in pages} == {None}


@pytest.mark.parametrize("sources", [0, 2])
def test_the_handbook_fills_the_page_of_a_library_with_little_else(newsroom, page, sources):
    pages = handbook_in(newsroom, sources)
    assert {one for story in page(since=START - timedelta(days=99)).stories for one in story.reports} <= pages
    assert page(since=START - timedelta(days=99)).stories
