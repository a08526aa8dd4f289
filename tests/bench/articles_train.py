"""Learns fetch/extract/body/feature_weights.py from labelled pages: what each feature of a text block weighs.

    python tests/bench/articles_train.py [--check]

A text block is labelled by how much of it stands in the page's labelled text. `--check` leaves a fifth of the web sites
out at a time, learns from the others, and prints how well the left-out pages come out; nothing is written then.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from articles import BODY, Page, pages, scorer  # noqa: E402

from fetch.extract.body.container import find_container  # noqa: E402
from fetch.extract.body.feature_groups import NEVER_TEXT  # noqa: E402
from fetch.extract.body.scoring import NEIGHBOUR_FEATURES, features_in, neighbour_features, story_tokens  # noqa: E402
from fetch.extract.facts.metadata import metadata_of  # noqa: E402
from fetch.extract.markup.document import parse  # noqa: E402
from fetch.extract.markup.page_index import index_page  # noqa: E402
from fetch.extract.markup.tokenizer import tokenize  # noqa: E402
from fetch.extract.markup.tokens import TextBlock  # noqa: E402

WEIGHTS = ROOT / "fetch" / "extract" / "body" / "feature_weights.py"
EPOCHS, RATE, PULL, LEAN = 14, 0.3, 3.0, 0.25
FOLDS = 5
_MASS_OF_A_PAGE = 2.0


@dataclass
class Example:
    """A page's text blocks with their features (numbers of the vocabulary), labels (None: not told) and weights."""

    page: Page
    text_blocks: list[TextBlock]
    features: list[list[str]]
    labels: list[float | None]
    masses: list[float]

    @property
    def site(self) -> str:
        return ".".join(urlsplit(self.page.url).netloc.split(".")[-2:]) or self.page.name


def example(page: Page) -> Example | None:
    indexed = index_page(parse(page.markup))
    container = find_container(indexed)
    if container is None:
        return None
    tokens = story_tokens(tokenize(container))
    metadata = metadata_of(indexed, page.url, None)
    text_blocks = [token for token in tokens if isinstance(token, TextBlock)]
    features = [[feature for group in groups for feature in group] for groups in features_in(tokens, metadata)]
    labelled = page.corpus in BODY
    labels = by_text(text_blocks, page.labels[BODY[page.corpus]] or "") if labelled else by_snippets(text_blocks, page)
    return Example(page, text_blocks, features, labels, masses(text_blocks, labels, labelled))


def by_text(text_blocks: Sequence[TextBlock], text: str) -> list[float | None]:
    """How much of each text block stands in the labelled text; short ones count where a whole line says the same."""
    words = scorer().tokenize
    tokens = words(text)
    grams = Counter(zip(*(tokens[at:] for at in range(4)), strict=False))
    lines = {" ".join(words(line)) for line in text.split("\n")}
    joined = f" {' '.join(tokens)} "
    return [_label(words(text_block.text), grams, lines, joined) for text_block in text_blocks]


def _label(tokens: list[str], grams: Counter[tuple[str, ...]], lines: set[str], joined: str) -> float | None:
    if len(tokens) < 4:
        said = " ".join(tokens)
        return None if not said else 1.0 if said in lines else None if f" {said} " in joined else 0.0
    own = list(zip(*(tokens[at:] for at in range(4)), strict=False))
    hits = 0
    for gram in own:
        if grams[gram] > 0:
            grams[gram] -= 1
            hits += 1
    return hits / len(own)


def by_snippets(text_blocks: Sequence[TextBlock], page: Page) -> list[float | None]:
    wanted, unwanted = (
        [" ".join(part.split()) for part in page.labels.get(name) or ()] for name in ("with", "without")
    )
    return [
        1.0
        if any(part in text_block.text for part in wanted)
        else 0.0
        if any(part in text_block.text for part in unwanted)
        else None
        for text_block in text_blocks
    ]


def masses(text_blocks: Sequence[TextBlock], labels: Sequence[float | None], labelled: bool) -> list[float]:
    """What a mistake on each text block costs: its share of the page's text, and no page costs more than a few."""
    sizes = [len(text_block.text) / 6 for text_block in text_blocks]
    good = sum(size for size, label in zip(sizes, labels, strict=True) if label is not None and label > 0.5)
    if labelled and good < 60:  # the label is of another page
        return [0.0] * len(sizes)
    found = [(size + 2) / max(good + 50, 150) if labelled else min(size, 60) / 400 for size in sizes]
    total = sum(mass for mass, label in zip(found, labels, strict=True) if label is not None)
    return [mass * min(1.0, _MASS_OF_A_PAGE / total) if total else 0.0 for mass in found]


