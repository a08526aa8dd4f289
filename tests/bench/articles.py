"""Labelled article pages: what extraction makes of them, scored as the public benchmark does, worst pages first.

    python tests/bench/articles.py [CORPUS …] [--worst N]

The pages lie outside the repository, in ../shared/corpora/articles.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
CORPORA = SHARED / "corpora" / "articles"
BODY = {"scrapinghub": "text", "fundus": "body", "wcxb_article": "text"}


class Page(NamedTuple):
    """A saved page with what people say it holds."""

    corpus: str
    name: str
    labels: dict[str, Any]
    markup: bytes

    @property
    def url(self) -> str:
        return self.labels.get("url") or ""


def pages(corpus: str, every: int = 1) -> Iterator[Page]:
    """The pages of a corpus in the order of their names, or every n-th of them."""
    labels = json.loads((CORPORA / corpus / "labels.json").read_text("utf-8"))
    for name in sorted(labels)[::every]:
        yield Page(corpus, name, labels[name], gzip.decompress((CORPORA / corpus / f"{name}.html.gz").read_bytes()))


def scorer() -> ModuleType:
    """The public benchmark's scoring functions."""
    sys.path.insert(0, str(SHARED / "tools"))
    return importlib.import_module("score_articles")


def scored(corpus: str, every: int = 1) -> tuple[dict[str, float], list[tuple[float, str]]]:
    """The corpus's figures, and each page with the share of its labelled text that is right, lowest first."""
    score = scorer()
    adapters = importlib.import_module("adapters")
    labels, found, worst = {}, {}, []
    for page in pages(corpus, every):
        labels[page.name] = page.labels
        found[page.name] = {"pred": score.as_dict(adapters.extract(page.markup, page.url)), "t": None, "err": None}
        if text := page.labels.get(BODY.get(corpus, "text")):
            worst.append((score.shingle(text, found[page.name]["pred"]["text"])[0], page.name))
    return score.score_one(labels, found), sorted(worst)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", nargs="*")
    parser.add_argument("--worst", type=int, default=0)
    chosen = parser.parse_args()
    for corpus in chosen.corpora or sorted(path.parent.name for path in CORPORA.glob("*/labels.json")):
        figures, worst = scored(corpus)
        print(corpus, {name: round(value, 4) for name, value in figures.items() if value is not None})
        for share, name in worst[: chosen.worst]:
            print(f"    {share:.2f} {name}")


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    main()
