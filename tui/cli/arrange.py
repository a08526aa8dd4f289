"""`arrange`: how a source is asked: how often, its budget, its proxy, the headers of a reader's own subscription."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from cache.arrangement import Arrangement
from cache.library import Library
from fetch.http.request import OF_HTTP_ITSELF
from fetch.http.url_parts import PROXY_SCHEMES, origin_of, without_user
from fetch.secret import Secret
from fetch.source import READABLE_AS
from tui.cli.common import WrongUsage, reference, with_library
from tui.cli.options import amount, size, source_option, span
from tui.cli.output import say


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
    parser.add_argument("--every", type=span, metavar="TIME", help="no sooner than so long after the last time: 6h, 2d")
    resting = parser.add_mutually_exclusive_group()
    resting.add_argument("--pause", action="store_true", help="ask it only where it is named")
    resting.add_argument("--resume", action="store_true", help="ask it with the others again")
    parser.add_argument("--read-as", choices=READABLE_AS, help="read what it answers as this")
    parser.add_argument("--plain", action="store_true", help="take all of this away")


def header(text: str) -> tuple[str, str]:
    """A request header as people write it: `Name: value`."""
    name, colon, value = text.partition(":")
    if not colon or not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", name.strip()) or not value.strip().isprintable():
        raise ArgumentTypeError(f"{text!r} is not a header such as 'Accept-Language: ja'")
    return header_name(name), value.strip()


def header_name(text: str) -> str:
    """The name of a header that is a reader's to send."""
    if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", text.strip()):
        raise ArgumentTypeError(f"{text!r} is not the name of a header such as Cookie")
    if text.strip().lower() in OF_HTTP_ITSELF:
        raise ArgumentTypeError(f"{text.strip()} is a header that every request has a value of its own for")
    return text.strip()


def proxy(text: str) -> str:
    """A proxy's address; "" takes it away."""
    plain = without_user(text)[0]
    scheme, mark, place = plain.partition("://")
    if text and (not mark or scheme.lower() not in PROXY_SCHEMES or not origin_of(f"http://{place}")):
        raise ArgumentTypeError(f"{text!r} is not a proxy such as http://proxy.harbour.example:3128")
    return text


def origin(text: str) -> str:
    """A web address, as its origin alone."""
    if not (found := origin_of(text)):
        raise ArgumentTypeError(f"{text!r} is not an origin such as https://www.harbour.example")
    return found


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
