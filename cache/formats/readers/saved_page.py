"""A page that a browser or SingleFile saved: the article in it, under the address that the page says it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING

from cache.db.acts import KeptFacts, TimedAct
from cache.entry import Entry
from cache.formats.exchanged_articles import Incoming
from cache.formats.readers.story import LeftStory
from fetch.errors import NewsError
from fetch.extract import extract
from fetch.links import absolute, canonical, is_home
from fetch.text import clean

if TYPE_CHECKING:
    from pathlib import Path

_HEAD = 400_000
"""Characters in which a page says where it is from; SingleFile puts styles before its links."""
_TAG = re.compile(r"<(?:link|meta)\b[^<>]{0,4000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)([^\s<>]{1,4000})\s", re.IGNORECASE)
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s([^<>]{0,8000}?)-->")
_LINE = re.compile(r"^[ \t]*(url|saved date):(.*)$", re.MULTILINE)
_ZONE = re.compile(r" GMT([+-]\d{4}).*")


def read(path: Path, body: bytes) -> Incoming | LeftStory:
    """The article in a saved page, or why there is none."""
    head = body[:_HEAD].decode("latin-1" if b"\0" not in body[:200] else "utf-16", "replace")
    url = address_of(head)
    if not url:
        return LeftStory(path.name, "without a word on where it is from: no canonical address, no comment of its saver")
    saved = _saved_at(head) or path.stat().st_mtime
    when = datetime.fromtimestamp(saved, UTC)
    try:
        article = extract(body, url, content_type="text/html", fetched=when)
    except NewsError as error:
        return LeftStory(path.name, f"no article: {clean(str(error)).removeprefix(url).strip(' :')}")
    article = replace(article, url=url)
    entry = Entry(
        0,
        url,
        article.headline or url,
        authors=article.authors,
        published=article.published,
        fetched=when,
        dateline=article.dateline,
        section=article.section,
        language=article.language,
        summary=article.dek,
        saved=True,
        offline="part" if article.reason else "full",
        reason=article.reason,
    )
    return Incoming(entry, article, KeptFacts(seen=int(saved), acts=(TimedAct("saved", True, saved),)))


def address_of(head: str) -> str:
    """The address a page says it has: as canonical, in what is shared of it, in the comment of what saved it."""
    saved_from = next(iter(_saver_says(head)), "")
    for said in (*_page_says(head), *_saver_says(head)):
        url = canonical(absolute(unescape(said), saved_from))
        if url.startswith(("http://", "https://")) and not (is_home(url) and saved_from and not is_home(saved_from)):
            return url
    return ""


def _page_says(head: str) -> Iterator[str]:
    tags = [
        {name.lower(): first or second or third for name, first, second, third in _ATTRIBUTE.findall(tag)}
        for tag in _TAG.findall(head)
    ]
    yield from (each.get("href", "") for each in tags if "canonical" in each.get("rel", "").lower().split())
    yield from (each.get("content", "") for each in tags if each.get("property", "").lower() == "og:url")


def _saver_says(head: str) -> Iterator[str]:
    for found in _SINGLE_FILE.finditer(head):
        yield from (value.strip() for name, value in _LINE.findall(found[1]) if name == "url")
    yield from (found[1] for found in _SAVED_FROM.finditer(head))


def _saved_at(head: str) -> float:
    """When SingleFile says that it saved the page; 0 where it does not."""
    for found in _SINGLE_FILE.finditer(head):
        for name, value in _LINE.findall(found[1]):
            if name == "saved date":
                try:
                    return datetime.strptime(_ZONE.sub(r" \1", value.strip()), "%a %b %d %Y %H:%M:%S %z").timestamp()
                except ValueError:
                    return 0.0
    return 0.0
