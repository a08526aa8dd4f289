"""A sound file may hold any value in any column, by an edit or a bug: it costs a row at most, and never a traceback."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from cache.db.codec import deflate
from cache.library import open_library
from cache.writes.store import Store
from fetch.article import Article, Figure, Heading, Paragraph, Quote, Span, Teaser
from fetch.source import Source
from tests.shares import LONG, share
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, fails, records
from tests.tui.pty_reader import PtyReader

pytestmark = pytest.mark.once

ROWS = 12

ODD: tuple[object, ...] = (
    b"\x00\xff",
    "abc",
    "",
    -1,
    2**63 - 1,
    -(2**63),
    1e300,
    float("inf"),
    b"UTF-8\xc3\x28",  # put in as text
    "2026-13-45",
    "9999-12-31T23:59:59-12:00",
    "0001-01-01T00:00:00+14:00",
    "2026-01-01T00:00:00",
    "{",
    "[1]",
    '{"a": [',
    "\x1b[31m\u202eab",
    "x" * 70_000,
    None,
)
SHOWN = 5
"""An article whose every row holds one of the values."""

VERBS = (
    ("list", "--json"),
    ("list", "library", "is:unread"),
    ("search", '"the library"', "--json"),
    ("sources", "--json"),
    ("searches",),
    ("export", "jsonl"),
    ("export", "opml"),
    ("prune", "--dry-run"),
    ("show", str(SHOWN)),
    ("show", str(SHOWN), "--story"),
    ("show", str(SHOWN), "--changes"),
    ("related", str(SHOWN), "--json"),
    ("doctor", "--json"),
    ("mark", str(SHOWN), "--read", "--save", "--tag", "work"),
)
MAY_FAIL = ("export", "show", "related", "doctor", "mark")
"""Verbs that may say in a sentence that an article cannot be shown, or is left out, or that something is wrong."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with something in every table."""
    home = tmp_path_factory.mktemp("whole")

    async def fill() -> None:
        async with open_library(home) as library:
            ids = library.ids()
            await library.mark_read(ids[:12])
            await library.save(ids[2:14])
            await library.note(ids[1], "Ask Ana")
            for number in range(ROWS):
                await library.tag(ids[number], ["work", f"tag{number}"])
                await library.keep_search(f"Search {number}", "the")
                await library.set_setting(f"setting{number}", number)
            await library.set_setting("notice", "Something was said.")
            await library.write(more)

    asyncio.run(fill())
    return home / "library.db"


def more(store: Store) -> None:
    """Sources, articles that changed, and teasers with a text."""
    for number in range(ROWS):
        address = f"http://127.0.0.1:9/{number}"
        source_id = store.sources.add(Source(f"{address}/feed", "feed", title=f"Paper {number}"))
        listed = Teaser(f"{address}/listed", "Listed", content="<p>The library.</p>")
        store.entries.store_listing(source_id, [listed, Teaser(address, "The library")], 1e9)
        for text in ("The library opened.", "The library opened late."):
            body = (
                Paragraph((Span(text), Span(" Read on.", "https://paper.example/x", strong=True))),
                Heading(2, (Span("Why"),)),
                Quote((Paragraph((Span("Because."),)),), "Ana"),
                Figure("https://paper.example/a.jpg", "A", "B", "C"),
            )
            article = Article(address, f"Library {number}", body, related=(Teaser("https://paper.example/r", "Other"),))
            store.articles.store_article(store.entries.entry_for(address, "The library", now=1e9), article, 1e9)
    store.stories.assign_all()


def columns(path: Path) -> list[tuple[str, str]]:
    """Every column of every table of ours."""
    with closing(sqlite3.connect(path)) as library:
        rows = library.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'")
        tables = [row[0] for row in rows if not row[0].startswith(("sqlite_", "headline_index", "text_index"))]
        return [(table, row[1]) for table in tables for row in library.execute(f"PRAGMA table_info({table})")]


def spoil(path: Path, table: str, column: str) -> Iterator[int]:
    """Puts the odd values into rows of their own, as many at once as there are rows; how many a column took."""
    values, whole = list(ODD), path.read_bytes()
    while values:
        path.write_bytes(whole)
        with closing(sqlite3.connect(path, isolation_level=None)) as library:
            plain = library.execute(f"SELECT wr FROM pragma_table_list('{table}')").fetchone() == (0,)
            key = "rowid" if plain else column
            rows = library.execute(f"SELECT {key} FROM {table} ORDER BY {key} = ? DESC, {key} LIMIT ?", (SHOWN, ROWS))
            keys = [row[0] for row in rows]
            if not keys:
                return
            taken = sum(put(library, f"{table} SET {column}", key, row, values.pop()) for row in keys if values)
        yield taken


def put(library: sqlite3.Connection, where: str, key: str, row: object, value: object) -> bool:
    """Whether the column took the value."""
    slot = "CAST(? AS TEXT)" if isinstance(value, bytes) and value.startswith(b"UTF") else "?"
    try:
        library.execute(f"UPDATE {where} = {slot} WHERE {key} = ?", (value, row))
    except sqlite3.Error:
        return False
    return True


def tell(cli: Cli, verb: tuple[str, ...]) -> str:
    """What is wrong with how a verb ended; a traceback ends the test."""
    code, _, err = cli(*verb)
    wrong = code not in (0, 1) or (code == 1 and verb[0] not in MAY_FAIL) or "Traceback" in err
    return f"{' '.join(verb)}: {code} {err[:200]}" if wrong else ""


