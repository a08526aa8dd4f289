"""An entry is what its source calls it; across sources, where it stands: kept once, with what the reader did."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cache.db import reads
from cache.writes import marks
from fetch.article import Embed, Enclosure, Teaser
from fetch.listing import read_feed_text
from fetch.source import Source
from tests.cache.harbour import DAY, NEWS, NOW, found, rows, story, visiting


@pytest.fixture
def feed(store):
    return visiting(store)


@pytest.fixture
def other(store):
    return store.sources.add(Source("https://wire.example/feed", "feed", title="The Wire"))


@pytest.mark.parametrize(
    "url",
    [
        f"{NEWS}pier-closed-until-may",
        "http://harbour.example/news/pier",
        "https://www.harbour.example/news/pier",
        "https://m.harbour.example/news/pier",
        "https://harbour-news.example/2026/pier",
        f"{NEWS}pier?id=7",
    ],
)
def test_an_entry_stays_the_same_wherever_its_guid_leads_and_keeps_its_marks(store, feed, url) -> None:
    entry_id = feed(story())[0].entry_id
    marks.mark_read(store.connection, [entry_id], True)
    marks.save(store.connection, [entry_id], True)
    feed(story(url))
    (entry,) = rows(store)
    assert (entry.id, entry.url, entry.read, entry.saved) == (entry_id, url, True, True)
    assert reads.find(store.connection, f"{NEWS}pier") == reads.find(store.connection, url) == entry_id


def test_a_page_that_was_not_had_is_wanted_at_the_new_address(store, feed) -> None:
    entry_id = feed(story())[0].entry_id
    store.articles.store_failure(entry_id, "HTTP 404", NOW)
    assert [(each.entry_id, each.url, each.new) for each in feed(story(f"{NEWS}quay"))] == [
        (entry_id, f"{NEWS}quay", False)
    ]
    assert store.plan.wanted(NOW)[0].url == f"{NEWS}quay"


def test_a_text_that_is_here_is_not_asked_for_again_because_its_address_changed(store, feed, write) -> None:
    entry_id = feed(story())[0].entry_id
    store.articles.store_article(entry_id, write("The pier is closed", url=f"{NEWS}pier"), NOW)
    assert feed(story(f"{NEWS}quay")) == []
    assert rows(store)[0].offline == "full"


def test_what_was_thrown_away_stays_away_under_its_new_address(store, feed) -> None:
    entry_id = feed(story())[0].entry_id
    marks.throw_away(store.connection, [entry_id], NOW)
    feed(story(f"{NEWS}quay"))
    assert rows(store) == []
    store.entries.delete([entry_id])
    assert feed(story(f"{NEWS}third-address")) == []


def test_an_old_guid_that_is_an_address_still_names_the_entry(store, feed) -> None:
    entry_id = feed(story(key=f"{NEWS}pier"))[0].entry_id
    feed(story(f"{NEWS}pier-closed", key=f"{NEWS}pier"))
    assert [(entry.id, entry.url) for entry in rows(store)] == [(entry_id, f"{NEWS}pier-closed")]


def test_a_guid_of_another_source_names_nothing_here(store, feed, other) -> None:
    feed(story(key="1"))
    feed(story("https://wire.example/strike", "The strike is over", key="1"), source=other)
    assert len(rows(store)) == 2


def test_guids_that_all_change_at_once_double_nothing(store, feed) -> None:
    feed(*(story(f"{NEWS}{n}", f"Story {n}", f"http://harbour.example/?p={n}") for n in range(3)))
    feed(*(story(f"{NEWS}{n}", f"Story {n}", f"tag:harbour.example,2026:{n}") for n in range(3)))
    assert len(rows(store)) == 3


def test_a_guid_that_counts_the_versions_of_a_page_doubles_nothing(store, feed) -> None:
    feed(story(key=f"{NEWS}pier#0"))
    feed(story(headline="Pier: police investigate", key=f"{NEWS}pier#1", published=DAY + timedelta(hours=3)))
    assert len(rows(store)) == 1


def test_a_guid_given_to_a_new_story_is_the_new_storys(store, feed) -> None:
    feed(story(key="today"))
    feed(story(f"{NEWS}strike", "Crews walk out", "today", DAY + timedelta(days=1)))
    assert [entry.headline for entry in rows(store)] == ["The pier is closed", "Crews walk out"]


def test_incidents_that_follow_each_other_at_one_address_are_several(store, feed) -> None:
    for number in range(3):
        feed(story(f"{NEWS}status", f"Lamp {number} is out", f"lamp-{number}", DAY + timedelta(days=number)))
    entries = rows(store)
    assert [entry.headline for entry in entries] == ["Lamp 0 is out", "Lamp 1 is out", "Lamp 2 is out"]
    assert len({entry.url for entry in entries}) == 3
    feed(story(f"{NEWS}status", "Lamp 1 is out", "lamp-1", DAY + timedelta(days=1)))
    assert len(rows(store)) == 3


@pytest.mark.parametrize("published", [DAY.date(), DAY.replace(hour=0), None])
def test_incidents_of_one_day_are_several_too(store, feed, published) -> None:
    for number in range(3):
        feed(story(f"{NEWS}status", f"Lamp {number} is out", f"lamp-{number}", published))
    assert [entry.headline for entry in rows(store)] == ["Lamp 0 is out", "Lamp 1 is out", "Lamp 2 is out"]


def test_an_address_that_entries_share_means_the_newest_of_them(store, feed) -> None:
    feed(*(story(f"{NEWS}status", f"Lamp {n} is out", f"lamp-{n}", DAY - timedelta(hours=n)) for n in range(3)))
    entries = {entry.headline: entry for entry in rows(store)}
    for url in (f"{NEWS}status", f"{NEWS}status/", "http://www.harbour.example/news/status"):
        assert reads.entry(store.connection, url).headline == "Lamp 0 is out"
    assert reads.entry(store.connection, entries["Lamp 2 is out"].url).headline == "Lamp 2 is out"
    marks.throw_away(store.connection, [entries["Lamp 0 is out"].id], NOW)
    assert reads.entry(store.connection, f"{NEWS}status").headline == "Lamp 1 is out"


def test_entries_that_once_shared_an_address_keep_the_feeds_text(store, feed) -> None:
    lamps = [
        story(
            f"{NEWS}status", f"Lamp {n} is out", f"lamp-{n}", DAY + timedelta(hours=n), content=f"<p>On mole {n}.</p>"
        )
        for n in range(2)
    ]
    feed(*lamps)
    before = {entry.url for entry in rows(store)}
    feed(lamps[1])
    assert {entry.url for entry in rows(store)} == before


def test_an_entry_whose_link_leads_to_another_one_stays_where_it_is(store, feed, write) -> None:
    first, second = feed(story(), story(f"{NEWS}quay", "The quay is closed", "post-2", DAY - timedelta(days=1)))
    store.articles.store_article(first.entry_id, write("The pier is closed", url=f"{NEWS}pier"), NOW)
    assert feed(story(f"{NEWS}quay")) == []
    entries = {entry.id: entry.url for entry in rows(store)}
    assert entries == {first.entry_id: f"{NEWS}pier", second.entry_id: f"{NEWS}quay"}
    assert reads.article_at(store.connection, first.entry_id).text


def test_a_new_headline_and_text_of_an_entry_without_a_page_are_taken_over(store, feed, write) -> None:
    entry_id = feed(story("", "Investigating: lamp 1", "lamp-1", summary="Out."))[0].entry_id
    store.articles.store_article(entry_id, read_feed_text("<p>Out.</p>", rows(store)[0].url), NOW)
    wanted = feed(story("", "Resolved: lamp 1", "lamp-1", summary="Lit again."))
    assert [each.entry_id for each in wanted] == [entry_id]
    assert rows(store)[0].headline == "Resolved: lamp 1"
    assert found(store, "resolved") == [entry_id]
    assert found(store, "investigating") == []


def test_a_date_stays_when_its_source_names_none_any_more(store, feed) -> None:
    feed(story())
    feed(story(published=None))
    assert rows(store)[0].published == DAY


def test_an_entry_is_found_by_its_headline_and_day_where_there_is_nothing_else(store, feed) -> None:
    feed(
        Teaser("", "Crane out of use", published=DAY), Teaser("", "Crane out of use", published=DAY - timedelta(days=7))
    )
    feed(Teaser("", "Crane out of use", published=DAY))
    assert len(rows(store)) == 2


def test_one_address_in_two_sources_is_one_entry(store, feed, other) -> None:
    entry_id = feed(story())[0].entry_id
    feed(story("http://www.harbour.example/news/pier?utm_source=wire", key="wire-9"), source=other)
    assert [entry.id for entry in rows(store)] == [entry_id]
    # … and from then on for the second source, too, whatever becomes of the address
    feed(story(f"{NEWS}pier-closed", key="wire-9"), source=other)
    assert [entry.id for entry in rows(store)] == [entry_id]


# ---- what pages say of themselves


def article_of(write, url, headline="The pier is closed", also_at=()):
    return replace(write(headline, url=url), also_at=also_at)


AMP = "https://harbour.example/amp/pier"


def test_a_page_for_phones_and_its_canonical_page_are_one_entry(store, feed, other, write) -> None:
    first = feed(story())[0].entry_id
    marks.save(store.connection, [first], True)
    second = feed(story(AMP, key=""), source=other)[0].entry_id
    marks.note(store.connection, second, "Ask the harbour master.")
    store.articles.store_article(second, article_of(write, AMP, also_at=(f"{NEWS}pier",)), NOW)
    (entry,) = rows(store)
    assert (entry.id, entry.saved, entry.offline) == (first, True, "full")
    assert reads.note(store.connection, first) == "Ask the harbour master."
    assert reads.find(store.connection, AMP) == first
    assert feed(story(AMP, key=""), source=other) == []
    assert store.connection.value("SELECT count(*) FROM address WHERE entry_id = ?", (second,)) == 0


def test_a_canonical_page_that_comes_later_is_known(store, feed, other, write) -> None:
    first = feed(story(AMP, key=""), source=other)[0].entry_id
    store.articles.store_article(first, article_of(write, AMP, also_at=(f"{NEWS}pier",)), NOW)
    feed(story())
    assert [entry.id for entry in rows(store)] == [first]


def test_a_canonical_page_names_its_page_for_phones(store, feed, other, write) -> None:
    first = feed(story())[0].entry_id
    store.articles.store_article(first, article_of(write, f"{NEWS}pier", also_at=(AMP,)), NOW)
    feed(story(AMP, key=""), source=other)
    assert [entry.id for entry in rows(store)] == [first]


def test_a_canonical_address_that_several_headlines_claim_is_nobodys(store, feed, write) -> None:
    lamps = ["Lamp 1 is out", "Crews walk out", "A crane is sold"]
    wanted = feed(*(story(f"{NEWS}{n}", headline, f"post-{n}") for n, headline in enumerate(lamps)))
    for each, headline in zip(wanted, lamps, strict=True):
        page = article_of(write, each.url, headline, also_at=(f"{NEWS}all",))
        store.articles.store_article(each.entry_id, page, NOW)
    assert sorted(entry.headline for entry in rows(store)) == sorted(lamps)
    assert feed(story(f"{NEWS}all", lamps[2], "post-9"))[0].new
    assert len(rows(store)) == 4


def test_a_home_page_is_no_canonical_address(store, feed, write) -> None:
    for number in (1, 2):
        wanted = feed(story(f"{NEWS}{number}", "Harbour report", "", DAY + timedelta(days=number)))
        page = article_of(write, wanted[0].url, "Harbour report", also_at=("https://harbour.example/",))
        store.articles.store_article(wanted[0].entry_id, page, NOW)
    assert len(rows(store)) == 2


def test_what_a_source_tells_apart_no_page_joins(store, feed, write) -> None:
    wanted = feed(*(story(f"{NEWS}{n}", "Harbour report", f"report-{n}", DAY + timedelta(days=n)) for n in (0, 1)))
    for each in wanted:
        page = article_of(write, each.url, "Harbour report", also_at=(f"{NEWS}report",))
        store.articles.store_article(each.entry_id, page, NOW)
    assert len(rows(store)) == 2


# ---- joining


def test_a_guid_and_an_address_that_meet_join_two_entries_and_lose_nothing(store, feed, other, write) -> None:
    feed(story())
    feed(story(f"{NEWS}quay", "The quay is closed", key=""), source=other)
    old, new = rows(store)
    marks.mark_read(store.connection, [old.id], True, NOW + 1)
    marks.mark_read(store.connection, [old.id], False, NOW + 3)
    marks.mark_read(store.connection, [new.id], True, NOW + 2)
    marks.save(store.connection, [new.id], True, NOW + 4)
    marks.tag(store.connection, old.id, ["work"], NOW)
    marks.tag(store.connection, new.id, ["home"], NOW)
    marks.note(store.connection, old.id, "First.", NOW + 1)
    marks.note(store.connection, new.id, "Second.", NOW + 2)
    store.articles.store_article(new.id, write("The quay is closed", url=f"{NEWS}quay"), NOW)
    feed(story(f"{NEWS}quay", "The quay is closed"))
    (entry,) = rows(store)
    assert (entry.id, entry.read, entry.saved, entry.offline) == (old.id, False, True, "full")
    assert entry.tags == ("home", "work")
    assert reads.note(store.connection, old.id) == "First.\n\nSecond."
    assert reads.article(store.connection, entry).text


@pytest.mark.parametrize(("kept", "left"), [(True, 1), (False, 0)])
def test_of_two_of_which_one_was_thrown_away_the_other_stays_where_it_is_kept(store, feed, other, kept, left) -> None:
    feed(story())
    feed(story(f"{NEWS}quay", key=""), source=other)
    old, new = rows(store)
    marks.throw_away(store.connection, [old.id], NOW)
    if kept:
        marks.save(store.connection, [new.id], True)
    feed(story(f"{NEWS}quay"))
    assert [entry.saved for entry in rows(store)] == [True] * left


def test_the_index_holds_no_words_of_what_was_joined(store, feed, other, write) -> None:
    test_a_guid_and_an_address_that_meet_join_two_entries_and_lose_nothing(store, feed, other, write)
    found = store.connection.rows("SELECT rowid FROM headline_index WHERE headline_index MATCH 'quay'")
    assert [row[0] for row in found] == [rows(store)[0].id]


# ---- files handed out


EPISODE = Enclosure("https://harbour.example/audio/seven.mp3", "audio/mpeg", 1_234_567)


LABEL = "seven.mp3 (audio/mpeg, 1.2 MB)"


def test_a_file_is_a_labelled_link_behind_the_text_of_its_page(store, feed, write) -> None:
    entry_id = feed(story(enclosures=(EPISODE,)))[0].entry_id
    store.articles.store_article(entry_id, write("The pier is closed", url=f"{NEWS}pier"), NOW)
    (entry,) = rows(store)
    assert entry.enclosures == (EPISODE,)
    assert reads.article(store.connection, entry).body[-1] == Embed("audio", EPISODE.url, LABEL)
    assert found(store, "seven.mp3") == [entry_id]


def test_a_file_that_comes_later_is_found_too(store, feed, write) -> None:
    entry_id = feed(story())[0].entry_id
    store.articles.store_article(entry_id, write("The pier is closed", url=f"{NEWS}pier"), NOW)
    feed(story(enclosures=(EPISODE,)))
    feed(story())
    assert rows(store)[0].enclosures == (EPISODE,)
    assert found(store, "seven.mp3") == [entry_id]
    feed(story(enclosures=(replace(EPISODE, url="https://harbour.example/audio/eight.mp3"),)))
    assert found(store, "eight.mp3") == [entry_id]
    assert found(store, "seven.mp3") == []


def test_a_file_stands_in_for_a_page_that_cannot_be_had(store, feed) -> None:
    entry_id = feed(story(summary="With the harbour master.", enclosures=(EPISODE,)))[0].entry_id
    text = read_feed_text(reads.feed_content(store.connection, entry_id), f"{NEWS}pier")
    store.articles.store_article(entry_id, text, NOW)
    article = reads.article(store.connection, rows(store)[0])
    assert "With the harbour master." in article.text
    assert f"Audio: {LABEL}" in article.text
    assert not any(isinstance(block, Embed) for block in article.body)
