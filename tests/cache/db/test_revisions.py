"""What an article said before its site changed it, from the library on disk."""

from datetime import UTC, datetime

import pytest

from cache.db import reads
from cache.db.revisions import changes, revisions

LATER = datetime(2026, 3, 2, 12, tzinfo=UTC)


def entry_of(store, entry_id):
    return reads.entries(store.connection, [entry_id])[0]


def test_an_article_that_never_changed_has_no_revisions(store, keep):
    entry = entry_of(store, keep("Harbour opens", "One.\nTwo."))
    assert revisions(store.connection, entry) == []
    assert changes(store.connection, entry) == []


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

    last, first = changes(store.connection, entry)
    assert (last.since, last.added, last.removed) == (LATER, 2, 0)
    assert [edit.text for edit in first.headline.edits if edit.change == "added"] == ["reopens"]
    assert [edit.text.strip() for edit in first.passages[0].edits if edit.change != "kept"] == ["Two", "Three"]


def test_the_newest_ten_are_kept(store, keep, write):
    number, other = keep("Harbour opens", "Text 0."), keep("Another", "Text.")
    store.articles.store_article(other, write("Another", "Text, changed."), LATER.timestamp())
    for time in range(1, 15):
        store.articles.store_article(number, write("Harbour opens", f"Text {time}."), LATER.timestamp() + time)
    kept = revisions(store.connection, entry_of(store, number))
    assert [revision.article.text for revision in kept] == [f"Text {time}." for time in range(13, 3, -1)]
    assert len(changes(store.connection, entry_of(store, number))) == 10
    assert len(revisions(store.connection, entry_of(store, other))) == 1


@pytest.mark.parametrize("reason", ["paywall", "teaser only"])
def test_what_becomes_whole_was_not_changed_by_its_site(store, keep, write, reason):
    number = keep("Harbour opens", "The first line.", reason=reason)
    whole = write("Harbour opens", "The first line.\nAnd all the others.")
    assert not store.articles.store_article(number, whole, LATER.timestamp())
    assert revisions(store.connection, entry_of(store, number)) == []
    assert not entry_of(store, number).changed


def test_the_same_text_again_is_no_revision(store, keep, write):
    number = keep("Harbour opens", "One.")
    assert not store.articles.store_article(number, write("Harbour opens", "One."), LATER.timestamp())
    assert revisions(store.connection, entry_of(store, number)) == []
