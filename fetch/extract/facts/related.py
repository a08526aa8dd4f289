"""The stories that the page itself names: cards in "more on this" blocks, and links that prompt to read on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from fetch.article import Figure, Teaser, When
from fetch.dateline import split_dateline
from fetch.dates import parse_date
from fetch.extract.markup.boilerplate_phrases import is_related
from fetch.extract.markup.class_hints import BIT
from fetch.extract.markup.media import figure_of
from fetch.extract.markup.page_index import Survey
from fetch.extract.markup.tokenizer import Holder, Passage, Picture, Piece, read
from fetch.links import absolute, canonical
from fetch.text import clean

_CAPTION = re.compile(
    r"\b\d{6}-[A-Z]-[A-Z0-9]{4,6}-\d{3,5}\b|\((?:[^()]*\bphotos?\b[^()]*\bby\b|[^()]*\bcourtesy\b)[^()]*\)\s*$"
    r"|(?:photo|foto|image) (?:by|credit)",
    re.I,
)
_FIGURE = re.compile(r"\d")
_MOST = 30
_LARGEST = 60_000
_PROMPT = re.compile(
    r"^\W*(?:(?:read|see|watch|listen)(?: more| also)?|related|more|also read|lesen sie auch|mehr|lire aussi|à lire"
    r"|lea también|leia também|leggi anche|lees ook|читайте также|baca juga|czytaj też|関連記事|相关阅读)\b"
    r"[^:：]{0,30}[:：>»]\s*",
    re.I,
)


def related_in(page: Survey, body: LexborNode, dropped: Iterable[Piece], url: str) -> tuple[Teaser, ...]:
    """The related stories, each once, those beside the text first."""
    found: dict[str, Teaser] = {}
    for teaser in _cards(_likely(dropped), url):
        found.setdefault(teaser.url, teaser)
    for region in _regions(page, body):
        markup = page.markup(region)
        for teaser in _cards(read(markup), url) if len(markup) < _LARGEST else ():
            if len(found) < _MOST:
                known = found.get(teaser.url)
                if known is None or len(known.summary) < len(teaser.summary):
                    found[teaser.url] = teaser
    found.pop(canonical(url), None)
    return tuple(found.values())


def _regions(page: Survey, body: LexborNode) -> list[LexborNode]:
    """The elements that hold the lists which headings like "More on this" stand over."""
    regions: dict[int, LexborNode] = {}
    for heading in page.subheadings:
        text = heading.text()
        if len(text) < 120 and is_related(text):
            holder = heading.parent
            for _ in range(3):
                if holder is None or holder.tag in ("body", "html") or holder.mem_id == body.mem_id:
                    break
                if len(holder.css("a")) > 1:
                    regions.setdefault(holder.mem_id, holder)
                    break
                holder = holder.parent
    return list(regions.values())[:4]


def _likely(dropped: Iterable[Piece]) -> list[Piece]:
    """Those of the body's dropped passages that stand in a list of stories, or prompt to read one."""
    found: list[Piece] = []
    listed: Holder | None = None
    for piece in dropped:
        if isinstance(piece, Picture):
            if (piece.holder.own | piece.holder.around) & _RELATED:
                found.append(piece)
        elif isinstance(piece, Passage):
            if piece.kind[0] == "h" and not piece.linked:
                listed = piece.holder.parent if is_related(piece.text) else None
            elif (piece.holder.own | piece.holder.around) & _RELATED or (
                (listed is not None and piece.holder.parent is listed) or (piece.linked and _PROMPT.match(piece.text))
            ):
                found.append(piece)
    return found


_RELATED = BIT["related"]


def _cards(pieces: Iterable[Piece], url: str) -> list[Teaser]:
    """The stories in a list: each begins with its headline, a link; what follows up to the next is its own."""
    cards: list[_Card] = []
    picture: Picture | None = None
    for piece in pieces:
        if isinstance(piece, Picture):
            picture = piece if piece.name == "img" else picture
        elif isinstance(piece, Passage):
            href = _headline_link(piece, url)
            if href and not (cards and cards[-1].url == href):
                cards.append(_Card(href, _PROMPT.sub("", clean(piece.text)), picture))
                picture = None
            elif cards and not href and len(cards[-1].texts) < 6:
                cards[-1].texts.append(clean(piece.text))
    return [card.teaser(url) for card in cards]


def _headline_link(piece: Passage, url: str) -> str:
    """Where a passage leads that is a link and nothing else, "" for others."""
    text = piece.text
    if not piece.linked or len(text) < 15 or len(text) > 300:
        return ""
    if piece.linked < 0.75 * len(_PROMPT.sub("", text)):
        return ""
    href = next((run[2] for run in piece.runs if run[2]), "")
    address = canonical(absolute(href.replace("&amp;", "&"), url)) if href[:1] not in ("#", "") else ""
    return address if address.count("/") > 3 or "?" in address or address.startswith("broadsheet:") else ""


class _Card:
    """A story in a list while it is read."""

    def __init__(self, url: str, headline: str, picture: Picture | None) -> None:
        self.url, self.headline, self.picture = url, headline, picture
        self.texts: list[str] = []

    def teaser(self, base: str) -> Teaser:
        caption, summary, place = "", "", ""
        published: When | None = None
        for text in self.texts:
            opening = split_dateline(text, self.headline)
            if len(text) < 60 and _FIGURE.search(text) and (day := parse_date(text)):
                published = published or day
            elif _CAPTION.search(text) or (not opening.day and not opening.place and len(text) > 350):
                caption = caption or text
            elif not summary and len(opening.text) > 20:
                summary, place = opening.text, opening.place
                published = published or opening.day
        if not summary and caption and len(self.texts) == 1 and not _CAPTION.search(caption):
            summary, caption = caption, ""
        return Teaser(self.url, self.headline, summary, published, place, picture=_picture(self.picture, caption, base))


def _picture(picture: Picture | None, caption: str, base: str) -> Figure | None:
    figure = figure_of(picture, base, of_the_story=False) if picture else None
    if caption:
        return Figure(figure.src if figure else "", figure.alt if figure else "", caption)
    return figure
