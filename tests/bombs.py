"""Pages, feeds, sitemaps and texts made to cost the most that they can within the limits, each by a few bytes repeated.

As a program, it reads every one (or those named) in a process of its own and prints a line of JSON for each: its name,
seconds of processor, the most memory in bytes, and what came of it. Linux only.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

URL = "https://paper.example/news/2026/05/05/the-bridge"
_TREES = "alder birch cedar doum elder fir gum hazel".split()
_STORY = "".join(
    f"<p>On {tree} day the council met and spoke at length about the old {tree} bridge over the river, which is to be "
    f"mended in week {week}, as Ida Quill said.</p>"
    for week, tree in enumerate(_TREES)
)
TAGS = 145_000


class Bomb(NamedTuple):
    """What reads it: "feed", "sitemap", "page", "section" or "fragment"; and what makes it."""

    kind: str
    make: Callable[[], str | bytes]


def rss(items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{items}</channel></rss>'


def described(what: str, size: int = 6_000_000) -> str:
    """A feed whose one entry is described by something over and over."""
    text = what * (size // len(what))
    return rss(f"<item><title>S</title><link>{URL}</link><description><![CDATA[{text}]]></description></item>")


def ill_formed(what: str, size: int = 6_000_000) -> str:
    """As `described`, in a feed that is no XML."""
    text = what * (size // len(what))
    return rss(f"<item><title>S & x<b></title><link>{URL}</link><description>{text}</description></item>")


def page(what: str, head: str = "") -> str:
    return f"<html><head><title>Bridge</title>{head}</head><article><h1>Bridge</h1>{_STORY}{what}</article>"[:8_000_000]


def tags(what: str) -> str:
    """A page with as many tags as it may have."""
    return page(what * (TAGS // what.count("<")))


def numbered(form: str, count: int) -> str:
    return "".join(form.format(n=number) for number in range(count))


_ENDLESS_IN_FEEDS = ("<script ", "<script>", "<!--", '<a href="', "<img ", "<style>", "<", "&", "<b>", "<div>")
_AS_MANY = {
    "paragraphs": "<p>The council met.",
    "list": "<li>A point",
    "lists in lists": "<ul><li>a",
    "definitions": "<dl><dt>a<dd>b",
    "code with breaks": "<code>a<br>b</code>",
    "code": "<pre>a</pre>",
    "headings": "<h2>The story</h2>",
    "breaks": "a b c<br>",
    "pictures": "<img src=x>",
    "tables in tables": "<table><tr><td>",
    "bold paragraphs": "<b><p>",
    "figures": "<figure><img src=a><figcaption>b",
    "authors": "<a class=author rel=author>Ida Quill</a>",
    "metas": "<meta name=author content=a>",
    "cards": "<div class=card><h3><a href='/2026/05/05/the-bridge-is-mended'>The bridge is mended</a></h3>"
    "<p>It was long.</p><time>2026-05-05</time></div>",
    "claims": "<script type='application/ld+json'>{\"headline\":1}</script>",
}
_SOME = list(_AS_MANY.items())[::3]
_CLAIMS = "<script type='application/ld+json'>\"headline\" "
_STYLES = "".join(f"<b id={number}>" for number in range(499))
BOMBS = {
    "feed of 400,000 entries": Bomb(
        "feed", lambda: rss(numbered("<item><title>S {n}</title><link>https://p.example/{n}</link></item>", 300_000))
    ),
    "gzipped feed of 2,800,000 empty items": Bomb("feed", lambda: gzip.compress(rss("<item/>" * 2_800_000).encode())),
    "ill-formed feed of 300,000 entries": Bomb(
        "feed",
        lambda: rss(numbered("<item><title>& <b>{n}</title><link>https://p.example/{n}</link></item>", 250_000)),
    ),
    **{f"{what!r} in a feed": Bomb("feed", lambda what=what: described(what)) for what in _ENDLESS_IN_FEEDS},
    **{f"{what!r} in no XML": Bomb("feed", lambda what=what: ill_formed(what)) for what in _ENDLESS_IN_FEEDS},
    "entry of 800,000 categories": Bomb("feed", lambda: rss(f"<item>{'<category>a</category>' * 800_000}</item>")),
    "feed that is one tag": Bomb("feed", lambda: rss("<item><title " + numbered('a{n}="" ', 900_000) + ">S")),
    "feed of 5,000,000 elements within each other": Bomb("feed", lambda: "<a>" * 5_000_000),
    "feed with a namespace an element": Bomb("feed", lambda: numbered('<a xmlns:n{n}="u{n}">', 300_000)),
    "feed in another charset's controls": Bomb("feed", lambda: rss("<item><title>" + "\x96" * 6_000_000)),
    "JSON feed of 300,000 items": Bomb(
        "feed", lambda: json.dumps({"items": [{"id": n, "title": n} for n in map(str, range(300_000))]})
    ),
    "JSON feed of 6,000,000 lists": Bomb("feed", lambda: '{"items":[' + "[]," * 6_000_000 + "[]]}"),
    "JSON feed of lists within each other": Bomb("feed", lambda: '{"items":' + "[" * 9_000_000),
    "sitemap of 180,000 pages": Bomb(
        "sitemap",
        lambda: (
            "<urlset>"
            + numbered(f"<url><loc>{URL}-{{n}}</loc><lastmod>2026-05-05</lastmod></url>", 180_000)
            + "</urlset>"
        ),
    ),
    "sitemap of 3,300,000 pages without an address": Bomb("sitemap", lambda: "<urlset>" + "<url/>" * 3_300_000),
    "index of 280,000 sitemaps": Bomb(
        "sitemap", lambda: f"<sitemapindex>{numbered('<sitemap><loc>https://p.example/{n}</loc></sitemap>', 280_000)}"
    ),
    "<a> four million times": Bomb("page", lambda: page("<a>" * 4_000_000)),
    "<p> 2,600,000 times": Bomb("page", lambda: page("<p>" * 2_600_000)),
    "section of 150,000 links": Bomb(
        "section", lambda: page(numbered("<a href='/2026/05/05/the-bridge-{n}'>The old bridge {n}</a>", 150_000))
    ),
    "section of 70,000 links": Bomb(
        "section", lambda: page(numbered("<a href='/2026/05/05/the-bridge-{n}'>The old bridge {n}</a>", 70_000))
    ),
    "section of 60,000 custom elements": Bomb(
        "section", lambda: page(numbered("<a-b url='/2026/05/05/a-{n}' title='The old bridge {n}'></a-b>", 60_000))
    ),
    **{f"page of {name}": Bomb("page", lambda what=what: tags(what)) for name, what in _AS_MANY.items()},
    **{
        f"section of {name}": Bomb("section", lambda what=what: tags(what))
        for name, what in list(_AS_MANY.items())[::3]
    },
    **{
        f"fragment of {name}": Bomb("fragment", lambda what=what: tags(what))
        for name, what in list(_AS_MANY.items())[::3]
    },
    "styles that each paragraph opens anew": Bomb("page", lambda: page(_STYLES + "<p>x</p>" * 70_000)),
    "styles that are closed in the end": Bomb(
        "fragment", lambda: _STYLES + "<p>x</p>" * 70_000 + "</b>" * len(_STYLES.split())
    ),
    "plain text of 2,600,000 lines": Bomb("page", lambda: "Bridge\n\n" + "ab\n" * 2_600_000),
    "plain text of 1,300,000 paragraphs": Bomb("page", lambda: "Bridge\n\n" + "a b.\n\n" * 1_300_000),
    "tag of a million attributes": Bomb("page", lambda: page(f"<div {numbered('a{n} ', 1_000_000)}>x</div>")),
    "link to an address of 7 MB": Bomb(
        "section", lambda: page(f"<a href='/{'a' * 7_000_000}'>The bridge is mended</a>")
    ),
    "claims of lists within each other": Bomb("page", lambda: page("", _CLAIMS + "[" * 7_000_000)),
    "claims that are 5 MB of comments": Bomb("page", lambda: page("", _CLAIMS + "<!-- " * 1_000_000)),
    "title of 7 MB": Bomb("page", lambda: page("", f"<title>{'word ' * 1_400_000}</title>")),
    "description of 7 MB": Bomb("page", lambda: page("", f"<meta name=description content='{'word, by ' * 800_000}'>")),
    "paragraph of 8 MB": Bomb("page", lambda: page(f"<p>{'word and word. ' * 530_000}")),
    "paragraph of 4,000,000 marks on a letter": Bomb("page", lambda: page("<p>a" + "\u0301" * 4_000_000)),
    "paragraph of 2,000,000 joiners": Bomb("page", lambda: page("<p>" + "a\u200d" * 2_000_000)),
    "code of 700,000 lines": Bomb("page", lambda: page("<pre>for x in y:\n" + "  do(x)\n" * 700_000)),
    "picture in 500,000 sizes": Bomb("page", lambda: page(f"<picture><img src=/a srcset='{'/b 20w, ' * 500_000}'>")),
}


def read(kind: str, body: bytes) -> object:
    """What comes of it; a sentence where it is refused."""
    from fetch.errors import FetchError

    try:
        match kind:
            case "feed":
                from fetch.feeds import parse_feed

                return len(parse_feed(body, "", URL))
            case "sitemap":
                from fetch.feeds.sitemap import parse_sitemap

                found = parse_sitemap(body, URL)
                return len(found.teasers or found.children)
            case "section":
                from fetch.sections import find_teasers

                return len(find_teasers(body, URL))
            case "fragment":
                from fetch.extract import extract_fragment

                return len(extract_fragment(body.decode(), URL))
            case _:
                from fetch.extract import extract

                return len(extract(body, URL).body)
    except FetchError as error:
        return str(error)


def _measured(name: str) -> dict[str, object]:
    kind, make = BOMBS[name]
    made = make()
    body = made if isinstance(made, bytes) else made.encode()
    del made
    began = time.process_time()
    found = read(kind, body)
    seconds = time.process_time() - began
    return {"name": name, "seconds": seconds, "found": found}


def main(names: list[str]) -> None:
    """Reads each in a process of its own, from which the memory of the one before is gone."""
    import feedparser  # noqa: F401 - loaded once for all

    import fetch.extract.pipeline
    import fetch.feeds.feedparser_adapter
    import fetch.sections.section  # noqa: F401

    for name in names or list(BOMBS):
        child = os.fork()
        if not child:
            resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
            resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000, 4_000_000_000))
            told = _measured(name)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            print(json.dumps({**told, "peak": peak}), flush=True)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(sys.argv[1:])
