"""A library is its reader's alone, whatever the umask and whoever made it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from cache.db.connection import Connection
from cache.writes.store import Store
from fetch.source import Source
from tests.cache.db.test_connection import make

pytestmark = pytest.mark.skipif(os.name != "posix", reason="such rights are POSIX's")


@pytest.fixture(params=[0o000, 0o022, 0o277], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def rights(path: Path) -> str:
    return f"{stat.S_IMODE(path.stat().st_mode):o}"


@pytest.mark.usefixtures("umask")
def test_what_is_made_is_the_readers_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "home" / "library.db"
    with Store(path) as store:
        store.sources.add(Source("https://paper.example/feed", "feed"))
        found = sorted((each.name.partition("-open-")[0], rights(each)) for each in path.parent.iterdir())
    names = ("library.db", "library.db", "library.db-shm", "library.db-wal")  # the second says that it is open
    assert found == [(name, "600") for name in names]
    assert (rights(path.parent), rights(path.parent.parent)) == ("700", "700")


@pytest.mark.usefixtures("umask")
def test_the_copy_before_an_upgrade_is_the_readers_alone(path: Path) -> None:
    os.umask(0)
    make(path, 1)
    path.parent.chmod(0o755)
    with Store(path):
        pass
    assert {rights(each) for each in path.parent.iterdir()} == {"600"}
    assert len(list(path.parent.iterdir())) == 2
    assert rights(path.parent) == "700"


@pytest.mark.parametrize("reading", [False, True])
def test_an_older_library_is_tightened_when_it_is_opened(path: Path, reading: bool) -> None:
    with Store(path):
        pass
    (path.parent / "library-damaged-20260101-000000.db").write_bytes(b"")
    (path.parent / "secrets.json").write_text("{}")
    for each in path.parent.iterdir():
        each.chmod(0o644)
    path.parent.chmod(0o755)
    with Connection(path, reading=reading):
        pass
    assert {rights(each) for each in path.parent.iterdir()} == {"600"}
    assert rights(path.parent) == "700"


def test_a_folder_that_holds_other_things_stays_as_the_reader_arranged_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "letters.txt").write_text("Dear Ana")
    (tmp_path / "letters.txt").chmod(0o644)
    with Store(tmp_path / "library.db"):
        pass
    assert (rights(tmp_path), rights(tmp_path / "letters.txt")) == ("755", "644")
    assert rights(tmp_path / "library.db") == "600"


def test_the_readers_own_home_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    tmp_path.chmod(0o755)
    with Store(tmp_path / "library.db"):
        pass
    assert rights(tmp_path) == "755"


def test_what_belongs_to_somebody_else_is_not_touched(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(path):
        pass
    path.chmod(0o644)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    with Store(path):
        pass
    assert rights(path) == "644"
