"""What reads, matches and sets, and what it is fed with over and over, to see how its cost grows."""

from __future__ import annotations

import contextlib
import functools
import gc
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from cache.diff import compare
from cache.highlight import Highlight, TextPlace, TextRange
from cache.related.sentences import quantities, sentences
from cache.rules.anchoring import highlight_of, placed
from cache.search.query import parse as parse_query
from fetch.article import Article, Cell, Code, Paragraph, Points, Quote, Span, Table, count_words
from fetch.dateline import split_dateline
from fetch.dates import parse_date, whole_date
from fetch.errors import FetchError
from fetch.extract import extract, extract_fragment
from fetch.extract.facts.dek import dek_beside
from fetch.extract.facts.names import folded_letters, names_in
from fetch.extract.markup.document import charset_of
from fetch.feeds import parse_feed
from fetch.feeds.entry import authors_in, picture_in, plain_text, with_absolute_links
from fetch.feeds.feed_dates import feed_date
from fetch.feeds.outlines import read_outlines
from fetch.feeds.sitemap import parse_sitemap
from fetch.http.redirects import location, refresh_in
from fetch.http.response import http_date, retry_after, wait
from fetch.http.robots import parse_robots
from fetch.link_classifier.classifier import headline_from, is_sponsored, likelihood
from fetch.links import absolute, canonical
from fetch.sections import find_teasers
from fetch.sections.section import next_page
from fetch.text import clean, clean_lines, clean_run, drawable, unescape
from tui.panes.page_find import find
from tui.panes.page_highlights import PageHighlights
from tui.typeset.article import TextSetting, lay_out
from tui.typeset.cells import as_drawn, cells, clusters, head
from tui.typeset.wrap import break_lines, clip, pad, wrap, wrap_evenly, wrap_within

URL = "https://paper.example/2026/05/05/bridge"
NOW = datetime(2026, 5, 5, tzinfo=UTC)
STORY = "".join(
    f"<p>On day {n} the council met and spoke at length about the old bridge number {n}.</p>" for n in range(8)
)
MARKUP = (
    "<br>", "a<br>", "<p>a b", "<div>", "<a href='/2026/05/05/a-b-c-d'>Word of a story</a>", "<ul><li>", "<b id=x>",
    "<code>a<br>", "<table><tr><td>a", "<sup>1</sup>", "<!--", "<script ", "<style>", "<x-y title=a url=b>",
    '<a href="', "&", '"', "<figure><img src=a><figcaption>b", "--> ",
)  # fmt: skip
TEXT = (
    "a", "a ", " ", "a b c d. ", "A. ", "1", "5 May 2026 ", "A, ", " | ", "(", "a@", "/", "&", "%", "-", " and ", "一",
    "港湾", "हिन्दी ", "\u0301", "a\u200d", "\u200b", "👍🏽", "Mr. ", "<a ",
)  # fmt: skip


def highlighted(text: str) -> PageHighlights:
    """The text in lines of 16 characters, each of which is highlighted."""
    lines = "\n".join(text[at : at + 16] for at in range(0, len(text), 16))
    places = (TextPlace(at, min(at + 16, len(lines)), 1) for at in range(0, len(lines), 17))
    return PageHighlights(lines, [Highlight("a", place=place) for place in places], lambda at: None)


def page(text: str) -> bytes:
    return f"<html><title>Bridge</title><article><h1>Bridge</h1>{STORY}{text}</article>".encode("utf-8", "replace")


def rss(text: str) -> bytes:
    return f"<rss version='2.0'><channel><item><title>S</title><link>{URL}</link><description>{text}".encode(
        "utf-8", "replace"
    )


def whole_rss(text: str) -> bytes:
    text = text.replace("]]>", "")
    return rss(f"<![CDATA[{text}]]></description></item></channel></rss>")


def fragment(text: str) -> object:
    return extract_fragment(text, URL)


def laid(*blocks: Any) -> list[Any]:
    return list(lay_out(Article(URL, "S", tuple(blocks)), 60, now=NOW))


