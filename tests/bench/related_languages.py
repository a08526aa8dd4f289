"""The figures of related stories in other languages, on the short reports in `languages/`, which were written for it.

All of them lie in one library, as a reader of several languages has them: the words of each are rare there. Within a
language: is the other report of an event found first (NDCG@10), and are those pairs, and no others, one story? Across
languages: of the pairs taken to be one story, how many are. Run it for a table.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from tests.bench.related import Collection

FOLDER = Path(__file__).parent / "languages"
LANGUAGES = ("de", "fr", "es", "ru", "ja", "ar")
_FIRST = date(2031, 2, 28)


@dataclass(frozen=True, slots=True)
class Figures:
    """NDCG@10, the share of the pairs joined that are one story (precision), and of those one story that are joined."""

    ndcg10: float
    precision: float
    recall: float


def reports(language: str) -> list[dict[str, Any]]:
    """The reports of a language as the index takes them, with the event each tells under `story`."""
    lines = (FOLDER / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    told = defaultdict[str, int](int)
    found = []
    for number, (story, day, headline, text) in enumerate(rows):
        told[story] += 1
        kind = 3 if story[-1] in "sw" else told[story]  # a paper of its own each: one paper's reports are held apart
        facts = {"source": f"{language} {kind}", "published": (_FIRST + timedelta(int(day))).isoformat()}
        told_here = story if story.startswith("x") else f"{language} {story}"
        found.append(
            {"id": f"{language}{number}", "url": "", "title": headline, "text": text, "lang": language, **facts}
            | {"story": told_here}
        )
    return found


def mixed() -> list[dict[str, Any]]:
    """The reports of all languages."""
    return [report for language in (*LANGUAGES, "en") for report in reports(language)]


def measure(articles: Sequence[dict[str, Any]]) -> tuple[dict[str, Figures], Figures]:
    """The figures by language, and those across languages, of one library with all of these reports."""
    with closing(Collection([{k: v for k, v in one.items() if k != "story"} for one in articles])) as collection:
        ranked = {one["id"]: collection.related(one["id"], 48) for one in articles}
        labels = collection.labels()
    by_language = defaultdict[str, list[dict[str, Any]]](list)
    for one in articles:
        by_language[one["lang"]].append(one)
    within = {language: _figures(by_language[language], ranked, labels) for language in LANGUAGES}
    pairs = [(one, other) for one, other in combinations(articles, 2) if one["lang"] != other["lang"]]
    precision, recall = _same(pairs, labels)
    return within, Figures(math.nan, precision, recall)


def _figures(articles: Sequence[dict[str, Any]], ranked: Mapping[str, list[str]], labels: Mapping[str, int]) -> Figures:
    story = {one["id"]: one["story"] for one in articles}
    gains = []
    for one in articles:
        wanted = [other for other in story if other != one["id"] and story[other] == one["story"]]
        if wanted:
            found = [other for other in ranked[one["id"]] if other in story][:10]
            best = sum(1 / math.log2(rank + 2) for rank in range(len(wanted)))
            gains.append(sum(1 / math.log2(found.index(other) + 2) for other in wanted if other in found) / best)
    return Figures(sum(gains) / len(gains), *_same(combinations(articles, 2), labels))


def _same(pairs: Iterable[tuple[dict[str, Any], dict[str, Any]]], labels: Mapping[str, int]) -> tuple[float, float]:
    right = taken = wanted = 0
    for one, other in pairs:
        is_one, is_taken = one["story"] == other["story"], labels[one["id"]] == labels[other["id"]]
        right, taken, wanted = right + (is_one and is_taken), taken + is_taken, wanted + is_one
    return right / (taken or 1), right / (wanted or 1)


def main() -> None:
    """Print the table."""
    within, across = measure(mixed())
    for name, figures in (*within.items(), ("across", across)):
        print(f"{name:7s} {figures.ndcg10:6.3f} {figures.precision:6.3f} {figures.recall:6.3f}")


if __name__ == "__main__":
    main()
