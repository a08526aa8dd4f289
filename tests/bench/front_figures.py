"""The figures of the front page beside their baselines, in one run: `python tests/bench/front_figures.py`."""

from __future__ import annotations

import math
import random
import sqlite3
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cache.db import schema  # noqa: E402
from cache.front.storyline import Storylines  # noqa: E402
from cache.front_page import Front, FrontStory  # noqa: E402
from cache.related import upkeep  # noqa: E402
from cache.related.index import Idf  # noqa: E402
from cache.related.tokens import terms  # noqa: E402
from tests.bench.front_pages import PAIRS, SENTENCES, Scene, rows_of, scenes  # noqa: E402


def true_front(scene: Scene) -> dict[str, float]:
    """The places of the true stories on its front page, were the library's stories these."""
    connection = scene.reader.connection.sql
    connection.execute("SAVEPOINT truth")
    try:
        for some in _by_name(scene.entries).values():
            values = ((min(some), one) for one in some)
            connection.executemany("UPDATE reports SET story = ? WHERE entry_id = ?", values)
        return _by_front(scene, scene.front())
    finally:
        connection.execute("ROLLBACK TO truth")
        connection.execute("RELEASE truth")


def agreement(answers: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """How often two people agree, and Cohen's kappa."""
    agreed = sum(one == other for one, other in answers) / len(answers)
    labels = {label for pair in answers for label in pair}
    shares = [[sum(pair[who] == label for pair in answers) / len(answers) for who in (0, 1)] for label in labels]
    by_chance = sum(one * other for one, other in shares)
    return agreed, (agreed - by_chance) / (1 - by_chance)


@dataclass(frozen=True)
class Figures:
    """Of the pairs on which both people agree, the share in the right order, ours and each baseline's: `right` where
    the stories are the true ones, as they were labelled, `whole` with the stories that each makes by itself. Of the
    first stories B-cubed precision; of the sentences that are labelled ones, the share that both call of the core.
    """

    right: dict[str, float]
    whole: dict[str, float]
    pairs: int
    purity: float
    sentences: float
    sentences_known: int


def figures() -> Figures:
    """The figures of the front page and of what it is compared with, in one run."""
    wanted = [row for row in rows_of(PAIRS) if row[3] == row[4]]
    whole: dict[str, list[bool]] = {}
    labelled = {(row[0], row[2]): row[3] == row[4] == "y" for row in rows_of(SENTENCES)}
    right: dict[str, list[bool]] = {}
    purities: list[float] = []
    sentences: list[bool] = []
    with scenes() as each:
        for scene in each:
            front = scene.front()
            by_truth, by_stories = baselines(scene), groupings(scene, front)
            by_truth["front page"] = true_front(scene)
            for _, one, other, answer, _ in (row for row in wanted if row[0] == scene.name):
                for orders, found in ((by_truth, right), (by_stories, whole)):
                    for name, order in orders.items():
                        found.setdefault(name, []).append(is_right(order[one], order[other], answer))
            purities += purity(scene, front.stories[:FIRST_STORIES])
            if scene.name in {name for name, _ in labelled}:
                for story in front.stories:
                    quote = scene.detail(story).quote if story.sources > 1 else None
                    if quote and (known := labelled.get((scene.name, str(crc32(quote.text.encode()))))) is not None:
                        sentences.append(known)
    number = len(right["front page"])
    shares = [{name: sum(found) / len(found) for name, found in of.items()} for of in (right, whole)]
    return Figures(*shares, number, sum(purities) / len(purities), sum(sentences) / len(sentences), len(sentences))


FIRST_STORIES = 10


def purity(scene: Scene, stories: Sequence[FrontStory]) -> list[float]:
    """B-cubed precision of the reports of these stories: of each, the share of its story that tells the same event.

    Articles that nobody labelled are events of their own: of the weeks only labelled ones are looked at.
    """
    found = []
    for story in stories:
        told = [scene.entries[one] for one in story.reports]
        if scene.name.startswith("week"):
            told = [name for name in told if len(scene.stories[name]) > 1]
        found += [told.count(name) / len(told) for name in told]
    return found


def is_right(one: float, other: float, answer: str) -> bool:
    """Whether A's place and B's are as was answered; stories that share a place are not told apart."""
    return one < other if answer == "A" else other < one


def _by_front(scene: Scene, front: Front) -> dict[str, float]:
    """The place of each true story: that of the story on the page that has most of its reports, the upper of equals."""
    best: dict[str, tuple[int, int]] = {}
    for place, story in enumerate(front.stories):
        told = [scene.entries[one] for one in story.reports]
        for name in set(told):
            best[name] = max(best.get(name, (0, 0)), (told.count(name), -place))
    return {name: float(-best[name][1]) if name in best else float(len(front.stories)) for name in scene.stories}


def baselines(scene: Scene) -> dict[str, dict[str, float]]:
    """The places of the true stories by other means: the newest report first, most reports first."""
    newest = _newest(scene)
    reports = _by_name(scene.entries)
    latest = {name: min(newest[one] for one in some) for name, some in reports.items()}
    return {"newest first": latest, "most reports": {name: latest[name] - len(some) for name, some in reports.items()}}


def groupings(scene: Scene, front: Front) -> dict[str, dict[str, float]]:
    """The places of the true stories on pages whose stories are made: ours, ours by size, FTS5's by size."""
    newest = _newest(scene)
    entries = {entry.id: entry for entry in scene.reader.entries(list(scene.entries))}
    groups = fts_groups(scene, entries)
    numbers = {one: story.number for story in front.stories for one in story.reports}
    return {
        "front page": _by_front(scene, front),
        "most reports": _by_size(scene, {one: numbers.get(one, -one) for one in entries}, newest),
        "FTS5 groups": _by_size(scene, groups, newest),
    }


def _by_size(scene: Scene, groups: dict[int, int], newest: dict[int, float]) -> dict[str, float]:
    sizes = Counter(groups.values())
    latest = {group: min(newest[one] for one in some) for group, some in _by_name(groups).items()}
    of_story = {
        name: Counter(groups[one] for one in some).most_common(1)[0][0]
        for name, some in _by_name(scene.entries).items()
    }
    return {name: latest[group] - sizes[group] for name, group in of_story.items()}


def _newest(scene: Scene) -> dict[int, float]:
    """By entry its place among the newest, less than one."""
    return {one: place / 1e6 for place, one in enumerate(scene.reader.ids())}


def _by_name(names: dict[int, Any]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for one, name in names.items():
        found.setdefault(name, []).append(one)
    return found


def fts_groups(scene: Scene, entries: dict[int, Any]) -> dict[int, int]:
    """By entry its group: that of the entry before it that FTS5 finds nearest, where that is near enough."""
    texts = {one: article.text if (article := scene.reader.article(one)) else "" for one in entries}
    words = {one: Counter(terms(f"{entry.headline} " * 3 + texts[one])) for one, entry in entries.items()}
    spread = Counter(word for counts in words.values() for word in counts)
    groups: dict[int, int] = {}
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE news USING fts5 (title, text, tokenize = 'porter')")
        for one, entry in sorted(entries.items()):
            weights = {word: count * math.log(len(words) / spread[word]) for word, count in words[one].items()}
            heaviest = sorted(weights, key=lambda word: (-weights[word], word))[:25]
            query = " OR ".join(f'"{word}"' for word in heaviest)
            near = connection.execute(
                "SELECT rowid, bm25(news, 3, 1) FROM news WHERE news MATCH ? ORDER BY 2 LIMIT 1", (query,)
            ).fetchone()
            connection.execute(
                "INSERT INTO news (rowid, title, text) VALUES (?, ?, ?)", (one, entry.headline, texts[one])
            )
            own = connection.execute("SELECT bm25(news, 3, 1) FROM news WHERE news MATCH ? AND rowid = ?", (query, one))
            groups[one] = groups[near[0]] if near and near[1] <= _NEAR_ENOUGH * own.fetchone()[0] else one
    return groups


_NEAR_ENOUGH = 0.35
"""Of what FTS5 gives a report for its own words, what the nearest must have to be of its group."""


def storylines(timelines: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]], asked: int = 60) -> float:
    """Of what stands in the dossiers of some articles of known storylines, the share that is of these."""
    chance = random.Random(3)
    articles = [*timelines, *others]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in schema.STEPS:
            step(connection)
        connection.execute("BEGIN")
        for number, row in enumerate(articles, 1):
            day = date.fromisoformat(row["published"][:10]) if row["published"] else None
            upkeep.add(connection, upkeep.IndexedArticle(number, "", row["title"], row["text"], day))
        upkeep.flush(connection)
        connection.execute("COMMIT")
        right, found_by = [], Storylines(connection, Idf(connection))
        for place in chance.sample(range(len(timelines)), asked):
            found = [articles[one - 1]["story"] for one in found_by.of(place + 1) if one != place + 1]
            right += [story == timelines[place]["story"] for story in found]
    return sum(right) / len(right)


if __name__ == "__main__":
    print(figures())
