"""What extraction costs beside a bare parse of the same pages, over all labelled ones: `extract_cost.py`.

Counted is processor time, page by page in turn, so that other load falls on all alike, and in a process that holds
nothing else. What shares the machine's caches slows Python more than it slows the parser, which is C; so the cost
beside a walk over each parsed page is told, too, a plain loop in Python that visits every node. A line a pass: both
ratios, and those of the least each page has taken so far. With `--enough N M` it ends after the pass in which either
is no more than its number, else after the sixth; the last line has the lowest of each.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import gzip
import json
import sys
import time
from math import inf
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from selectolax.lexbor import LexborHTMLParser, LexborNode  # noqa: E402

from fetch.errors import NewsError  # noqa: E402
from tests.bench.adapters import extract  # noqa: E402

CORPORA = ROOT.parent / "shared" / "corpora" / "articles"
SCORED = ("scrapinghub", "fundus", "wcxb_article", "trafilatura", "htmldate", "postlight")
MOST_PASSES = 6


def labelled() -> list[tuple[Path, str]]:
    """The labelled pages, each with its address."""
    return [
        (CORPORA / corpus / f"{page}.html.gz", label.get("url") or "")
        for corpus in SCORED
        for page, label in json.loads((CORPORA / corpus / "labels.json").read_text("utf-8")).items()
    ]


class Costs(NamedTuple):
    """Processor seconds of one page: to parse it, to walk over what was parsed, and to extract its article."""

    parse: float
    walk: float
    extract: float


class Ratios(NamedTuple):
    """All extraction by all parsing, and by all walking."""

    parses: float
    walks: float


def costs_of(page: Path, url: str) -> Costs:
    """What one page costs."""
    markup = gzip.decompress(page.read_bytes())
    began = time.process_time()
    LexborHTMLParser(markup)
    parsed = time.process_time()
    tree = LexborHTMLParser(markup)
    begun = time.process_time()
    walk(tree.root)
    walked = time.process_time()
    del tree
    extracting = time.process_time()
    with contextlib.suppress(NewsError):
        extract(markup, url)
    return Costs(parsed - began, walked - begun, time.process_time() - extracting)


def walk(node: LexborNode | None) -> int:
    """Visits a node and all beneath it, and counts them by their names."""
    names: dict[str | None, int] = {}
    above: list[LexborNode] = []
    while node is not None:
        names[node.tag] = names.get(node.tag, 0) + 1
        if (beneath := node.first_child) is not None:
            above.append(node)
            node = beneath
            continue
        following = node.next
        while following is None and above:
            following = above.pop().next
        node = following
    return sum(names.values())


def ratios(taken: list[Costs]) -> Ratios:
    """The ratios over pages."""
    extracting = sum(one.extract for one in taken)
    return Ratios(extracting / sum(one.parse for one in taken), extracting / sum(one.walk for one in taken))


def main() -> None:
    """Prints the ratios."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--enough", type=float, nargs=2, default=(0.0, 0.0))
    enough, pages = arguments.parse_args().enough, labelled()
    least, best = [Costs(inf, inf, inf)] * len(pages), Ratios(inf, inf)
    gc.freeze()
    for number in range(MOST_PASSES):
        taken = [costs_of(*page) for page in pages]
        least = [Costs(*map(min, before, now)) for before, now in zip(least, taken, strict=True)]
        best = Ratios(*map(min, best, ratios(taken), ratios(least)))
        print(f"pass {number + 1}: {told(ratios(taken))}, of the least {told(ratios(least))}", flush=True)
        if best.parses <= enough[0] or best.walks <= enough[1]:
            break
    print(f"{best.parses:.3f} {best.walks:.3f}")


def told(found: Ratios) -> str:
    """The ratios in words."""
    return f"{found.parses:.2f} parses and {found.walks:.2f} walks"


if __name__ == "__main__":
    main()
