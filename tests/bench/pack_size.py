"""What articles weigh in a pack, beside their bare texts: `python tests/bench/pack_size.py [COUNT …]`.

Up to 500 are real pages of ../shared/corpora/articles with links, pictures' addresses and lists of related stories;
more are those of `library_build.py`. A row a COUNT: bytes of text an article, bytes in the pack, times what the bare
texts take in one zstd stream of level 22, and seconds of processor time to write it and to read it.
"""

from __future__ import annotations

import gzip
import random
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from cache.db.connection import Connection  # noqa: E402
from cache.exporting import ExportWishes, _Export  # noqa: E402
from cache.formats import pack  # noqa: E402
from cache.formats.exchanged_articles import NotArrived, Outgoing  # noqa: E402
from cache.formats.table import FORMATS  # noqa: E402
from cache.reading import LibraryReader  # noqa: E402
from cache.writes.store import Store  # noqa: E402
from fetch.article import Teaser  # noqa: E402
from fetch.errors import NewsError  # noqa: E402
from fetch.extract import extract  # noqa: E402
from fetch.source import Source  # noqa: E402
from tests.bench import library_build  # noqa: E402

PAGES = ROOT.parent / "shared" / "corpora" / "articles"
SETS = ("fundus", "scrapinghub", "trafilatura")
NOW = 1_790_000_000.0


class Weighed(NamedTuple):
    """Bytes an article, of its text and in a pack; times the bare texts; seconds to write and to read."""

    number: int
    text: float
    packed: float
    ratio: float
    writing: float
    reading: float


def pages() -> Iterator[bytes]:
    """Real pages, in an order of chance."""
    paths = [path for name in SETS for path in sorted((PAGES / name).glob("**/*.html.gz"))]
    random.Random(1).shuffle(paths)
    for path in paths:
        yield gzip.decompress(path.read_bytes())


def build(library: Path, wanted: int) -> None:
    """Keeps articles of real pages as a refresh does, until there are as many, each of a source of its own."""
    with Store(library) as store:
        number = 0
        for page in pages():
            if number == wanted:
                break
            site, url = (
                f"https://site-{number % 97}.example/",
                f"https://site-{number % 97}.example/2026/story-{number}",
            )
            with suppress(NewsError):
                article = extract(page, url)
                source = store.sources.add(Source(f"{site}feed", "feed", title=f"Site {number % 97}"))
                kept = store.entries.store_teaser(source, Teaser(url, article.headline, article.dek), NOW + number)
                assert kept is not None
                digest = sha256(page).hexdigest()
                store.articles.store_article(kept.entry_id, replace(article, page_sha256=digest), NOW + number)
                number += 1


def weigh(library: Path, file: Path) -> Weighed:
    """What the articles of a library weigh in a pack."""
    with Connection(library, reading=True) as connection:
        reader = LibraryReader(connection)
        found = _Export(library, ExportWishes())._articles(FORMATS["pack"], reader, reader.ids())
        articles: list[Outgoing] = [each for each in found if each.has_text]
    texts = "\n".join(each.article.text for each in articles).encode()
    begun = process_time()
    pack.write(file, articles, library="0" * 32)
    written = process_time()
    assert not any(isinstance(each, NotArrived) for each in pack.read(file))
    read, size, number = process_time(), file.stat().st_size, len(articles)
    ratio = size / len(zstd.compress(texts, 22))
    return Weighed(number, len(texts) / number, size / number, ratio, written - begun, read - written)


def main() -> None:
    for wanted in [int(word) for word in sys.argv[1:]] or [500, 10_000]:
        with TemporaryDirectory() as folder:
            library = Path(folder) / "library.db"
            if wanted <= 500:
                build(library, wanted)
            else:
                apart = library_build.timedelta(minutes=1)
                library_build.build(library, wanted, library_build.stories(), 0, apart)
            row = weigh(library, Path(folder) / "a.pack")
        print(
            f"{row.number:>7,} articles  {row.text:6,.0f} B of text  {row.packed:6,.0f} B in the pack"
            f"  {row.ratio:5.3f} times the texts  {row.writing:6.1f} s to write  {row.reading:6.1f} s to read"
        )


if __name__ == "__main__":
    main()
