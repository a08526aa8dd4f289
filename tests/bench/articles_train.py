"""Learns fetch/extract/body/feature_weights.py from labelled pages: what each sign of a passage weighs.

    python tests/bench/articles_train.py [--check]

A passage is labelled by how much of it stands in the page's labelled text. `--check` leaves a fifth of the web sites
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

from fetch.extract.body.container import container  # noqa: E402
from fetch.extract.body.scoring import COMPANY, NOT_TEXT, company_of, signs_in  # noqa: E402
from fetch.extract.facts.metadata import completed, facts  # noqa: E402
from fetch.extract.markup.document import parse  # noqa: E402
from fetch.extract.markup.page_index import survey  # noqa: E402
from fetch.extract.markup.tokenizer import Passage, read  # noqa: E402

WEIGHTS = ROOT / "fetch" / "extract" / "weights.py"
EPOCHS, RATE, PULL, LEAN = 14, 0.3, 3.0, 0.25
FOLDS = 5
_MASS_OF_A_PAGE = 2.0


@dataclass
class Example:
    """A page's passages with their signs (numbers of the vocabulary), labels (None: not told) and weights."""

    page: Page
    passages: list[Passage]
    signs: list[list[str]]
    labels: list[float | None]
    masses: list[float]

    @property
    def site(self) -> str:
        return ".".join(urlsplit(self.page.url).netloc.split(".")[-2:]) or self.page.name


def example(page: Page) -> Example | None:
    looked = survey(parse(page.markup))
    place = container(looked)
    if place is None:
        return None
    pieces = read(place.html or "")
    known = completed(facts(looked, page.url, None), looked, pieces, page.url, None)
    passages = [piece for piece in pieces if isinstance(piece, Passage)]
    signs = [[sign for group in groups for sign in group] for groups in signs_in(pieces, known)]
    told = page.corpus in BODY
    labels = by_text(passages, page.labels[BODY[page.corpus]] or "") if told else by_snippets(passages, page)
    return Example(page, passages, signs, labels, masses(passages, labels, told))


def by_text(passages: Sequence[Passage], text: str) -> list[float | None]:
    """How much of each passage stands in the labelled text; short ones count where a whole line says the same."""
    words = scorer().tokenize
    tokens = words(text)
    grams = Counter(zip(*(tokens[at:] for at in range(4)), strict=False))
    lines = {" ".join(words(line)) for line in text.split("\n")}
    joined = f" {' '.join(tokens)} "
    return [_label(words(passage.text), grams, lines, joined) for passage in passages]


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


def by_snippets(passages: Sequence[Passage], page: Page) -> list[float | None]:
    wanted, unwanted = (
        [" ".join(part.split()) for part in page.labels.get(name) or ()] for name in ("with", "without")
    )
    return [
        1.0
        if any(part in passage.text for part in wanted)
        else 0.0
        if any(part in passage.text for part in unwanted)
        else None
        for passage in passages
    ]


def masses(passages: Sequence[Passage], labels: Sequence[float | None], told: bool) -> list[float]:
    """What a mistake on each passage costs: its share of the page's text, and no page costs more than a few."""
    sizes = [len(passage.text) / 6 for passage in passages]
    good = sum(size for size, label in zip(sizes, labels, strict=True) if label is not None and label > 0.5)
    if told and good < 60:  # the label is of another page
        return [0.0] * len(sizes)
    found = [(size + 2) / max(good + 50, 150) if told else min(size, 60) / 400 for size in sizes]
    total = sum(mass for mass, label in zip(found, labels, strict=True) if label is not None)
    return [mass * min(1.0, _MASS_OF_A_PAGE / total) if total else 0.0 for mass in found]


