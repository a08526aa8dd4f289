"""Weighs the features of links: `links_train.py` cross-validates, with `--write` it writes the weights.

They are kept in fetch/link_classifier/link_weights.py.

Logistic regression with a ridge, by gradient descent with momentum; needs the labelled links of ../shared and nothing
but the standard library. Every fold leaves whole sites out.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter, defaultdict
from math import exp
from pathlib import Path

ROOT = Path(__file__).parents[2]
LABELLED = ROOT.parent / "shared" / "corpora" / "frontpages" / "links-dev.csv"
FOLDS, RIDGE, ROUNDS, STEP = 10, 3.0, 200, 0.03
sys.path.insert(0, str(ROOT))

PRIOR = {  # what the sample, of sites in English mostly, has too few links to show
    "end: a key": 1.5,
    "end: a long number": 1.0,
    "query: names a story": 1.5,
    "path: says story": 1.0,
    "text: long in another script": 2.0,
    "path: sold": -3.0,
}
HEAD = '''"""What each feature of a link adds to the log odds that it leads to a story. Data only.

Written by tests/bench/links_train.py.
"""

'''

Link = tuple[tuple[str, ...], bool, str]


def labelled() -> list[Link]:
    """The features of every labelled link, whether it leads to a story, and its site."""
    from fetch.link_classifier.classifier import features

    with LABELLED.open(newline="") as rows:
        return [
            (tuple(dict.fromkeys(features(row["text"], row["url"]))), row["is_story"].lower() == "true", row["handle"])
            for row in csv.DictReader(rows)
        ]


def weigh(links: list[Link], ridge: float = RIDGE) -> tuple[float, dict[str, float]]:
    """The bias and the weights that fit the links."""
    weights: dict[str, float] = defaultdict(float)
    speed: dict[str, float] = defaultdict(float)
    seen = Counter(feature for features, *_ in links for feature in (*features, ""))
    for _ in range(ROUNDS):
        slope: dict[str, float] = defaultdict(float)
        for features, story, _site in links:
            wrong = _odds(weights, features) - story
            for feature in (*features, ""):
                slope[feature] += wrong
        for feature, wrong in slope.items():
            pull = ridge * (weights[feature] - PRIOR.get(feature, 0.0)) if feature else 0.0
            speed[feature] = 0.9 * speed[feature] - STEP * (wrong + pull) / (seen[feature] / 4 + ridge)
            weights[feature] += speed[feature]
    bias = weights.pop("")
    return bias, dict(weights)


def _odds(weights: dict[str, float], features: tuple[str, ...]) -> float:
    score = weights.get("", 0.0) + sum(weights.get(feature, 0.0) for feature in features)
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
        for features, story, _site in unknown:
            odds = _odds(weights | {"": bias}, features)
            right += (odds > 0.5) == story
    return right / len(links)


def write(links: list[Link]) -> None:
    """Keep the weights, the heavy ones first, those that say nothing left out."""
    bias, weights = weigh(links)
    rows = "".join(
        f'    "{feature}": {value:.2f},\n'
        for feature, value in sorted(weights.items(), key=lambda w: -w[1])
        if abs(value) >= 0.05
    )
    (ROOT / "fetch" / "link_classifier" / "link_weights.py").write_text(
        f"{HEAD}BIAS = {bias:.2f}\nWEIGHTS = {{\n{rows}}}\n"
    )


if __name__ == "__main__":
    found = labelled()
    if "--write" in sys.argv:
        write(found)
    print(f"{len(found)} links, {FOLDS} folds without their sites: accuracy {accuracy(found):.4f}")
