"""Who wrote it and when, as the page shows it where its head is silent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from selectolax.lexbor import LexborNode

from fetch.article import When
from fetch.extract import linked
from fetch.extract.dates import parse_date
from fetch.extract.linked import Thing
from fetch.extract.stream import Passage, Piece, read
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
    """The names of the authors that the page's head gives, each once, without "By" and without offices."""
    found = _names(linked.people(claims), _UNLIKELY) or _names(linked.people(claims, "creator"), _UNLIKELY)
    for name in _META:
        if not found:
            found = _names([unescape(content) for content in page.meta.get(name, ())], _NOT_NAMES)
    return tuple(found)


def shown_authors(page: Survey, pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The names in the byline that stands near the headline."""
    passages = [piece for piece in pieces if isinstance(piece, Passage)]
    for passage in passages[:_OPENING]:
        if 5 < len(passage.text) < _LONGEST_BYLINE and (by := _BYLINE.match(passage.text)):
            line = "".join([run[0] for run in passage.runs]).strip().split("\n")[0]
            names = split_names(_TAIL.sub("", " ".join(line.split())[by.end() :]))
            if names and all(name[0].isupper() for name in names):
                return tuple(names)
    return tuple(_shown(page))


_OPENING = 30
_LONGEST_BYLINE = 160
_BYLINE = re.compile(
    r"^\W*(?:(?:story|written|posted|reported|words|text|article)\s+by|by|from|von|par|por|di|door|przez|autor(?:en|in|a)?:|author:|текст:|автор:)"
    r"\s+(?=[^\W\d_])",
    re.I,
)


def _names(written: Sequence[str], never: re.Pattern[str]) -> list[str]:
    names = [name for text in written if not _ADDRESS_LIKE.match(text) for name in split_names(text, never)]
    return list(dict.fromkeys(names))


def split_names(text: str, never: re.Pattern[str] | None = None) -> list[str]:
    """The names in a byline, "By Ann Lee and Bo Ruiz, Harbour Desk" without its first word."""
    text = _BY.sub("", text, count=1).strip(" ,.:|–—-")
    never = never or _NOT_NAMES
    return [name for part in _SPLIT.split(text) if (name := part.strip(" ,.:|–—-")) and _is_name(name, never)]


def _is_name(text: str, never: re.Pattern[str]) -> bool:
    return 1 < len(text) < 60 and len(text.split()) <= 7 and not never.search(text)


_ADDRESS_LIKE = re.compile(r"\s*(?:https?:|www\.|/)|\S+@\S+$", re.I)
_UNLIKELY = re.compile(r"https?:|www\.|@|\d{4}|^(?:none|null|undefined|unknown)$|[<>{}=(\[]", re.I)


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


def visible_date(
    page: Survey, pieces: Sequence[Piece], language: str, fetched: datetime | None, url: str
) -> When | None:
    """The date that stands by the headline, or in the page's address."""
    body = page.tree.body
    nodes = body.css(_TIMES)[:40] if body else []
    return (
        _first_date([_attributes_first(node) for node in nodes if node.tag == "time"], language, fetched)
        or _first_date(_near_headline(page, pieces), language, fetched)
        or _first_date([_attributes_first(node) for node in nodes], language, fetched)
        or _in_address(url)
        or _first_date(_at_the_end(pieces), language, fetched)
    )


def _attributes_first(node: LexborNode) -> tuple[str, str]:
    attributes = node.attributes
    return attributes.get("datetime") or attributes.get("content") or "", node.text(separator=" ")


def _near_headline(page: Survey, pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """The short passages around the headline, and those before the body's first long one."""
    found = []
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
