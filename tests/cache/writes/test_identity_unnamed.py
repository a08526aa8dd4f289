"""Entries that their source calls nothing, or nothing but an address: known by what it said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cache.writes import marks
from fetch.source import Source
from tests.cache.harbour import DAY, NEWS, NOW, rows, story, visiting


@pytest.fixture
def feed(store):
    return visiting(store)


@pytest.fixture
def other(store):
    return store.sources.add(Source("https://wire.example/feed", "feed", title="The Wire"))


@pytest.mark.parametrize("key", ["", "the address"])
@pytest.mark.parametrize(
    ("url", "headline"),
    [
        (f"{NEWS}the-pier-is-closed", "The pier is closed"),
        ("https://other.example/pier", "The pier is closed!"),
        (f"{NEWS}no-way-to-the-pier-471123.html", "No way to the pier"),
    ],
)
def test_an_entry_stays_the_same_where_headline_or_number_and_moment_do(store, feed, key, url, headline) -> None:
    before, other = f"{NEWS}pier-471123.html", story(f"{NEWS}crane", "A crane is sold", "")
    entry_id = feed(story(before, key=key and before), other)[0].entry_id
    marks.mark_read(store.connection, [entry_id], True)
    feed(story(url, headline, key and url), other)
    entry = next(entry for entry in rows(store) if entry.id == entry_id)
    assert len(rows(store)) == 2
    assert (entry.url, entry.headline, entry.read) == (url, headline, True)


@pytest.mark.parametrize(
    "second",
    [
        story(f"{NEWS}brief-2", published=DAY + timedelta(hours=3), key=""),
        story(f"{NEWS}brief-20260301-2", key=""),
        story(f"{NEWS}brief", key=""),
        story(f"{NEWS}brief-2", "Crews walk out", key=""),
        story(f"{NEWS}quay-20260301", "Crews walk out", key=""),
        story(f"{NEWS}brief-2", key="brief-2"),
    ],
)
def test_what_is_of_another_moment_or_says_other_things_is_another_story(store, feed, second) -> None:
    feed(story(f"{NEWS}brief-20260301", key=""))
    feed(second)
    assert len(rows(store)) == 2


@pytest.mark.parametrize("published", [DAY.date(), DAY.replace(hour=0), None])
def test_a_day_is_too_little_to_know_a_story_by(store, feed, published) -> None:
    for number in (1, 2):
        feed(story(f"{NEWS}brief/{number}", "News in brief", "", published))
    assert len(rows(store)) == 2


def test_what_is_listed_together_is_several_stories(store, feed) -> None:
    pair = [story(f"{NEWS}final/{n}", "The final", "") for n in (1, 2)]
    feed(pair[0])
    feed(*pair)
    feed(pair[1])
    assert len(rows(store)) == 2


def test_what_another_source_said_is_no_name_here(store, feed, other) -> None:
    feed(story(key=""))
    feed(story("https://wire.example/pier", key=""), source=other)
    assert len(rows(store)) == 2


def test_what_was_thrown_away_stays_away_under_a_changed_slug(store, feed) -> None:
    entry_id = feed(story(key=""))[0].entry_id
    marks.throw_away(store.connection, [entry_id], NOW)
    feed(story(f"{NEWS}pier-closed", key=""))
    assert rows(store) == []
    store.entries.delete([entry_id])
    assert feed(story(f"{NEWS}pier-shut", key="")) == []


def test_incidents_that_are_called_nothing_stay_several_whether_listed_together_or_alone(store, feed) -> None:
    lamps = [
        story(f"{NEWS}status", f"Lamp {n} is out", "", DAY + timedelta(hours=n), summary=f"On mole {n}.")
        for n in range(3)
    ]
    for visit in ((lamps[0],), (lamps[1], lamps[0]), (lamps[1],), (lamps[2],), (lamps[2], lamps[1])):
        feed(*visit)
    assert sorted(entry.headline for entry in rows(store)) == ["Lamp 0 is out", "Lamp 1 is out", "Lamp 2 is out"]


# ---- where a list dates its entries by when it was made


@pytest.mark.parametrize("key", ["", "post-{0}"])
def test_a_list_that_is_stamped_anew_at_each_visit_asks_for_no_page_again(store, feed, write, key) -> None:
    def stamped(at):
        return [story(f"{NEWS}{n}", f"Story {n}", key.format(n), at + timedelta(seconds=n)) for n in range(4)]

    for each in feed(*stamped(DAY)):
        store.articles.store_article(each.entry_id, write(f"Story {each.url[-1]}", url=each.url), NOW)
    names = store.connection.value("SELECT count(*) FROM address")
    assert feed(*stamped(DAY + timedelta(hours=5))) == []
    assert {entry.published for entry in rows(store)} == {DAY + timedelta(seconds=n) for n in range(4)}
    assert store.connection.value("SELECT count(*) FROM address") == names
    changed = [replace(stamped(DAY)[0], headline="Story 0 goes on"), *stamped(DAY)[1:]]
    assert [each.url for each in feed(*changed)] == [f"{NEWS}0"]


def test_stories_of_different_dates_are_asked_for_again_when_one_is_published_anew(store, feed, write) -> None:
    stories = [story(f"{NEWS}{n}", f"Story {n}", "", DAY - timedelta(hours=n)) for n in range(3)]
    for each in feed(*stories):
        store.articles.store_article(each.entry_id, write(f"Story {each.url[-1]}", url=each.url), NOW)
    again = replace(stories[2], published=DAY + timedelta(hours=1))
    assert [each.url for each in feed(again, *stories[:2])] == [f"{NEWS}2"]
