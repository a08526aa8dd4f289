"""What stands in the library's place and is somebody else's is refused in one sentence, and not touched."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from cache.db import health, identity
from cache.db.connection import Connection
from cache.errors import LibraryDamaged, LibraryTooOld, NotALibrary
from cache.library import open_library, open_reading, repair_file
from cache.writes.store import Store


def database(path: Path, script: str) -> bytes:
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as made:
        made.executescript(script)
    return path.read_bytes()


FOREIGN = {
    "a database": "CREATE TABLE songs (id, title); INSERT INTO songs VALUES (1, 'Ça ira')",
    "a database with a format number": "CREATE TABLE entry (id); PRAGMA user_version = 3",
    "a database of another program": "PRAGMA application_id = 252006674; CREATE TABLE entry (id)",
    "a newer database of another program": "CREATE TABLE songs (id); PRAGMA user_version = 99",
}


def refuses(path: Path) -> None:
    for reading in (True, False):
        with pytest.raises(NotALibrary, match=r"nothing was changed"):
            Connection(path, reading=reading)
    with pytest.raises(NotALibrary), open_reading(path.parent):
        pass
    for findings in (health.examine(path), repair_file(path)):
        assert [finding.ok for finding in findings] == [False]
        assert "nothing was changed" in findings[0].sentence


@pytest.mark.parametrize("name", FOREIGN)
def test_a_database_of_somebody_elses(path: Path, name: str) -> None:
    before = database(path, FOREIGN[name])
    refuses(path)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["library.db"]


@pytest.mark.parametrize("content", [b"Dear Ana\n", random.Random(1).randbytes(70_000), bytes(20_000)])
def test_a_file_of_somebody_elses(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    refuses(path)
    assert path.read_bytes() == content
    assert [each.name for each in path.parent.iterdir()] == ["library.db"]


def test_a_damaged_database_of_another_program(path: Path) -> None:
    whole = database(path, FOREIGN["a database of another program"])
    path.write_bytes(whole[:100] + b"\xa5" * (len(whole) - 100))
    refuses(path)


def test_the_program_does_not_start_on_what_is_somebody_elses(path: Path) -> None:
    before = database(path, FOREIGN["a database"])
    with pytest.raises(NotALibrary):
        asyncio.run(start(path.parent))
    assert path.read_bytes() == before


async def start(home: Path) -> None:
    async with open_library(home):
        pass


def test_a_folder_in_the_librarys_place(path: Path) -> None:
    path.mkdir(parents=True)
    (path / "letters.txt").write_text("Dear Ana")
    refuses(path)
    assert [each.name for each in path.iterdir()] == ["letters.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_a_pipe_in_the_librarys_place_is_not_waited_for(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)
    refuses(path)


def test_an_empty_file_is_taken(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with Store(path) as store:
        assert store.connection.value("SELECT count(*) FROM entry") == 0
    path.write_bytes(b"")
    with open_reading(path.parent) as library:
        assert library.count() > 0


def test_a_library_without_a_format_number_is_one_sentence(path: Path) -> None:
    with Store(path) as store:
        store.connection.run("PRAGMA user_version = 0")
        store.connection.run("DROP TABLE withdrawn_tag")  # which no library had so early
    before = path.read_bytes()
    for reading in (True, False):
        with pytest.raises(LibraryTooOld, match="no format number"):
            Connection(path, reading=reading)
    assert not any(finding.ok for finding in repair_file(path))
    assert path.read_bytes() == before


def test_a_library_whose_beginning_is_lost_is_damaged_and_ours(path: Path) -> None:
    with Store(path):
        pass
    path.write_bytes(b"\xa5" * 8192 + path.read_bytes()[8192:])
    with pytest.raises(LibraryDamaged):
        Connection(path)


@pytest.mark.parametrize("version", [0, 1, 3, 6, identity.VERSION - 1])
@pytest.mark.parametrize("application", [identity.APPLICATION, identity.APPLICATION ^ 1, 0, 1 << 31])
def test_a_header_that_its_tables_belie_is_damage_and_repaired_with_nothing_lost(
    store: Store, keep: Callable[[str, str], int], path: Path, version: int, application: int
) -> None:
    kept = keep("Harbour opens", "The harbour opened.")
    store.close()
    with path.open("r+b") as file:
        for at, number in ((60, version), (68, application)):
            file.seek(at)
            file.write(number.to_bytes(4, "big"))
    found = repair_file(path)
    assert found[-1].ok
    assert "1 article, 1 text" in found[-1].sentence
    with open_reading(path.parent) as library:
        assert library.entry(kept).headline == "Harbour opens"


def test_header_and_tables_are_read_as_of_one_moment(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as looking:

        def make(statement: str) -> None:
            if "sqlite_schema" in statement:  # the header has been read, the tables not yet
                with closing(sqlite3.connect(path, timeout=0)) as other, suppress(sqlite3.OperationalError):
                    other.execute("CREATE TABLE made_meanwhile (id)")

        looking.set_trace_callback(make)
        assert identity.format_of(looking, path) == 0
