"""What a remembered site leaves out: `python tests/bench/furniture.py [--sites 12] [--stories 24]`.

A world of invented sites, whose pages carry furniture that the page alone does not give away: a prompt between the
paragraphs of each story, a biography below those of one author, a notice above some and a notice below all; and stories
that print the background of an earlier one again, among their paragraphs or at their end. All are read from HTML, kept
and read again; counted is the furniture left and the story lost, in passages, without what is known of the site and
with it, in the last half of each site's stories.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from cache.reading import LibraryReader
from cache.writes.store import Store
from fetch.article import Teaser
from fetch.extract import extract
from fetch.passages import passage_of
from fetch.source import Source

NOUNS = (
    "harbour council ferry bridge court strike budget school forest mayor railway clinic museum storm quarry".split()
)
VERBS = "opened delayed refused praised inspected closed repaired questioned rebuilt defended sold counted".split()
PLACES = "Eastholm Norby Salt Quay Millford Ostra Karve Lindow Pell Tarn Hove Brack".split()


@dataclass(frozen=True)
class Made:
    """A story as it was written: its page, and which of its passages are furniture and which the story's."""

    url: str
    headline: str
    html: bytes
    furniture: frozenset[str]
    story: frozenset[str]


@dataclass(frozen=True)
class Figures:
    """Passages of furniture in the pages and left in what is read, and of the story lost there."""

    furniture: int
    left_alone: int
    left: int
    lost_alone: int
    lost: int
    story: int


def sentence(random: Random) -> str:
    return (
        f"The {random.choice(NOUNS)} of {random.choice(PLACES)} {random.choice(VERBS)} the {random.choice(NOUNS)}"
        f" {random.randint(2, 90)} days after the {random.choice(NOUNS)} was {random.choice(VERBS)} by the"
        f" {random.choice(NOUNS)} in {random.choice(PLACES)}."
    )


def paragraph(random: Random, least: int = 1) -> str:
    return " ".join(sentence(random) for _ in range(random.randint(least, 3)))


def stories(site: int, number: int) -> Iterator[Made]:
    """The stories of one site, its furniture round and among them."""
    random = Random(site)
    prompt = f"Stay with the {random.choice(NOUNS)} of {random.choice(PLACES)}: our letter comes on every market day."
    above = f"This story is part of the {random.choice(NOUNS)} series, a long look at the {random.choice(NOUNS)} here."
    below = f"Do you know more about the {random.choice(NOUNS)}? Write to the desk in {random.choice(PLACES)} about it."
    authors = [
        f"{name} covers the {random.choice(NOUNS)} and the {random.choice(NOUNS)} for us." for name in PLACES[:5]
    ]
    backgrounds = [paragraph(random, 2) for _ in range(3)]
    for at in range(number):
        body = [paragraph(random) for _ in range(random.randint(5, 12))]
        if at % 4 == 1:
            body.insert(random.randint(2, 4), backgrounds[at % 3])
        if at % 9 == 2:
            body.append(backgrounds[at % 3])
        around = [*([above] if at % 5 < 2 else []), *body[:3], prompt, *body[3:], authors[at % 5], below]
        headline = f"{random.choice(PLACES)} {random.choice(VERBS)} the {random.choice(NOUNS)}, story {at} of the week"
        text = "".join(f"<p>{each}</p>" for each in around)
        html = f"<html><title>{headline}</title><body><article><h1>{headline}</h1>{text}</article></body></html>"
        furniture = {above, prompt, below, authors[at % 5]} & set(around)
        yield Made(f"https://site{site}.example/{at}", headline, html.encode(), frozenset(furniture), frozenset(body))


def measured(sites: int, number: int) -> Figures:
    """Reads the last half of each site's stories, with and without what is known of it."""
    counts = [0] * 6
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder, "library.db")) as store:
        reader = LibraryReader(store.connection)
        for site in range(sites):
            source = store.sources.add(Source(f"https://site{site}.example/feed", "feed", title=f"Site {site}"))
            made = list(stories(site, number))
            ids = [keep(store, source, each, at) for at, each in enumerate(made)]
            for entry_id, each in list(zip(ids, made, strict=True))[number // 2 :]:
                whole, read = reader.whole_article(entry_id), reader.article(entry_id)
                alone, told = ({passage_of(block) for block in one.body} for one in (whole, read) if one)
                found = (
                    len(each.furniture),
                    len(each.furniture & alone),
                    len(each.furniture & told),
                    len(each.story - alone),
                    len(each.story - told),
                    len(each.story),
                )
                counts = [have + more for have, more in zip(counts, found, strict=True)]
    return Figures(*counts)


def keep(store: Store, source: int, made: Made, at: int) -> int:
    """A story as a refresh keeps it."""
    now = 1_790_000_000.0 + at * 3600
    wanted = store.entries.store_teaser(source, Teaser(made.url, made.headline), now)
    assert wanted
    store.articles.store_article(wanted.entry_id, extract(made.html, made.url), now)
    return wanted.entry_id


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sites", type=int, default=12)
    arguments.add_argument("--stories", type=int, default=24)
    chosen = arguments.parse_args()
    found = measured(chosen.sites, chosen.stories)
    print(f"furniture left: {found.left_alone} of {found.furniture} page by page, {found.left} with the site known")
    print(f"story lost:     {found.lost_alone} of {found.story} page by page, {found.lost} with the site known")


if __name__ == "__main__":
    main()
