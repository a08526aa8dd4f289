"""The verbs that print a text: `show` an article of the library, `extract` one from a page without keeping it."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace
from pathlib import Path

from cache.entry import Entry, Reading
from cache.errors import NoSuchEntry
from cache.formats.record import article_record
from cache.library import Library, open_reading
from fetch.article import Article
from fetch.errors import NewsError
from tui.cli.json import teaser_only
from tui.cli.output import complain, page_width, say, say_json, say_lines
from tui.cli.read import now, reference
from tui.typeset.article import as_text, lay_out, quoted


class NoSuchPage(NewsError):
    """The saved page could not be read."""


def show(chosen: Namespace, home: str | None) -> int:
    """Print an article, fetched first where it is not on disk; 1 where only its teaser could be had."""
    if chosen.story:
        from tui.cli.story import story

        return story(chosen, home)
    if chosen.changes:
        from tui.cli.changes import changes

        return changes(chosen, home)
    reading = _on_disk(chosen, home)
    if reading.article is None:
        reading = _fetched(chosen, home)
    if reading.article is not None:
        _print(chosen, reading.article, reading.entry)
        return 0
    if reading.entry is not None:
        _print_teaser(chosen, reading.entry)
    complain(reading.notice or "The text of this article could not be had.")
    return 1


def _on_disk(chosen: Namespace, home: str | None) -> Reading:
    ref = reference(chosen.ref)
    with open_reading(home) as library:
        try:
            return Reading(library.entry(ref), library.article(ref))
        except NoSuchEntry:
            if "://" not in chosen.ref and not chosen.ref.startswith("broadsheet:"):
                raise
            return Reading(None, None)


def _fetched(chosen: Namespace, home: str | None) -> Reading:
    from tui.cli.write import with_library

    async def work(library: Library) -> Reading:
        return await library.read(reference(chosen.ref))

    return with_library(home, work)


def _print(chosen: Namespace, article: Article, entry: Entry | None) -> None:
    if chosen.json:
        say_json(article_record(article, entry))
    elif chosen.markdown:
        from cache.formats.markdown import render

        say_lines(render(article, entry))
    else:
        source = entry.source if entry else ""
        say_lines(as_text(lay_out(article, page_width(chosen.width), now=now(), source=source)))


def _print_teaser(chosen: Namespace, entry: Entry) -> None:
    if chosen.json:
        say_json(teaser_only(entry))
        return
    teaser = Article(entry.url, entry.headline, quoted(entry.summary), entry.authors, entry.published)
    say_lines(as_text(lay_out(teaser, page_width(chosen.width), now=now(), source=entry.source)))


def extract(chosen: Namespace, home: str | None) -> int:
    """Print the article in a saved page or at an address; nothing is kept."""
    if "://" in chosen.page or chosen.page.startswith("broadsheet:"):
        return asyncio.run(_extract_address(chosen))
    page = _saved(chosen.page)
    if chosen.explain:
        _explain(page, chosen.url)
    else:
        from fetch.extract import extract as from_page

        _print(chosen, from_page(page, chosen.url), None)
    return 0


def _explain(page: bytes, url: str) -> None:
    from fetch.extract import explain

    for line in explain(page, url):
        say(line)


async def _extract_address(chosen: Namespace) -> int:
    from fetch.fetcher import Fetcher, Request

    async with Fetcher() as fetcher:
        if chosen.explain:
            response = await fetcher.page(Request(chosen.page, reach="anywhere"))
            _explain(response.body, response.url)
        else:
            _print(chosen, await fetcher.article(chosen.page), None)
    return 0


def _saved(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "that is no file name"
        raise NoSuchPage(f"The page {name} cannot be read: {reason}.") from error
