"""Who wrote it and when, as the page shows it where its head is silent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from fetch.extract import linked
from fetch.extract.linked import Thing
from fetch.extract.stream import Passage, Piece
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
_SHOWN = (
    "[rel~=author],[itemprop=author],.byline,.author,.author-name,.byline-name,[class*=byline i],[class*=author i],"
    "[class*=autor i],.submitted,.vcard .fn,a[href*='/author/'],a[href*='/autor/'],[class*=meta i]"
)
_BY = re.compile(
    r"^\s*(?:(?:story|written|posted|reported|published|submitted|photos?|words|text|article|interview)\s+by|by|from|vom|von|"
    r"(?:veröffentlicht|erstellt|geschrieben|verfasst|eingestellt|gepostet|gespeichert|beitrag|artikel|pressemitteilung)\s+von|"
    r"(?:publicado|escrito|postado|redactado)\s+por|(?:publié|écrit|rédigé|posté)\s+par|(?:scritto|pubblicato)\s+da|par|por|di|"
    r"da|af|av|door|przez|autor(?:en|in|a|es)?|auteurs?|author|redaktion|text|foto|"
    r"ein (?:beitrag|artikel|kommentar|gastbeitrag) von|"
    r"автор|текст|作者|文|記者|记者|oleh|kirjoittaja|yazan|tekst)\b\s*[:：]?\s*",
    re.I,
)
_SPLIT = re.compile(
    r"\s*(?:[;|/•·＆&]|,\s+(?!(?:jr|sr|phd|md|ph\.d|m\.d|esq)\b)|\s(?:and|und|et|y|e|och|og|en|i|ja|ve|и|dan|with|mit|avec)\s)\s*",
    re.I,
)
_NOT_NAMES = re.compile(
    r"https?:|www\.|@|\d{3}|\d[./:]\d|\*|\b(?:says?|sagt|schreibt|schrieb|dice|meint|wrote)\W*$|^(?:name|admin|administrator|editor|staff|desk|none|null|guest|anonymous|unknown|author|user)$|[<>{}=]",
    re.I,
)
_TAIL = re.compile(
    r"\s*(?:[|,–—•·]|\s-|-\s|\balle (?:artikel|beiträge)\b|\b(?:view )?all posts\b|\bkategorien?\b|\bcategor|"
    r"(?<=\w)\s\bstaff\b|\bfollow\b|\bin\b|\bfor\b|\bat\b|\bam\b|\bvom\b|\bupdated\b|\bpublished\b|\bposted\b|\bon\b|\s\d+(?=[^\d\s]|\s+\S)).*$",
    re.I | re.S,
)


def authors_of(page: Survey, claims: Thing) -> tuple[str, ...]:
    """The names of the authors that the page's head gives, each once, without "By" and without offices."""
    found = _names(linked.people(claims), _UNLIKELY) or _names(linked.people(claims, "creator"), _UNLIKELY)
    if not found:
        found = [name for name in _in_meta(page) if not _is_house(name, page)]
    return tuple(found or _names(_on_a_card(page), _UNLIKELY))


def house_of(page: Survey) -> tuple[str, ...]:
    """The publisher, where the page's head names it as the author and nobody else is named anywhere."""
    return tuple(_in_meta(page))


def _in_meta(page: Survey) -> list[str]:
    for name in _META:
        if found := _names([unescape(content) for content in page.meta.get(name, ())], _NOT_NAMES):
            return found
    return []


def _is_house(name: str, page: Survey) -> bool:
    """Whether a name is the site's own: as it calls itself, or as its page's title ends."""
    own, site = _squeezed(name), _squeezed(page.said("og:site_name", "application-name"))
    return (
        bool(_SITE.fullmatch(name))
        or own == site
        or (len(own) > 3 and (own in site or (len(site) > 3 and site in own) or own in _squeezed(page.title[-60:])))
    )


def _squeezed(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)+")


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
        set_apart = 1 < len(words) < 5 and passage.styled >= 0.8 * len(passage.text) and passage.linked == 0
        if set_apart and all(word[0].isupper() and word.isalpha() for word in words):
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
        name
        for text in written
        if len(text) < _LONGEST_LIST and not _ADDRESS_LIKE.match(text)
        for name in split_names(text, never, _PREPOSITION)
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
_LONGEST_LIST = 1000  # characters: the hundred authors of a scientific paper
_ADDRESS_LIKE = re.compile(r"\s*(?:https?:|www\.|/)|\S+@\S+$", re.I)
_UNLIKELY = re.compile(r"https?:|www\.|@|\d{4}|^(?:none|null|undefined|unknown)$|[<>{}=(\[]", re.I)


def _shown(page: Survey) -> list[str]:
    body = page.tree.body
    if body is None:
        return []
    for node in body.css(_SHOWN)[:24]:
        text = unescape(node.text(separator=" "))
        linked = "author" in (node.attributes.get("rel") or "")
        if not 1 < len(text) < _LONGEST_BYLINE or _PICTURE_BY.match(text) or (not linked and _stands_aside(node)):
            continue
        by = _BY.match(text) or _AT_THE_END.search(text)
        names = split_names(_LAST_DAY.sub("", _TAIL.sub("", text[by.end() :] if by else text)))
        if names and (by or ("meta" not in _called(node) and _names_a_person(node, names))):
            return names
    return []


def _called(node: LexborNode) -> str:
    return (node.attributes.get("class") or "").lower()


def _names_a_person(node: LexborNode, names: Sequence[str]) -> bool:
    attributes = node.attributes
    called = _called(node).split()
    if "author" in (attributes.get("rel") or "") or "vcard" in called or "author" in called:
        return len(names) < 4
    return len(names) <= 3 and all(1 < len(name.split()) < 5 and name[0].isupper() for name in names)


def _stands_aside(node: LexborNode) -> bool:
    """Whether a byline is that of a comment, of another story, or of nothing but a form."""
    up: LexborNode | None = node
    for _ in range(5):
        if up is None or up.tag in ("body", "main"):
            return False
        attributes = up.attributes
        if up.tag in ("form", "label") or _ASIDE.search(
            f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
        ):
            return True
        up = up.parent
    return False


_PICTURE_BY = re.compile(r"\W*(?:fotos?|photos?|bild(?:er)?|image|picture|credit)\b", re.I)
_AT_THE_END = re.compile(r"(?:^|\s)(?:by|von|par|por|av|door)\s+(?=[^\W\d_][^\n]{1,50}$)", re.I)
_ASIDE = re.compile(r"comment|kommentar|respond|related|recommend|reply", re.I)
_LAST_DAY = re.compile(
    r"\s+(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|mär|apr|may|jun|jul|aug|sept?|oct|okt|nov|dec|dez"
    r"|(?:jan|febr)uary|march|april|june|july|august|(?:sept|nov|dec)ember|october|januar|februar|märz|juni|juli|oktober|dezember)\.?\s*$",
    re.I,
)
