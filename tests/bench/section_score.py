"""Recall of stories and share of strangers on the labelled front pages: `section_score.py [--show PART-OF-A-NAME]`."""

from __future__ import annotations

import gzip
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"
LABELS = Path(__file__).with_name("section_labels.txt")
sys.path.insert(0, str(ROOT))


@dataclass(frozen=True)
class Labelled:
    """A page, the addresses of its stories, and those that may count either way."""

    file: Path
    url: str
    stories: frozenset[str]
    either: frozenset[str]


def same(url: str) -> str:
    """What two addresses of one story have in common."""
    return re.sub(r"^https?://(?:www\.)?|/?(?:\?.*)?$", "", url)


def labelled() -> Iterator[Labelled]:
    """Every labelled page."""
    for part in LABELS.read_text().split("\n\n")[1:]:
        head, *lines = part.strip().split("\n")
        _, name, url = head.split(" ")
        stories = frozenset(same(line) for line in lines if not line.startswith("?"))
        yield Labelled(
            CORPORA / name, url, stories, frozenset(same(line[2:]) for line in lines if line.startswith("?"))
        )


def score(page: Labelled) -> tuple[set[str], set[str], int, float]:
    """The stories missed, the strangers let in, how many were found, and the seconds it took (best of three)."""
    from fetch.sections import find_teasers

    body, best, found = page.file.read_bytes(), 9.0, []
    body = gzip.decompress(body) if page.file.suffix == ".gz" else body
    for _ in range(3):
        started = time.perf_counter()
        found = find_teasers(body, page.url)
        best = min(best, time.perf_counter() - started)
    urls = {same(teaser.url) for teaser in found}
    return set(page.stories - urls), urls - page.stories - page.either, len(urls - page.either), best


def main() -> None:
    """Print a line a page, and the whole."""
    wanted = sys.argv[sys.argv.index("--show") + 1] if "--show" in sys.argv else None
    stories = missed = strange = found = 0
    for page in labelled():
        lost, strangers, count, seconds = score(page)
        stories, missed = stories + len(page.stories), missed + len(lost)
        strange, found = strange + len(strangers), found + count
        print(
            f"{page.file.stem[:40]:40s} {len(page.stories):4d} stories, recall {1 - len(lost) / len(page.stories):.3f},"
            f" strangers {len(strangers) / max(1, count):.3f}, {seconds * 1000:.0f} ms"
        )
        if wanted is not None and wanted in page.file.name:
            print(
                *(f"  missed   {url}" for url in sorted(lost)),
                *(f"  stranger {url}" for url in sorted(strangers)),
                sep="\n",
            )
    print(f"all: recall {1 - missed / stories:.4f}, strangers {strange / found:.4f}")


if __name__ == "__main__":
    main()
