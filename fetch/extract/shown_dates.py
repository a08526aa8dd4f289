"""The day a story was published, as the page shows it where its head is silent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from selectolax.lexbor import LexborNode

from fetch.article import When
from fetch.extract.dates import parse_date
from fetch.extract.stream import Passage, Piece, read
from fetch.extract.survey import Survey
from fetch.text import unescape

_TIMES = (
    "time,abbr.published,[itemprop=datePublished],[class*=date i],[class*=time i],[class*=publish i],[class*=posted i],"
    "[class*=meta i],[id*=date i]"
)
_MODIFIED_WORDS = re.compile(r"updat|modif|aktualisiert|geändert|actualiz|mis à jour|aggiorna|обновл|更新|редакт", re.I)


def visible_date(
    page: Survey, pieces: Sequence[Piece], language: str, fetched: datetime | None, url: str
) -> When | None:
    """The date that stands by the headline, or in the page's address."""
    body = page.tree.body
    nodes = body.css(_TIMES)[:40] if body else []
    return (
        _first_date([_attributes_first(node) for node in nodes if node.tag in ("time", "abbr")], language, fetched)
        or _first_date(_near_headline(page, pieces), language, fetched)
        or _first_date([_attributes_first(node) for node in nodes], language, fetched)
        or _in_address(url)
        or _first_date(_openings(pieces), language, fetched)
        or _first_date(_at_the_end(pieces), language, fetched)
        or _in_state(page)
        or _after_headline(page, language, fetched)
    )


def last_changed(pieces: Sequence[Piece], language: str, fetched: datetime | None) -> When | None:
    """The day a page says it was changed, for one that says no other."""
    short = (piece.text for piece in pieces if isinstance(piece, Passage) and len(piece.text) < _LONGEST_DATED)
    days = (parse_date(text, language=language, fetched=fetched) for text in short if _MODIFIED_WORDS.search(text))
    return next(filter(None, days), None)


def _openings(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """The first words of the first paragraphs, where agencies put the day ("27.1.2022 - In memory of …")."""
    return [("", piece.text[:60]) for piece in pieces[:12] if isinstance(piece, Passage) and piece.text]


def _in_state(page: Survey) -> When | None:
    """The day in the state that the page's own program starts from."""
    found = _STATED.search(page.tree.html or "") if page.tree.css_first("script") is not None else None
    return parse_date(found[1]) if found else None


def _after_headline(page: Survey, language: str, fetched: datetime | None) -> When | None:
    """The first day written in what follows the headline, however the page is built."""
    body = page.tree.body
    if body is None:
        return None
    text = " ".join(body.text(separator=" ").split())
    heading = page.headings[0].text(separator=" ") if page.headings else page.title
    at = max(0, text.find(" ".join(heading.split())[:60]))
    window = text[max(0, at - 200) : at + 1000]
    written = (
        found[0]
        for found in _WRITTEN_DAY.finditer(window)
        if not _MODIFIED_WORDS.search(window[max(0, found.start() - 30) : found.start()])
    )
    return next(filter(None, (parse_date(day, language=language, fetched=fetched) for day in written)), None)


_STATED = re.compile(
    r"""["'](?:date_?published|published_?(?:at|on|date|time)?|publish_?(?:ed)?_?(?:date|time)|publication_?date"""
    r"""|(?-i:createdAt)|pub_?date)\\?["']\s*:\s*\\?["'](\d{4}-\d\d-\d\d[^"'\\]{0,24})""",
    re.I,
)
_WRITTEN_DAY = re.compile(
    r"\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}\.?\s+(?:de\s+)?[^\W\d_]{3,12}\.?,?\s+(?:de\s+)?\d{4}"
    r"|[^\W\d_]{3,12}\.?\s+\d{1,2},?\s+\d{4}|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
)


def _attributes_first(node: LexborNode) -> tuple[str, str]:
    attributes = node.attributes
    return attributes.get("datetime") or attributes.get("content") or attributes.get("title") or "", node.text(
        separator=" "
    )


def _near_headline(page: Survey, pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """The short passages around the headline, and those before the body's first long one."""
    found: list[tuple[str, str]] = []
    for piece in pieces:
        if isinstance(piece, Passage):
            if len(piece.text) > _LONG_PASSAGE and piece.linked * 3 < len(piece.text) and len(found) > 3:
                break
            found.append(("", piece.text))
    heading = page.headings[0] if page.headings else None
    holder = heading.parent if heading is not None else None
    for _ in range(2):
        if holder is None or holder.tag in ("body", "html"):
            break
        if len(markup := holder.html or "") < _LARGEST_HEADER:
            found += [("", piece.text) for piece in read(markup) if isinstance(piece, Passage)]
        holder = holder.parent
    return found


def _at_the_end(pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    short = [("", piece.text) for piece in pieces[-40:] if isinstance(piece, Passage) and len(piece.text) < 90]
    return [pair for pair in short if _PUBLISHED_WORDS.search(pair[1])]


_LONG_PASSAGE = 160
_LARGEST_HEADER = 20_000
_LONGEST_DATED = 140
_PUBLISHED_WORDS = re.compile(
    r"publish|posted|veröffentlicht|erstellt|stand:|publi|date|datum|erschienen|\bon\b|\bam\b|\bvom\b", re.I
)


def _first_date(texts: Sequence[tuple[str, str]], language: str, fetched: datetime | None) -> When | None:
    """The first date in the texts (attribute, visible), but not one that says when the page was changed."""
    for written, text in texts:
        if len(text) > 300 or _MODIFIED_WORDS.search(text[:40]):
            continue
        found = parse_date(written, language=language, fetched=fetched) if written else None
        if found is None and len(text) < _LONGEST_DATED and _FIGURE.search(text):
            found = parse_date(unescape(text), language=language, fetched=fetched)
        if found:
            return found
    return None


_FIGURE = re.compile(r"\d")
_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")


def _in_address(url: str) -> When | None:
    found = _ADDRESS.search(url)
    return parse_date("-".join(found.groups())) if found else None
