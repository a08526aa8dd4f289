"""A store worker and a parser that pages can kill: `python -m tests.cache.refresh.dying worker LIBRARY`, `… parser`.

They are the real ones; only that a page whose text says so crashes them, breaks them or never lets go of them, as a
fault in a parser would.
"""

from __future__ import annotations

import os
import signal
import sys
import time

import cache.refresh.parser_process
import cache.refresh.parsing
import cache.refresh.store_worker
from cache.refresh.parsing import Page, read_page
from fetch.http.response import Response
from fetch.listing import Listing, read_listing
from fetch.source import Kind

CRASHES, BREAKS, ENDLESS = "This crashes whoever reads it.", "This breaks whoever reads it.", "This never ends."


def deadly(body: bytes) -> None:
    """Does to this process what the page says."""
    if CRASHES.encode() in body:
        os.kill(os.getpid(), signal.SIGKILL)
    if BREAKS.encode() in body:
        raise ZeroDivisionError("a fault in a parser")
    while ENDLESS.encode() in body:
        time.sleep(60)


def _page(answer: Response) -> Page:
    deadly(answer.body)
    return read_page(answer)


def _listing(kind: Kind, answer: Response) -> Listing:
    deadly(answer.body)
    return read_listing(kind, answer)


if __name__ == "__main__":
    for module in (cache.refresh.store_worker, cache.refresh.parsing):
        setattr(module, "read_page", _page)  # noqa: B010 - their own, not what they publish
        setattr(module, "read_listing", _listing)  # noqa: B010
    part = sys.argv.pop(1)
    (cache.refresh.store_worker if part == "worker" else cache.refresh.parser_process).main()
