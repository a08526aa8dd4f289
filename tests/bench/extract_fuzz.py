"""Spoilt pages by the thousand: extract may say NewsError, and nothing else; nor may it hang, or eat memory.

`extract_fuzz.py [--count 20000] [--seed 1] [--section]`: real pages of ../shared where they are, else our own; each cut
short, spliced with another, nested deep, filled with null bytes or read in a wrong charset. `--section` spoils listings
for find_teasers and next_page instead. A page that fails is kept under /tmp.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORPORA = ROOT.parent / "shared" / "corpora"
FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
)
SECONDS_PER_MEGABYTE, SECONDS_AT_LEAST = 1.0, 0.5
sys.path.insert(0, str(ROOT))

TAGS = (
    "div",
    "p",
    "span",
    "a",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "blockquote",
    "figure",
    "section",
    "h2",
    "pre",
    "svg",
    "b",
)
BITS = (
    *(b"<", b">", b"&", b'"', b"'", b"\x00", b"\xff", b"\xed\xa0\x80", b"&#0;", b"&#xD800;", b"&#99999999999;"),
    *(b"<!--", b"-->", b"<![CDATA[", b"]]>", b"</p>", b"</div>", b"</article>", b"<table>", b"<style>", b"<template>"),
    *(b"<script>", b"</script>", b"<p>" * 50, b"</b></i>" * 50, b"<meta charset=utf-7>", b"<meta charset=no-such>"),
    *(b"<a href='http://['>", b"<img src='//['>", b"<base href='http://['>", b'<html lang="xx-\xff">'),
    b"<time datetime='0000-99-99T99:99'>",
    b"<script type='application/ld+json'>{\"@graph\":[[[[{}",
    b"<script type='application/ld+json'>" + b"[" * 5000 + b"</script>",
    b"<script>" + b"<p " * 20_000 + b"</script>",
    b"<style>" + b"<!-- <script " * 5000,
    b"<p a='" * 5000,
    b'<td colspan="999999999" rowspan="-3">',
    b'<ol start="99999999999999999999">',
    b"\xe2\x80\xae\x1b]52;c;aGk=\x07",
)


def pages(most: int = 400) -> list[bytes]:
    """Real article pages, or our own where there are none."""
    files = sorted((CORPORA / "articles").rglob("*.html.gz")) if CORPORA.exists() else []
    random.Random(7).shuffle(files)
    real = [gzip.decompress(file.read_bytes()) for file in files[:most]]
    if real:
        return real
    from tests.newsroom import page, text

    extra = (
        "",
        "<table><tr><th>a<td>b</table>",
        "<ul><li>x<ul><li>y</ul></ul>",
        "<figure><img src=/a.jpg><figcaption>c</figure>",
    )
    return [page(f"story-{n}", text(f"story-{n}") + extra[n % 4]).encode() for n in range(12)]


def listings() -> list[bytes]:
    """Real front pages, or nothing but articles where there are none."""
    files = [*CORPORA.glob("frontpages/*/*.html"), *CORPORA.glob("afpims/*.html")] if CORPORA.exists() else []
    return [file.read_bytes()[:200_000] for file in files] or pages()


def spoil(page: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The page, spoilt in one to three ways."""
    for _ in range(chance.randint(1, 3)):
        page = chance.choice(WAYS)(page, others, chance)
    return page


def _cut(page: bytes, others: list[bytes], chance: random.Random) -> bytes:
    return page[: chance.randrange(len(page) + 1)]


def _splice(page: bytes, others: list[bytes], chance: random.Random) -> bytes:
    other = chance.choice(others)
    at, start = chance.randrange(len(page) + 1), chance.randrange(len(other) + 1)
    return page[:at] + other[start : start + 30_000] + page[at:]


def _bits(page: bytes, others: list[bytes], chance: random.Random) -> bytes:
    spoilt = bytearray(page)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(spoilt) + 1)
        if chance.random() < 0.6:
            spoilt[at:at] = chance.choice(BITS)
        else:
            del spoilt[at : at + chance.randint(1, 400)]
    return bytes(spoilt)


def _deep(page: bytes, others: list[bytes], chance: random.Random) -> bytes:
    at = chance.randrange(len(page) + 1)
    tag = f"<{chance.choice(TAGS)} class='story-body'>".encode()
    return page[:at] + tag * chance.choice((10, 300, 3000)) + page[at:]


def _nulls(page: bytes, others: list[bytes], chance: random.Random) -> bytes:
    every = chance.randint(2, 50)
    return b"\x00".join(page[start : start + every] for start in range(0, min(len(page), 40_000), every))


def _charset(page: bytes, others: list[bytes], chance: random.Random) -> bytes:
    text = page.decode("utf-8", "replace")
    return text.encode(
        chance.choice(("utf-16", "utf-8-sig", "cp1252", "shift_jis", "gb18030", "koi8-r", "utf-32")), "replace"
    )


WAYS: tuple[Callable[[bytes, list[bytes], random.Random], bytes], ...] = (
    _cut,
    _splice,
    _bits,
    _bits,
    _deep,
    _nulls,
    _charset,
)


def _seconds(page: bytes, section: bool) -> float:
    """The processor time of a page that seemed slow, once more: other programs slow a processor down as well."""
    from fetch.errors import NewsError
    from fetch.extract import extract
    from fetch.sections import find_teasers

    started = time.process_time()
    with contextlib.suppress(NewsError, *FAILURES):
        if section:
            find_teasers(page, "https://gazette.example/")
        else:
            extract(page, "https://gazette.example/a/b-c-d")
    return time.process_time() - started


def run(count: int, seed: int, *, section: bool = False) -> Counter[str]:
    """What went wrong, and how often; empty when nothing did."""
    from fetch.errors import NewsError
    from fetch.extract import extract
    from fetch.sections import find_teasers
    from fetch.sections.section import next_page

    whole = listings() if section else pages()
    chance, wrong = random.Random(seed), Counter[str]()
    for _ in range(count):
        page = spoil(chance.choice(whole), whole, chance)
        started = time.process_time()
        try:
            if section:
                find_teasers(page, "https://gazette.example/")
                next_page(page, "https://gazette.example/")
            else:
                extract(
                    page,
                    "https://gazette.example/a/b-c-d",
                    content_type=chance.choice(("", "text/html; charset=utf-8")),
                )
        except NewsError:
            pass
        except FAILURES as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            _note(wrong, f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}", page)
        seconds = time.process_time() - started
        most = max(SECONDS_AT_LEAST, SECONDS_PER_MEGABYTE * len(page) / 1_000_000)
        if seconds > most and (seconds := min(_seconds(page, section) for _ in range(2))) > most:
            _note(wrong, f"slow: {seconds:.1f} s for {len(page) / 1000:.0f} kB", page)
    return wrong


def _note(wrong: Counter[str], what: str, page: bytes) -> None:
    if what not in wrong and len(wrong) < 20:
        kept = Path(tempfile.gettempdir()) / f"extract_fuzz_{len(wrong)}.html"
        kept.write_bytes(page)
        what_kept = f"{what}, kept as {kept}"
        print(what_kept, file=sys.stderr)
    wrong[what] += 1


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--count", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--section", action="store_true")
    chosen = options.parse_args()
    begun = time.monotonic()
    found = run(chosen.count, chosen.seed, section=chosen.section)
    print(f"{chosen.count} spoilt pages in {time.monotonic() - begun:.0f} s: {sum(found.values())} failures")
    for what, often in found.most_common():
        print(f"{often:6} {what}")
    sys.exit(bool(found))
