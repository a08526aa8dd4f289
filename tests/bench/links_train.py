"""Weighs the traits of links: `links_train.py` cross-validates, `links_train.py --write` writes fetch/story_weights.py.

Logistic regression with a ridge, by gradient descent with momentum; needs the labelled links of ../shared and nothing
but the standard library. Every fold leaves whole sites out.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import defaultdict
from math import exp
from pathlib import Path

ROOT = Path(__file__).parents[2]
LABELLED = ROOT.parent / "shared" / "corpora" / "frontpages" / "links-dev.csv"
FOLDS, RIDGE, ROUNDS, STEP = 10, 4.0, 300, 0.004
sys.path.insert(0, str(ROOT))

HEAD = '''"""What each trait of a link adds to the log odds that it leads to a story.

Written by tests/bench/links_train.py.
"""

'''

Link = tuple[tuple[str, ...], bool, str]


def labelled() -> list[Link]:
    """The traits of every labelled link, whether it leads to a story, and its site."""
    from fetch.story_links import traits

    with LABELLED.open(newline="") as rows:
        return [
            (tuple(dict.fromkeys(traits(row["text"], row["url"]))), row["is_story"].lower() == "true", row["handle"])
            for row in csv.DictReader(rows)
        ]


def weigh(links: list[Link], ridge: float = RIDGE) -> tuple[float, dict[str, float]]:
    """The bias and the weights that fit the links."""
    weights: dict[str, float] = defaultdict(float)
    speed: dict[str, float] = defaultdict(float)
    for _ in range(ROUNDS):
        slope: dict[str, float] = defaultdict(float)
        for traits, story, _site in links:
            wrong = _odds(weights, traits) - story
            for trait in (*traits, ""):
                slope[trait] += wrong
        for trait, wrong in slope.items():
            speed[trait] = 0.9 * speed[trait] - STEP * (wrong + (ridge * weights[trait] if trait else 0))
            weights[trait] += speed[trait]
    bias = weights.pop("")
    return bias, dict(weights)


def _odds(weights: dict[str, float], traits: tuple[str, ...]) -> float:
    score = weights.get("", 0.0) + sum(weights.get(trait, 0.0) for trait in traits)
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def folds(links: list[Link], count: int = FOLDS, seed: int = 1) -> list[tuple[list[Link], list[Link]]]:
    """The links as (learnt from, judged), no site in both."""
    sites = sorted({site for *_, site in links})
    random.Random(seed).shuffle(sites)
    parts = [set(sites[start::count]) for start in range(count)]
    return [([x for x in links if x[2] not in part], [x for x in links if x[2] in part]) for part in parts]


def accuracy(links: list[Link], *, ridge: float = RIDGE, seed: int = 1, count: int = FOLDS) -> float:
    """The share judged rightly on sites left out."""
    right = 0
    for known, unknown in folds(links, count, seed):
        bias, weights = weigh(known, ridge)
        for traits, story, _site in unknown:
            odds = _odds(weights | {"": bias}, traits)
            right += (odds > 0.5) == story
    return right / len(links)


def write(links: list[Link]) -> None:
    """Keep the weights, the heavy ones first, those that say nothing left out."""
    bias, weights = weigh(links)
    rows = "".join(
        f'    "{trait}": {value:.2f},\n'
        for trait, value in sorted(weights.items(), key=lambda w: -w[1])
        if abs(value) >= 0.05
    )
    (ROOT / "fetch" / "story_weights.py").write_text(f"{HEAD}BIAS = {bias:.2f}\nWEIGHTS = {{\n{rows}}}\n")


if __name__ == "__main__":
    found = labelled()
    if "--write" in sys.argv:
        write(found)
    print(f"{len(found)} links, {FOLDS} folds without their sites: accuracy {accuracy(found):.4f}")
