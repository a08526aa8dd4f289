"""`arrange`: how a source is asked: its byte budget, its proxy, the headers of a reader's own subscription."""

from __future__ import annotations

import sys
from argparse import Namespace

from cache.library import Library
from tui.cli.output import say
from tui.cli.read import reference
from tui.cli.write import with_library

_IN_KEYRING = "@"  # in place of a header's value: the keyring holds it


def arrange(chosen: Namespace, home: str | None) -> int:
    """Set how a source is asked; a secret is read from the terminal or standard input and goes to the keyring."""

    async def work(library: Library) -> int:
        source = library.source(reference(chosen.source))
        headers = dict(chosen.header)
        for name in chosen.secret:
            _keep_secret(source.url, name)
            headers[name] = _IN_KEYRING
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
