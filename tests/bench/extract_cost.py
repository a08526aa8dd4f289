"""What extraction costs beside a bare parse of the same pages, over all labelled ones: `extract_cost.py [--enough N]`.

Counted is processor time, page by page in turn, so that other load falls on both alike, and in a process that holds
nothing else. A line a pass: its ratio, and that of the least each page has taken so far. With `--enough` it ends after
the pass in which either is no more than that, else after the sixth; the last line is the lowest ratio found.
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

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from selectolax.lexbor import LexborHTMLParser  # noqa: E402

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


def costs(page: Path, url: str) -> tuple[float, float]:
    """Processor seconds of one page: to parse it, and to extract its article."""
    markup = gzip.decompress(page.read_bytes())
    began = time.process_time()
    LexborHTMLParser(markup)
    parsed = time.process_time()
    with contextlib.suppress(NewsError):
        extract(markup, url)
    return parsed - began, time.process_time() - parsed


def main() -> None:
    """Prints the ratios."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--enough", type=float, default=0.0)
    enough, pages = arguments.parse_args().enough, labelled()
    least, best = [(inf, inf)] * len(pages), inf
    gc.freeze()
    for number in range(MOST_PASSES):
        taken = [costs(*page) for page in pages]
        least = [(min(a, c), min(b, d)) for (a, b), (c, d) in zip(least, taken, strict=True)]
        best = min(best, ratio(taken), ratio(least))
        print(f"pass {number + 1}: {ratio(taken):.2f}, of the least {ratio(least):.2f}", flush=True)
        if best <= enough:
            break
    print(f"{best:.3f}")


def ratio(taken: list[tuple[float, float]]) -> float:
    """All extraction by all parsing."""
    return sum(extracting for _, extracting in taken) / sum(parsing for parsing, _ in taken)


if __name__ == "__main__":
    main()
