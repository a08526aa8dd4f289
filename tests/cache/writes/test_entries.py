"""What a listing says is kept once; what the reader did is not touched by it."""

from datetime import UTC, datetime

from cache.db import reads
from cache.db.rows import address_key
from cache.search import lists
from cache.writes import marks
from fetch.article import Teaser
from fetch.source import Source

NOW = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
URL = "https://paper.example/a"
DAY = datetime(2026, 3, 1, 8, tzinfo=UTC)


def a_source(store, url="https://paper.example/feed"):
    return store.sources.add(Source(url, "feed", title="The Paper"))


def entry_of(store, entry_id):
    return reads.entries(store.connection, [entry_id])[0]


def test_a_teaser_is_an_entry_and_wanted(store):
    source_id = a_source(store)
    wanted = store.entries.store_teaser(source_id, Teaser(URL, "Harbour", "Summary", DAY, authors=("Ana", "Bo")), NOW)
    entry = entry_of(store, wanted.entry_id)
    assert (entry.headline, entry.summary, entry.published, entry.authors) == ("Harbour", "Summary", DAY, ("Ana", "Bo"))
    assert (entry.offline, entry.read, entry.source) == ("teaser", False, "The Paper")


def test_a_known_teaser_is_not_wanted_again(store):
    source_id = a_source(store)
    assert store.entries.store_teaser(source_id, Teaser(URL, "Harbour", "1 comment", DAY), NOW)
    assert store.entries.store_teaser(source_id, Teaser(URL, "Harbour", "2 comments", DAY), NOW) is None


def test_http_www_and_tracking_are_one_story(store):
    source_id = a_source(store)
    first = store.entries.store_teaser(source_id, Teaser("http://www.paper.example/a?utm_source=x", "Harbour"), NOW)
    assert store.entries.store_teaser(source_id, Teaser(URL, "Harbour"), NOW) is None
    assert reads.find_any(store.connection, "https://paper.example/a/") == first.entry_id
    assert address_key("http://www.paper.example/a") == address_key("https://paper.example/a")


def test_a_date_in_the_future_stands_where_the_story_was_first_seen(store):
    source_id = a_source(store)
    store.entries.store_teaser(
        source_id, Teaser(URL + "1", "Tomorrow", published=datetime(2041, 1, 1, tzinfo=UTC)), NOW
    )
    later = store.entries.store_teaser(source_id, Teaser(URL + "2", "Now", published=None), NOW + 60)
    assert store.connection.value("SELECT id FROM shelf ORDER BY at DESC") == later.entry_id


def test_a_headline_changed_at_the_source_makes_a_full_text_wanted(store, write):
    source_id = a_source(store)
    wanted = store.entries.store_teaser(source_id, Teaser(URL, "Harbour", published=DAY), NOW)
    store.articles.store_article(wanted.entry_id, write("Harbour", url=URL), NOW)
    assert not store.plan.wanted(NOW)
    assert store.entries.store_teaser(source_id, Teaser(URL, "Harbour closed", published=DAY), NOW)
    assert [again.entry_id for again in store.plan.wanted(NOW)] == [wanted.entry_id]
    assert entry_of(store, wanted.entry_id).headline == "Harbour"
    store.articles.store_article(wanted.entry_id, write("Harbour closed", url=URL), NOW)
    assert not store.plan.wanted(NOW)


def test_a_queued_address_is_wanted_first_and_once(store, write):
    source_id = a_source(store)
    store.entries.store_teaser(source_id, Teaser(URL, "Harbour", published=DAY), NOW)
    entry_id = store.entries.entry_for("https://other.example/b", queued=True, now=NOW - 10**6, reach="anywhere")
    first, second = store.plan.wanted(NOW)
    assert (first.entry_id, first.queued, first.reach) == (entry_id, True, "anywhere")
    assert (second.url, second.queued, second.reach) == (URL, False, "public")
    store.articles.store_article(entry_id, write(url="https://other.example/b"), NOW)
    assert not entry_of(store, entry_id).queued


def test_an_entry_outside_any_source_finds_its_source(store):
    entry_id = store.entries.entry_for(URL, now=NOW)
    source_id = a_source(store)
    store.entries.store_teaser(source_id, Teaser(URL, "Harbour"), NOW)
    assert entry_of(store, entry_id).source_id == source_id


def test_a_source_takes_over_what_it_lists_when_another_is_removed(store):
    first, second = a_source(store), a_source(store, "https://paper.example/other")
    entry_id = store.entries.store_teaser(first, Teaser(URL, "Harbour"), NOW).entry_id
    store.entries.store_teaser(second, Teaser(URL, "Harbour"), NOW)
    assert entry_of(store, entry_id).source_id == first
    marks.remove_source(store.connection, first, NOW)
    store.entries.store_teaser(second, Teaser(URL, "Harbour"), NOW)
    assert entry_of(store, entry_id).source_id == second


def test_what_the_reader_threw_away_stays_away(store):
    source_id = a_source(store)
    entry_id = store.entries.store_teaser(source_id, Teaser(URL, "Harbour"), NOW).entry_id
    marks.throw_away(store.connection, [entry_id], NOW)
    assert store.entries.store_teaser(source_id, Teaser(URL, "Harbour closed"), NOW) is None
    assert store.plan.wanted(NOW) == []
    assert reads.entries(store.connection, [entry_id]) == []


def test_what_stands_first_on_a_page_stands_first_in_the_list(store, source_id, teasers):
    wanted = store.entries.store_listing(source_id, teasers(3), NOW)
    assert [one.url[-1] for one in wanted] == ["0", "1", "2"]
    ids = [row[0] for row in store.connection.rows(f"SELECT id FROM shelf {lists.NEWEST}")]
    assert [entry.headline for entry in reads.entries(store.connection, ids)] == ["Story 0", "Story 1", "Story 2"]


def test_what_the_reader_asks_for_is_wanted_at_once_though_it_failed_a_moment_ago(store, source_id, teasers):
    (wanted,) = store.entries.store_listing(source_id, teasers(1), NOW)
    store.articles.store_failure(wanted.entry_id, "HTTP 503", NOW)
    assert not store.plan.wanted(NOW + 60)
    assert store.entries.entry_for(wanted.url, queued=True, now=NOW + 60) == wanted.entry_id
    assert [each.entry_id for each in store.plan.wanted(NOW + 60)] == [wanted.entry_id]
