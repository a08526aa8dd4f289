"""What JSON-LD says of a story's text where the page does not show it: its body, a live blog's updates, its price."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from fetch.article import Block, Paragraph, Span, Update
from fetch.dates import parse_date
from fetch.extract.facts.jsonld import Thing, text_field
from fetch.text import unescape

_MARKUP = re.compile(r"<(?:p|br|div|li|h\d)\b[^<>]*>|</(?:p|div|li|h\d)>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]+>")
_PARTS = re.compile(r"\n+|(?<=\.)\s{2,}")
_MOST_UPDATES = 500


def is_paid(claims: Thing) -> bool:
    """Whether the page says that not all of it may be read for free."""
    return str(claims.get("isAccessibleForFree", "")).strip().lower() == "false"


def shows_what_is_paid(claims: Thing, tree: LexborHTMLParser, text: str) -> bool:
    """Whether the parts that the page says are paid for (`cssSelector`) are in the text all the same."""
    parts = claims.get("hasPart")
    selectors = [str(part.get("cssSelector") or "") for part in _listed(parts) if isinstance(part, dict)]
    shown = 0
    for selector in filter(None, selectors[:_MOST_PARTS]):
        try:
            paragraphs = [paragraph for part in tree.css(selector)[:_MOST_PARTS] for paragraph in part.css("p")]
        except SelectolaxError:
            continue
        said = [" ".join(one.text().split()) for one in paragraphs[:_MOST_PARAGRAPHS]]
        shown += sum([len(one) for one in said if len(one) > _SOME and one in text])
    return shown >= _PAID_TEXT


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


_MOST_PARTS = 10
_MOST_PARAGRAPHS, _SOME = 40, 60
_PAID_TEXT = 200  # letters


def body_of(claims: Thing) -> tuple[Block, ...]:
    """The text that the page's claims carry as `articleBody`, a paragraph for each of its lines."""
    body = claims.get("articleBody")
    return tuple(_paragraphs(body)) if isinstance(body, str) else ()


def updates_of(claims: Thing, *, language: str = "", fetched: datetime | None = None) -> tuple[Update, ...]:
    """The updates of a live blog, in the order the page gives them; each once."""
    stated = claims.get("liveBlogUpdate")
    found: dict[Update, None] = {}
    for update in (stated if isinstance(stated, list) else [stated])[:_MOST_UPDATES]:
        if isinstance(update, dict) and (blocks := body_of(update)):
            when = parse_date(text_field(update, "datePublished", "dateModified"), language=language, fetched=fetched)
            found.setdefault(Update(when, text_field(update, "headline"), blocks))
    return tuple(found)


def _paragraphs(body: str) -> Iterator[Paragraph]:
    if "<" in body:
        body = _TAG.sub("", _MARKUP.sub("\n", body))
    for part in _PARTS.split(body):
        if text := unescape(part):
            yield Paragraph((Span(text),))
