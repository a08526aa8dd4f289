"""An hour of reading, simulated: `python tests/bench/tui_hour.py LIBRARY.db [--actions N]`, at least 2,000 actions.

Articles are opened, scrolled and left, searched for, filtered, marked and jumped to, while a newspaper on loopback
prints ten new stories for every refresh. What is told is the memory of the reader, and while a refresh runs that of its
two processes, too.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cache.writes.marks import set_setting  # noqa: E402
from cache.writes.store import Store  # noqa: E402
from tests.bench.terminal import Press, Program, memory  # noqa: E402
from tests.loopback import Loopback, Reply, Seen  # noqa: E402

MOST = 130
"""Megabytes after an hour."""

WORDS = ("harbour", "election", '"white house"', "syria", "museum tax", "is:unread climate", "author:kim")
QUIET = "stable:40"
DEEDS = {
    "open the next": ("n", 20),
    "next unread": ("]", 8),
    "next row": ("j", 10),
    "open": ("Enter", 8),
    "page": ("Space", 20),
    "line": ("Down", 10),
    "view": ("v", 4),
    "back": ("H", 5),
    "related": ("1", 5),
    "mark": ("m", 3),
    "save": ("s", 2),
    "story": ("t", 1),
    "sections": ("S sleep:60 Escape", 1),
    "help": ("? sleep:60 Escape", 1),
    "leave": ("Escape", 4),
    "refresh": ("r", 1),
}
"""What a reader does, the keys for it, and how often among a hundred things."""


class Newspaper:
    """Ten new stories for every time its feed is asked for."""

    def __init__(self, loopback: Loopback) -> None:
        self.printed = 0
        self.address = loopback.url("/feed")
        self._loopback = loopback
        loopback.routes["/feed"] = self._feed

    def _feed(self, _: Seen) -> Reply:
        for number in range(self.printed + 1, self.printed + 11):
            self._loopback.routes[f"/{number}"] = Reply(_page(number).encode())
        self.printed += 10
        stories = "".join(
            f"<item><title>Late news {number}</title><link>{self._loopback.url(f'/{number}')}</link></item>"
            for number in range(self.printed, max(0, self.printed - 20), -1)
        )
        channel = f"<title>Evening Post</title><link>{self._loopback.url()}</link>{stories}"
        return Reply(f'<rss version="2.0"><channel>{channel}</channel></rss>'.encode(), kind="application/rss+xml")


def _page(number: int) -> str:
    chance = random.Random(number)
    words = "the pilots of the harbour said on Monday that ferries wait for no one in November".split()
    paragraphs = (" ".join(chance.choices(words, k=60)) + "." for _ in range(20))
    told = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html lang=en><title>Late news {number}</title><article><h1>Late news {number}</h1>{told}</article></html>"


def actions(number: int, chance: random.Random) -> Iterator[Press]:
    """So many things that a reader does, in no order."""
    names = list(DEEDS)
    for name in chance.choices(names, [DEEDS[name][1] for name in names], k=number):
        if chance.random() < 0.04:
            words = chance.choice(WORDS).replace(" ", "%20").replace('"', "%22")
            yield Press("search", f"/ lit:{words} Enter", QUIET)
        else:
            yield Press(name, DEEDS[name][0], QUIET)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--actions", type=int, default=2000)
    wishes = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Loopback() as loopback:
        newspaper = Newspaper(loopback)
        home = Path(folder)
        shutil.copy(wishes.library, home / "library.db")
        python = f"env -u PYTHONDONTWRITEBYTECODE PYTHONPYCACHEPREFIX={home / 'compiled'} {sys.executable}"
        with Store(home / "library.db") as store:  # the others have nothing to say
            set_setting(store.connection, "front.open", False)  # as its reader left it in the list
            store.connection.run("UPDATE source SET due = 9e12")
        subprocess.run([*python.split(), "-m", "tui", "--home", folder, "add", newspaper.address], check=True, cwd=ROOT)
        reader = Program("reader", f"{python} -m tui --home {folder}", "All stories")
        done = [*actions(wishes.actions, random.Random(1)), Press("rest", "Escape sleep:5000", "stable:300")]
        with watched(folder) as own:
            held = memory(reader, done)
    print(f"{len(held) - 2:,} actions of {wishes.actions:,}, {newspaper.printed} stories printed meanwhile")
    print(
        f"memory after start {held[0]:.0f} MB, at the end {own[-1]:.0f} MB (at most {MOST} MB), most {max(own):.0f} MB"
    )
    print(f"with the processes of a refresh at most {max(held):.0f} MB")


@contextmanager
def watched(home: str) -> Iterator[list[float]]:
    """Megabytes of the reader alone, second by second."""
    over, seen = threading.Event(), [0.0]

    def watch() -> None:
        while not over.wait(1):
            seen.extend(_resident(home))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield seen
    finally:
        over.set()
        watching.join()


def _resident(home: str) -> Iterator[float]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            if (process / "cmdline").read_bytes().endswith(f"-m\0tui\0--home\0{home}\0".encode()):
                told = (process / "status").read_text()
                yield from (int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmRSS"))


if __name__ == "__main__":
    main()
