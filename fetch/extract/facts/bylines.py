"""Who wrote a story, as the page's head says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from fetch.extract.facts import jsonld
from fetch.extract.facts.cjk_bylines import MAY_BE_CJK, cjk_byline, is_japanese
from fetch.extract.facts.jsonld import Thing
from fetch.extract.facts.names import (
    BY_ALONE,
    SPLIT,
    SiteNames,
    folded_letters,
    is_desk,
    is_house,
    is_no_value,
    is_placeholder,
)
from fetch.extract.facts.page_address import own_address
from fetch.extract.markup.page_index import PageIndex
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
    "citation_authors",
    "og:article:author",
    "cxenseparse:author",
    "article:author_name",
    "authors",
    "creator",
    "article_author",
)
_NOT_NAMES = re.compile(
    r"https?:|www\.|@|\d{3}|\d[./:]\d|\*|\b(?:says?|sagt|schreibt|schrieb|dice|meint|wrote)\W*$|^(?:name|admin|administrator|editor|staff|desk|none|null|guest|anonymous|unknown|author|user)$|[<>{}=]",
    re.I,
)


def authors_of(page: PageIndex, claims: Thing, site_names: SiteNames) -> tuple[str, ...]:
    """The names of the authors that the page's head gives, each once, without "By" and offices."""

    def people(names: list[str]) -> list[str]:
        return [] if any(is_nobody(name, page, site_names) for name in names) else names

    in_metas = [[name for names in contents for name in people(names)] for contents in _in_metas(page)]
    first = _claimed(claims) or next(filter(None, in_metas), []) or _on_a_card(page)
    # Where some place names but the first of them, another has them all.
    return tuple(next((names for names in in_metas if first and set(first) < set(names)), first))


def publisher_as_author(page: PageIndex) -> tuple[str, ...]:
    """The publisher, where the page's metas name it as the author and nobody else is named anywhere."""
    return tuple(next(([name for names in contents for name in names] for contents in _in_metas(page)), ()))


def _claimed(claims: Thing) -> list[str]:
    return _names(jsonld.people(claims), _UNLIKELY) or _names(jsonld.people(claims, "creator"), _UNLIKELY)


def site_names_of(page: PageIndex, url: str, claims: Thing) -> SiteNames:
    """What the site calls itself: its name, its publisher's, and its host."""
    host = (urlsplit(own_address(url)).hostname or "").removeprefix("www.")
    names = (page.meta_content("og:site_name", "application-name"), jsonld.text_field(claims, "publisher"))
    called = (*names, host, host.rpartition(".")[0])
    return frozenset(own for name in called if len(own := folded_letters(name)) > 1)


def _in_metas(page: PageIndex) -> Iterator[list[list[str]]]:
    """The names in each content of each of the metas for authors."""
    for name in _META:
        contents = (unescape(content) for content in page.meta.get(name, ()))
        found = [_names([_in_order(content) if name in _INVERTED else content], _NOT_NAMES) for content in contents]
        if any(found):
            yield found


_INVERTED = (
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "citation_authors",
)  # written as library catalogues do: "Quill, Ida"
_FAMILY_FIRST = re.compile(r"([^\W\d_][\w'’-]+),\s+((?:[^\W\d_][\w'’.-]*\s?){1,3})")


def _in_order(name: str) -> str:
    """A name that is written family name first, as it is said."""
    inverted = _FAMILY_FIRST.fullmatch(name.strip())
    return f"{inverted[2]} {inverted[1]}" if inverted else name


def is_nobody(name: str, page: PageIndex, site_names: SiteNames) -> bool:
    """Whether a name is no person's: the site's or a company's, or what somebody logs in with."""
    return is_house(name) or is_desk(name) or bool(_LOGIN.fullmatch(name)) or is_site_name(name, page, site_names)


_LOGIN = re.compile(r"[a-z][a-z0-9_.-]{3,}")


def is_site_name(name: str, page: PageIndex, site_names: SiteNames) -> bool:
    """Whether a name is the site's own: as it calls itself, or as its page's title ends."""
    own = folded_letters(name)
    if _SITE.fullmatch(name) or own in site_names:
        return True
    alike = any(own in one or one in own for one in site_names if len(one) > 3)
    return len(own) > 3 and (alike or own in folded_letters(page.title[-60:]))


_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def _on_a_card(page: PageIndex) -> list[str]:
    """What the page's card for other sites says the story was written by (twitter:label1, twitter:data1)."""
    for number in ("1", "2"):
        if _WRITTEN.search(page.meta_content(f"twitter:label{number}")):
            return _names([unescape(page.meta_content(f"twitter:data{number}"))], _UNLIKELY)
    return []


_WRITTEN = re.compile(
    r"written|verfasst|geschrieben|escrito|écrit|scritto|geschreven|napisan|skrevet|skriven|автор|yazan|auteur|author",
    re.I,
)


def _names(written: Sequence[str], never: re.Pattern[str]) -> list[str]:
    names = [
        name
        for text in written
        if len(text) < _LONGEST_LIST and not _ADDRESS_LIKE.search(text)
        for name in _split(text, never)
    ]
    return list(dict.fromkeys(names))


def _split(text: str, never: re.Pattern[str]) -> list[str]:
    if not text.isascii() and MAY_BE_CJK.search(text) and (byline := cjk_byline(text, japanese=is_japanese(text))):
        return list(byline.names)
    text = _PREPOSITION.sub("", _PICTURED.sub("", text), count=1).strip(_EDGES)
    parts = (_OFFICE.sub("", part.strip(_EDGES)) for part in SPLIT.split(text))
    names = [name for name in parts if name and _is_name(name, never)]
    has_seat = len(names) > 1 and _SITE.fullmatch(names[0])  # "gazette.example, Harbour City"
    return names[:1] if has_seat else names


def _is_name(text: str, never: re.Pattern[str]) -> bool:
    return (
        1 < len(text) < 60
        and len(text.split()) <= 7
        and not never.search(text)
        and not (is_placeholder(text) or is_no_value(text))
    )


_EDGES = " ,.:|–—-"
_OFFICE = re.compile(
    r"\s*(?:기자|특파원|記者|记者)$"
)  # what Korean, Japanese and Chinese papers call a reporter, after the name
_PREPOSITION = re.compile(rf"^\s*(?:(?:story|written|posted) by|from|{BY_ALONE})\b\s*[:：]?\s*", re.I)
_PICTURED = re.compile(r"\s*\((?:image|photo|picture|foto|bild)\b.*$", re.I | re.S)
_LONGEST_LIST = 1000  # characters: the hundred authors of a scientific paper
_ADDRESS_LIKE = re.compile(r"https?:|www\.|^\s*/|^\S+@\S+$", re.I)
_UNLIKELY = re.compile(r"https?:|www\.|@|\d{4}|^(?:none|null|undefined|unknown)$|[<>{}=(\[]", re.I)