def learn(rows: Sequence[tuple[Sequence[tuple[str, float]], float, float]], seed: int = 7) -> dict[str, float]:
    """Logistic weights by stochastic descent with a step of its own for each sign (Adagrad), drawn towards 0.

    The pull is spread over a sign's occurrences, so that the rare ones, which may be one site's, are held back most.
    """
    counts = Counter(sign for signs, _, _ in rows for sign, _ in signs)
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-3)
    order = list(range(len(rows)))
    mean = sum(mass for _, _, mass in rows) / len(rows)
    for _ in range(EPOCHS):
        random.Random(seed).shuffle(order)
        for at in order:
            signs, label, mass = rows[at]
            error = mass / mean * (label - 1 / (1 + exp(-max(-30.0, min(30.0, sum(weights[s] * v for s, v in signs))))))
            for sign, value in signs:
                slope = error * value - PULL / counts[sign] * weights[sign]
                squares[sign] += slope * slope
                weights[sign] += RATE * slope / sqrt(squares[sign])
    return weights


def rows_alone(examples: Sequence[Example]) -> list[tuple[list[tuple[str, float]], float, float]]:
    return [
        ([("bias", 1.0), *((sign, 1.0) for sign in signs)], float(label > 0.5), mass)
        for one in examples
        for signs, label, mass in zip(one.signs, one.labels, one.masses, strict=True)
        if label is not None and mass
    ]


def rows_among(examples: Sequence[Example], weights: dict[str, float]):  # type: ignore[no-untyped-def]
    rows = []
    for one in examples:
        alone = [weights["bias"] + sum(weights.get(sign, 0.0) for sign in signs) for signs in one.signs]
        for company, label, mass in zip(company_of(one.passages, alone), one.labels, one.masses, strict=True):
            if label is not None and mass:
                rows.append(([("bias", 1.0), *zip(COMPANY, company, strict=True)], float(label > 0.5), mass))
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
    scores = [alone["bias"] + sum(alone.get(sign, 0.0) for sign in signs) for signs in one.signs]
    return [
        passage.text
        for passage, signs, company in zip(one.passages, one.signs, company_of(one.passages, scores), strict=True)
        if among["bias"] - LEAN + sum(among[name] * value for name, value in zip(COMPANY, company, strict=True)) > 0
        and NOT_TEXT.isdisjoint(signs)
    ]


def write(alone: dict[str, float], among: dict[str, float]) -> None:
    """The table, to two decimals, without what weighs nothing; signs of one kind together."""
    kinds: dict[str, list[str]] = defaultdict(list)
    bias = alone.pop("bias")
    for sign, weight in sorted(alone.items()):
        if abs(weight) >= 0.05:
            kinds[sign.replace(":", " ").split(" ", 1)[0]].append(f"{sign}={weight:+.2f}")
    told = "\n".join(wrap(", ".join(entries), 118, subsequent_indent="    ") for entries in kinds.values())
    company = ", ".join(f'"{name}": {value - LEAN * (name == "bias"):.2f}' for name, value in sorted(among.items()))
    WEIGHTS.write_text(_PAGE.format(bias=bias, company=company, told=told), "utf-8")


def wrap(text: str, width: int, *, subsequent_indent: str) -> str:
    lines, line = [], ""
    for entry in text.split(", "):
        if line and len(line) + len(entry) + 2 > width:
            lines.append(line)
            line = subsequent_indent
        line += f"{entry}, "
    return "\n".join([*(part.rstrip() for part in lines), line.rstrip()])


_PAGE = '''"""What each sign of a passage weighs: above 0 it speaks for the story, below against it.

Made by tests/bench/articles_train.py from labelled pages. `AMONG` weighs a passage's own score beside its neighbours',
its holder's, its distance from the main run of the text, and its length.
"""

BIAS = {bias:.2f}
AMONG = {{{company}}}
_TABLE = """
{told}
"""
WEIGHTS = {{
    sign: float(weight)
    for entry in " ".join(_TABLE.split()).split(",")
    for sign, _, weight in [entry.strip().rpartition("=")]
    if sign
}}
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
