"""Makes cache/related/english_words.json of the articles beside the repository: `python tests/bench/english_words.py`.

Words that English news writes small, by how many of 100,000 articles have them: counts, and no text. The months of the
weeks by which front pages and related stories are measured are left out.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cache.related.commonness import NEWS_WORDS  # noqa: E402
from cache.related.tokens import fold  # noqa: E402
from fetch.errors import NotNews  # noqa: E402
from fetch.extract import extract  # noqa: E402

CORPORA = ROOT.parent / "shared" / "corpora"
MEASURED = ("2018-05", "2018-10")
_READ = 4000  # characters of an article
_FEWEST = 3  # articles that have a word
_LEAST = 0.001  # share of articles that have it
_STEP = 2.0  # between the shares of one line and the next
_WORD = re.compile(r"(?<![\w'’.])[A-Za-z][a-z]+(?:['’][a-z]+)?")
_INSIDE = re.compile(r"[A-Za-z] $")


def news() -> Iterator[str]:
    """Every other labelled article of other months."""
    with gzip.open(CORPORA / "related" / "dev.jsonl.gz", "rt", encoding="utf-8") as rows:
        articles = [row for row in map(json.loads, rows) if row["set"] == "full"]
    for row in [row for row in articles if not MEASURED[0] <= row["published"] < MEASURED[1]][::2]:
        yield row["text"][:_READ]


def pages() -> Iterator[str]:
    """What stands on the English pages of the articles' corpora."""
    for path in sorted((CORPORA / "articles").glob("*/*.html.gz")):
        try:
            article = extract(gzip.decompress(path.read_bytes()), f"https://{path.stem}.example/")
        except NotNews:
            continue
        if article.language.lower().startswith("en"):
            yield article.text[:_READ]


def counted(texts: Iterable[str]) -> tuple[Counter[str], Counter[str], int]:
    """In how many texts each word is written small, in how many large inside a sentence, and how many there are."""
    small, large, number = Counter[str](), Counter[str](), 0
    for text in texts:
        number += 1
        found = list(_WORD.finditer(text))
        small.update({fold(one[0]) for one in found if one[0][0].islower()})
        large.update(
            {
                fold(one[0])
                for one in found
                if one[0][0].isupper() and _INSIDE.search(text, max(0, one.start() - 2), one.start())
            }
        )
    return small, large, number


def made() -> str:
    """The file: by the least share of the articles, in 100,000, the words."""
    corpora = [counted(news()), counted(pages())]
    lines: dict[int, list[str]] = {}
    for word in sorted({word for small, _, _ in corpora for word in small}):
        written_small, written_large = (sum(corpus[which][word] for corpus in corpora) for which in (0, 1))
        share = sum(small[word] / number for small, _, number in corpora) / len(corpora)
        if written_small >= max(_FEWEST, written_large + 1) and share >= _LEAST:
            step = math.floor(math.log(share / _LEAST, _STEP))
            lines.setdefault(round(_LEAST * _STEP**step * 100_000), []).append(word)
    rows = [f'"{share}": "{" ".join(lines[share])}"' for share in sorted(lines, reverse=True)]
    return "{\n" + ",\n".join(rows) + "\n}\n"


if __name__ == "__main__":
    NEWS_WORDS.write_text(made(), encoding="utf-8")
