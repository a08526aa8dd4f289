"""Reports that say only what has been said, in a real library."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cache.reading import LibraryReader
from cache.related import reports, upkeep
from cache.writes import marks
from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.source import Source

FIRST = datetime(2031, 3, 3, 9, tzinfo=UTC)
TEXT = (
    "The Orlan yard in Port Maren launched the frigate Vestra on Monday. Admiral Dunja Kest came with 84 sailors. "
    "The ship goes to sea in autumn, the yard said. Workers at the yard had been on strike for a month."
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "library.db") as opened:
        yield opened


@pytest.fixture
def report(store: Store) -> Callable[[str, str], int]:
    """Keeps a paper's report of the launch, each an hour after the one before; its number."""
    hours = iter(range(100))

    def kept(paper: str, text: str) -> int:
        source_id = store.sources.add(Source(f"https://{paper}.example/feed", "feed", title=paper))
        url = f"https://{paper}.example/launch"
        when = FIRST + timedelta(hours=next(hours))
        wanted = store.entries.store_teaser(
            source_id, Teaser(url, "Frigate Vestra launched", published=when), FIRST.timestamp()
        )
        assert wanted is not None
        body = (Paragraph((Span(text),)),)
        article = Article(url=url, headline="Frigate Vestra launched", body=body, published=when)
        store.articles.store_article(wanted.entry_id, article, FIRST.timestamp())
        return wanted.entry_id

    return kept


def settled(store: Store) -> list[int]:
    landed = upkeep.unassigned(store.connection.sql)
    store.stories.assign_all()
    return landed


def test_a_wire_story_printed_twice_is_told_once(store, report):
    first, second = report("herald", TEXT), report("courier", TEXT)
    assert reports.repeats(store.connection, settled(store)) == [second] != [first]


def test_a_figure_that_changed_is_news(store, report):
    report("herald", TEXT)
    report("courier", TEXT.replace("84 sailors", "96 sailors"))
    assert reports.repeats(store.connection, settled(store)) == []


def test_a_report_of_its_own_is_news(store, report):
    report("herald", TEXT)
    report("courier", TEXT.replace("Workers at the yard had been on strike for a month.", "Two sisters are ordered."))
    assert reports.repeats(store.connection, settled(store)) == []


def test_what_repeats_another_says_which_until_its_reader_marks_it(store, report):
    first, second = report("herald", TEXT), report("courier", TEXT)
    store.stories.assign_all()
    reader = LibraryReader(store.connection)
    assert reader.repeated(first) is None
    assert reader.repeated(second).id == first
    marks.mark_read(store.connection, [second], False)
    store.stories.assign_all()
    assert reader.repeated(second) is None
    assert not reader.entry(second).read


def test_what_repeats_a_report_that_is_off_the_lists_is_news(store, report):
    first, second = report("herald", TEXT), report("courier", TEXT)
    marks.throw_away(store.connection, [first], FIRST.timestamp())
    store.stories.assign_all()
    assert not LibraryReader(store.connection).entry(second).read
