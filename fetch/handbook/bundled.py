"""The handbook edition: pages that come with the program, at addresses of the scheme `broadsheet:`."""

from __future__ import annotations

import re
from importlib.resources import files

from fetch.errors import BadStatus

SCHEME = "broadsheet:"
_ADDRESS = re.compile(r"broadsheet:(?://)?handbook(?:/([a-z0-9-]+))?/?(?:[?#].*)?")


def page(url: str) -> tuple[bytes, str]:
    """The body and content type of a handbook address; raises BadStatus (404) where the handbook has no such page."""
    found = _ADDRESS.fullmatch(url)
    name = f"{found[1]}.html" if found and found[1] else "feed.xml"
    file = files("fetch").joinpath("handbook", name)
    if not found or not file.is_file():
        raise BadStatus(f"{url} is not a page of the handbook.", url, status=404, reason="not found")
    return file.read_bytes(), "text/html; charset=utf-8" if found[1] else "application/rss+xml; charset=utf-8"


def edition() -> list[str]:
    """The pages as articles in the order of the feed, a line of JSON each; tests/bench/handbook_edition.py sets it."""
    return files("fetch").joinpath("handbook", "edition.jsonl").read_text(encoding="utf-8").splitlines()
