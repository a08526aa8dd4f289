"""After every verb, and after a reader that refreshed and was left, the library is one file with everything in it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cache.paths import places
from tests.loopback import Loopback
from tests.newsroom import publish, subscribe
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done
from tests.tui.pty_reader import PtyReader
from tui.cli.main import VERBS

COMMANDS = (
    ("add", "{paper}/feed.xml"),
    ("sources",),
    ("arrange", "2", "--most", "5"),
    ("refresh",),
    ("list",),
    ("front", "--looked"),
    ("brief", "--since", "week"),
    ("show", "19"),
    ("show", "http://127.0.0.1:9/away"),
    ("cite", "19", "--paragraph", "1"),
    ("highlight", "19", "--paragraph", "1", "--note", "Ask."),
    ("extract", "{paper}/story/bridge"),
    ("search", "harbour"),
    ("search", "("),
    ("searches", "--keep", "Harbour", "harbour"),
    ("passages", "paper.example", "--leave-out", "Read more:", "--begins"),
    ("mark", "1", "2", "--read", "--save", "--tag", "work"),
    ("mark", "4711", "--read"),
    ("related", "1"),
    ("export", "jsonl", "--output", "{home}/../out.jsonl"),
    ("import", "{home}/../out.jsonl"),
    ("keep", "1", "--count", "3"),
    ("prune",),
    ("backup", "{home}/../copy.db"),
    ("doctor",),
    ("remove", "1"),
    ("sync",),
    ("config",),
    ("completions", "bash"),
)


def rows(path: Path, tmp_path: Path) -> list[tuple[object, ...]]:
    """What the file alone holds of the reader's, opened where nothing else is."""
    copy = Path(shutil.copy(path, tmp_path / "alone.db"))
    with closing(sqlite3.connect(f"file:{copy}?immutable=1", uri=True)) as alone:
        return alone.execute("SELECT id, read, saved IS NOT NULL FROM shelf ORDER BY id").fetchall()


def test_after_every_verb_the_library_is_one_file(cli: Cli, paper: str, tmp_path: Path) -> None:
    assert {verb for verb, *_ in COMMANDS} == set(VERBS) - {"watch"}, "that ends by an interrupt, see test_watch.py"
    home = tmp_path / "home"
    done(cli("list"))
    for command in COMMANDS:
        cli(*(part.format(paper=paper, home=home) for part in command))
        assert os.listdir(home) == ["library.db"], command
    assert {(1, 1, 1), (2, 1, 1)} <= set(rows(home / "library.db", tmp_path))


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        publish(running, "mole", "tide", "quay")
        yield running


def test_after_a_reader_that_refreshed_the_library_is_one_file(site: Loopback, tmp_path: Path) -> None:
    home = tmp_path / "home"
    subscribe(places(home).library, site.url("/feed"))
    with PtyReader(home) as reader:
        reader.press("r")
        reader.until("3 new")
        reader.until("Harbour report: quay")
        reader.press("sq")
        assert reader.left() == 0
    assert os.listdir(home) == ["library.db"]
    assert sorted(saved for _, _, saved in rows(home / "library.db", tmp_path)) == [0, 0, 1]
