"""What reaches a real terminal: the raw bytes of a pty, with every foreign string hostile."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from cache.paths import places
from fetch.article import Article, Code, Embed, Figure, Paragraph, Span, Teaser
from tests.tui.newsroom import NOW, shelve

ROOT = Path(__file__).parents[2]
HOSTILE = "\x1b]52;c;ZXZpbA==\x07\x1b[31mred\x1b[0m\x9b31mcsi\x9d0;title\x07\u202ebackwards\u2066iso\u200btail\x7f"
FORBIDDEN = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]")
# What is ours: CSI sequences (colours, modes), the place of the cursor (kept, gone back to), OSC 22 (the shape of the
# mouse pointer), OSC 8 (a link that is plain ASCII), OSC 11 (the question for the background).
OURS = re.compile(
    r"\x1b(?:[78]|\[[0-?]*[ -/]*[@-~]|\]22;[a-z-]+\x07|\]11;\?\x1b\\|\]8;(?:id=[0-9-]+)?;(?:https?://[!-~]+)?\x1b\\)"
)


def hostile(number: int, word: str) -> Article:
    text = f"{word} {HOSTILE} end of {word}"
    return Article(
        url=f"https://courier.example/hostile/{number}?{HOSTILE}",
        headline=f"[{word}] {text}",
        dek=text,
        section=text,
        authors=(text,),
        dateline=text,
        source=f"Source {HOSTILE}",
        published=NOW - timedelta(hours=number),
        body=(
            Paragraph((Span(text), Span(text, href=f"https://x.example/{HOSTILE}", strong=True))),
            Code(f"{text}\n{text}"),
            Figure("https://x.example/p.jpg", caption=text, credit=text),
            Embed("video", "https://x.example/v", text),
        ),
        related=(Teaser(f"https://x.example/{HOSTILE}", f"Related {text}", summary=text, dateline=text),),
    )


@pytest.fixture
def poisoned(tmp_path: Path) -> Path:
    """A library written past every check: the strings in it are as hostile as a pack or an old file could be."""
    shelve(tmp_path, [hostile(1, "alpha"), hostile(2, "beta")])
    import sqlite3

    connection = sqlite3.connect(places(tmp_path).library)
    connection.execute("UPDATE source SET title = ?", (f"Source {HOSTILE}",))
    connection.execute(
        "UPDATE entry SET headline = '[alpha] ' || ?, dateline = ?, section = ?, authors = ?",
        (HOSTILE, HOSTILE, HOSTILE, HOSTILE),
    )
    connection.commit()
    connection.close()
    return tmp_path


def seen_in_terminal(home: Path, keys: list[bytes]) -> bytes:
    """All bytes the reader writes to a terminal of 120 by 40 while these keys are pressed."""
    ours, theirs = pty.openpty()
    import fcntl
    import termios

    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    environment = {**os.environ, "BROADSHEET_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    reader = subprocess.Popen(
        [sys.executable, "-m", "tui"], cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    try:
        written = _until(ours, b"Related", 20)
        for key in keys:
            os.write(ours, key)
            written += _until(ours, b"", 0.4)
        os.write(ours, b"\x11")  # ctrl+q
        written += _until(ours, b"\x1b[?1049l", 10)
        return written
    finally:
        reader.send_signal(signal.SIGKILL) if reader.poll() is None else None
        reader.wait()
        os.close(ours)


def _until(terminal: int, mark: bytes, seconds: float) -> bytes:
    """What comes until `mark` has come and nothing follows, or the time is over."""
    written, end = b"", time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        waiting = 0.3 if mark and mark in written else left
        if not select.select([terminal], [], [], waiting)[0]:
            break
        try:
            written += os.read(terminal, 1 << 16)
        except OSError:  # Linux says so when the other side of a pty is gone
            break
    return written


def test_nothing_hostile_reaches_the_terminal(poisoned: Path) -> None:
    keys = [b"\r", b" ", b"\t", b"?", b"\x1b", b"S", b"\x1b", b"n", b"/", b"alpha", b"\x1b", b"\x10", b"\x1b"]
    raw = seen_in_terminal(poisoned, keys)
    text = raw.decode("utf-8")
    assert "[alpha]" in text, "the hostile headline is on screen, its brackets too"
    assert "backwards" in text
    assert b"\x1b]52" not in raw
    assert not FORBIDDEN.search(text)
    litter = OURS.sub("", text)
    assert "\x1b" not in litter, "no escape but the screen library's own"
    assert "\x07" not in litter
    assert "\x1b[31mred" not in text
    assert ";https://x.example/v\x1b" in text, "a sound link is one for the terminal too"