def claims(text: str) -> bytes:
    return page(f'<script type=\'application/ld+json\'>{{"headline": "{text}</script>')


ON_MARKUP: dict[str, Callable[[str], object]] = {
    "extract": lambda text: extract(page(text), URL),
    "extract of claims": lambda text: extract(claims(text), URL),
    "find_teasers": lambda text: find_teasers(page(text), URL),
    "next_page": lambda text: next_page(page(text), URL),
    "extract_fragment": fragment,
    "parse_feed": lambda text: parse_feed(whole_rss(text), "", URL),
    "parse_feed of no XML": lambda text: parse_feed(rss(text + "&<b>"), "", URL),
    "plain_text": plain_text,
    "with_absolute_links": lambda text: with_absolute_links(text, URL),
    "picture_in": lambda text: picture_in("<img " + text, URL),
    "read_outlines": lambda text: read_outlines(f"<opml><body>{text}<outline text=".encode("utf-8", "replace")),
    "parse_sitemap": lambda text: parse_sitemap(f"<urlset><url><loc>{text}".encode("utf-8", "replace"), URL),
    "refresh_in": lambda text: refresh_in(
        ("<html><meta http-equiv=refresh content='" + text).encode("utf-8", "replace")
    ),
}
ON_TEXT: dict[str, Callable[[str], object]] = {
    "clean": clean,
    "clean_run": clean_run,
    "clean_lines": clean_lines,
    "drawable": drawable,
    "unescape": unescape,
    "absolute": lambda text: absolute(text, URL),
    "canonical": lambda text: canonical("https://a.example/" + text),
    "split_dateline": lambda text: split_dateline(text, "A story"),
    "parse_date": parse_date,
    "whole_date": whole_date,
    "feed_date": feed_date,
    "authors_in": lambda text: authors_in([text]),
    "names_in": lambda text: names_in(clean(text)),
    "folded_letters": folded_letters,
    "dek_beside": lambda text: dek_beside(clean(text)[:20_000], "A story", [clean(text)]),
    "count_words": count_words,
    "sentences": lambda text: list(sentences(text)),
    "quantities": lambda text: list(quantities(text)),
    "parse_query": parse_query,
    "PageHighlights": highlighted,
    "placed": lambda text: placed(text, [highlight_of(TextRange(text, 0, len(text) // 2)), Highlight(text[:9])]),
    "compare": lambda text: compare(text, text + "b"),
    "location": location,
    "http_date": http_date,
    "wait": lambda text: wait({"cache-control": text, "expires": text, "age": text}, NOW),
    "retry_after": lambda text: retry_after({"retry-after": text}, NOW),
    "parse_robots": lambda text: parse_robots(text.encode("utf-8", "replace")),
    "charset_of": lambda text: charset_of(b"<meta " + text.encode("utf-8", "replace"), "text/html; charset" + text),
    "likelihood": lambda text: likelihood(text, "https://a.example/" + text),
    "is_sponsored": lambda text: is_sponsored(text, "https://a.example/" + text),
    "headline_from": lambda text: headline_from("https://a.example/" + text),
    "cells": cells,
    "as_drawn": as_drawn,
    "clusters": lambda text: list(clusters(text)),
    "head": lambda text: head(text, 40),
    "break_lines": lambda text: break_lines(text, 60),
    "wrap_evenly": lambda text: wrap_evenly(text, 60),
    "wrap_within": lambda text: wrap_within(text, 60, 3),
    "clip": lambda text: clip(text, 60),
    "pad": lambda text: pad(text, 60),
    "wrap narrow": lambda text: wrap(text, 1),
    "lay_out": lambda text: laid(Paragraph((Span(clean(text)),))),
    "lay_out sliding code": lambda text: list(
        lay_out(Article(URL, "S", (Code(clean_lines(text), "python"),)), 60, now=NOW, setting=TextSetting(sliding=True))
    ),
    "find on a page": lambda text: find("a b", [text]),
    "lay_out spans": lambda text: laid(Paragraph(tuple(Span(each, strong=True) for each in text))),
    "lay_out code": lambda text: laid(Code(clean_lines(text))),
    "lay_out quote": lambda text: laid(Quote((Paragraph((Span(clean(text)),)),))),
    "lay_out table": lambda text: laid(Table(((Cell((Span(clean(text)),)), Cell((Span("b"),))),))),
    "lay_out rows": lambda text: laid(Table(tuple((Cell((Span(each),)),) for each in text))),
    "lay_out points": lambda text: laid(Points(tuple((Paragraph((Span(each),)),) for each in text))),
    "extract of a paragraph": lambda text: extract(page("<p>" + text), URL),
    "find_teasers of a link": lambda text: find_teasers(page(f"<a href=/2026/05/05/a>{text}</a>"), URL),
    "extract of plain text": lambda text: extract(f"S\n\n{'z' * 130}\n{text}".encode("utf-8", "replace"), URL),
    "extract of lines": lambda text: extract(
        f"S\n\n{'z' * 130}\n{text}".replace(" ", "\n").encode("utf-8", "replace"), URL, content_type="text/plain"
    ),
    "extract of an address": lambda text: extract(page(f"<p>a <a href='/{text}'>b</a>"), URL),
    "find_teasers of an address": lambda text: find_teasers(page(f"<a href='/{text}'>A story of a bridge</a>"), URL),
    "extract of a class": lambda text: extract(page(f"<p class='{text}'>a</p><span class='{text}'>b</span>"), URL),
    "extract of a caption": lambda text: extract(
        page(f"<figure><img src=/a><figcaption>{text}</figcaption></figure>"), URL
    ),
    "extract of a title": lambda text: extract(f"<title>{text}</title>".encode("utf-8", "replace") + page(""), URL),
    "extract of a headline": lambda text: extract(page(f"<h1>{text}</h1>"), URL),
    "extract of an author": lambda text: extract(
        page(f"<meta name=author content='{text}'><div class=author>{text}</div>"), URL
    ),
    "extract of a date": lambda text: extract(page(f"<time datetime='{text}'>{text}</time>"), URL),
    "extract of code": lambda text: extract(page(f"<pre>{text}</pre>"), URL),
    "extract of claims": lambda text: extract(claims(text), URL),
    "extract of state": lambda text: extract(f'<script>a={{"b": "{text}</script>'.encode("utf-8", "replace"), URL),
    "parse_feed of a title": lambda text: parse_feed(
        f"<rss><channel><item><title><![CDATA[{text}]]></title></item></channel></rss>".encode("utf-8", "replace"),
        "",
        URL,
    ),
    "parse_feed of an author": lambda text: parse_feed(
        f"<rss><channel><item><title>a</title><author><![CDATA[{text}]]></author><pubDate><![CDATA[{text}]]></pubDate></item></channel></rss>".encode(
            "utf-8", "replace"
        ),
        "",
        URL,
    ),
    "parse_feed of a link": lambda text: parse_feed(
        f"<rss><channel><item><title>a</title><link><![CDATA[{text}]]></link><guid><![CDATA[{text}]]></guid></item></channel></rss>".encode(
            "utf-8", "replace"
        ),
        "",
        URL,
    ),
}
_OURS = ("fetch", "cache", "tui")


@functools.cache
def memories() -> tuple[functools._lru_cache_wrapper[object], ...]:
    """What our functions remember, which must not answer in their place."""
    every = (one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper))
    return tuple(one for one in every if str(getattr(one, "__module__", "")).partition(".")[0] in _OURS)


def seconds(name: str, text: str, times: int = 1) -> float:
    """The processor's time that what bears this name takes for a text, the least of some runs."""
    read = (ON_MARKUP | ON_TEXT)[name]

    def runs() -> Iterator[float]:
        for _ in range(times):
            for memory in memories():
                memory.cache_clear()
            gc.disable()  # its passes over all there is fall now into one run, now into another
            began = time.process_time()
            with contextlib.suppress(FetchError):
                read(text)
            took = time.process_time() - began
            gc.enable()
            yield took

    return min(runs())
