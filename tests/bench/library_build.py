"""Builds a library of many real articles to measure: `python tests/bench/library_build.py DIR [COUNT …]`.

The articles are those of ../shared/corpora/related/dev.jsonl.gz, joined until the body's HTML would weigh 4.65 kB, and
repeated with other words in place of their names until there are enough. One library a COUNT, at DIR/COUNT/library.db.
"""

from __future__ import annotations

import gzip
import html
import json
import random
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cache.writes.store import Store  # noqa: E402
from fetch.article import Article, Paragraph, Span, Teaser  # noqa: E402
from fetch.source import Source  # noqa: E402

CORPUS = ROOT.parent / "shared" / "corpora" / "related" / "dev.jsonl.gz"
BODY = 4650
"""Bytes of HTML a body weighs on average, as in the measurements of other readers."""
BATCH = 100
NAME = re.compile(r"\b[A-Z][a-z]{4,}\b")


def stories() -> Iterator[tuple[str, str, str, str]]:
    """Headline, paragraphs, source and day of made-up articles from real text, without end."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as rows:
        known = [json.loads(row) for row in rows]
    for edition in count():
        order = list(range(len(known)))
        random.Random(edition).shuffle(order)
        text, target = "", BODY
        for number in order:
            row = known[number]
            text += f"{row['text']}\n\n"
            if weight(text) < target * 0.8:
                continue
            body = shortened(text, target)
            yield (
                other_names(row["title"], edition),
                other_names(body, edition),
                row["source"] or "Wire",
                row["published"],
            )
            target = BODY + (BODY - weight(body)) // 4
            text = ""


def weight(text: str) -> int:
    """Bytes of the text as HTML paragraphs."""
    return sum(len(f"<p>{html.escape(paragraph)}</p>\n".encode()) for paragraph in text.split("\n\n"))


def shortened(text: str, most: int) -> str:
    """The first paragraphs of a text, up to a weight, but one at least."""
    kept: list[str] = []
    for paragraph in filter(None, text.split("\n\n")):
        if kept and weight("\n\n".join([*kept, paragraph])) > most * 1.15:
            break
        kept.append(paragraph)
    return "\n\n".join(kept)


def other_names(text: str, edition: int) -> str:
    """The text with every third capitalised word changed, so that no edition repeats another."""
    if not edition:
        return text
    return NAME.sub(lambda found: changed(found[0], edition), text)


def changed(name: str, edition: int) -> str:
    return name[:2] + name[2:][::-1] if hash_of(name, edition) % 3 == 0 else name


def hash_of(name: str, edition: int) -> int:
    return sum(ord(letter) * (place + edition) for place, letter in enumerate(name))


FIRST = datetime(2014, 1, 1, tzinfo=UTC)


def build(library: Path, wanted: int, made: Iterator[tuple[str, str, str, str]], have: int, apart: timedelta) -> None:
    """Adds articles to a library until it has as many as wanted, newest last."""
    with Store(library) as store:
        sources = {row[1]: row[0] for row in store.connection.rows("SELECT id, title FROM source")}
        for start in range(have, wanted, BATCH):
            with store.batch():
                for number, (headline, body, title, _) in enumerate(islice(made, min(BATCH, wanted - start)), start):
                    if title not in sources:
                        url = f"https://source-{len(sources)}.example/feed"
                        sources[title] = store.sources.add(Source(url, "feed", title=title))
                    when = FIRST + number * apart
                    keep(store, sources[title], number, headline, body, when)
            if start % 5000 == 0:
                print(f"{start:>7,} of {wanted:,}", file=sys.stderr, flush=True)


def keep(store: Store, source_id: int, number: int, headline: str, body: str, when: datetime) -> None:
    """One teaser and its article, as a refresh stores them."""
    url = f"https://source-{source_id}.example/{when:%Y/%m/%d}/story-{number}-{len(headline)}"
    paragraphs = body.split("\n\n")
    now = when.timestamp() + 3600
    wanted = store.entries.store_teaser(source_id, Teaser(url, headline, paragraphs[0][:300], when), now)
    if wanted:
        blocks = tuple(Paragraph((Span(paragraph),)) for paragraph in paragraphs)
        authors = (f"{NAME.findall(body + ' Robin')[0]} {NAME.findall(headline + ' Taylor')[-1]}",)
        article = Article(url, headline, blocks, authors=authors, published=when, language="en", section="News")
        store.articles.store_article(wanted.entry_id, article, now)


def main() -> None:
    folder, counts = Path(sys.argv[1]), sorted(map(int, sys.argv[2:])) or [1000, 10_000, 100_000]
    made, have, before = stories(), 0, None
    apart = min(timedelta(hours=1), (datetime.now(UTC) - FIRST) / counts[-1])  # none lies ahead of today
    for wanted in counts:
        library = folder / str(wanted) / "library.db"
        library.parent.mkdir(parents=True)
        if before:
            shutil.copy(before, library)
        build(library, wanted, made, have, apart)
        have, before = wanted, library
        size = library.stat().st_size
        print(f"{wanted:>7,} articles  {size / 1e6:8.1f} MB  {size / wanted:6,.0f} bytes each")


if __name__ == "__main__":
    main()
