"""The stories that the page itself names: cards in "more on this" blocks, and links that prompt to read on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from fetch.article import Figure, Teaser, When
from fetch.dateline import split_dateline
from fetch.dates import parse_date
from fetch.extract.markup.boilerplate import is_related_heading
from fetch.extract.markup.class_hints import BIT
from fetch.extract.markup.media import figure_of
from fetch.extract.markup.page_index import PageIndex
from fetch.extract.markup.tokenizer import tokenize
from fetch.extract.markup.tokens import MediaTag, OpenElement, TextBlock, Token
from fetch.links import absolute, canonical
from fetch.text import clean

_CAPTION = re.compile(
    r"\b\d{6}-[A-Z]-[A-Z0-9]{4,6}-\d{3,5}\b|\((?:[^()]*\bphotos?\b[^()]*\bby\b|[^()]*\bcourtesy\b)[^()]*\)\s*$"
    r"|(?:photo|foto|image) (?:by|credit)",
    re.I,
)
_DIGIT = re.compile(r"\d")
_MOST = 30
_LARGEST = 20_000
_PROMPT = re.compile(
    r"^\W*(?:(?:read|see|watch|listen)(?: more| also)?|related|more|also read|lesen sie auch|mehr|lire aussi|à lire"
    r"|lea también|leia também|leggi anche|lees ook|читайте также|baca juga|czytaj też|関連記事|相关阅读)\b"
    r"[^:：]{0,30}[:：>»]\s*",
    re.I,
)


def related_in(page: PageIndex, body: LexborNode, dropped: Iterable[Token], url: str) -> tuple[Teaser, ...]:
    """The related stories, each once, those beside the text first."""
    found: dict[str, Teaser] = {}
    for teaser in _cards(_likely(dropped), url):
        found.setdefault(teaser.url, teaser)
    for region in _regions(page, body):
        for teaser in _cards(tokenize(region), url) if len(region.text()) < _LARGEST else ():
            if len(found) < _MOST:
                known = found.get(teaser.url)
                if known is None or len(known.summary) < len(teaser.summary):
                    found[teaser.url] = teaser
    found.pop(canonical(url), None)
    return tuple(found.values())


def _regions(page: PageIndex, body: LexborNode) -> list[LexborNode]:
    """The elements that hold the lists which headings like "More on this" stand over."""
    regions: dict[int, LexborNode] = {}
    for heading in page.subheadings:
        text = heading.text()
        if len(text) < 120 and is_related_heading(text):
            element = heading.parent
            for _ in range(3):
                if element is None or element.tag in ("body", "html") or element.mem_id == body.mem_id:
                    break
                if len(element.css("a")) > 1:
                    regions.setdefault(element.mem_id, element)
                    break
                element = element.parent
    return list(regions.values())[:4]


def _likely(dropped: Iterable[Token]) -> list[Token]:
    """Those of the body's dropped text blocks that stand in a list of stories, or prompt to read one."""
    found: list[Token] = []
    listed: OpenElement | None = None
    for token in dropped:
        if isinstance(token, MediaTag):
            if (token.element.own | token.element.around) & _RELATED:
                found.append(token)
        elif isinstance(token, TextBlock):
            if token.kind[0] == "h" and not token.linked:
                listed = token.element.parent if is_related_heading(token.text) else None
            elif (token.element.own | token.element.around) & _RELATED or (
                (listed is not None and token.element.parent is listed) or (token.linked and _PROMPT.match(token.text))
            ):
                found.append(token)
    return found


_RELATED = BIT["related"]


def _cards(tokens: Iterable[Token], url: str) -> list[Teaser]:
    """The stories in a list: each begins with its headline, a link; what follows up to the next is its own."""
    cards: list[_Card] = []
    picture: MediaTag | None = None
    for token in tokens:
        if isinstance(token, MediaTag):
            picture = token if token.name == "img" else picture
        elif isinstance(token, TextBlock):
            href = _headline_link(token, url)
            if href and not (cards and cards[-1].url == href):
                cards.append(_Card(href, _PROMPT.sub("", clean(token.text)), picture))
                picture = None
            elif cards and not href and len(cards[-1].texts) < 6:
                cards[-1].texts.append(clean(token.text))
    return [card.teaser(url) for card in cards]


def _headline_link(token: TextBlock, url: str) -> str:
    """Where a text block leads that is a link and nothing else, "" for others."""
    text = token.text
    if not token.linked or len(text) < 15 or len(text) > 300:
        return ""
    if token.linked < 0.75 * len(_PROMPT.sub("", text)):
        return ""
    href = next((run[2] for run in token.runs if run[2]), "")
    address = canonical(absolute(href, url)) if href[:1] not in ("#", "") else ""
    return address if address.count("/") > 3 or "?" in address or address.startswith("broadsheet:") else ""


class _Card:
    """A story in a list while it is read."""

    def __init__(self, url: str, headline: str, picture: MediaTag | None) -> None:
        self.url, self.headline, self.picture = url, headline, picture
        self.texts: list[str] = []

    def teaser(self, base: str) -> Teaser:
        caption, summary, place = "", "", ""
        published: When | None = None
        for text in self.texts:
            opening = split_dateline(text, self.headline)
            if len(text) < 60 and _DIGIT.search(text) and (day := parse_date(text)):
                published = published or day
            elif _CAPTION.search(text) or (not opening.day and not opening.place and len(text) > 350):
                caption = caption or text
            elif not summary and len(opening.text) > 20:
                summary, place = opening.text, opening.place
                published = published or opening.day
        if not summary and caption and len(self.texts) == 1 and not _CAPTION.search(caption):
            summary, caption = caption, ""
        return Teaser(self.url, self.headline, summary, published, place, picture=_picture(self.picture, caption, base))


def _picture(picture: MediaTag | None, caption: str, base: str) -> Figure | None:
    figure = figure_of(picture, base, of_the_story=False) if picture else None
    if caption:
        return Figure(figure.src if figure else "", figure.alt if figure else "", caption)
    return figure