def test_whatever_a_column_holds_no_verb_ends_in_a_traceback(whole: Path, tmp_path: Path, cli: Cli) -> None:
    home = tmp_path / "home"
    home.mkdir()
    kinds, wrong, turn = 0, [], 0
    for table, column in share(columns(whole), 3):
        shutil.copy(whole, home / "library.db")
        for taken in spoil(home / "library.db", table, column):
            kinds += taken
            turn += 1  # one in six verbs a time, each in its turn, as all of them would take minutes
            wrong += [f"{table}.{column} {told}" for verb in share(VERBS, 6, turn) if (told := tell(cli, verb))]
    assert kinds >= (207 if LONG else 69)
    assert wrong == []


def test_a_row_that_cannot_be_read_costs_no_other(whole: Path, tmp_path: Path, cli: Cli) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(whole, home / "library.db")
    listed = len(records(done(cli("list", "--json", "--limit", "1000"))))
    for table, column in columns(whole):
        if table in ("entry", "article", "source", "mark", "tag") and column not in ("id", "entry_id"):
            shutil.copy(whole, home / "library.db")
            for _ in spoil(home / "library.db", table, column):
                found = len(records(done(cli("list", "--json", "--limit", "1000"))))
                assert found >= listed - (ROWS if column == "gone" else 0), (table, column)


def test_doctor_names_the_article_and_repair_empties_the_value(whole: Path, tmp_path: Path, cli: Cli) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(whole, home / "library.db")
    with closing(sqlite3.connect(home / "library.db", isolation_level=None)) as library:
        library.execute("UPDATE entry SET published = '2026-13-45', headline = 'Spoilt' WHERE id = 5")
        library.execute("UPDATE entry SET summary = CAST(x'41c328' AS TEXT) WHERE id = 6")
        library.execute("UPDATE setting SET value = '{' WHERE name = 'setting3'")
    code, out, _ = cli("doctor", "--json")
    assert code == 1
    (values,) = [found for found in records(out) if found["name"] == "values"]
    assert "3 values cannot be read" in values["sentence"]
    assert "published of article 5 (“Spoilt”)" in values["sentence"]
    assert "summary of article 6" in values["sentence"]
    done(cli("doctor", "--repair"))
    (spoilt,) = [
        entry for entry in records(done(cli("list", "--json", "--limit", "99"))) if entry["headline"] == "Spoilt"
    ]
    assert spoilt["published"] is None
    with closing(sqlite3.connect(home / "library.db")) as library:
        assert library.execute("SELECT summary FROM entry WHERE id = 6").fetchone() == ("A\ufffd(",)
        assert library.execute("SELECT count(*) FROM setting WHERE NOT json_valid(value)").fetchone() == (0,)


@pytest.mark.parametrize(
    "kept",
    [
        '{"body":5}',
        '{"body":[["h","x",["a"]]]}',
        '{"body":[["zz"]]}',
        '{"dek":5}',
        '{"body":[["p",[["a",1,5]]]]}',
        "[]",
        '{"keywords":[1]}',
        '{"image":["f",1,2,3,4]}',
        '{"related":[[1,2,3,4,5,6]]}',
        '{"body":[["c",1,2]]}',
        "{",
        "null",
        '{"body":' + "[" * 5000 + "]" * 5000 + "}",
    ],
    ids=lambda kept: kept[:24],
)
def test_a_text_of_odd_values_costs_that_article(whole: Path, tmp_path: Path, cli: Cli, kept: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(whole, home / "library.db")
    with closing(sqlite3.connect(home / "library.db", isolation_level=None)) as library:
        library.execute("UPDATE article SET packed = ? WHERE id = ?", (deflate(kept), SHOWN))
    assert "damaged" in fails(cli("show", str(SHOWN)))
    whole_list = records(done(cli("list", "--json", "--limit", "1000")))
    code, printed, said = cli("export", "jsonl")
    assert (code, said.count("1 text left out, damaged")) == (1, 1)
    exported = records(printed)
    listed = {entry["id"]: entry["offline"] for entry in whole_list if entry["id"] != str(SHOWN)}
    assert {entry["id"]: entry["offline"] for entry in exported} == listed
    for verb in share(VERBS, 3, len(kept)):
        assert tell(cli, verb) == ""
    assert [found["name"] for found in records(cli("doctor", "--json")[1]) if not found["ok"]] == ["texts"]


def test_kept_copies_are_deleted_only_when_that_is_said_twice(whole: Path, tmp_path: Path, cli: Cli) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(whole, home / "library.db")
    with closing(sqlite3.connect(home / "library.db", isolation_level=None)) as library:
        library.execute("UPDATE article SET packed = x'01ffff' WHERE id = 5")
    assert cli("doctor", "--repair")[0] == 1
    (kept,) = home.glob("library-damaged-*.db")
    code, out, complaint = cli("doctor", "--delete-kept")
    assert (code, out, complaint.count("\n")) == (2, "", 1)
    assert "lost 1 text." in complaint
    assert "--yes" in complaint
    assert kept.exists()
    terminal = PtyReader(home, command=("-m", "tui", "doctor", "--delete-kept"))
    terminal.until("Delete? [y/N]")
    terminal.press("n\r")
    assert terminal.left() == 1
    terminal.close()
    assert kept.exists()
    assert f"Deleted: {kept.name}" in done(cli("doctor", "--delete-kept", "--yes"))
    assert not kept.exists()
