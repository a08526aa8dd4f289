"""`arrange`: how a source is asked: its byte budget, its proxy, the headers of a reader's own subscription."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from cache.library import Library
from tui.cli.common import reference, with_library
from tui.cli.options import size, source_option
from tui.cli.output import say


def options(parser: ArgumentParser) -> None:
    """What `arrange` takes."""
    source_option(parser)
    parser.add_argument("--max-bytes", type=size, metavar="N", help="at most so many bytes a refresh, such as 300k")
    parser.add_argument("--proxy", metavar="URL", help="ask it through this proxy")
    parser.add_argument("--header", type=header, action="append", default=[], metavar="'NAME: VALUE'", help="send this")
    parser.add_argument(
        "--secret", action="append", default=[], metavar="NAME", help="send this header; its value goes to the keyring"
    )
    parser.add_argument("--plain", action="store_true", help="take all of this away")


def header(text: str) -> tuple[str, str]:
    """A request header as people write it: `Name: value`."""
    name, colon, value = text.partition(":")
    if not colon or not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", name.strip()) or not value.strip().isprintable():
        raise ArgumentTypeError(f"{text!r} is not a header such as 'Accept-Language: ja'")
    return name.strip(), value.strip()


def run(chosen: Namespace, home: str | None) -> int:
    """Set how a source is asked; a secret is read from the terminal or standard input and goes to the keyring."""
    from cache.refresh.own_headers import IN_KEYRING

    async def work(library: Library) -> int:
        source = library.source(reference(chosen.source))
        headers = dict(chosen.header)
        for name in chosen.secret:
            _keep_secret(source.url, name)
            headers[name] = IN_KEYRING
        if chosen.plain:
            await library.arrange(source.id, max_bytes=0, proxy="", headers={})
        else:
            await library.arrange(
                source.id, max_bytes=chosen.max_bytes, proxy=chosen.proxy, headers=headers if headers else None
            )
        say(f"{source.title or source.url} will be asked {'as any source is' if chosen.plain else 'as arranged'}.")
        return 0

    return with_library(home, work)


def _keep_secret(url: str, name: str) -> None:
    from getpass import getpass

    from cache.refresh.own_headers import keep_secret

    value = getpass(f"{name}: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    keep_secret(url, name, value)
