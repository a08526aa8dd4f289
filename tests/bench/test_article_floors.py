"""The figures of extraction, recomputed over the saved pages: none may fall below tests/bench/floors.toml."""

from __future__ import annotations

import gc
import gzip
import importlib.util
import json
import sys
import time
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

BENCH = Path(__file__).parent
SHARED = BENCH.parents[1].parent / "shared"
CORPORA = SHARED / "corpora" / "articles"
FLOORS: dict[str, dict[str, float]] = tomllib.loads((BENCH / "floors.toml").read_text("utf-8"))["articles"]
SCORED = ("scrapinghub", "fundus", "wcxb_article", "trafilatura", "htmldate", "postlight")

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


@pytest.fixture(scope="module")
def seconds() -> dict[str, float]:
    """CPU seconds over all pages: of extraction, and of a bare parse of the same bytes."""
    return {"extract": 0.0, "parse": 0.0}


@pytest.fixture(scope="module")
def figures(scorer: ModuleType, seconds: dict[str, float]) -> dict[str, dict[str, float]]:
    from selectolax.lexbor import LexborHTMLParser

    from tests.bench.adapters import extract

    gc.collect()
    gc.freeze()  # the other tests' objects are no cost of extraction
    found = {}
    for name in SCORED:
        labels = json.loads((CORPORA / name / "labels.json").read_text("utf-8"))
        outcomes: dict[str, Any] = {}
        for page, label in labels.items():
            markup = gzip.decompress((CORPORA / name / f"{page}.html.gz").read_bytes())
            began = time.process_time()
            LexborHTMLParser(markup)
            parsed = time.process_time()
            outcomes[page] = {"pred": _tried(extract, markup, label.get("url") or "")}
            seconds["extract"] += time.process_time() - parsed
            seconds["parse"] += parsed - began
        found[name] = scorer.score_one(labels, outcomes)
    gc.unfreeze()
    return found


def _tried(extract: Any, markup: bytes, url: str) -> dict[str, Any]:
    from fetch.errors import NewsError

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
def test_the_cost_beside_a_bare_parse(seconds: dict[str, float]) -> None:
    assert seconds["extract"] / seconds["parse"] <= FLOORS["cost"]["times_a_bare_parse"]
