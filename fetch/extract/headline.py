"""The headline: what most of the page's witnesses agree on, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from fetch.extract import linked
from fetch.extract.linked import Thing
from fetch.extract.survey import Survey
from fetch.text import unescape

_SEPARATOR = re.compile(r"\s+[|–—·•»:~<>-]+\s+|\s*[|ǀ丨｜]\s*|\s+::\s+|(?<=\S)[-–—](?=\S{2,20}$)")
_LETTERS = re.compile(r"[\W_]+")
_LONGEST = 400


def headline_of(page: Survey, claims: Thing) -> str:
    """The headline, "" for a page that has none."""
    claimed = [linked.word(claims, "headline") or linked.word(claims, "name")]
    told = [unescape(page.said(name)) for name in _TOLD]
    shown = [text for node in page.headings[:6] if (text := _text_of(node)) and len(text) < _LONGEST]
    titles = [*told, unescape(page.title)]
    site = _site_names(page)
    weights: dict[str, float] = {}
    written: dict[str, str] = {}
    for text, weight in _witnesses(claimed, told, shown, _without_site(titles, page), titles[-1:]):
        key = _key(text)
        if len(key) > 1:
            weights[key] = weights.get(key, 0.0) + (weight if key not in site else weight * _SITE)
            written.setdefault(key, text)
    return written[max(weights, key=lambda key: _votes(key, weights))] if weights else ""


def _text_of(node: LexborNode) -> str:
    """The heading's text, without style sheets that stand inside it."""
    text = node.text()
    if "{" in text:
        for style in node.css("style,script"):
            text = text.replace(style.text(), "")
    return unescape(text)


_TOLD = ("og:title", "twitter:title", "title", "dc.title", "sailthru.title", "parsely-title")


def _witnesses(*groups: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Each text with what it counts for; of the headings on the page the first counts for more."""
    for texts, (first, others) in zip(groups, _WEIGHTS, strict=True):
        for at, text in enumerate(texts):
            if text:
                yield text, others if at else first


_SITE = 0.2  # a heading that is the site's name is hardly the story's


def _site_names(page: Survey) -> set[str]:
    """What the site may be called: as it says itself, and the last part of a title in several parts."""
    parts = [part for part in _SEPARATOR.split(unescape(page.title)) if part]
    names = {_key(page.said("og:site_name", "application-name"))}
    return names | {_key(parts[-1])} if len(parts) > 1 and len(parts[-1]) < 40 else names


# JSON-LD, meta tags, headings on the page, titles without the site's name, the title as it stands: first and further ones.
_WEIGHTS = ((1.5, 0.8), (1.2, 0.3), (1.8, 0.6), (0.3, 0.2), (0.1, 0.1))


def _votes(key: str, weights: dict[str, float]) -> float:
    """How far the witnesses bear the text out: the same, or the same with something before or after."""
    votes = weights[key]
    if len(key) > 8:
        votes += 0.7 * sum([weight for other, weight in weights.items() if other != key and other.startswith(key)])
        votes += 0.8 * sum([weight for other, weight in weights.items() if other != key and other.endswith(key)])
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
