"""The figures of related stories, recomputed on a part of the labelled articles: none may fall below floors.toml.

The whole is measured with `score_related.py tests.bench.adapters:related`, beside the repository.
"""

import importlib.util
import math
import pathlib
import re
import sqlite3
import sys
import tomllib
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from cache.related.tokens import terms
from tests.bench.related import Collection

BENCH = pathlib.Path(__file__).parent
SHARED = BENCH.parents[1].parent / "shared"
FLOORS = tomllib.loads((BENCH / "floors.toml").read_text())["related"]

pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="NOT MEASURED: the labelled articles beside the repository are missing"
)


def tool(name: str) -> ModuleType:
    """One of the scorers beside the repository."""
    spec = importlib.util.spec_from_file_location(name, SHARED / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    return tool("score_related")


@pytest.fixture(scope="module")
def rows(scorer: ModuleType) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = scorer.load(str(SHARED / "corpora" / "related" / "dev.jsonl.gz"))
    return loaded


def part(rows: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """A set, or the part of it that can be measured in seconds: the briefs of 300 stories, the news of one summer."""
    articles = [row for row in rows if row["set"] == name]
    if name == "lede":
        told = set(list(dict.fromkeys(row["story"] for row in articles))[::5])
        return [row for row in articles if row["story"] in told]
    if name == "full":
        return [row for row in articles if "2018-06" <= row["published"] < "2018-08"]
    return articles


@pytest.mark.parametrize("name", ["full", "lede", "ecb", "basil"])
def test_figures_hold(scorer: ModuleType, rows: list[dict[str, Any]], name: str) -> None:
    articles = part(rows, name)
    story = {row["id"]: row["story"] for row in articles if row["story"]}
    told = Counter(story.values())
    asked = {one: event for one, event in story.items() if told[event] > 1}
    with closing(Collection(scorer.strip(articles))) as collection:
        found = {one: collection.related(one, 20) for one in asked}
        labels = collection.labels()
    ndcg = scorer.metrics(found, asked)["ndcg10"]
    assert ndcg >= FLOORS[f"ndcg10_{name}"], ndcg
    if name == "full":
        plain = scorer.metrics(more_like_this(articles, list(asked)), asked)["ndcg10"]
        assert ndcg - plain >= FLOORS["above_more_like_this"], plain
    b_cubed = scorer.bcubed(story, {one: labels[one] for one in story})[2]
    assert b_cubed >= FLOORS[f"b_cubed_{name}"], b_cubed


def test_events_of_one_kind_stay_stories_of_their_own(scorer: ModuleType) -> None:
    world = tool("newswire").World(20, 40, "http://127.0.0.1")
    facts = {"url": "", "lang": "en"}
    articles = [
        {
            "id": f"{paper}.{number}",
            "source": f"paper {paper}",
            "title": world.title(paper, number),
            "published": datetime.fromtimestamp(world.when(paper, number), UTC).isoformat(),
            "text": re.sub("<[^>]+>", "", world.body(paper, number)),
            **facts,
        }
        for paper in range(world.F)
        for number in range(world.M)
    ]
    told = {f"{paper}.{number}": world.tid(paper, number) for paper in range(world.F) for number in range(world.M)}
    with closing(Collection(articles)) as collection:
        b_cubed = scorer.bcubed(told, collection.labels())[2]
    assert b_cubed >= FLOORS["b_cubed_siblings"], b_cubed


def test_two_readers_agree_on_the_labelled_pairs() -> None:
    lines = (BENCH / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    labels = [tuple(line.split("\t")[3:5]) for line in lines if not line.startswith("#")]
    assert len(labels) == 100
    agreed = sum(one == other for one, other in labels) / len(labels)
    first, second = (Counter(label[which] for label in labels) for which in (0, 1))
    by_chance = sum(first[label] * second[label] for label in first) / len(labels) ** 2
    assert (agreed - by_chance) / (1 - by_chance) >= FLOORS["kappa_of_pairs"]


def more_like_this(articles: list[dict[str, Any]], asked: list[str]) -> dict[str, list[str]]:
    """What FTS5 finds by an article's 25 heaviest words, the headline counting three times."""
    words = {row["id"]: Counter(terms(f"{row['title']} " * 3 + row["text"])) for row in articles}
    spread = Counter(word for counts in words.values() for word in counts)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE news USING fts5 (id UNINDEXED, title, text, tokenize = 'porter')")
        connection.executemany("INSERT INTO news VALUES (:id, :title, :text)", articles)
        found = {}
        for one in asked:
            weights = {word: count * math.log(len(articles) / spread[word]) for word, count in words[one].items()}
            heaviest = sorted(weights, key=weights.__getitem__, reverse=True)[:25]
            query = " OR ".join(f'"{word}"' for word in heaviest)
            ranked = connection.execute(
                "SELECT id FROM news WHERE news MATCH ? ORDER BY bm25(news, 0, 3, 1) LIMIT 21", (query,)
            )
            found[one] = [row[0] for row in ranked]
    return found
