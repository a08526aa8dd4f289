"""`extract`: the article in a saved page or at an address, without keeping it."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from contextlib import nullcontext
from pathlib import Path

from fetch.errors import NewsError
from tui.cli import breaking_off
from tui.cli.article import form_options, print_article
from tui.cli.common import is_address
from tui.cli.options import width_option
from tui.cli.output import say

_MOST = 8_000_000  # bytes of a saved page, as of one that is fetched


class NoSuchPage(NewsError):
    """The saved page could not be read."""


def options(parser: ArgumentParser) -> None:
    """What `extract` takes."""
    parser.add_argument("page", metavar="FILE|URL", help="a saved page, an address, or - for standard input")
    parser.add_argument("--url", default="", metavar="URL", help="the address the saved page came from")
    form = form_options(parser)
    form.add_argument("--explain", action="store_true", help="say of each block why it was kept or dropped")
    width_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Print the article in a saved page or at an address; no library, so no `home`, is needed."""
    if is_address(chosen.page):
        return breaking_off.run(_extract_address(chosen))
    page = _saved(chosen.page)
    if chosen.explain:
        _explain(page, chosen.url)
    else:
        from fetch.listing import read_article

        article, _ = read_article(page, chosen.url)
        print_article(chosen, article, None)
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
            print_article(chosen, await fetcher.article(chosen.page), None)
    return 0


def _saved(name: str) -> bytes:
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            page = file.read(_MOST + 1)  # a device or a pipe may never end
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "that is no file name"
        raise NoSuchPage(f"The page {name} cannot be read: {reason}.") from error
    if len(page) > _MOST:
        raise NoSuchPage(f"The page {name} is larger than {_MOST // 1_000_000} MB.")
    return page
