"""Who wrote it and when, as the page shows it where its head is silent."""

from __future__ import annotations

import re
from datetime import datetime

from fetch.article import When
from fetch.extract import linked
from fetch.extract.dates import parse_date
from fetch.extract.linked import Thing
from fetch.extract.survey import Survey
from fetch.text import unescape

_META = (
    "author",
    "article:author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "og:article:author",
    "cxenseparse:author",
    "article:author_name",
    "authors",
    "creator",
    "article_author",
)
_SHOWN = "[rel~=author],[itemprop=author],.byline,.author,.author-name,.byline-name,[class*=byline i],[class*=author i],[class*=autor i]"
_BY = re.compile(
    r"^\s*(?:(?:story|written|posted|reported|published|submitted|photos?|words|text|article|interview)\s+by|by|from|von|par|por|di|da|af|av|"
    r"door|przez|autor(?:en|in|a|es)?|auteurs?|author|redaktion|text|foto|ein (?:beitrag|artikel|kommentar|gastbeitrag) von|"
    r"автор|текст|作者|文|記者|记者|oleh|kirjoittaja|yazan|tekst)\b\s*[:：]?\s*",
    re.I,
)
_SPLIT = re.compile(
    r"\s*(?:[;|/•·＆&]|,\s+(?!(?:jr|sr|phd|md|ph\.d|m\.d|esq)\b)|\s(?:and|und|et|y|e|och|og|en|i|ja|ve|и|dan|with|mit|avec)\s)\s*",
    re.I,
)
_NOT_NAMES = re.compile(
    r"https?:|www\.|@|\d{2}|^(?:admin|administrator|editor|staff|redaktion|desk|none|null|guest|anonymous|unknown|author|user)$|[<>{}=]",
    re.I,
)
_TAIL = re.compile(
    r"\s*(?:[|,–—-]|\bin\b|\bfor\b|\bat\b|\bam\b|\bvom\b|\bupdated\b|\bpublished\b|\bposted\b|\bon\b|\d).*$",
    re.I | re.S,
)
_TIMES = "time,[itemprop=datePublished],[class*=date i],[class*=time i],[class*=publish i],[class*=posted i],[class*=meta i],[id*=date i]"
_MODIFIED_WORDS = re.compile(r"updat|modif|aktualisiert|geändert|actualiz|mis à jour|aggiorna|обновл|更新|редакт", re.I)


def authors_of(page: Survey, claims: Thing) -> tuple[str, ...]:
    """The names of the authors, each once, without "By" and without offices."""
    found = _names(linked.people(claims)) or _names(linked.people(claims, "creator"))
    for name in _META:
        if not found:
            found = _names(unescape(content) for content in page.meta.get(name, ()))
    return tuple(found or _shown(page))


def _names(written) -> list[str]:  # type: ignore[no-untyped-def]
    names = [name for text in written for name in split_names(text)]
    return list(dict.fromkeys(names))


def split_names(text: str) -> list[str]:
    """The names in a byline, "By Ann Lee and Bo Ruiz, Harbour Desk" without its first word."""
    text = _BY.sub("", text, count=1).strip(" ,.:|–—-")
    return [name for part in _SPLIT.split(text) if (name := part.strip(" ,.:|–—-")) and _is_name(name)]


def _is_name(text: str) -> bool:
    return 1 < len(text) < 60 and len(text.split()) <= 7 and not _NOT_NAMES.search(text)


def _shown(page: Survey) -> list[str]:
    body = page.tree.body
    if body is None:
        return []
    for node in body.css(_SHOWN)[:12]:
        text = unescape(node.text(separator=" "))
        if not 3 < len(text) < 160:
            continue
        by = _BY.match(text)
        names = split_names(_TAIL.sub("", text[by.end() :] if by else text))
        if names and (
            by or (len(names) <= 3 and all(1 < len(name.split()) < 5 and name[0].isupper() for name in names))
        ):
            return names
    return []


def visible_date(page: Survey, language: str, fetched: datetime | None, url: str) -> When | None:
    """The date that stands by the headline, or in the page's address."""
    body = page.tree.body
    found: When | None = None
    for node in body.css(_TIMES)[:40] if body else ():
        attributes = node.attributes
        written = attributes.get("datetime") or attributes.get("content") or ""
        text = node.text(separator=" ")
        if len(text) > 300 or _MODIFIED_WORDS.search(text[:40]):
            continue
        found = parse_date(written, language=language, fetched=fetched) if written else None
        found = found or parse_date(unescape(text), language=language, fetched=fetched)
        if found:
            return found
    return _in_address(url)


_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")


def _in_address(url: str) -> When | None:
    found = _ADDRESS.search(url)
    return parse_date("-".join(found.groups())) if found else None
