"""`arrange`: how a source is asked: how often, its budget, its proxy, the headers of a reader's own subscription."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from cache.arrangement import Arrangement
from cache.library import Library
from fetch.secret import Secret
from fetch.source import READABLE_AS
from tui import request_settings
from tui.cli.common import WrongUsage, reference, with_library
from tui.cli.options import amount, size, source_option, span
from tui.cli.output import say

T = TypeVar("T")


def options(parser: ArgumentParser) -> None:
    """What `arrange` takes."""
    source_option(parser)
    parser.add_argument("--max-bytes", type=size, metavar="N", help="at most so many bytes a refresh, such as 300k")
    parser.add_argument("--most", type=amount, metavar="N", help="at most so many articles a refresh, such as 50")
    parser.add_argument("--proxy", type=proxy, metavar="URL", help="ask it through this proxy")
    parser.add_argument("--header", type=header, action="append", default=[], metavar="'NAME: VALUE'", help="send this")
    parser.add_argument(
        "--secret",
        type=header_name,
        action="append",
        default=[],
        metavar="NAME",
        help="send this header; its value is asked for",
    )
    parser.add_argument(
        "--also-to", type=origin, action="append", default=[], metavar="ORIGIN", help="send the headers there too"
    )
    parser.add_argument(
        "--every",
        type=every,
        metavar="TIME",
        help="no sooner than so long after the last time: 6h, 2d; 0 for no such time",
    )
    resting = parser.add_mutually_exclusive_group()
    resting.add_argument("--pause", action="store_true", help="ask it only where it is named")
    resting.add_argument("--resume", action="store_true", help="ask it with the others again")
    parser.add_argument("--read-as", choices=READABLE_AS, help="read what it answers as this")
    parser.add_argument("--plain", action="store_true", help="take all of this away")


def every(text: str) -> int:
    """Seconds between two times that it is asked, 0 for as few as it publishes by."""
    return 0 if text.strip() == "0" else span(text)


def checked(read: Callable[[str], T], text: str) -> T:
    """What a value says, for argparse."""
    try:
        return read(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error).rstrip(".")) from None


header = partial(checked, request_settings.header)
header_name = partial(checked, request_settings.header_name)
proxy = partial(checked, request_settings.proxy)
origin = partial(checked, request_settings.origin)


def run(chosen: Namespace, home: str | None) -> int:
    """Set how a source is asked; a secret is read from the terminal or standard input, and kept where secrets are."""
    from cache.refresh.own_headers import ORIGINS

    if chosen.also_to and not (chosen.header or chosen.secret):
        raise WrongUsage("--also-to says where headers go: name them with --header or --secret in the same command.")

    async def work(library: Library) -> int:
        source = library.source(reference(chosen.source))
        if chosen.read_as and source.kind not in READABLE_AS:
            raise WrongUsage(f"{source.title} is no list of stories that could be read otherwise.")
        headers: dict[str, str | Secret] = dict(chosen.header)
        for name in chosen.secret:
            headers[name] = Secret(_asked_for(name))
        if chosen.also_to:
            headers[ORIGINS] = " ".join(chosen.also_to)
        if chosen.plain:
            await library.arrange(source.id, Arrangement(0, 0, "", {}, every=0, paused=False))
        else:
            paused = True if chosen.pause else False if chosen.resume else None
            limits = Arrangement(chosen.max_bytes, chosen.most, chosen.proxy, headers or None)
            await library.arrange(source.id, limits._replace(every=chosen.every, paused=paused, kind=chosen.read_as))
        say(f"{source.title or source.url} will be asked {'as any source is' if chosen.plain else 'as arranged'}.")
        return 0

    return with_library(home, work)


def _asked_for(name: str) -> str:
    """The value of a header, typed unseen or piped in."""
    from getpass import getpass

    return getpass(f"{name}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