def learn(rows: Sequence[tuple[Sequence[tuple[str, float]], float, float]], seed: int = 7) -> dict[str, float]:
    """Logistic weights by stochastic descent with a step of its own for each feature (Adagrad), drawn towards 0.

    The pull is spread over a feature's occurrences, so that the rare ones, which may be one site's, are held back most.
    """
    counts = Counter(feature for features, _, _ in rows for feature, _ in features)
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-3)
    order = list(range(len(rows)))
    mean = sum(mass for _, _, mass in rows) / len(rows)
    for _ in range(EPOCHS):
        random.Random(seed).shuffle(order)
        for at in order:
            features, label, mass = rows[at]
            error = (
                mass / mean * (label - 1 / (1 + exp(-max(-30.0, min(30.0, sum(weights[s] * v for s, v in features))))))
            )
            for feature, value in features:
                slope = error * value - PULL / counts[feature] * weights[feature]
                squares[feature] += slope * slope
                weights[feature] += RATE * slope / sqrt(squares[feature])
    return weights


def rows_alone(examples: Sequence[Example]) -> list[tuple[list[tuple[str, float]], float, float]]:
    return [
        ([("bias", 1.0), *((feature, 1.0) for feature in features)], float(label > 0.5), mass)
        for one in examples
        for features, label, mass in zip(one.features, one.labels, one.masses, strict=True)
        if label is not None and mass
    ]


def rows_among(examples: Sequence[Example], weights: dict[str, float]):  # type: ignore[no-untyped-def]
    rows = []
    for one in examples:
        alone = [weights["bias"] + sum(weights.get(feature, 0.0) for feature in features) for features in one.features]
        for neighbours, label, mass in zip(
            neighbour_features(one.text_blocks, alone), one.labels, one.masses, strict=True
        ):
            if label is not None and mass:
                rows.append(
                    ([("bias", 1.0), *zip(NEIGHBOUR_FEATURES, neighbours, strict=True)], float(label > 0.5), mass)
                )
    return rows


def check(examples: Sequence[Example]) -> None:
    score = scorer()
    sites = sorted({one.site for one in examples})
    random.Random(1).shuffle(sites)
    fold = {site: at % FOLDS for at, site in enumerate(sites)}
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for at in range(FOLDS):
        others = [one for one in examples if fold[one.site] != at]
        alone = learn(rows_alone(others))
        among = learn(rows_among(others, alone))
        for one in examples:
            if fold[one.site] == at and one.page.corpus in BODY:
                text = "\n".join(_kept(one, alone, among))
                found[one.page.corpus].append(score.shingle(one.page.labels[BODY[one.page.corpus]] or "", text))
    for corpus, shingles in found.items():
        print(corpus, "precision, recall, F1 of left-out sites:", [round(value, 4) for value in score.agg(shingles)])


def _kept(one: Example, alone: dict[str, float], among: dict[str, float]) -> list[str]:
    scores = [alone["bias"] + sum(alone.get(feature, 0.0) for feature in features) for features in one.features]
    return [
        text_block.text
        for text_block, features, neighbours in zip(
            one.text_blocks, one.features, neighbour_features(one.text_blocks, scores), strict=True
        )
        if among["bias"]
        - LEAN
        + sum(among[name] * value for name, value in zip(NEIGHBOUR_FEATURES, neighbours, strict=True))
        > 0
        and NEVER_TEXT.isdisjoint(features)
    ]


def write(alone: dict[str, float], among: dict[str, float]) -> None:
    """The table, to two decimals, without what weighs nothing; features of one kind together."""
    kinds: dict[str, list[str]] = defaultdict(list)
    bias = alone.pop("bias")
    for feature, weight in sorted(alone.items()):
        if abs(weight) >= 0.05:
            kinds[feature.replace(":", " ").split(" ", 1)[0]].append(f"{feature}={weight:+.2f}")
    table = "\n".join(wrap(", ".join(entries), 118, subsequent_indent="    ") for entries in kinds.values())
    neighbours = ", ".join(f'"{name}": {value - LEAN * (name == "bias"):.2f}' for name, value in sorted(among.items()))
    WEIGHTS.write_text(_PAGE.format(bias=bias, neighbours=neighbours, table=table), "utf-8")


def wrap(text: str, width: int, *, subsequent_indent: str) -> str:
    lines, line = [], ""
    for entry in text.split(", "):
        if line and len(line) + len(entry) + 2 > width:
            lines.append(line)
            line = subsequent_indent
        line += f"{entry}, "
    return "\n".join([*(part.rstrip() for part in lines), line.rstrip()])


_PAGE = '''"""What each feature of a text block weighs: above 0 it speaks for the story, below against it. Data only.

Made by tests/bench/articles_train.py from labelled pages. `NEIGHBOUR_WEIGHTS` weighs a text block's own score, its
neighbours', its parent element's, its distance from the main run of the text, and its length.
"""

BIAS = {bias:.2f}
NEIGHBOUR_WEIGHTS = {{{neighbours}}}
FEATURE_WEIGHTS = """
{table}
"""
'''


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    checking = parser.parse_args().check
    read_pages = (example(page) for corpus in (*BODY, "trafilatura") for page in pages(corpus))
    examples = [one for one in read_pages if one is not None]
    if checking:
        check(examples)
        return
    alone = learn(rows_alone(examples))
    write(alone, learn(rows_among(examples, alone)))


if __name__ == "__main__":
    main()
