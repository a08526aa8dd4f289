"""Every payload, in what is read, in input lines and in an edited library, against the bytes a terminal receives."""

from __future__ import annotations

import itertools
import re
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from cache.paths import places
from fetch.article import Article, Code, Figure, Heading, Paragraph, Quote, Span, Table, Teaser
from fetch.article import Cell as TableCell
from tests.tui.newsroom import NOW, shelve
from tests.tui.payloads import payloads
from tests.tui.terminal import Terminal
from tests.tui.test_terminal import OURS
from tui.__main__ import main

PAYLOADS = list(payloads())
NEVER = re.compile(
    "[\x00-\x06\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u061c\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\u00ad\u034f\u115f\u1160"
    "\u17b4\u180b-\u180f\u3164\uffa0\U000e0000-\U000e00ff\U0001d173\U0001bca0\U00013430\U0001fffe\U0010ffff]"
)
# What a terminal may be asked: the alternate screen, cursor, mouse, colours, positions. No reports but the two that
# Textual asks for at the start; nothing about titles, clipboards, files or fonts.
SEQUENCES = re.compile(
    rb"\x1b\[(?:[\d;]*m|\d*;?\d*H|\d+D|\?\d+[hl]|\?2026\$p|\?2048\$p|[<>]\d*u|=?\d*(?:;\d+)?u)|\x1b[78]|\x1b\]22;[a-z-]+\x07"
    rb"|\x1b\]8;(?:id=[0-9-]+)?;(?:https?://[!-~]+)?\x1b\\|\x1b\]11;\?\x1b\\"
)


def sound(raw: bytes) -> None:
    """Nothing reached the terminal but text and what is the screen library's own."""
    text = raw.decode("utf-8")
    left = SEQUENCES.sub(b"", raw).decode("utf-8")
    assert "\x1b" not in left, left[max(0, left.find("\x1b") - 40) : left.find("\x1b") + 40]
    assert "\x07" not in left
    found = NEVER.search(OURS.sub("", text))
    assert not found, (hex(ord(found[0])), left[max(0, found.start() - 40) : found.start() + 10])
    assert "INJECTED\r\n<" not in left


def test_there_are_six_hundred_and_no_two_alike() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 600


