"""The figures of extraction, recomputed over the saved pages: none may fall below tests/bench/floors.toml."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from fetch.errors import NewsError
from tests.bench.adapters import extract
from tests.bench.extract_cost import CORPORA, SCORED

BENCH = Path(__file__).parent
SHARED = BENCH.parents[1].parent / "shared"
FLOORS: dict[str, dict[str, float]] = tomllib.loads((BENCH / "floors.toml").read_text("utf-8"))["articles"]
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
def figures(scorer: ModuleType) -> dict[str, dict[str, float]]:
    found = {}
    for name in SCORED:
        labels = json.loads((CORPORA / name / "labels.json").read_text("utf-8"))
        outcomes: dict[str, Any] = {}
        for page, label in labels.items():
            markup = gzip.decompress((CORPORA / name / f"{page}.html.gz").read_bytes())
            outcomes[page] = {"pred": _tried(markup, label.get("url") or "")}
        found[name] = scorer.score_one(labels, outcomes)
    return found


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
