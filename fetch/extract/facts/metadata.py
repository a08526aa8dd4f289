"""What a page says of its article in its head: headline, authors, dates, section, language.

Where several places name one of them, the most reliable wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fetch.article import Figure, When
from fetch.dates import is_later, on_day, parse_date, same_day
from fetch.extract.facts import bylines, jsonld, visible_dates
from fetch.extract.facts.byline_area import NearbyText, text_blocks_among, texts_near_headline
from fetch.extract.facts.headline import headline_of
from fetch.extract.facts.jsonld import Thing
from fetch.extract.facts.names import SiteNames, is_any_named, is_person
from fetch.extract.facts.visible_authors import LEAST_BEFORE_A_HOUSE, LEAST_OF_A_BYLINE, shown_authors
from fetch.extract.markup.media import figure_of
from fetch.extract.markup.page_index import PageIndex
from fetch.extract.markup.tokens import MediaTag, TextBlock, Token
from fetch.links import absolute
from fetch.picture import counts_visits
from fetch.text import unescape

_PUBLISHED = (
    "article:published_time article:published datepublished og:published_time og:article:published_time "
    "rnews:datepublished article:post_date parsely-pub-date sailthru.date article_date_original "
    "originalpublicationdate publication_date dc.date.issued dcterms.created dc.date.created publish_date "
    "publish-date published-date published_on "
    "publishdate pubdate cxenseparse:recs:publishtime article.published dcterms.issued publisheddate "
    "published_at date_published citation_date citation_publication_date displaydate dateposted "
    "shareaholic:article_published_time published iso-8601-publish-date og:pubdate pub_date news_publish_date "
    "article-published created"
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
class Metadata:
    """What is known of an article apart from its body; `claims` is the JSON-LD object it was read from, {} for none."""

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


def metadata_of(page: PageIndex, url: str, fetched: datetime | None) -> Metadata:
    """What the page's head says."""
    clues = clues_of(page, url)
    claims = clues.claims
    published, modified = dates_of(page, claims, clues.language, fetched)
    published = on_day(published, visible_dates.in_address(url)) if published else None
    return replace(
        clues,
        published=published,
        modified=modified,
        section=jsonld.text_field(claims, "articleSection") or unescape(page.meta_content(*_SECTIONS)),
        source=jsonld.text_field(claims, "publisher") or unescape(page.meta_content(*_SOURCES)).lstrip("@"),
        keywords=_keywords(page, claims),
        image=lead_image(page, claims, page.base or url),
    )


def _dek(page: PageIndex, claims: Thing) -> str:
    return jsonld.text_field(claims, "description") or unescape(page.meta_content(*_DEKS))


def clues_of(page: PageIndex, url: str) -> Metadata:
    """Only what tells the story's text from what stands around it: headline, authors, description, language."""
    claims = jsonld.article_in(page.scripts, url)
    return Metadata(
        headline=headline_of(page, claims, url),
        authors=bylines.authors_of(page, claims, bylines.site_names_of(page, url, claims)),
        published=None,
        modified=None,
        section="",
        source="",
        language=claimed_language(page, claims),
        keywords=(),
        dek=_dek(page, claims),
        image=None,
        claims=claims,
    )


def complete_metadata(
    metadata: Metadata, page: PageIndex, tokens: Sequence[Token], url: str, fetched: datetime | None
) -> Metadata:
    """The facts, with what only the visible page says of authors and date."""
    site_names = bylines.site_names_of(page, url, metadata.claims)
    nobody = _is_by_nobody(metadata, page, site_names)
    unseen = not (nobody or is_any_named(metadata.authors, _texts(text_blocks_among(tokens))))
    undated = metadata.published is None or _is_doubtful(metadata)
    nearby = texts_near_headline(page, metadata.headline, tokens) if nobody or undated or unseen else []
    authors = metadata.authors
    if nobody:
        authors = _shown_for_nobody(metadata, page, nearby, site_names) or authors or bylines.publisher_as_author(page)
    elif unseen and not is_any_named(authors, _texts(near.text_block for near in nearby)):
        shown = shown_authors(page, nearby, metadata.headline, site_names, least=LEAST_OF_A_BYLINE)
        # Who wrote the story is shown, and the head names who put it on the site.
        authors = shown if shown and all(is_person(name) for name in shown) else authors
    published = visible_dates.in_own_zone(metadata.published, page) if metadata.published else None
    if undated:
        context = visible_dates.DateContext(url, metadata.headline, metadata.language, fetched)
        published = _shown_day(replace(metadata, published=published), page, tokens, nearby, context)
    modified = metadata.modified if metadata.modified and published and is_later(metadata.modified, published) else None
    image = metadata.image or _first_shown(tokens, page.base or url)
    return replace(metadata, authors=authors, published=published, modified=modified, image=image)


def _texts(text_blocks: Iterable[TextBlock]) -> Iterator[str]:
    return (text_block.text for text_block in text_blocks)


