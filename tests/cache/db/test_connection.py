"""A library file is made, brought up to date and opened; what goes wrong is one sentence."""

import os
import sqlite3
import stat
import sys
from contextlib import closing

import pytest

from cache.db import identity, schema
from cache.db.connection import Connection
from cache.db.sqlite_errors import raising_cache_errors
from cache.errors import CacheError, DiskFull, LibraryBusy, LibraryDamaged, LibraryTooNew
from cache.library import open_reading
from cache.search import index
from cache.writes import marks
from cache.writes.store import Store
from fetch.source import Source

NEWER = f"PRAGMA user_version = {identity.VERSION + 1}; PRAGMA application_id = {identity.APPLICATION}"


def make(path, version):
    """A library as the version of that number left it, with a source in it."""
    path.parent.mkdir(parents=True)
    old = sqlite3.connect(path, isolation_level=None)
    for step in schema.STEPS[:version]:
        step(old)
    old.execute(f"PRAGMA user_version = {version}")
    old.execute("INSERT INTO source (url, kind, title) VALUES ('https://paper.example/feed', 'feed', 'The Paper')")
    old.execute(
        "INSERT INTO entry (url, source_id, headline, at, seen) VALUES ('https://paper.example/1', 1, 'A', 5, 5)"
    )
    old.execute("INSERT INTO mark (id, read) VALUES (1, 1)")
    index.index(old, 1, index.IndexRow("A", "", "", ""))
    old.close()


def tables(path):
    with sqlite3.connect(path) as library:
        found = library.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()
    library.close()
    return found


@pytest.mark.parametrize("version", range(1, identity.VERSION + 1))
def test_every_earlier_version_is_brought_up_to_date(path, tmp_path, version, write):
    make(path, version)
    with Store(path) as store:
        assert store.connection.value("PRAGMA user_version") == identity.VERSION
        assert store.connection.row("SELECT headline, read FROM entry JOIN shelf USING (id)") == ("A", 1)
        assert store.connection.row("SELECT total, unread FROM tally") == (1, 0)
        assert store.articles.store_article(1, write("A", "The harbour opened.", language="en"), 6) is False
        store.stories.assign_all()
        marks.mark_read(store.connection, [1], False)
    with open_reading(path.parent) as library:
        assert list(library.ids('"harbour opened" lang:en is:unread')) == [1]
        assert [finding for finding in library.doctor() if not finding.ok and finding.name != "room"] == []
    with Store(tmp_path / "new.db"):
        pass
    assert tables(path) == tables(tmp_path / "new.db")


def test_a_copy_is_kept_before_the_first_step(path):
    make(path, 1)
    with Store(path):
        pass
    copy = path.with_name(f"library-before-{identity.VERSION}.db")
    with sqlite3.connect(copy) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)
        assert kept.execute("SELECT title FROM source").fetchone() == ("The Paper",)
    kept.close()


def test_a_new_library_needs_no_copy(path):
    with Store(path):
        pass
    assert [found.name for found in path.parent.iterdir()] == ["library.db"]


def test_a_step_that_fails_leaves_the_library_as_it_was(path, monkeypatch):
    make(path, 1)

    def breaks(connection):
        connection.execute("CREATE TABLE half (x)")
        raise ZeroDivisionError

    monkeypatch.setattr(schema, "STEPS", (schema.create, breaks))
    with pytest.raises(ZeroDivisionError):
        Store(path)
    with sqlite3.connect(path) as library:
        assert library.execute("PRAGMA user_version").fetchone() == (1,)
        assert not library.execute("SELECT 1 FROM sqlite_schema WHERE name = 'half'").fetchone()
    library.close()


def test_a_library_from_a_later_version_is_refused_and_not_touched(path):
    with Store(path) as store:
        store.connection.run(f"PRAGMA user_version = {identity.VERSION + 1}")
    before = path.read_bytes()
    for reading in (True, False):
        with pytest.raises(LibraryTooNew, match=r"newer Broadsheet.*nothing was changed"):
            Connection(path, reading=reading)
    assert path.read_bytes() == before


def test_a_damaged_library_is_one_sentence(path):
    path.parent.mkdir()
    path.write_bytes(content := b"SQLite format 3\x00" + b"\xff" * 9000)
    for reading in (True, False):
        with pytest.raises(LibraryDamaged, match="doctor --repair"):
            Connection(path, reading=reading).rows("SELECT * FROM source")
    assert path.read_bytes() == content


