"""A small newspaper on loopback, and what a command that ran over it is asked."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

STORIES = {
    "bridge": ("Harbour bridge [closed] for repairs", "The harbour bridge at Kestrel Point will close on Monday"),
    "ferry": ("Ferry replaces the harbour bridge", "While the harbour bridge at Kestrel Point is closed a ferry sails"),
    "budget": ("Council passes \x1b]0;owned\x07its budget\u202e", "The council of Tern Island has passed its budget"),
}


def story(name: str) -> str:
    headline, lede = STORIES[name]
    detail = "Engineer Orla Brandt said that fourteen tonnes of steel are on their way and that work goes on at night."
    paragraphs = "".join(f"<p>{lede}, sentence {number} of the report says. {detail}</p>" for number in range(1, 7))
    facts = {"@type": "NewsArticle", "headline": headline, "author": {"name": "Mira Olden"}}
    facts |= {"datePublished": f"2026-11-2{len(name) % 3}T08:00:00+01:00"}
    structured = f'<script type="application/ld+json">{json.dumps(facts)}</script>'
    return (
        f'<!doctype html><html lang="en"><head><title>{headline}</title>'
        f'<meta property="og:site_name" content="Gazette">{structured}'
        f'</head><body><nav><a href="/">Home</a></nav><article><h1>{headline}</h1>{paragraphs}</article></body></html>'
    )


def feed(base: str) -> str:
    entries = "".join(
        f"<item><title>{headline}</title><link>{base}/story/{name}</link>"
        f"<pubDate>Fri, 20 Nov 2026 0{len(name) % 9}:00:00 GMT</pubDate><description>{lede}.</description></item>"
        for name, (headline, lede) in STORIES.items()
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tern Island Gazette</title><link>{base}/</link>'
        f"<description>News</description>{entries}</channel></rss>"
    )


class Press(BaseHTTPRequestHandler):
    """A small newspaper: a feed, a home page that names it, its stories, and a page that is missing."""

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        name = self.path.removeprefix("/story/")
        if self.path == "/feed.xml":
            self.answer(feed(base), "application/rss+xml")
        elif self.path == "/list.opml":
            outlines = "".join(f'<outline text="{name}" xmlUrl="{base}/{name}.xml"/>' for name in STORIES)
            self.answer(f'<opml version="2.0"><body>{outlines}</body></opml>', "text/x-opml")
        elif self.path == "/":
            link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
            self.answer(
                f"<html><head><title>Gazette</title>{link}</head><body><p>Welcome</p></body></html>", "text/html"
            )
        elif name in STORIES:
            self.answer(story(name), "text/html; charset=utf-8")
        else:
            self.send_error(404)

    def answer(self, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def records(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def done(outcome: tuple[int, str, str]) -> str:
    code, out, err = outcome
    assert (code, err) == (0, "")
    return out


def fails(outcome: tuple[int, str, str]) -> str:
    code, _, err = outcome
    assert code == 1
    assert err.startswith("broadsheet: ")
    assert err.count("\n") == 1
    return err
