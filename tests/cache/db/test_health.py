"""What is sound in a library file and what is not, with nothing changed by looking."""

from types import SimpleNamespace

import pytest

from cache.db import health
from cache.writes.store import Store


def test_no_library_yet_is_no_fault(tmp_path):
    assert [finding.ok for finding in health.examine(tmp_path / "library.db")] == [True]


def wrong(path):
    return [finding.name for finding in health.examine(path) if not finding.ok]


def test_a_sound_library_has_no_fault(store, keep, path):
    keep("Harbour opens", "The harbour opened.")
    store.close()
    before = path.read_bytes()
    assert wrong(path) == []
    assert path.read_bytes() == before


def test_a_list_that_does_not_agree_with_its_articles_is_named(store, keep, path):
    keep("Harbour opens", "The harbour opened.")
    store.connection.run("DELETE FROM shelf")
    store.close()
    assert wrong(path) == ["lists"]


def test_a_text_that_cannot_be_decoded_is_named(store, keep, path):
    store.connection.run("UPDATE article SET packed = x'01ffff' WHERE id = ?", (keep("Harbour opens", "It opened."),))
    store.close()
    assert wrong(path) == ["texts"]


@pytest.mark.parametrize(
    "spoilt",
    [
        "UPDATE article SET packed = x'01ffff' WHERE id = ?",
        "INSERT INTO revision (entry_id, headline, packed) VALUES (?, 'Before', x'01ffff')",
        "INSERT INTO pending (id, content) VALUES (?, x'01ffff')",
    ],
)
def test_the_oldest_text_of_a_large_library_is_looked_at_and_its_article_named(store, keep, path, spoilt):
    first = keep("Harbour opens", "It opened.")
    store.connection.run(
        "WITH RECURSIVE more(id) AS (SELECT 9 UNION ALL SELECT id + 1 FROM more WHERE id < 2500)"
        " INSERT INTO article (id, packed) SELECT more.id, packed FROM more, article WHERE article.id = ?",
        (first,),
    )
    store.connection.run(spoilt, (first,))
    store.close()
    (texts,) = [finding for finding in health.examine(path) if not finding.ok and finding.name != "room"]
    assert texts.name == "texts"
    assert f"1 text cannot be opened: of article {first} (“Harbour opens”)" in texts.sentence


def test_a_library_of_an_older_version_is_named(path):
    with Store(path) as store:
        store.connection.run("PRAGMA user_version = 1")
    assert wrong(path) == ["format"]


@pytest.mark.parametrize(
    ("free", "said"), [(800_000, "800.0 kB"), (0, "0 B"), (52_300_000, "52.3 MB"), (7_310_000_000, "7.3 GB")]
)
def test_what_is_free_is_said_in_a_unit_that_shows_it(store, path, monkeypatch, free, said):
    store.close()
    monkeypatch.setattr(health, "disk_usage", lambda _: SimpleNamespace(free=free))
    (room,) = [finding for finding in health.examine(path) if finding.name == "room"]
    assert room.sentence == f"The disk has {said} free."


def test_a_damaged_file_is_a_plain_sentence(store, keep, path):
    for number in range(300):
        keep(f"Harbour opens {number}", "The harbour opened. " * 50)
    store.close()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2 // 8192 * 8192)
        file.write(b"\xa5" * 8192 * 3)
    (file_finding,) = [finding for finding in health.examine(path) if finding.name == "file"]
    assert file_finding.sentence == "The file is damaged; doctor --repair mends it."
