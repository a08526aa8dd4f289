"""What leaves a library in JSON Lines or a pack comes back whole: text, source, marks with their times, teasers."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import anyio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cache.db.acts import TimedAct, facts_of
from cache.db.connection import Connection
from cache.entry import Entry
from cache.exporting import ExportWishes, export
from cache.formats import markdown
from cache.formats.exchanged_articles import NotArrived
from cache.formats.record import article_record, entry_record
from cache.formats.table import FORMATS
from cache.library import open_library
from cache.reading import LibraryReader
from cache.writes.earlier_versions import packed_versions
from cache.writes.exchanged import Exchanged, Merging
from cache.writes.merge import merge
from cache.writes.retention import prune
from cache.writes.store import Store, open_store
from fetch.article import (
    Article,
    Block,
    Break,
    Cell,
    Code,
    Embed,
    Enclosure,
    Figure,
    Footnote,
    Heading,
    Omission,
    Paragraph,
    Points,
    Quote,
    Span,
    Table,
    Teaser,
    Update,
)
from fetch.source import Source

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
FORMS = ("jsonl", "pack")
SOURCE = Source("https://paper.example/feed", "feed", "The Paper", "https://paper.example/", "en")
WORDS = st.sampled_from(("harbour", "ferry", "crane", "Größe", "潮汐", "مرفأ", "buoy", "quay & pier", "<b>", "https"))
TEXT = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
ADDRESS = st.integers(0, 99).map(lambda number: f"https://paper.example/other/{number}")
WHEN = st.one_of(
    st.none(),
    st.dates(date(2020, 1, 1), date(2026, 2, 28)),
    st.integers(1_577_836_800, 1_770_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
)
SECONDS = st.integers(1_500_000_000, 1_700_000_000).map(float)
SPANS = st.lists(
    st.builds(Span, TEXT, st.one_of(st.just(""), ADDRESS), st.booleans(), st.booleans(), st.booleans()),
    min_size=1,
    max_size=3,
).map(tuple)
FIGURE = st.builds(Figure, ADDRESS, TEXT, TEXT, TEXT)
PLAIN = st.builds(Paragraph, SPANS)


def within(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Any]:
    some = st.lists(blocks, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quote, some, TEXT),
        st.builds(Points, st.lists(some, min_size=1, max_size=3).map(tuple), st.booleans(), st.integers(1, 9)),
        st.builds(Update, WHEN, TEXT, some),
        st.builds(Footnote, WORDS, some),
    )


CELL = st.builds(Cell, SPANS, st.booleans(), st.integers(1, 3), st.integers(1, 3))
BLOCK = st.recursive(
    st.one_of(
        PLAIN,
        st.builds(Heading, st.integers(2, 6), SPANS),
        st.builds(Table, st.lists(st.lists(CELL, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple), TEXT),
        st.builds(Code, st.sampled_from(("a\n  b", "if x:\n\n    y")), st.just("sh")),
        FIGURE,
        st.builds(Embed, st.sampled_from(("video", "map")), ADDRESS, TEXT),
        st.builds(Omission, TEXT),
        st.just(Break()),
    ),
    within,
    max_leaves=5,
)
RELATED = st.builds(Teaser, ADDRESS, TEXT, TEXT, WHEN, TEXT, picture=st.one_of(st.none(), FIGURE))
ARTICLE = st.builds(
    Article,
    st.just(""),
    TEXT,
    st.lists(BLOCK, min_size=1, max_size=5).map(tuple),
    st.lists(TEXT, max_size=2).map(tuple),
    WHEN,
    WHEN,
    TEXT,
    TEXT,
    WORDS,
    TEXT,
    st.sampled_from(("", "en", "ar", "zh-Hant")),
    st.lists(WORDS, max_size=3).map(tuple),
    st.one_of(st.none(), FIGURE),
    st.lists(RELATED, max_size=2).map(tuple),
    st.sampled_from(("", "", "paywall")),
    page_sha256=st.sampled_from(("", "0f" * 32)),
)
TEASER = st.builds(
    Teaser,
    st.just(""),
    TEXT,
    TEXT,
    WHEN,
    TEXT,
    section=WORDS,
    enclosures=st.lists(st.builds(Enclosure, ADDRESS, st.just("audio/mpeg"), st.integers(0, 10**6)), max_size=2).map(
        tuple
    ),
)
ACT = st.one_of(
    st.builds(TimedAct, st.sampled_from(("read", "saved", "queued")), st.booleans(), SECONDS),
    st.builds(TimedAct, st.just("note"), TEXT, SECONDS),
    st.builds(TimedAct, st.just("tag"), st.booleans(), SECONDS, WORDS.map(lambda word: word.replace(" ", "-").lower())),
)
ONE = st.tuples(TEASER, st.one_of(st.none(), st.just("timed out"), ARTICLE), st.lists(ACT, max_size=4), st.booleans())


def keep(store: Store, contents: list[tuple[Teaser, Article | str | None, list[TimedAct], bool]]) -> None:
    """Keeps entries: what a list says of each, then its text or why it could not be had, and what their reader did."""
    source_id = store.sources.add(SOURCE, section="Sea\nHarbours")
    for number, (teaser, text, acts, is_listed) in enumerate(contents):
        url, now = f"https://paper.example/{number}", NOON.timestamp() + number
        store.entries.store_listing(source_id if is_listed else 0, [replace(teaser, url=url)], now)
        entry_id = store.connection.value("SELECT id FROM entry WHERE url = ?", (url,))
        if isinstance(text, Article):
            store.articles.store_article(entry_id, replace(text, url=url), now)
        elif text:
            store.articles.store_failure(entry_id, text, now)
        for act in acts:
            merge(store.connection, entry_id, act)
    store.stories.assign_all()


def told(path: Path) -> list[object]:
    """All that a reader sees of a library, without the numbers of its rows."""
    with Connection(path, reading=True) as connection:
        library = LibraryReader(connection)
        return [_told(library, entry) for entry in library.entries(library.ids())]


def _told(library: LibraryReader, entry: Entry) -> list[object]:
    article, facts = library.article(entry.id), facts_of(library.connection, [entry.id])[entry.id]
    acts = sorted((act._replace(at=round(act.at, 3)) for act in facts.acts), key=repr)
    shown = {**article_record(article, entry)} if article else {**entry_record(entry)}
    text = markdown.render(article, entry) if article else ""
    for name in ("id", "story"):
        shown.pop(name)
    related = sorted(each.url for each in library.related(entry.id))
    beside = (replace(facts, acts=()), [each.url for each in library.entries(library.ids(entry.headline))])
    story = [one.entry.url for one in library.timeline(entry.id).reports]
    return [shown, article and article.body, article and article.related, text, acts, related, sorted(story), *beside]


def carried(
    folder: Path, form: str, fill: Callable[[Store], object], *, revisions: bool = False
) -> tuple[list[object], list[object]]:
    """What is told of a library, and of another to which all of it was taken in a file of this form."""
    here, there, file = folder / "here.db", folder / "there.db", folder / "file"
    with open_store(here) as store:
        fill(store)
    anyio.run(export, here, form, file, ExportWishes(revisions=revisions))
    with open_store(there) as store:
        take_in(store, form, file)
    return told(here), told(there)


def take_in(store: Store, form: str, file: Path) -> None:
    read = FORMATS[form].codec.read(file)
    waiting = [
        Exchanged(each.entry, each.article, each.facts, each.highlights, versions=packed_versions(each.revisions))
        for each in read
        if not isinstance(each, NotArrived)
    ]
    merging = Merging(len(waiting))
    while waiting:
        waiting = waiting[len(merging.some(store, waiting)) :]
    store.stories.assign_all()


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(contents=st.lists(ONE, min_size=1, max_size=4))
def test_property_any_library_comes_back_as_it_left(form: str, contents: list[Any]) -> None:
    with TemporaryDirectory() as folder:
        left, came = carried(Path(folder), form, lambda store: keep(store, contents))
    assert came == left


def history(path: Path) -> list[object]:
    """What each article of a library said before, and what was changed from then to now."""
    with Connection(path, reading=True) as connection:
        library = LibraryReader(connection)
        return [(library.revisions(each), library.changes(each)) for each in library.ids()]


def keep_versions(store: Store, contents: list[list[Article]], start: float = NOON.timestamp()) -> None:
    """Keeps entries, the texts of each one after the other, an hour apart."""
    for number, texts in enumerate(contents):
        url = f"https://paper.example/{number}"
        entry_id = store.entries.entry_for(url, now=start)
        for hour, text in enumerate(texts):
            store.articles.store_article(entry_id, replace(text, url=url), start + 3600 * hour)
    store.stories.assign_all()


def versions(*words: str) -> list[Article]:
    return [Article("", "Harbour closed", (Paragraph((Span(each),)),)) for each in words]


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(contents=st.lists(st.lists(ARTICLE, min_size=1, max_size=4), min_size=1, max_size=3))
def test_property_earlier_versions_come_back_as_they_left(form: str, contents: list[list[Article]]) -> None:
    with TemporaryDirectory() as folder:
        left, came = carried(Path(folder), form, lambda store: keep_versions(store, contents), revisions=True)
        assert came == left
        assert history(Path(folder) / "there.db") == history(Path(folder) / "here.db")


@pytest.mark.parametrize("form", FORMS)
def test_earlier_versions_go_along_where_one_says_so_and_come_once(tmp_path: Path, form: str) -> None:
    back_again = versions("Steel came.", "Iron came.", "Steel came.")
    carried(tmp_path, form, lambda store: keep_versions(store, [back_again]), revisions=True)
    (kept,) = before = history(tmp_path / "there.db")
    assert [each.article.text for each in kept[0]] == ["Iron came.", "Steel came."]  # type: ignore[index]
    assert len(kept[1]) == 2  # type: ignore[index]
    with open_store(tmp_path / "there.db") as store:
        take_in(store, form, tmp_path / "file")
    assert history(tmp_path / "there.db") == before


@pytest.mark.parametrize("form", FORMS)
def test_no_earlier_version_goes_along_unasked(tmp_path: Path, form: str) -> None:
    carried(tmp_path, form, lambda store: keep_versions(store, [versions("Steel came.", "Iron came.")]))
    assert history(tmp_path / "there.db") == [([], [])]
    if form == "jsonl":
        assert "revisions" not in json.loads((tmp_path / "file").read_text(encoding="utf-8"))


def test_versions_of_two_libraries_stand_by_when_they_were_fetched_the_newest_ten(tmp_path: Path) -> None:
    hours = [f"At {hour} steel came." for hour in range(16)]
    with open_store(tmp_path / "here.db") as store:
        keep_versions(store, [versions(*hours[::2], hours[15])])
    anyio.run(export, tmp_path / "here.db", "jsonl", tmp_path / "file", ExportWishes(revisions=True))
    with open_store(tmp_path / "there.db") as store:
        keep_versions(store, [versions(*hours[1::2])], NOON.timestamp() + 1800)
        take_in(store, "jsonl", tmp_path / "file")
    ((kept, changed),) = history(tmp_path / "there.db")  # type: ignore[misc]
    assert [each.article.text for each in kept] == [hours[hour] for hour in range(14, 4, -1)]
    assert len(changed) == 10


def test_what_came_after_the_text_that_is_here_is_no_earlier_version_of_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "here.db") as store:
        keep_versions(store, [versions("Steel came.", "Iron came.", "Tin came.")])
    anyio.run(export, tmp_path / "here.db", "jsonl", tmp_path / "file", ExportWishes(revisions=True))
    with open_store(tmp_path / "there.db") as store:
        keep_versions(store, [versions("Lead came.")], NOON.timestamp() + 1800)
        take_in(store, "jsonl", tmp_path / "file")
        (found,) = LibraryReader(store.connection).entries(LibraryReader(store.connection).ids())
    ((kept, _),) = history(tmp_path / "there.db")  # type: ignore[misc]
    assert ([each.article.text for each in kept], found.changed) == (["Steel came."], True)


def test_as_many_versions_go_along_as_a_line_may_hold(tmp_path: Path) -> None:
    long = versions(*(f"{number}{'潮' * 500_000}" for number in range(4)))
    carried(tmp_path, "jsonl", lambda store: keep_versions(store, [long]), revisions=True)
    again = anyio.run(export, tmp_path / "here.db", "jsonl", tmp_path / "file", ExportWishes(revisions=True))
    assert again.sentence.endswith("; 2 earlier versions left out, too long to go with the article.")
    ((kept, _),) = history(tmp_path / "there.db")  # type: ignore[misc]
    assert [each.article.text[0] for each in kept] == ["2"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", [None, "timed out", *versions("Steel came.")])
def test_an_article_without_a_headline_has_none_where_it_is_taken_in(
    tmp_path: Path, form: str, text: Article | str | None
) -> None:
    bare = replace(text, headline="") if isinstance(text, Article) else text
    teaser = Teaser("", "", "In short.", NOON)
    left, came = carried(tmp_path, form, lambda store: keep(store, [(teaser, bare, [], True)]))
    assert came == left
    assert came[0][0]["headline"] == ""  # type: ignore[index]


def plain(number: int, words: str) -> tuple[Teaser, Article, list[TimedAct], bool]:
    teaser = Teaser(
        "", f"{('Bridge', 'Harbour', 'Crane')[number]} closed", f"In short: {number}.", NOON.replace(hour=number)
    )
    return teaser, Article("", teaser.headline, (Paragraph((Span(words),)),)), [], True


@pytest.mark.anyio
@pytest.mark.parametrize("form", FORMS)
async def test_stories_are_sorted_before_the_import_says_done(tmp_path: Path, form: str) -> None:
    words = (
        "The swing bridge of the harbour was closed for repairs after fourteen tonnes of steel had come at night. " * 4
    )
    contents = [plain(1, words), plain(2, f"{words} A crane stands beside it.")]
    async with open_library(tmp_path / "here") as here:
        await here.write(lambda store: keep(store, contents))
        story = here.timeline("https://paper.example/1").reports
        await here.export(form, tmp_path / "file", "bridge")
    async with open_library(tmp_path / "there") as there:
        await there.import_file(tmp_path / "file")
        came = there.timeline("https://paper.example/1").reports
        assert [one.entry.url for one in came] == [one.entry.url for one in story]
        assert there.connection.value("SELECT count(*) FROM reports WHERE story = 0") == 0
        assert "https://paper.example/feed" not in [source.url for source in there.sources()]


@pytest.mark.parametrize("form", FORMS)
def test_a_second_import_undoes_nothing_that_was_done_since(tmp_path: Path, form: str) -> None:
    done = [TimedAct("read", True, 1e9), TimedAct("tag", True, 1e9, "sea"), TimedAct("saved", True, 1e9)]
    teaser, article, _, _ = plain(0, "Steel came.")
    left, came = carried(tmp_path, form, lambda store: keep(store, [(teaser, article, done, True)]))
    with open_store(tmp_path / "there.db") as store:
        number = store.connection.value("SELECT id FROM entry")
        assert all(merge(store.connection, number, act._replace(value=False, at=1.1e9)) for act in done)
    before = told(tmp_path / "there.db")
    assert before != came == left
    with open_store(tmp_path / "there.db") as store:
        take_in(store, form, tmp_path / "file")
    assert told(tmp_path / "there.db") == before


OLDER: tuple[tuple[dict[str, Any], tuple[str, int, str]], ...] = (
    ({}, ("teaser", 0, "")),
    ({"text": ""}, ("teaser", 0, "")),
    ({"text": "", "offline": "full"}, ("teaser", 0, "")),
    ({"body": []}, ("teaser", 0, "")),
    ({"text": "Steel came."}, ("full", 2, "")),
    ({"body": ["Steel came."], "offline": "full"}, ("full", 2, "")),
    ({"text": "Steel came.", "reason": "paywall"}, ("part", 2, "paywall")),
    ({"offline": "failed", "reason": "timed out"}, ("failed", 0, "timed out")),
)


@pytest.mark.parametrize(("row", "says"), OLDER)
def test_what_an_older_or_simpler_file_lacks_stays_empty(
    tmp_path: Path, row: dict[str, Any], says: tuple[str, int, str]
) -> None:
    said = {"url": "https://paper.example/1", "headline": "Tide", "dek": "In short.", **row}
    (tmp_path / "file").write_text(json.dumps(said), encoding="utf-8")
    with open_store(tmp_path / "there.db") as store:
        take_in(store, "jsonl", tmp_path / "file")
    with Connection(tmp_path / "there.db", reading=True) as connection:
        (entry,) = LibraryReader(connection).entries(LibraryReader(connection).ids())
    assert (entry.offline, entry.words, entry.reason) == says
    assert (entry.source, entry.fetched, entry.summary, entry.tags) == ("", None, "In short.", ())


def test_what_a_clock_that_was_ahead_dates_is_of_now(tmp_path: Path) -> None:
    ahead = "2999-01-01T00:00:00+00:00"
    row = {"url": "https://paper.example/1", "headline": "Tide", "format": "broadsheet/2", "offline": "teaser"}
    row |= {"seen": ahead, "listed": ahead, "fetched": ahead, "read": True, "marked": {"read": ahead}}  # type: ignore[dict-item]
    (tmp_path / "file").write_text(json.dumps(row), encoding="utf-8")
    with open_store(tmp_path / "there.db") as store:
        take_in(store, "jsonl", tmp_path / "file")
        facts = facts_of(store.connection, [1])
    (kept,) = facts.values()
    now = datetime.now(UTC).timestamp() + 1
    assert max(kept.seen, kept.listed, kept.acts[0].at) <= now


def test_a_source_that_comes_along_is_asked_for_nothing_until_it_is_added(tmp_path: Path) -> None:
    teaser = plain(0, "")[0]
    carried(tmp_path, "pack", lambda store: keep(store, [(teaser, None, [], True)]))
    with open_store(tmp_path / "there.db") as store:
        later = NOON.timestamp() + 1e9
        assert store.plan.due_sources(later) == store.plan.wanted(later) == []
        prune(store, later)
        assert store.connection.value("SELECT count(*) FROM shelf") == 1
        store.sources.add(SOURCE)
        assert [source.url for source in store.plan.due_sources(later)] == [SOURCE.url]
        assert [wanted.url for wanted in store.plan.wanted(later)] == ["https://paper.example/0"]
    with Connection(tmp_path / "there.db", reading=True) as connection:
        (source,) = LibraryReader(connection).sources()
    assert (source.title, source.groups, source.total) == ("The Paper", ("Sea", "Harbours"), 1)