def safe(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def story(number: int, texts: list[str]) -> Article:
    """An article with a payload in every part of it."""
    part = iter(texts * 2)
    spans = tuple(Span(text, strong=at % 3 == 1, code=at % 3 == 2) for at, text in enumerate(texts))
    return Article(
        url=f"https://x.example/{number}",
        headline=next(part),
        dek=next(part),
        section=next(part),
        authors=(next(part),),
        dateline=next(part),
        source=next(part),
        language="en",
        published=NOW - timedelta(minutes=number),
        body=(
            Paragraph(spans),
            Heading(2, spans[:3]),
            Quote((Paragraph(spans[3:6]),), texts[0]),
            Code("\n".join(texts[:4])),
            Figure("https://x.example/p.png", texts[1], texts[2], texts[3]),
            Table(((TableCell(spans[:2], True),), (TableCell(spans[2:4]),)), texts[5]),
        ),
        related=(Teaser("https://x.example/r", texts[0], texts[1], dateline=texts[2]),),
    )


def edited(home: Path) -> None:
    """A library with the payloads in it, written past every check of ours."""
    stories = range(len(PAYLOADS) // 24 + 1)
    shelve(home, [story(number, [f"{word} {number}" for word in "abcdef"]) for number in stories])
    connection = sqlite3.connect(places(home).library)
    connection.execute("INSERT INTO saved_search (name, query) VALUES ('kept', 'word')")
    connection.execute("INSERT INTO tag (entry_id, name) SELECT id, 'tagged' FROM entry")
    connection.execute("INSERT INTO mark (id, note) SELECT id, 'noted' FROM entry WHERE true ON CONFLICT DO NOTHING")
    connection.execute("INSERT INTO undo (at, sentence, changes) VALUES (1, 'Done.', '[]')")
    given = itertools.cycle(map(safe, PAYLOADS))
    connection.create_function("payload", 0, lambda: next(given))
    for table, column in strings_of(connection):
        connection.execute(f"UPDATE OR REPLACE {table} SET {column} = payload()")
    connection.commit()
    connection.close()


NAMES_OF_OURS = {
    ("source", "kind"), ("source", "state"), ("entry", "published"), ("undo", "changes"),
    ("entry", "url"), ("source", "url"), ("setting", "name"), ("setting", "value"),
}  # fmt: skip
"""What is no text to be shown, or says by its form which row it is; `tests/tui/cli/test_odd_values.py` has those."""


def strings_of(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Every column in which a library keeps words."""
    listed = "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%' AND name NOT GLOB '*_index_*'"
    columns = [
        (table, row[1])
        for (table,) in connection.execute(listed).fetchall()
        for row in connection.execute(f"PRAGMA table_info({table})").fetchall()
        if row[2] == "TEXT" and not table.startswith("sqlite_")
    ]
    assert set(columns) >= NAMES_OF_OURS | {("tag", "name"), ("saved_search", "name"), ("undo", "sentence")}
    return [each for each in columns if each not in NAMES_OF_OURS]


def walk(home: Path, keys: list[bytes]) -> bytes:
    """All that the reader writes while these keys are pressed."""
    with Terminal(home) as terminal:
        terminal.see(b"Related")
        terminal.rest()
        for key in keys:
            terminal.type(key)
            terminal.rest(0.1)
        terminal.program.terminate()
        terminal.see(b"\x1b[?1049l")
        return terminal.written


def test_payloads_in_what_is_read(tmp_path: Path) -> None:
    texts = [PAYLOADS[at : at + 24] for at in range(0, len(PAYLOADS), 24)]
    shelve(tmp_path, [story(number, [safe(text) for text in some]) for number, some in enumerate(texts)])
    raw = walk(tmp_path, [*[b"n", b" "] * len(texts), b"\t", b"S", b"\x1b"])
    sound(raw)
    assert b"<0" in raw


def test_payloads_in_an_edited_library(tmp_path: Path) -> None:
    edited(tmp_path)
    keys = [
        *[b"n"] * (len(PAYLOADS) // 24),
        b"S",
        b"\x1b",
        b"E",
        b"\x1b",
        b"e",
        b"\x1b",
        b"T",
        b"\x1b",
        b"\x10",
        b"\x1b",
    ]
    raw = walk(tmp_path, keys)
    sound(raw)
    assert b"<0" in raw


VERBS = (
    "list", "list --json", "sources", "sources --json", "searches", "searches --json", "show 1", "show 2 --json",
    "search word", "search word --json", "related 1", "related 2 --json", "mark 1 --read", "export opml --output -",
    "export jsonl --output -", "prune", "refresh", "doctor", "doctor --json", "remove 2",
)  # fmt: skip


def test_payloads_in_what_the_verbs_print(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    edited(tmp_path)
    for verb in VERBS:
        main(["--home", str(tmp_path), *verb.split()])
        told = capsysbinary.readouterr()
        text = (told.out + told.err).decode()
        found = NEVER.search(text)
        assert not found, (verb, hex(ord(found[0])))
        assert "broke off" not in text


def test_payloads_in_input_lines(tmp_path: Path) -> None:
    shelve(tmp_path)
    pasted = [safe(text).encode() for text in PAYLOADS]
    paste = [b"\x1b[200~" + text + b"\x1b[201~" for text in pasted]
    raw = b""
    for opening in (b"a", b"e", b"/"):
        some = [b"".join(paste[at : at + 60]) for at in range(0, len(paste), 60)]
        raw += walk(tmp_path, [opening, *[b"\x15" + each for each in some]])
    sound(raw)
    assert b"59>" in raw  # a line shows the end of what is pasted at once: the last of the first sixty
