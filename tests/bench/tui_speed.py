"""How quick the reader is beside a bare Textual app: `python tests/bench/tui_speed.py LIBRARY.db [--newsboat]`.

The library is one made by library_build.py; a copy of it gets some articles of 60 paragraphs on top. Both programs run in
one go in a real terminal under ../shared/tools/tui_time.py: first paint from the moment the process is started, then
a key at a time until the screen has changed. --newsboat makes newsboat's cache of the same articles and times it too.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.library import Library

ROOT = Path(__file__).parents[2]
TIMER = ROOT.parent / "shared" / "tools" / "tui_time.py"
sys.path.insert(0, str(ROOT))

LONG = 24
"""How many articles of 60 paragraphs are put on top."""

BARE_START = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Static("first text\\n" * 4)
Bare().run()
"""
BARE_LINES = """
from rich.segment import Segment
from rich.style import Style
from textual.app import App
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
class Lines(ScrollView, can_focus=True):
    BINDINGS = [("j", "move(1)", "Down"), ("space", "page(1)", "Page"), ("n", "turn", "Turn"), ("q", "app.quit", "Quit")]
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


@dataclass(frozen=True)
class Press:
    """A key pressed again and again, each time until the screen changes."""

    name: str
    key: str
    until: str = "change"


OURS = (
    Press("open a long article", "n"),
    Press("scroll a line", "j"),
    Press("page down", "Space"),
)
OURS_LIST = (Press("next row", "j"), Press("list: page down", "PageDown"))
BARE = (Press("next row", "j"), Press("page down", "Space"), Press("turn", "n"))


def timed(
    label: str, command: str, wait: str, presses: list[tuple[str, str, str]], repeat: int, size: str
) -> list[dict]:
    """The runs of one program: for each, its steps with milliseconds and memory."""
    with tempfile.NamedTemporaryFile(suffix=".json") as told:
        steps = [argument for name, key, until in presses for argument in ("--step", f"{name}|{key}|{until}|20")]
        timer = [sys.executable, str(TIMER), "--label", label, "--cmd", command, "--wait", wait, "--json", told.name]
        where = ["--repeat", str(repeat), "--size", size, "--keep-going", "--cwd", str(ROOT)]
        subprocess.run([*timer, *where, *steps], check=False, stdout=subprocess.DEVNULL)
        return json.loads(Path(told.name).read_text())["runs"]


def many(presses: tuple[Press, ...], times: int) -> list[tuple[str, str, str]]:
    return [(f"{press.name} {at}", press.key, press.until) for press in presses for at in range(times)]


def p95(numbers: list[float]) -> float:
    return sorted(numbers)[max(0, round(len(numbers) * 0.95) - 1)]


def by_name(runs: list[list[dict]]) -> dict[str, list[float]]:
    """Milliseconds of every press, under its name without its number."""
    found: dict[str, list[float]] = {}
    for run in runs:
        for step in run[1:]:
            if step["ok"]:
                found.setdefault(step["step"].rpartition(" ")[0], []).append(step["ms"])
    return found


def with_long_articles(library: Path, home: Path) -> None:
    """A copy of the library at `home`, with articles of 60 paragraphs as its newest."""
    from cache.store import Store
    from fetch.article import Article, Paragraph, Span, Teaser
    from fetch.source import Source

    home.mkdir(parents=True, exist_ok=True)
    for part in library.parent.glob(f"{library.name}*"):  # what is not folded into the file yet lies beside it
        shutil.copy(part, home / part.name.replace(library.name, "library.db"))
    sentence = "The ferry left late and the pilots waited for it on the quay, as they do every evening in November. "
    with Store(home / "library.db") as store:
        source = store.add_source(Source("https://long.example/feed", "feed", title="The Long Read"))
        for number in range(LONG):
            when = datetime.now(UTC) - timedelta(minutes=number)
            url, headline = f"https://long.example/{number}", f"A winter on the quay, part {number}"
            body = tuple(Paragraph((Span(f"{at}. {sentence * 6}"),)) for at in range(60))
            wanted = store.store_teaser(source, Teaser(url, headline, sentence, when), when.timestamp())
            assert wanted
            store.store_article(wanted.entry_id, Article(url, headline, body, published=when), when.timestamp())


def report(title: str, ours: float, bare: float, most: float) -> None:
    print(f"{title:<34}{ours:>10.1f} ms{bare:>10.1f} ms{ours / bare:>8.2f} ×  (at most {most:.2f} ×)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--newsboat", action="store_true", help="time newsboat too, on the same articles")
    parser.add_argument("--times", type=int, default=20, help="presses of each key")
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--size", default="120x40")
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        (scratch / "start.py").write_text(BARE_START)
        (scratch / "lines.py").write_text(BARE_LINES)
        with_long_articles(wishes.library, scratch / "home")
        measure(wishes, scratch)


def measure(wishes: argparse.Namespace, scratch: Path) -> None:
    # As when installed: modules are compiled once, by the first start, which is not counted.
    settings = f"BROADSHEET_HOME={scratch / 'home'} PYTHONPYCACHEPREFIX={scratch / 'compiled'}"
    python = f"env -u PYTHONDONTWRITEBYTECODE {settings} {sys.executable}"
    ours = f"{python} -m tui"
    bare_start, bare_lines = f"{python} {scratch / 'start.py'}", f"{python} {scratch / 'lines.py'}"
    timed("ours", ours, "A winter on the quay", [("rest", "sleep:1500", "stable:300")], 1, wishes.size)
    timed("bare", bare_start, "first text", [], 1, wishes.size)
    starts: dict[str, list[float]] = {"ours": [], "bare": []}
    memory = 0.0
    for _ in range(wishes.starts):  # by turns, so that what else the machine does falls on both alike
        run = timed("ours", ours, "A winter on the quay", [("rest", "sleep:1500", "stable:300")], 1, wishes.size)[0]
        starts["ours"].append(run[0]["ms"])
        memory = max(memory, run[-1]["rss_mb"])
        starts["bare"].append(timed("bare", bare_start, "first text", [], 1, wishes.size)[0][0]["ms"])
    print(f"{'':<34}{'ours':>13}{'bare':>13}")
    report("first paint, least", min(starts["ours"]), min(starts["bare"]), 1.25)
    report("first paint, median", statistics.median(starts["ours"]), statistics.median(starts["bare"]), 1.25)
    settle = [("settle 0", "sleep:800", "stable:300")]
    bare = by_name(timed("bare", bare_lines, "first text", many(BARE, wishes.times), 1, wishes.size))
    at_list = by_name(
        timed("ours", ours, "A winter on the quay", settle + many(OURS_LIST, wishes.times), 1, wishes.size)
    )
    in_reader = by_name(timed("ours", ours, "A winter on the quay", settle + many(OURS, wishes.times), 1, wishes.size))
    pairs = {
        "next row": (at_list, "next row"),
        "list: page down": (at_list, "page down"),
        "open a long article": (in_reader, "turn"),
        "scroll a line": (in_reader, "next row"),
        "page down": (in_reader, "page down"),
    }
    for name, (found, beside) in pairs.items():
        report(f"{name}, p95", p95(found[name]), p95(bare[beside]), 1.5)
        report(f"{name}, median", statistics.median(found[name]), statistics.median(bare[beside]), 1.5)
    print(f"{'memory after start':<34}{memory:>10.1f} MB  (at most 100)")
    if wishes.newsboat:
        urls, known = newsboat_copy(scratch / "home", scratch)
        command = f"newsboat -u {urls} -c {known}"
        runs = timed("newsboat", command, "Your feeds", [("rest", "sleep:1500", "stable:300")], 3, wishes.size)
        print(f"{'newsboat: first paint, median':<34}{statistics.median(run[0]['ms'] for run in runs):>10.1f} ms")
        print(f"{'newsboat: memory':<34}{max(run[-1]['rss_mb'] for run in runs):>10.1f} MB")


def newsboat_copy(home: Path, scratch: Path) -> tuple[Path, Path]:
    """Newsboat's list of feeds, and its cache with every article of the library."""
    from cache.library import open_reading

    urls, known = scratch / "urls", scratch / "newsboat.db"
    with open_reading(home) as library:
        feeds = {source.id: source for source in library.sources()}
        urls.write_text("".join(f"{source.url}\n" for source in feeds.values()))
        subprocess.run(["newsboat", "-u", urls, "-c", known, "-x", "print-unread"], check=True, capture_output=True)
        connection = sqlite3.connect(known)
        connection.executemany(
            "INSERT OR IGNORE INTO rss_feed (rssurl, url, title) VALUES (?, ?, ?)",
            [(source.url, source.url, source.title) for source in feeds.values()],
        )
        ids = library.ids()
        for at in range(0, len(ids), 500):
            connection.executemany(
                "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, 1)",
                [
                    _as_newsboat_keeps(library, entry, feeds[entry.source_id].url)
                    for entry in library.entries(ids[at : at + 500])
                ],
            )
        connection.commit()
        connection.close()
    return urls, known


def _as_newsboat_keeps(library: Library, entry: Entry, feed: str) -> tuple[object, ...]:
    article = library.article(entry.id)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in (article.text if article else entry.summary).split("\n"))
    when = entry.published.timestamp() if isinstance(entry.published, datetime) else 0
    return (entry.url, entry.headline, ", ".join(entry.authors), entry.url, feed, int(when), text)


if __name__ == "__main__":
    os.environ.pop("BROADSHEET_HOME", None)
    main()
