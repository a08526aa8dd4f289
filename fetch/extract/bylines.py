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
_SHOWN = "[rel~=author],[itemprop=author],.byline,.author,.author-name,.byline-name,[class*=byline i],[class*=author i],[class*=autor i],.submitted,.vcard .fn"
_BY = re.compile(
    r"^\s*(?:(?:story|written|posted|reported|published|submitted|photos?|words|text|article|interview)\s+by|by|from|vom|von|"
    r"(?:veröffentlicht|erstellt|geschrieben|verfasst|eingestellt|gepostet|gespeichert|beitrag|artikel|pressemitteilung)\s+von|"
    r"(?:publicado|escrito|postado|redactado)\s+por|(?:publié|écrit|rédigé|posté)\s+par|(?:scritto|pubblicato)\s+da|par|por|di|da|af|av|"
    r"door|przez|autor(?:en|in|a|es)?|auteurs?|author|redaktion|text|foto|ein (?:beitrag|artikel|kommentar|gastbeitrag) von|"
    r"автор|текст|作者|文|記者|记者|oleh|kirjoittaja|yazan|tekst)\b\s*[:：]?\s*",
    re.I,
)
_SPLIT = re.compile(
    r"\s*(?:[;|/•·＆&]|,\s+(?!(?:jr|sr|phd|md|ph\.d|m\.d|esq)\b)|\s(?:and|und|et|y|e|och|og|en|i|ja|ve|и|dan|with|mit|avec)\s)\s*",
    re.I,
)
_NOT_NAMES = re.compile(
    r"https?:|www\.|@|\d{3}|\d[./:]\d|\*|\b(?:says?|sagt|schreibt|schrieb|dice|meint|wrote)\W*$|^(?:name|admin|administrator|editor|staff|redaktion|desk|none|null|guest|anonymous|unknown|author|user)$|[<>{}=]",
    re.I,
)
_TAIL = re.compile(
    r"\s*(?:[|,–—•·]|\s-|-\s|\balle (?:artikel|beiträge)\b|\b(?:view )?all posts\b|\bkategorien?\b|\bcategor|\bstaff\b|\bfollow\b|"
    r"\bin\b|\bfor\b|\bat\b|\bam\b|\bvom\b|\bupdated\b|\bpublished\b|\bposted\b|\bon\b|\s\d).*$",
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
    return tuple(found or _names(_on_a_card(page), _UNLIKELY))


def _on_a_card(page: Survey) -> list[str]:
    """What the page's card for other sites says the story was written by (twitter:label1, twitter:data1)."""
    for number in ("1", "2"):
        if _WRITTEN.search(page.said(f"twitter:label{number}")):
            return [unescape(page.said(f"twitter:data{number}"))]
    return []


_WRITTEN = re.compile(
    r"written|verfasst|geschrieben|escrito|écrit|scritto|geschreven|napisan|skrevet|skriven|автор|yazan|auteur|author",
    re.I,
)


def shown_authors(page: Survey, pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The names in the byline that stands near the headline."""
    passages = [piece for piece in pieces if isinstance(piece, Passage)]
    for passage in passages[:_OPENING]:
        if 5 < len(passage.text) < _LONGEST_BYLINE and (by := _BYLINE.match(passage.text)):
            line = "".join([run[0] for run in passage.runs]).strip().split("\n")[0]
            names = split_names(_TAIL.sub("", " ".join(line.split())[by.end() :]))
            if names and all(name[0].isupper() for name in names):
                return tuple(names)
    return tuple(_shown(page) or _labelled(passages) or _signed(passages))


def _signed(passages: Sequence[Passage]) -> list[str]:
    """The name in bold or italics by itself that ends the story."""
    for passage in reversed(passages[-6:]):
        words = passage.text.split()
        if 1 < len(words) < 5 and passage.styled >= 0.8 * len(passage.text) and passage.linked == 0:
            if all(word[0].isupper() and word.isalpha() for word in words):
                return [passage.text]
    return []


def _labelled(passages: Sequence[Passage]) -> list[str]:
    """The names after "Text:" or "Autorin:", wherever such a line stands in or below the story."""
    for passage in passages:
        if 8 < len(passage.text) < _LONGEST_BYLINE and (found := _LABEL.search(passage.text)):
            names = split_names(_TAIL.sub("", passage.text[found.end() :]))
            if names and all(name[0].isupper() and len(name.split()) < 5 for name in names):
                return names
    return []


_LABEL = re.compile(
    r"(?:^|[\s(–-])(?:text|autor(?:in|en|:in|\*in)?|auteurs?|author|redaktion|texte|testo|verfasser(?:in)?|reporter)\s?:\s+",
    re.I,
)
_OPENING = 30
_LONGEST_BYLINE = 160
_BYLINE = re.compile(
    r"^\W*(?:(?:story|written|posted|reported|words|text|article)\s+by|by|from|von|par|por|di|door|przez|autor(?:en|in|a)?:|author:|текст:|автор:)"
    r"\s+(?=[^\W\d_])",
    re.I,
)


def _names(written: Sequence[str], never: re.Pattern[str]) -> list[str]:
    names = [
        name for text in written if not _ADDRESS_LIKE.match(text) for name in split_names(text, never, _PREPOSITION)
    ]
    return list(dict.fromkeys(names))


def split_names(text: str, never: re.Pattern[str] | None = None, first: re.Pattern[str] | None = None) -> list[str]:
    """The names in a byline, "By Ann Lee and Bo Ruiz, Harbour Desk" without its first word."""
    text = (first or _BY).sub("", _PICTURED.sub("", text), count=1).strip(" ,.:|–—-")
    never = never or _NOT_NAMES
    return [name for part in _SPLIT.split(text) if (name := part.strip(" ,.:|–—-")) and _is_name(name, never)]


def _is_name(text: str, never: re.Pattern[str]) -> bool:
    return 1 < len(text) < 60 and len(text.split()) <= 7 and not never.search(text)


_PREPOSITION = re.compile(
    r"^\s*(?:(?:story|written|posted) by|by|from|von|par|por|di|da|af|av|door|przez)\b\s*[:：]?\s*", re.I
)
_PICTURED = re.compile(r"\s*\((?:image|photo|picture|foto|bild)\b.*$", re.I | re.S)
_ADDRESS_LIKE = re.compile(r"\s*(?:https?:|www\.|/)|\S+@\S+$", re.I)
_UNLIKELY = re.compile(r"https?:|www\.|@|\d{4}|^(?:none|null|undefined|unknown)$|[<>{}=(\[]", re.I)


def _shown(page: Survey) -> list[str]:
    body = page.tree.body
    if body is None:
        return []
    for node in body.css(_SHOWN)[:24]:
        text = unescape(node.text(separator=" "))
        if not 1 < len(text) < 160 or _stands_aside(node):
            continue
        by = _BY.match(text) or _AT_THE_END.search(text)
        names = split_names(_LAST_DAY.sub("", _TAIL.sub("", text[by.end() :] if by else text)))
        if names and (by or _names_a_person(node, names)):
            return names
    return []


def _names_a_person(node: LexborNode, names: Sequence[str]) -> bool:
    attributes = node.attributes
    if "author" in (attributes.get("rel") or "") or "vcard" in (attributes.get("class") or ""):
        return True
    return len(names) <= 3 and all(1 < len(name.split()) < 5 and name[0].isupper() for name in names)


def _stands_aside(node: LexborNode) -> bool:
    """Whether a byline is that of a comment, of another story, or of nothing but a form."""
    up: LexborNode | None = node
    for _ in range(5):
        if up is None or up.tag in ("body", "main"):
            return False
        attributes = up.attributes
        if up.tag in ("form", "footer", "label") or _ASIDE.search(
            f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        ):
            return True
        up = up.parent
    return False


_AT_THE_END = re.compile(r"(?:^|\s)(?:by|von|par|por|av|door)\s+(?=[^\W\d_][^\n]{1,50}$)", re.I)
_ASIDE = re.compile(r"comment|kommentar|respond|related|recommend|footer|reply", re.I)
_LAST_DAY = re.compile(
    r"\s+(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|mär|apr|may|jun|jul|aug|sept?|oct|okt|nov|dec|dez"
    r"|(?:jan|febr)uary|march|april|june|july|august|(?:sept|nov|dec)ember|october|januar|februar|märz|juni|juli|oktober|dezember)\.?\s*$",
    re.I,
)


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
