"""Articles that are spread over several pages: where the next one is, and how they are put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fetch.article import Article, Block, Paragraph, plain
from fetch.extract.markup.page_index import PageIndex
from fetch.links import absolute, canonical

_NUMBERED = re.compile(
    r"^(?P<stem>.*?)(?P<mark>[?&](?:page|p|seite|pagina|paged)=|/(?:page|seite|pagina)[/-]?|[-_,]p(?:age)?-?)(?P<number>\d{1,2})(?P<rest>/?(?:\.html?)?/?)$",
    re.I,
)
_NEXT = re.compile(
    r"^(?:next(?: page)?|nächste(?: seite)?|weiter|suivante?|page suivante|siguiente|próxima(?: página)?|volgende"
    r"|pagina successiva|следующая|下一页|次へ|次のページ|[›»>→]+|\d{1,2})$",
    re.I,
)
_HIGHEST_NUMBER = 20


def next_page_url(page: PageIndex, url: str) -> str:
    """The URL of the next page of the same article, "" where this is the last or the only one."""
    here = canonical(url)
    if page.next_link and (address := _same_story(absolute(page.next_link, url), here)):
        return address
    body = page.tree.body
    for link in body.css(_PAGERS) if body else ():
        address = _same_story(absolute(link.attributes.get("href") or "", url), here)
        if address and _NEXT.match(" ".join(link.text().split()) or "next"):
            return address
    return ""


_PAGERS = "a[rel~=next],.pagination a,.pager a,[class*=pagination] a,[class*=page-numbers],[class*=next-page]"


def _same_story(address: str, here: str) -> str:
    """The address if it is the page after this one of the same story, by its number."""
    there = canonical(address)
    stem, number = _numbered(there)
    own_stem, own_number = _numbered(here)
    if there and stem == own_stem and number == own_number + 1 and number <= _HIGHEST_NUMBER:
        return there
    return ""


def _numbered(address: str) -> tuple[str, int]:
    """The address without its page number, and the number: 1 where it names none."""
    found = _NUMBERED.match(address)
    if not found:
        return address.rstrip("/").removesuffix(".html").removesuffix(".htm"), 1
    return found["stem"].rstrip("/").removesuffix(".html").removesuffix(".htm"), int(found["number"])


def join_pages(pages: Sequence[Article]) -> Article:
    """One article of several pages: the first's facts, all bodies in order, what each page says again said once."""
    first = pages[0]
    if len(pages) == 1:
        return first
    seen: set[str] = set()
    body: list[Block] = []
    for article in pages:
        here: set[str] = set()
        for block in article.body:
            text = plain(block.spans) if isinstance(block, Paragraph) else ""
            if text and text in seen:
                continue
            here.add(text)
            body.append(block)
        seen |= here
    related = {teaser.url: teaser for article in reversed(pages) for teaser in reversed(article.related)}
    others = {article.url for article in pages}
    return replace(
        first,
        body=tuple(body),
        related=tuple(teaser for teaser in reversed(related.values()) if teaser.url not in others),
    )
