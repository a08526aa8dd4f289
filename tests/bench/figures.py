"""Prints the table of figures, ours beside newsboat and a bare Textual app on the same articles, in one run.

    python tests/bench/figures.py DIR [--scratch DIR] [--without-newsboat]

DIR is where library_build.py left its libraries: the smallest and the largest are measured. Copies of them get 24
articles of 60 paragraphs on top; `--scratch` keeps them for the next run. A cell holds median and 95th percentile.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench import cli_speed  # noqa: E402
from tests.bench.rivals import BARE_LINES, BARE_START, newsboat_copy  # noqa: E402
from tests.bench.terminal import Press, Program, Times, press, start  # noqa: E402

LONG = 24
"""How many articles of 60 paragraphs are put on top."""

NEWEST = "A winter on the quay"
TITLE = "The Long Read"
TYPED = ("harbour", "election", "syria", "museum")

ROW = Press("next row", "j")
LINE = Press("scroll a line", "j")
PAGE = Press("page down", "Space")
TURN = Press("open the next article", "n")
HELD = Press("60 keys at once", "burst:j*60", "stable:200")
LEFT = Press("left", "Escape", "stable:100")
OURS_LIST = [*ROW * 20, *Press("list: page down", "PageDown") * 15, *HELD * 5]
OURS_OPEN = [*TURN * 20, *LINE * 20, *PAGE * 10]
BARE = [*ROW * 20, *PAGE * 20, *TURN * 20, *Press(HELD.name, "burst:Space*60", HELD.until) * 5]
NEWSBOAT = [
    Press("opened", "Enter"),
    *Press(ROW.name, "Down") * 20,
    Press("read", "Enter"),
    *TURN * 15,
    *Press(LINE.name, "Down") * 15,
    *PAGE * 6,
    Press("left", "q"),
    Press("left", "q"),
    Press("search", f"lit:/ lit:{TYPED[0]} Enter", "re:(?i)search result"),
]


@dataclass(frozen=True)
class Figure:
    """A line of the table: what was measured, ours, newsboat's, the bare app's, and the bound."""

    name: str
    ours: str
    newsboat: str = "–"
    bare: str = "–"
    bound: str = ""


def keystrokes() -> Iterator[Press]:
    """Words typed into the search box letter by letter, each until its results are listed."""
    for word in TYPED:
        yield Press("search box", "/")
        for end in range(1, len(word) + 1):
            yield Press("search as you type", f"lit:{word[end - 1]}", f"Search: {word[:end]}")
        yield from (LEFT, LEFT)


@dataclass(frozen=True)
class Stage:
    """All that is measured: homes of a small and a large library, and the programs."""

    small: Path
    large: Path
    ours_small: Program
    ours: Program
    bare_start: Program
    bare_lines: Program
    newsboat: Program | None


def prepare(libraries: Path, scratch: Path, *, with_newsboat: bool) -> Stage:
    """Copies with long articles on top, and the programs; what an earlier run left is used again."""
    folders = sorted((path for path in libraries.iterdir() if path.name.isdigit()), key=lambda path: int(path.name))
    small, large = scratch / folders[0].name, scratch / folders[-1].name
    for source, home in ((folders[0], small), (folders[-1], large)):
        if not home.exists():
            with_long_articles(source / "library.db", home)
        begin_with_list(home)
    if with_newsboat and not (scratch / "newsboat.db").exists():
        newsboat_copy(large, scratch, TITLE)
    (scratch / "start.py").write_text(BARE_START)
    (scratch / "lines.py").write_text(BARE_LINES)
    # As when installed: modules are compiled once, by a first start that is not counted.
    python = f"env -u PYTHONDONTWRITEBYTECODE PYTHONPYCACHEPREFIX={scratch / 'compiled'} {sys.executable}"
    boat = Program("newsboat", f"newsboat -u {scratch / 'urls'} -c {scratch / 'newsboat.db'}", "Your feeds")
    return Stage(
        small,
        large,
        Program("ours", f"{python} -m tui --home {small}", NEWEST),
        Program("ours", f"{python} -m tui --home {large}", NEWEST),
        Program("bare", f"{python} {scratch / 'start.py'}", "first text"),
        Program("bare", f"{python} {scratch / 'lines.py'}", "first text"),
        boat if with_newsboat else None,
    )


def begin_with_list(home: Path) -> None:
    """As its reader left it in the list: three sources with news would have it open with the front page."""
    from cache.writes.marks import set_setting
    from cache.writes.store import Store

    with Store(home / "library.db") as store:
        set_setting(store.connection, "front.open", False)


def with_long_articles(library: Path, home: Path) -> None:
    """A copy of the library at `home`, with articles of 60 paragraphs as its newest."""
    from cache.writes.store import Store
    from fetch.article import Article, Paragraph, Span, Teaser
    from fetch.source import Source

    home.mkdir(parents=True)
    for part in library.parent.glob(f"{library.name}*"):  # what is not folded into the file yet lies beside it
        shutil.copy(part, home / part.name.replace(library.name, "library.db"))
    sentence = "The ferry left late and the pilots waited for it on the quay, as they do every evening in November. "
    with Store(home / "library.db") as store:
        source = store.sources.add(Source("https://long.example/feed", "feed", title=TITLE))
        last = store.connection.rows("SELECT MAX(published) FROM entry")[0][0]
        newest = max(datetime.now(UTC), datetime.fromisoformat(last) + timedelta(days=1))
        for number in range(LONG):
            when = newest - timedelta(minutes=number)
            url, headline = f"https://long.example/{number}", f"{NEWEST}, part {number}"
            body = tuple(Paragraph((Span(f"{at}. {sentence * 6}"),)) for at in range(60))
            wanted = store.entries.store_teaser(source, Teaser(url, headline, sentence, when), when.timestamp())
            assert wanted
            store.articles.store_article(
                wanted.entry_id, Article(url, headline, body, published=when), when.timestamp()
            )


def measure(stage: Stage, starts: int) -> Iterator[Figure]:
    """The lines of the table."""
    yield from of_starting(stage, starts)
    ours = {**press(stage.ours, OURS_LIST), **press(stage.ours, OURS_OPEN)}
    bare = press(stage.bare_lines, BARE)
    boat = press(stage.newsboat, NEWSBOAT) if stage.newsboat else {}
    beside = {"list: page down": "page down", "scroll a line": "next row", "page down": "page down"}
    for name, times in ours.items():
        if name in boat or name in bare or name in beside:
            yield of_key(name, times, boat.get(name), bare[beside.get(name, name)])
    yield from of_finding(stage, boat)
    yield from of_the_disk(stage)


def of_starting(stage: Stage, starts: int) -> Iterator[Figure]:
    """First paint and memory, by turns, so that what else the machine does falls on all alike."""
    programs = {"small": stage.ours_small, "large": stage.ours, "bare": stage.bare_start}
    for program in programs.values():
        start(program)
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for _ in range(starts):
        for name, program in programs.items():
            runs[name].append(start(program))
    first = {name: median(ms for ms, _ in each) for name, each in runs.items()}
    boat = [start(stage.newsboat)] if stage.newsboat else []
    shown = f"{min(ms for ms, _ in boat):,.0f} ms" if boat else "–"
    for name, home in (("small", stage.small), ("large", stage.large)):
        yield Figure(
            f"first paint, {int(home.name):,} articles",
            f"{first[name]:.0f} ms",
            shown if name == "large" else "–",
            f"{first['bare']:.0f} ms",
            f"{first[name] / first['bare']:.2f} × of 1.25",
        )
    held = f"{max(mb for _, mb in boat):.0f} MB" if boat else "–"
    bare = f"{max(mb for _, mb in runs['bare']):.0f} MB"
    yield Figure("memory after start", f"{max(mb for _, mb in runs['large']):.0f} MB", held, bare, "at most 100 MB")


def of_key(name: str, ours: Times, boat: Times | None, bare: Times) -> Figure:
    """A key: ours may take half as long again as the bare app's; a key held down sends thirty a second."""
    bound = "at most 2,000 ms" if name == HELD.name else f"{ours.p95 / bare.p95:.2f} × of 1.50"
    return Figure(name, cell(ours), cell(boat), cell(bare), bound)