def _is_by_nobody(metadata: Metadata, page: PageIndex, site_names: SiteNames) -> bool:
    """Whether the head names nobody, or only what is no person."""
    is_nobody = (bylines.is_nobody(name, page, site_names) for name in metadata.authors)
    return jsonld.is_by_a_house(metadata.claims) or all(is_nobody)


def _shown_for_nobody(
    metadata: Metadata, page: PageIndex, nearby: Sequence[NearbyText], site_names: SiteNames
) -> tuple[str, ...]:
    """The people that the page shows to have written the story whose head names none."""
    least = LEAST_BEFORE_A_HOUSE if metadata.authors else LEAST_OF_A_BYLINE
    shown = shown_authors(page, nearby, metadata.headline, site_names, least=least)
    cut_short = all(any(name in house for house in metadata.authors) for name in shown)
    return () if jsonld.is_by_a_house(metadata.claims) and cut_short else shown


def _shown_day(
    metadata: Metadata,
    page: PageIndex,
    tokens: Sequence[Token],
    nearby: Sequence[NearbyText],
    context: visible_dates.DateContext,
) -> When | None:
    """The day of publication, as the page shows it; where the head names a doubtful one, what surely is another."""
    if metadata.published:
        day, _ = visible_dates.visible_dates(page, nearby, context, surely=True)
        known = [when for when in (metadata.published, metadata.modified) if when]
        return metadata.published if day is None or any(same_day(day, when) for when in known) else day
    day, changed = visible_dates.visible_dates(page, nearby, context)
    if not (day or changed):
        nearby = texts_near_headline(page, metadata.headline, tokens, wide=True)
        day, changed = visible_dates.visible_dates(page, nearby, context)
    return day or metadata.modified or changed


def _is_doubtful(metadata: Metadata) -> bool:
    """Whether the head has the story changed on a day before it was published: what it names is another day then."""
    published, modified = metadata.published, metadata.modified
    return bool(published and modified and is_later(published, modified) and not same_day(published, modified))


def claimed_language(page: PageIndex, claims: Thing) -> str:
    """The BCP 47 tag the page claims, "" if none."""
    claimed = (
        page.language
        or jsonld.text_field(claims, "inLanguage")
        or page.meta_content("content-language", "og:locale", "language", "dc.language")
    )
    tag = claimed.strip().replace("_", "-").split(",")[0].split(".")[0]
    return tag if re.fullmatch(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*", tag) else ""


def dates_of(
    page: PageIndex, claims: Thing, language: str, fetched: datetime | None
) -> tuple[When | None, When | None]:
    """When the article was published, and when it was changed last."""
    published = parse_date(jsonld.text_field(claims, "datePublished"), language=language, fetched=fetched)
    published = published or _stated(page, _PUBLISHED, language)
    published = published or parse_date(jsonld.text_field(claims, "dateCreated", "uploadDate"), language=language)
    if isinstance(published, datetime) and not published.utcoffset():
        published = _with_offset(published, page, language)
    modified = parse_date(jsonld.text_field(claims, "dateModified"), language=language)
    return published, modified or _stated(page, _MODIFIED, language)


def _stated(page: PageIndex, names: Sequence[str], language: str) -> When | None:
    """The first date in the metas of these names."""
    contents = (content for name in names if name in page.meta for content in page.meta[name])
    return next(filter(None, (parse_date(content, language=language) for content in contents)), None)


def _with_offset(published: datetime, page: PageIndex, language: str) -> datetime:
    """The same moment or clock with its zone, where another statement of the head gives that: days differ by zones."""
    contents = (content for name in _PUBLISHED if name in page.meta for content in page.meta[name])
    offsets = (content for content in contents if "+" in content or "-" in content[10:])
    others = (parse_date(content, language=language) for content in offsets)
    placed = [other for other in others if isinstance(other, datetime) and other.utcoffset()]
    by_clock = published.replace(tzinfo=None)
    return next((one for one in placed if one == published or one.replace(tzinfo=None) == by_clock), published)


def lead_image(page: PageIndex, claims: Thing, url: str) -> Figure | None:
    """The picture the article is shown with."""
    source, caption = jsonld.image_of(claims)
    source = unescape(page.meta_content(*_IMAGES)) or source
    address = absolute(source, url)
    if not address:
        return None
    return Figure(address, alt=unescape(page.meta_content("og:image:alt", "twitter:image:alt")), caption=caption)


def _first_shown(tokens: Sequence[Token], url: str) -> Figure | None:
    """The first picture near the text that belongs to the story, for a page that names none."""
    shown = (figure_of(token, url) for token in tokens if isinstance(token, MediaTag))
    return next((figure for figure in shown if figure and not counts_visits(figure)), None)


def _keywords(page: PageIndex, claims: Thing) -> tuple[str, ...]:
    found = jsonld.text_list(claims, "keywords")
    for name in _KEYWORDS:
        if not found:
            contents = page.meta.get(name, [])
            found = [unescape(part) for content in contents for part in content.split(",")]
    return tuple(dict.fromkeys(word for word in found if 0 < len(word) < 80))[:30]
