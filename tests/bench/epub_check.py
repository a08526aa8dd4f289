"""A book of real articles, as epubcheck finds it: as many pages of the corpora as wished, in all their languages.

    python tests/bench/epub_check.py [COUNT] [--output FILE]

Needs epubcheck (Debian's package, or any that is installed under this name), and the pages in
../shared/corpora/articles.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]


def outgoing(count: int) -> Iterator[object]:
    """So many articles of the corpora, as evenly of all languages as there are, each with the one before as related."""
    import articles

    from cache.entry import Entry
    from cache.formats.exchanged_articles import Outgoing
    from fetch.errors import NotNews
    from fetch.extract import extract

    found = defaultdict(list)
    for corpus in ("fundus", "newspaper4k", "newspaper3k", "postlight", "htmldate", "trafilatura", "wcxb_article"):
        for page in articles.pages(corpus):
            try:
                article = extract(page.markup, page.url or f"https://{page.name}.example/")
            except NotNews:
                continue
            found[article.language.partition("-")[0].lower()].append(article)
    for number, article in enumerate(_evenly(list(found.values()), count), 1):
        entry = Entry(number, article.url, article.headline, source=article.source, language=article.language)
        yield Outgoing(entry, article, "A note & <more>")


def _evenly(groups: list[list[object]], count: int) -> list[object]:
    taken: list[object] = []
    while groups and len(taken) < count:
        taken += [group.pop() for group in groups]
        groups = [group for group in groups if group]
    return taken[:count]


def main() -> None:
    """Writes a book and prints what epubcheck says of it."""
    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    from cache.formats import epub
    from cache.formats.exchanged_articles import Companions
    from tests.epubcheck import complaints

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("count", nargs="?", type=int, default=500)
    options.add_argument("--output", type=Path)
    chosen = options.parse_args()
    with TemporaryDirectory() as folder:
        path = chosen.output or Path(folder) / "book.epub"
        articles = list(outgoing(chosen.count))
        before = {one.entry.id: other.entry for other, one in pairwise(articles)}
        linked = Companions(
            {each.entry.url: each.entry.id for each in articles},
            lambda number: list(filter(None, [before.get(number)])),
        )
        written = epub.write(path, articles, companions=linked)
        languages = Counter(each.article.language.partition("-")[0].lower() for each in articles)
        print(f"{written} articles in {len(languages)} languages: {dict(languages.most_common())}")
        print(f"{path.stat().st_size:,} bytes")
        for complaint in complaints(path) or ["epubcheck: no errors, no warnings"]:
            print(complaint)


if __name__ == "__main__":
    main()