@pytest.mark.parametrize("statement", [NEWER, ""], ids=["newer", "damaged"])
def test_a_file_that_is_refused_is_closed(path, monkeypatch, statement):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as library:
        library.executescript(statement)
    if not statement:
        path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 9000)
    made = []

    def connect(*given, **options):
        made.append(genuine(*given, **options))
        return made[-1]

    genuine = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", connect)
    for reading in (True, False):
        with pytest.raises((LibraryTooNew, LibraryDamaged)):
            Connection(path, reading=reading)
    for connection in made:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")
    assert len(made) == 2


def test_reading_cannot_write(path):
    with Store(path):
        pass
    with Connection(path, reading=True) as connection, pytest.raises(DiskFull, match="cannot be written"):
        connection.run("DELETE FROM source")


def test_a_full_disk_is_one_sentence_and_the_library_as_it_was(path, write):
    with Store(path) as store:
        store.sources.add(Source("https://paper.example/feed", "feed"))
        # SQLite's own limit: it fails just as on a disk without room.
        store.connection.run(f"PRAGMA max_page_count = {store.connection.value('PRAGMA page_count') + 2}")

        def fill():
            with store.batch():
                for number in range(200):
                    entry_id = store.entries.entry_for(f"https://paper.example/{number}", now=1)
                    store.articles.store_article(entry_id, write(f"Story {number}", f"{number} " * 4000), 1)

        with pytest.raises(DiskFull, match="is full; the last change was not made"):
            fill()
        assert store.connection.value("SELECT count(*) FROM entry") == 0
        assert store.connection.value("PRAGMA integrity_check") == "ok"
        store.connection.run("PRAGMA max_page_count = 100000")
        fill()
        assert store.connection.value("SELECT count(*) FROM entry") == 200


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions do not hold root back")
def test_no_permission_is_one_sentence(path):
    path.parent.mkdir()
    path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(DiskFull, match="no permission"):
        Store(path)
    path.parent.chmod(stat.S_IRWXU)


@pytest.mark.parametrize(
    ("is_there", "said"), [(True, "written: no permission to write there"), (False, "opened: no perm")]
)
def test_a_library_that_can_be_read_alone_is_said_to_be_so(path, is_there, said):
    if is_there:
        with Store(path):
            pass
    refused = sqlite3.OperationalError("unable to open database file")  # root is held back by a read-only disk alone
    refused.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    with pytest.raises(DiskFull, match=f"The library cannot be {said}"), raising_cache_errors(path):
        raise refused


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "home").write_text("a file in the way")
    with pytest.raises(DiskFull, match="cannot be made"):
        Store(tmp_path / "home" / "library.db")


def test_a_writer_waits_for_another_and_then_says_so(path, monkeypatch):
    with Store(path):
        pass
    monkeypatch.setattr("cache.db.opening.LOCK_TIMEOUT", 0.05)
    with Store(path) as first, Store(path) as second, first.batch():
        first.connection.run("INSERT INTO setting VALUES ('a', '1')")
        with pytest.raises(LibraryBusy, match="Another program is writing"):
            second.connection.run("INSERT INTO setting VALUES ('b', '1')")
        assert second.connection.value("SELECT count(*) FROM setting") == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no open file can be removed there")
@pytest.mark.parametrize("is_replaced", [False, True])
def test_nothing_is_said_to_be_written_to_a_library_that_was_removed(path, tmp_path, is_replaced):
    with Store(path) as store:
        store.sources.add(Source("https://paper.example/feed", "feed"))
        if is_replaced:
            other = tmp_path / "other.db"
            with Store(other):
                pass
            os.replace(other, path)
        else:
            path.unlink()
        with pytest.raises(CacheError, match="was removed or replaced meanwhile"):
            store.sources.add(Source("https://other.example/feed", "feed"))


def test_reading_goes_on_while_another_writes(path):
    with Store(path) as store:
        store.sources.add(Source("https://paper.example/feed", "feed"))
        with store.batch(), open_reading(path.parent) as library:
            store.connection.run("DELETE FROM source")
            assert len(library.sources()) == 1


def test_the_first_readable_import_is_light():
    import subprocess

    heavy = ["httpx", "selectolax", "feedparser", "textual", "asyncio", "platformdirs", "concurrent.futures", "json"]
    script = "import sys, cache.library; print(sorted(set(sys.modules) & set(sys.argv[1:])))"
    told = subprocess.run([sys.executable, "-c", script, *heavy], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
