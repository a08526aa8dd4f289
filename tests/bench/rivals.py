"""What the reader is measured beside: a bare Textual app, and newsboat with the very same articles."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.library import Library

BARE_START = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Static("first text\\n" * 4)
Bare().run()
"""
"""The least that Textual can show."""

BARE_LINES = """
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
class Lines(ScrollView, can_focus=True):
    BINDINGS = [("j", "move(1)", "Down"), ("space", "page(1)", "Page"), ("n", "turn", "Turn"),
                ("q", "app.quit", "Quit")]
    at, text = 0, 0
    def on_mount(self):
        self.virtual_size = Size(self.size.width, 100_000)
    def render_line(self, y):
        row = y + self.scroll_offset.y
        mark = ">" if row == self.at else " "
        words = f"{mark} first text {self.text} {row} " + "the quick brown fox jumps over the lazy dog " * 3
        return Strip([Segment(words, Style(bold=row == self.at))]).crop(0, self.size.width)
    def action_move(self, by):
        self.at += by
        self.refresh()
    def action_page(self, by):
        self.scroll_to(y=self.scroll_offset.y + by * self.size.height, animate=False)
    def action_turn(self):
        self.text += 1
        self.refresh()
class Bare(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Lines()
Bare().run()
"""
"""One widget that draws its lines by hand: what a key costs where nothing is looked up or set."""


def newsboat_copy(home: Path, folder: Path, first: str) -> tuple[Path, Path]:
    """Newsboat's list of feeds, that of the title `first` at its top, and its cache with every article of a library."""
    from cache.library import open_reading

    urls, known = folder / "urls", folder / "newsboat.db"
    with open_reading(home) as library:
        sources = sorted(library.sources(), key=lambda source: source.title != first)
        feeds = {source.id: source.url for source in sources}
        urls.write_text("".join(f"{url}\n" for url in feeds.values()))
        subprocess.run(["newsboat", "-u", urls, "-c", known, "-x", "print-unread"], check=True, capture_output=True)
        with sqlite3.connect(known) as kept:
            kept.executemany(
                "INSERT OR IGNORE INTO rss_feed (rssurl, url, title) VALUES (?, ?, ?)",
                [(source.url, source.url, source.title) for source in sources],
            )
            kept.executemany(
                "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
                _as_newsboat_keeps(library, feeds),
            )
        kept.close()
    return urls, known


def _as_newsboat_keeps(library: Library, feeds: dict[int, str]) -> Iterator[tuple[object, ...]]:
    ids = library.ids()
    for at in range(0, len(ids), 500):
        for entry in library.entries(ids[at : at + 500]):
            when = int(entry.published.timestamp()) if isinstance(entry.published, datetime) else 0
            authors = ", ".join(entry.authors)
            yield entry.url, entry.headline, authors, entry.url, feeds[entry.source_id], when, _html(library, entry)


def _html(library: Library, entry: Entry) -> str:
    article = library.article(entry.id)
    text = article.text if article else entry.summary
    return "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n"))