def of_finding(stage: Stage, boat: dict[str, Times]) -> Iterator[Figure]:
    """Typing into the search box, and going from one view to the next."""
    typed = press(stage.ours, keystrokes())["search as you type"]
    yield Figure("search as you type", cell(typed), cell(boat.get("search")), bound="p95 at most 30 ms")
    views = press(stage.ours, [press for view in range(16) for press in (Press("filter switch", "v"), LEFT)])
    yield Figure("filter switch", cell(views["filter switch"]), bound="at most 20 ms, and a screen drawn")


def of_the_disk(stage: Stage) -> Iterator[Figure]:
    """Bytes an article, and the command line's list beside a Python that does nothing."""
    size, number = (stage.large / "library.db").stat().st_size, int(stage.large.name) + LONG
    kept = f"{(stage.large.parent / 'newsboat.db').stat().st_size / number:,.0f} B" if stage.newsboat else "–"
    yield Figure("disk an article, every index", f"{size / number:,.0f} B", kept, bound="at most 6,000 B")
    verb = ("list", "--limit", "20")
    least = cli_speed.measure(str(stage.large), (verb,), rounds=10)
    taken, bare = least[" ".join(verb)], least["pass"]
    bound = f"at most {cli_speed.bound(bare) * 1000:.0f} ms"
    yield Figure("list --limit 20, processor", f"{taken * 1000:.0f} ms", bare=f"{bare * 1000:.0f} ms", bound=bound)


def cell(times: Times | None) -> str:
    """Median and 95th percentile; of a single run that one."""
    if times is None:
        return "–"
    return f"{times.median:.1f} / {times.p95:.1f}" if len(times.each) > 1 else f"{times.median:,.0f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("libraries", type=Path)
    parser.add_argument("--scratch", type=Path)
    parser.add_argument("--without-newsboat", action="store_true")
    parser.add_argument("--only-prepare", action="store_true", help="make what --scratch keeps, and measure nothing")
    parser.add_argument("--starts", type=int, default=7)
    wishes = parser.parse_args()
    with ExitStack() as ending:
        scratch = wishes.scratch or Path(ending.enter_context(tempfile.TemporaryDirectory()))
        stage = prepare(wishes.libraries, scratch, with_newsboat=not wishes.without_newsboat)
        if wishes.only_prepare:
            return
        print(f"{'':30}{'ours':>16}{'newsboat':>16}{'bare Textual':>16}   bound", flush=True)
        for each in measure(stage, wishes.starts):
            print(f"{each.name:30}{each.ours:>16}{each.newsboat:>16}{each.bare:>16}   {each.bound}", flush=True)


if __name__ == "__main__":
    os.environ.pop("BROADSHEET_HOME", None)
    main()
