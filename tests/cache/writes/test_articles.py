"""What a page says is kept; what the reader did, and what was already whole, is not touched by it."""

from datetime import UTC, date, datetime

from cache.db import reads
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


def test_an_article_takes_the_teasers_place(store, write):
    wanted = store.entries.store_teaser(a_source(store), Teaser(URL, "Harbour", "Summary", DAY), NOW)
    changed = store.articles.store_article(
        wanted.entry_id, write("Harbour opens", "One two three.", url=URL, dek="Dek"), NOW
    )
    entry = entry_of(store, wanted.entry_id)
    assert not changed
    assert (entry.headline, entry.offline, entry.words, entry.summary) == ("Harbour opens", "full", 3, "Dek")
    assert entry.published == DAY
    assert reads.article_at(store.connection, wanted.entry_id).source == "The Paper"


def test_the_time_of_a_listing_is_finer_than_the_day_of_a_page(store, write):
    wanted = store.entries.store_teaser(a_source(store), Teaser(URL, "Harbour", published=DAY), NOW)
    store.articles.store_article(wanted.entry_id, write(url=URL, published=date(2026, 3, 1)), NOW)
    assert entry_of(store, wanted.entry_id).published == DAY
    store.articles.store_article(wanted.entry_id, write(url=URL, published=date(2026, 2, 20)), NOW)
    assert entry_of(store, wanted.entry_id).published == date(2026, 2, 20)


def test_a_changed_text_keeps_the_old_one(store, write):
    wanted = store.entries.store_teaser(a_source(store), Teaser(URL, "Harbour", published=DAY), NOW)
    assert not store.articles.store_article(wanted.entry_id, write("Harbour", "Ten ships.", url=URL), NOW)
    assert not store.articles.store_article(wanted.entry_id, write("Harbour", "Ten ships.", url=URL), NOW)
    assert store.articles.store_article(wanted.entry_id, write("Harbour", "Twelve ships.", url=URL), NOW)
    assert entry_of(store, wanted.entry_id).changed
    assert store.connection.value("SELECT count(*) FROM revision WHERE entry_id = ?", (wanted.entry_id,)) == 1


def test_a_text_that_is_not_whole_never_replaces_one_that_is(store, write):
    wanted = store.entries.store_teaser(a_source(store), Teaser(URL, "Harbour"), NOW)
    store.articles.store_article(wanted.entry_id, write("Harbour", "All of it.", url=URL), NOW)
    store.articles.store_article(wanted.entry_id, write("Harbour", "Subscribe.", url=URL, reason="paywall"), NOW)
    assert reads.article_at(store.connection, wanted.entry_id).text == "All of it."
    store.articles.store_failure(wanted.entry_id, "unreachable", NOW)
    assert entry_of(store, wanted.entry_id).offline == "full"


def test_a_part_of_a_text_is_kept_with_its_reason_and_tried_again(store, write):
    wanted = store.entries.store_teaser(a_source(store), Teaser(URL, "Harbour"), NOW)
    store.articles.store_article(wanted.entry_id, write("Harbour", "The first lines.", url=URL, reason="paywall"), NOW)
    entry = entry_of(store, wanted.entry_id)
    assert (entry.offline, entry.reason) == ("part", "paywall")
    assert reads.article_at(store.connection, wanted.entry_id).text == "The first lines."
    assert not store.plan.wanted(NOW + 3600)
    assert store.plan.wanted(NOW + 2 * 86400)


def test_a_failure_says_why_and_waits_longer_each_time(store):
    wanted = store.entries.store_teaser(a_source(store), Teaser(URL, "Harbour"), NOW)
    for _ in range(2):
        store.articles.store_failure(wanted.entry_id, "timed out", NOW)
        assert store.plan.wanted(NOW)
    store.articles.store_failure(wanted.entry_id, "timed out", NOW)
    assert not store.plan.wanted(NOW)
    assert store.plan.wanted(NOW + 601)
    entry = entry_of(store, wanted.entry_id)
    assert (entry.offline, entry.reason) == ("failed", "timed out")


def test_a_refresh_touches_nothing_of_the_readers(store, write):
    source_id = a_source(store)
    entry_id = store.entries.store_teaser(source_id, Teaser(URL, "Harbour", published=DAY), NOW).entry_id
    marks.mark_read(store.connection, [entry_id], True)
    marks.save(store.connection, [entry_id], True, NOW)
    marks.tag(store.connection, entry_id, ["Later"])
    marks.note(store.connection, entry_id, "Ask Ana")
    marks.set_scroll(store.connection, entry_id, 12)
    before = store.connection.row("SELECT * FROM mark WHERE id = ?", (entry_id,))
    store.articles.store_article(entry_id, write("Harbour opens", url=URL), NOW)
    store.entries.store_teaser(source_id, Teaser(URL, "Harbour closed", published=DAY), NOW)
    store.articles.store_failure(entry_id, "not found", NOW)
    entry = entry_of(store, entry_id)
    assert (entry.read, entry.saved, entry.tags) == (True, True, ("later",))
    assert store.connection.row("SELECT * FROM mark WHERE id = ?", (entry_id,)) == before


def test_the_text_a_feed_carried_waits_until_the_page_lands(store, write):
    wanted = store.entries.store_teaser(a_source(store), Teaser(URL, "Harbour", content="<p>All of it.</p>"), NOW)
    assert reads.feed_content(store.connection, wanted.entry_id) == "<p>All of it.</p>"
    store.articles.store_article(wanted.entry_id, write(url=URL), NOW)
    assert reads.feed_content(store.connection, wanted.entry_id) == ""


def test_the_address_a_page_calls_its_own_leads_to_the_entry(store, write):
    wanted = store.entries.store_teaser(a_source(store), Teaser("https://feeds.example/r/1", "Harbour"), NOW)
    store.articles.store_article(wanted.entry_id, write(url=URL), NOW, received=1200)
    assert store.connection.value("SELECT received FROM source") == 1200
    assert reads.find_any(store.connection, URL) == wanted.entry_id
    assert store.entries.store_teaser(a_source(store), Teaser(URL, "Harbour"), NOW) is None
