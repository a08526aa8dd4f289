"""The headline: what most of the page's witnesses agree on, without the site's name."""

from __future__ import annotations

import re

from fetch.extract import linked
from fetch.extract.linked import Thing
from fetch.extract.survey import Survey
from fetch.text import unescape

_SEPARATOR = re.compile(r"\s+[|–—·•»:~<>-]+\s+|\s*[|ǀ丨｜]\s*|\s+::\s+|(?<=\S)[-–—](?=\S{2,20}$)")
_LETTERS = re.compile(r"[\W_]+")
_LONGEST = 400


def headline_of(page: Survey, claims: Thing) -> str:
    """The headline, "" for a page that has none."""
    shown = [text for node in page.headings[:6] if (text := unescape(node.text())) and len(text) < _LONGEST]
    claimed = [linked.word(claims, "headline"), linked.word(claims, "name")]
    told = [
        unescape(content)
        for name in ("og:title", "twitter:title", "title", "dc.title", "sailthru.title", "parsely-title")
        for content in page.meta.get(name, [])[:1]
    ]
    title = unescape(page.title)
    witnesses = [text for text in (*claimed, *shown, *told, title) if text]
    if not witnesses:
        return ""
    keys = [_key(text) for text in witnesses]
    candidates = dict.fromkeys(
        [*(text for text in claimed if text), *shown, *told, *_without_site(told + [title], page)]
    )
    return max(candidates, key=lambda text: _votes(text, keys, shown, claimed), default="")


def _votes(text: str, witnesses: list[str], shown: list[str], claimed: list[str]) -> float:
    """How far the witnesses bear the text out: the same, or the same with something before or after."""
    key = _key(text)
    if len(key) < 2:
        return -1.0
    votes = 0.0
    for witness in witnesses:
        if witness == key:
            votes += 1.0
        elif len(key) > 8 and (witness.startswith(key) or witness.endswith(key)):
            votes += 0.7
    votes += 1.2 * (text in shown) + 0.8 * (text in claimed)
    return votes + min(len(key), 40) / 60


def _key(text: str) -> str:
    return _LETTERS.sub("", text).casefold()


def _without_site(titles: list[str], page: Survey) -> list[str]:
    """The titles with the site's name, or the shorter side of a separator, taken off."""
    site = _key(page.said("og:site_name", "application-name"))
    found = []
    for title in titles:
        parts = _SEPARATOR.split(title)
        if len(parts) < 2:
            continue
        ends = list(_SEPARATOR.finditer(title))
        head, tail = title[: ends[-1].start()], title[ends[0].end() :]
        if site and _key(parts[0]) == site:
            found.append(tail)
        elif len(head) > 12:
            found += [head, title[: ends[0].start()]] if ends[0].start() > 12 else [head]
    return found
