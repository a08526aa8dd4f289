"""What an article said before its site changed it, from the library on disk."""

from datetime import UTC, datetime

from cache.db import reads
from cache.db.revisions import last_difference, revisions

LATER = datetime(2026, 3, 2, 12, tzinfo=UTC)


def entry_of(store, entry_id):
    return reads.entries(store.connection, [entry_id])[0]


def test_an_article_that_never_changed_has_no_revisions(store, keep):
    entry = entry_of(store, keep("Harbour opens", "One.\nTwo."))
    assert revisions(store.connection, entry) == []
    assert last_difference(store.connection, entry) is None


def test_an_article_that_changed_twice(store, keep, write):
    number = keep("Harbour opens", "Two boats came.\nThe end.")
    for hour, text in enumerate(("Three boats came.\nThe end.", "Three boats came.\nThe end of it.")):
        changed = store.articles.store_article(number, write("Harbour reopens", text), LATER.timestamp() + hour * 3600)
        assert changed
    entry = entry_of(store, number)
    kept = revisions(store.connection, entry)
    assert [revision.article.text for revision in kept] == ["Three boats came.\nThe end.", "Two boats came.\nThe end."]
    assert [revision.article.headline for revision in kept] == ["Harbour reopens", "Harbour opens"]
    assert kept[0].fetched == LATER

    last = last_difference(store.connection, entry)
    assert last is not None
    assert (last.since, last.added, last.removed) == (LATER, 2, 0)
    both = last_difference(store.connection, entry, back=2)
    assert both is not None
    assert [edit.text for edit in both.headline.edits if edit.change == "added"] == ["reopens"]
    assert last_difference(store.connection, entry, back=3) is None
    assert last_difference(store.connection, entry, back=0) is None


def test_the_same_text_again_is_no_revision(store, keep, write):
    number = keep("Harbour opens", "One.")
    assert not store.articles.store_article(number, write("Harbour opens", "One."), LATER.timestamp())
    assert revisions(store.connection, entry_of(store, number)) == []
