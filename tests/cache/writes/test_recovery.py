"""A damaged library: what can be read is saved with every mark, the damaged file is kept, what was lost is told."""

import random
import shutil

import pytest

from cache.db import health, reads
from cache.library import open_library, repair_file
from cache.writes import marks, recovery
from cache.writes.store import Store
from fetch.article import Article, Paragraph, Span, Teaser
from fetch.source import Source

pytestmark = pytest.mark.once

NOW = 1_800_000_000.0
COUNT = 300


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A library of 300 articles that came a few at a time, some read, saved, tagged; closed."""
    path = tmp_path_factory.mktemp("sound") / "library.db"
    chance = random.Random(5)

    def land(number):
        text = " ".join(f"w{chance.randrange(10**6)}" for _ in range(400))
        article = Article(f"https://paper.example/{number}", f"Story {number}", (Paragraph((Span(text),)),))
        wanted = store.entries.store_teaser(source_id, Teaser(article.url, article.headline), NOW)
        store.articles.store_article(wanted.entry_id, article, NOW)

    with Store(path) as store:
        source_id = store.sources.add(Source("https://paper.example/feed", "feed", title="The Paper"))
        for start in range(0, COUNT, 30):
            with store.batch():
                for number in range(start, start + 30):
                    land(number)
        marks.mark_read(store.connection, range(1, 101), True)
        marks.save(store.connection, [5, 50, 150], True, NOW)
        marks.tag(store.connection, 5, ["work"])
        marks.note(store.connection, 50, "Ask Ana")
    return path


@pytest.fixture
def library(sound, path):
    path.parent.mkdir()
    shutil.copy(sound, path)
    return path


def pages(path):
    return path.stat().st_size // 8192


def overwrite(path, numbers):
    with path.open("r+b") as file:
        for number in numbers:
            file.seek(number * 8192)
            file.write(b"\xa5" * 8192)


def rescued(path):
    """What the repaired library holds: entries, those with their text, and how many marks; and what was said."""
    with Store(path) as store:
        assert store.connection.value("PRAGMA integrity_check") == "ok"
        texts = 0
        for (entry_id,) in store.connection.rows("SELECT id FROM article"):
            texts += reads.article_at(store.connection, entry_id).words == 400
        read = store.connection.value("SELECT count(*) FROM shelf WHERE read = 1")
        return reads.status(store.connection), texts, read


def test_a_sound_library_is_left_alone(library):
    before = library.read_bytes()
    findings = repair_file(library)
    assert all(finding.ok for finding in findings)
    assert library.read_bytes() == before
    assert [finding.name for finding in findings] == [
        "file",
        "format",
        "tables",
        "values",
        "lists",
        "search",
        "texts",
        "room",
    ]


def page_with(path, words):
    """The number of the first page of a library that holds these words."""
    return path.read_bytes().index(words) // 8192


def test_one_page_overwritten_costs_little(library):
    overwrite(library, [page_with(library, b"Story 150")])
    assert not all(finding.ok for finding in health.examine(library))
    findings = repair_file(library)
    assert [finding.name for finding in findings if not finding.ok] == ["lost"]
    status, texts, read = rescued(library)
    assert status.total >= COUNT - 40
    assert texts >= COUNT - 40
    assert read >= 80
    assert status.notice.startswith("A damaged library was repaired")
    assert "damaged file is kept as library-damaged-" in status.notice
    assert len(list(library.parent.glob("library-damaged-*.db"))) == 1


@pytest.mark.parametrize("seed", range(4))
def test_pages_overwritten_at_random_lose_no_more_than_they_held(library, seed):
    chance = random.Random(seed)
    overwrite(library, chance.sample(range(1, pages(library)), 3))
    repair_file(library)
    status, texts, _ = rescued(library)
    assert status.total >= COUNT * 0.6
    assert texts >= COUNT * 0.5


def test_a_file_cut_short_keeps_its_beginning(library):
    size = library.stat().st_size
    with library.open("r+b") as file:
        file.truncate(size // 2 + 1000)
    findings = repair_file(library)
    assert [finding.name for finding in findings if not finding.ok] == ["lost"]
    status, texts, read = rescued(library)
    assert texts > COUNT * 0.3
    assert read > 0
    assert f"saved {status.total} articles" in status.notice


def test_a_lost_beginning_is_replaced(library):
    overwrite(library, [0])
    repair_file(library)
    _, texts, read = rescued(library)
    assert texts == COUNT
    assert read == 100


def test_an_article_that_is_met_twice_is_counted_once(library, monkeypatch):
    """A bit of a row's number has turned: both rows have the same one, and name different sources."""
    readable = recovery._readable

    def twice(old, table, names):
        for row in readable(old, table, names):
            yield row
            if table == "entry" and row[0] == 7:
                columns = names.split(", ")
                yield tuple(424242 if name == "source_id" else value for name, value in zip(columns, row, strict=True))

    monkeypatch.setattr(recovery, "_readable", twice)
    with Store(library) as store:
        store.connection.run("UPDATE article SET packed = x'01ffff' WHERE id = 7")
    assert [finding.name for finding in repair_file(library) if not finding.ok] == ["lost"]


def test_a_broken_text_is_fetched_again(library):
    with Store(library) as store:
        store.connection.run("UPDATE article SET packed = x'01ffff' WHERE id = 7")
    assert [finding.name for finding in health.examine(library) if not finding.ok] == ["texts"]
    repair_file(library)
    with Store(library) as store:
        assert [wanted.entry_id for wanted in store.plan.wanted(NOW)] == [7]


@pytest.mark.anyio
async def test_the_program_starts_on_a_damaged_library_and_says_so(library):
    overwrite(library, [0])
    async with open_library(library.parent) as opened:
        assert "damaged" in opened.status().notice
        assert opened.count() == COUNT
        assert opened.count("w* OR story") >= 1
        await opened.set_setting("notice", "")
        assert opened.status().notice == ""


@pytest.mark.anyio
async def test_an_open_library_is_repaired_under_way(library):
    async with open_library(library.parent) as opened:
        await opened.write(lambda store: store.connection.run("UPDATE article SET packed = x'01ffff' WHERE id = 7"))
        assert [finding.name for finding in await opened.repair() if not finding.ok] == ["lost"]
        assert opened.article(8).words == 400
        assert opened.article(7) is None
        await opened.mark_read([7])
        assert opened.entry(7).read


def test_tables_without_row_numbers_are_known(tmp_path):
    """Asked for a number they give no row, as one that is broken."""
    with Store(tmp_path / "library.db") as store:
        rows = store.connection.rows("SELECT name FROM pragma_table_list WHERE schema = 'main' AND wr = 1")
    without = {name for (name,) in rows} & set(recovery._TABLES)
    assert without == set(recovery._WITHOUT_ROWID)
