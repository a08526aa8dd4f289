"""The figures of extraction, recomputed over the saved pages: none may fall below tests/bench/floors.toml."""

from __future__ import annotations

import gc
import gzip
import importlib.util
import json
import sys
import time
import tomllib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from fetch.errors import NewsError
from tests.bench.adapters import extract

BENCH = Path(__file__).parent
SHARED = BENCH.parents[1].parent / "shared"
CORPORA = SHARED / "corpora" / "articles"
FLOORS: dict[str, dict[str, float]] = tomllib.loads((BENCH / "floors.toml").read_text("utf-8"))["articles"]
SCORED = ("scrapinghub", "fundus", "wcxb_article", "trafilatura", "htmldate", "postlight")
MORE_PASSES = 5

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="NOT MEASURED: the corpora beside the repository are missing"
)


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_articles", SHARED / "tools" / "score_articles.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class Costs:
    """The least processor seconds each page has taken so far: to extract, and to parse and no more.

    Other load only ever adds, so more passes bring both nearer to what they are; a busy machine is given some.
    """

    extract: dict[str, float] = field(default_factory=dict)
    parse: dict[str, float] = field(default_factory=dict)

    def ratio(self) -> float:
        return sum(self.extract.values()) / sum(self.parse.values())

    def measure(self, corpus: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """One pass over a corpus, parse and extraction of a page in turn; yields what was extracted."""
        for page, label in labels(corpus).items():
            name, url = f"{corpus}/{page}", label.get("url") or ""
            markup = gzip.decompress((CORPORA / f"{name}.html.gz").read_bytes())
            began = time.process_time()
            LexborHTMLParser(markup)
            parsed = time.process_time()
            outcome = _tried(markup, url)
            ended = time.process_time()
            self.parse[name] = min(self.parse.get(name, inf), parsed - began)
            self.extract[name] = min(self.extract.get(name, inf), ended - parsed)
            yield page, outcome


def labels(corpus: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CORPORA / corpus / "labels.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def costs() -> Iterator[Costs]:
    gc.collect()
    gc.freeze()  # the other tests' objects are no cost of extraction
    yield Costs()
    gc.unfreeze()


@pytest.fixture(scope="module")
def figures(scorer: ModuleType, costs: Costs) -> dict[str, dict[str, float]]:
    return {
        corpus: scorer.score_one(labels(corpus), {page: {"pred": found} for page, found in costs.measure(corpus)})
        for corpus in SCORED
    }


def _tried(markup: bytes, url: str) -> dict[str, Any]:
    try:
        return dict(extract(markup, url))
    except NewsError:
        return {}


@pytest.mark.parametrize("corpus", [name for name in FLOORS if name != "cost"])
def test_no_figure_falls(figures: dict[str, dict[str, float]], corpus: str) -> None:
    short = {
        name: (figures[corpus][name], floor) for name, floor in FLOORS[corpus].items() if figures[corpus][name] < floor
    }
    assert not short


@pytest.mark.usefixtures("figures")
def test_the_cost_beside_a_bare_parse(costs: Costs) -> None:
    ceiling = FLOORS["cost"]["times_a_bare_parse"]
    for _ in range(MORE_PASSES):
        if costs.ratio() <= ceiling:
            break
        for corpus in SCORED:
            deque(costs.measure(corpus), maxlen=0)
    assert costs.ratio() <= ceiling
