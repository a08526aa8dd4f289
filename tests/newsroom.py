"""Feeds and pages of an invented paper, the Harbour Gazette, for tests that need some news."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path

from cache.db.fetch_plan import Wanted
from cache.progress import Progress
from cache.refresh import storing
from cache.refresh.options import RefreshOptions
from cache.refresh.process import run_here
from cache.rules.http_state import NEVER
from cache.writes.entry_names import Listed
from cache.writes.store import Store, open_store
from fetch.article import Teaser
from fetch.fetcher import Fetcher
from fetch.http.request import Deadlines
from fetch.listing import Listing
from fetch.source import Kind, Source
from tests.loopback import Loopback

PATIENTLY = Deadlines(connect=10.0, read=10.0, total=30.0)
QUICKLY = Deadlines(connect=2.0, read=0.5, total=4.0)
"""For tests whose server keeps silent on purpose."""
RSS = "application/rss+xml; charset=utf-8"
_SENTENCES = (
    "The harbour board met on Monday to hear how the repair of the eastern mole is going.",
    "Its engineer, Ilsabe Torvik, said that two of the nine caissons had been set and that a third would follow.",
    "Fishermen asked for a berth on the lee side while the work lasts, and were promised an answer within a week.",
    "The board will meet again when the spring tides are over, and the minutes will be read out in the market hall.",
)


def feed(
    base: str, slugs: Sequence[str], *, title: str = "Harbour Gazette", content: str = "", teaser: str = ""
) -> str:
    """An RSS feed at `base` whose stories lie at `/news/<slug>`, the newest first."""
    items = "".join(
        f"<item><title>{escape(headline(slug))}</title><link>{base}/news/{slug}</link>"
        f"<description>{teaser or 'What the board heard on Monday.'}</description>"
        f"<pubDate>Mon, {28 - place:02} Sep 2026 08:00:00 GMT</pubDate>"
        + (f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else "")
        + "</item>"
        for place, slug in enumerate(slugs)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><link>{base}/</link><description>News</description>{items}</channel></rss>"
    )


def headline(slug: str) -> str:
    return f"Harbour report: {slug.replace('-', ' ')}"


def text(slug: str) -> str:
    return "".join(
        f"<p>{sentence} {_SENTENCES[(place + 1) % 4]} ({slug})</p>" for place, sentence in enumerate(_SENTENCES)
    )


def page(slug: str, body: str = "") -> str:
    """An article page as a small paper's site would serve it."""
    name = escape(headline(slug))
    return (
        f"<!doctype html><html lang=en><head><title>{name} | Harbour Gazette</title>"
        f"<meta property='og:title' content='{name}'><meta property='og:type' content='article'></head><body>"
        "<nav><a href='/'>Home</a> <a href='/tides'>Tides</a></nav>"
        f"<main><article><h1>{name}</h1><p class=byline>By Ilsabe Torvik</p>{body or text(slug)}</article></main>"
        "<footer><a href='/imprint'>Imprint</a></footer></body></html>"
    )


def publish(site: Loopback, *slugs: str, at: str = "/feed", **more: str) -> None:
    """Puts a feed with these stories on a site, and their pages."""
    site.put(at, feed(site.url(""), slugs, **more), kind=RSS)
    for slug in slugs:
        site.put(f"/news/{slug}", page(slug))


def keep_listing(store: Store, source_id: int, teasers: Sequence[Teaser]) -> list[Wanted]:
    """Keeps what a source lists as a refresh does, in as many transactions as that takes; what is wanted of it."""
    listing, names, kept = Listing(tuple(teasers)), Listed(source_id, teasers), list[Wanted | None]()
    while len(kept) < len(teasers):
        kept += storing.listed(store, listing, storing.VisitEnd(source_id, NEVER), names, kept)
    return [wanted for wanted in reversed(kept) if wanted]


def receipt(library: Path) -> dict[str, object]:
    """What a library has complete."""
    with open_store(library) as store:
        return store.plan.receipt()


def subscribe(library: Path, url: str, kind: Kind = "feed") -> int:
    """Makes the library where there is none, and adds a source to it."""
    with open_store(library) as store:
        return store.sources.add(Source(url, kind))


@asynccontextmanager
async def fetcher(deadlines: Deadlines = PATIENTLY) -> AsyncIterator[Fetcher]:
    """A fetcher that a busy machine does not make impatient."""
    async with Fetcher(deadlines=deadlines) as one:
        yield one


async def refresh(
    library: Path, options: RefreshOptions | None = None, deadlines: Deadlines = PATIENTLY
) -> list[Progress]:
    """One whole refresh, with a network of its own as a new start of the program would have."""
    async with fetcher(deadlines) as one:
        return [progress async for progress in run_here(library, options or RefreshOptions(), fetcher=one)]


def steps(told: Sequence[Progress], step: str) -> list[Progress]:
    return [progress for progress in told if progress.step == step]
