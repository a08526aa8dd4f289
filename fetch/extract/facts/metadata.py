"""What a page says of its article in its head: headline, authors, dates, section, language; the best witness wins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fetch.article import Figure, When
from fetch.dates import is_later, on_day, parse_date
from fetch.extract.facts import bylines, jsonld, visible_dates
from fetch.extract.facts.byline_area import near_headline
from fetch.extract.facts.headline import headline_of
from fetch.extract.facts.jsonld import Thing
from fetch.extract.facts.visible_authors import shown_authors
from fetch.extract.markup.media import figure_of
from fetch.extract.markup.page_index import Survey
from fetch.extract.markup.tokenizer import Picture, Piece
from fetch.links import absolute
from fetch.text import unescape

_PUBLISHED = (
    "article:published_time article:published datepublished og:published_time og:article:published_time "
    "rnews:datepublished article:post_date parsely-pub-date sailthru.date article_date_original "
    "originalpublicationdate publication_date dc.date.issued dcterms.created dc.date.created publish_date "
    "publish-date publishdate pubdate cxenseparse:recs:publishtime article.published dcterms.issued publisheddate "
    "published_at date_published citation_date citation_publication_date displaydate dateposted "
    "shareaholic:article_published_time published iso-8601-publish-date"
).split()
_MODIFIED = (
    "article:modified_time og:updated_time datemodified lastmod last-modified dcterms.modified dc.date.modified "
    "modified"
).split()
_SECTIONS = (
    "article:section",
    "articlesection",
    "og:section",
    "parsely-section",
    "section",
    "cxenseparse:recs:articlesection",
)
_SOURCES = ("og:site_name", "application-name", "publisher", "dc.publisher", "twitter:site")
_KEYWORDS = ("article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags")
_DEKS = ("og:description", "description", "twitter:description", "dc.description")
_IMAGES = (
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "image",
    "thumbnail",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the article beside its body; `claims` is the JSON-LD object it was read from, {} for none."""

    headline: str
    authors: tuple[str, ...]
    published: When | None
    modified: When | None
    section: str
    source: str
    language: str
    keywords: tuple[str, ...]
    dek: str
    image: Figure | None
    claims: Thing


def facts(page: Survey, url: str, fetched: datetime | None) -> Facts:
    """What the page's head and, where that is silent, its visible byline say."""
    claims = jsonld.article_in(page.scripts, url)
    language = language_of(page, claims)
    headline = headline_of(page, claims, url)
    published, modified = dates_of(page, claims, language, fetched)
    published = on_day(published, visible_dates.in_address(url)) if published else None
    return Facts(
        headline=headline,
        authors=bylines.authors_of(page, claims, bylines.house_names(page, url)),
        published=published,
        modified=modified,
        section=jsonld.word(claims, "articleSection") or unescape(page.said(*_SECTIONS)),
        source=jsonld.word(claims, "publisher") or unescape(page.said(*_SOURCES)).lstrip("@"),
        language=language,
        keywords=_keywords(page, claims),
        dek=jsonld.word(claims, "description") or unescape(page.said(*_DEKS)),
        image=image_of(page, claims, url),
        claims=claims,
    )


def completed(known: Facts, page: Survey, pieces: Sequence[Piece], url: str, fetched: datetime | None) -> Facts:
    """The facts, with what only the visible page says of authors and date."""
    house = bylines.house_names(page, url)
    nobody = all(bylines.is_house(name, page, house) for name in known.authors)
    near = near_headline(page, known.headline, pieces) if nobody or known.published is None else []
    authors = known.authors
    if nobody:
        shown = shown_authors(page, near, known.headline, house, surely=bool(authors))
        authors = shown or authors or bylines.house_of(page)
    published = known.published
    if published is None:
        setting = visible_dates.Setting(known.headline, known.language, fetched)
        day, changed = visible_dates.visible_dates(page, near, url, setting)
        if not (day or changed):
            near = near_headline(page, known.headline, pieces, wide=True)
            day, changed = visible_dates.visible_dates(page, near, url, setting)
        published = day or known.modified or changed
    modified = known.modified if known.modified and published and is_later(known.modified, published) else None
    image = known.image or _first_shown(pieces, url)
    return replace(known, authors=authors, published=published, modified=modified, image=image)


def language_of(page: Survey, claims: Thing) -> str:
    """The BCP 47 tag the page claims, "" if none."""
    claimed = (
        page.language
        or jsonld.word(claims, "inLanguage")
        or page.said("content-language", "og:locale", "language", "dc.language")
    )
    tag = claimed.strip().replace("_", "-").split(",")[0].split(".")[0]
    return tag if re.fullmatch(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*", tag) else ""


def dates_of(page: Survey, claims: Thing, language: str, fetched: datetime | None) -> tuple[When | None, When | None]:
    """When the article was published, and when it was changed last."""
    published = parse_date(jsonld.word(claims, "datePublished"), language=language, fetched=fetched)
    published = published or _stated(page, _PUBLISHED, language)
    published = published or parse_date(jsonld.word(claims, "dateCreated", "uploadDate"), language=language)
    modified = parse_date(jsonld.word(claims, "dateModified"), language=language)
    return published, modified or _stated(page, _MODIFIED, language)


def _stated(page: Survey, names: Sequence[str], language: str) -> When | None:
    """The first date in the metas of these names."""
    contents = (content for name in names if name in page.meta for content in page.meta[name])
    return next(filter(None, (parse_date(content, language=language) for content in contents)), None)


def image_of(page: Survey, claims: Thing, url: str) -> Figure | None:
    """The picture the article is shown with."""
    source, caption = jsonld.picture(claims)
    source = unescape(page.said(*_IMAGES)) or source
    address = absolute(source, url)
    if not address:
        return None
    return Figure(address, alt=unescape(page.said("og:image:alt", "twitter:image:alt")), caption=caption)


def _first_shown(pieces: Sequence[Piece], url: str) -> Figure | None:
    """The first picture near the text that belongs to the story, for a page that names none."""
    shown = (figure_of(piece, url) for piece in pieces if isinstance(piece, Picture))
    return next((figure for figure in shown if figure), None)


def _keywords(page: Survey, claims: Thing) -> tuple[str, ...]:
    found = jsonld.words(claims, "keywords")
    for name in _KEYWORDS:
        if not found:
            contents = page.meta.get(name, [])
            found = [unescape(part) for content in contents for part in content.split(",")]
    return tuple(dict.fromkeys(word for word in found if 0 < len(word) < 80))[:30]
