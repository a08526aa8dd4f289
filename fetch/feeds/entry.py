"""A feed and its entries as they were parsed, and the teasers made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import unescape

from fetch.article import Enclosure, Figure, Teaser, When
from fetch.article_limits import MOST_CONTENT, bounded_teaser, shortened
from fetch.dateline import split_dateline
from fetch.enclosed import COMMENT, replaced
from fetch.enclosures import file_name
from fetch.feeds.identity import told_apart
from fetch.links import absolute, canonical, host
from fetch.text import clean
from fetch.text import unescape as unescape_line

_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|![a-zA-Z[][^<>]*|\?[^<>]*)>")
_NEVER_TEXT = tuple(
    (re.compile(rf"<{name}\b", re.IGNORECASE), re.compile(rf"</{name}\s*+>", re.IGNORECASE))
    for name in ("script", "style", "template")
)
_MAY_BE_NO_TEXT = re.compile("<(?:script|style|template)", re.IGNORECASE)
_TAG_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_CLOSING = re.compile(r"</([a-zA-Z][\w-]*)\s*>")
_NEVER_CLOSED = frozenset(("br", "hr", "img", "p", "wbr"))
_WITHIN_A_LINE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|tt|u|var|wbr)\b[^<>]*>",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![a-zA-Z-])([a-zA-Z-]++)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_RELATIVE = re.compile(
    r"""(<[^<>]*?\s(?:href|src|poster)\s*=\s*)(["'])(?!\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:|\#))([^"']*)\2""", re.IGNORECASE
)
_WHOLE = ('href="http', "href='http", 'src="http', "src='http", 'href="#', "href='#")
_WHOLE_BEHIND = re.compile(r"(https?://[^/?#]+)/(https?://.+)", re.IGNORECASE)
_MAIL = re.compile(r"(?<!\S)[^\s@]++@\S+")
_SAYS_BY = re.compile(r"^(?:by|from|von|par|por)\s+", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*(?:;|\||\s+and\s+|\s+&\s+|,\s+and\s+|,\s+(?=\S+\s+\S))\s*")
_LONG_ENOUGH_TO_BE_THE_STORY = 1500  # characters of text; the longest teasers of wire services stay below
_SUMMARY = 600
_MOST_LOOKED_AT = 100_000  # characters of HTML that a headline, a summary or a byline is looked for in
_LONGEST_BYLINE = 10_000


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry; `summary` and `content` are HTML unless `summary_plain` says the summary is text.

    `key_leads` says whether a key that is an address was written as one, and is no mere name made absolute;
    `original_link` is the story's own address where `link` goes through a counter (FeedBurner); `base` is what links in
    the HTML are relative to.
    """

    title: str = ""
    title_plain: bool = False
    link: str = ""
    original_link: str = ""
    key: str = ""
    key_leads: bool = True
    summary: str = field(default="", repr=False)
    summary_plain: bool = False
    content: str = field(default="", repr=False)
    published: When | None = None
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    picture: Figure | None = None
    enclosures: tuple[Enclosure, ...] = ()
    language: str = ""
    base: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: what it says of itself, and its entries in its order.

    `authors` are those of entries that name none; `ttl` is how many seconds it wants between two visits, 0 where it
    does not say. `is_cut`: it holds more than is read.
    """

    title: str = ""
    home: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    entries: tuple[FeedEntry, ...] = ()
    ttl: float = 0.0
    is_cut: bool = False

    @property
    def teasers(self) -> list[Teaser]:
        """The stories, each once, in feed order, each under an address of its own."""
        teasers = [teaser_of(entry, self.language) for entry in self.entries]
        by_name = [replace(teaser, authors=teaser.authors or self.authors) for teaser in teasers]
        home = self.home or next((entry.base for entry in self.entries), "")
        named = [bounded_teaser(teaser) for teaser in by_name if _says_something(teaser, home)]
        return [_headed(teaser) for teaser in told_apart(named, home)]


def _says_something(teaser: Teaser, home: str) -> bool:
    """Whether there is anything to read of an entry: words, a file, or a page of its own."""
    if teaser.headline or teaser.content or teaser.enclosures:
        return True
    return bool(teaser.url) and canonical(teaser.url) != canonical(home)


def _headed(teaser: Teaser) -> Teaser:
    """The teaser; one without any words under what its file or its address is called."""
    if teaser.headline:
        return teaser
    if teaser.enclosures:
        return replace(teaser, headline=file_name(teaser.enclosures[0]))
    from fetch.link_classifier.classifier import headline_from

    return replace(teaser, headline=headline_from(teaser.url))


def teaser_of(entry: FeedEntry, language: str = "") -> Teaser:
    """The entry as a teaser; its `url` is as the feed has it, made absolute, and empty if it leads nowhere."""
    summary, title = entry.summary[:_MOST_LOOKED_AT], entry.title[:_MOST_LOOKED_AT]
    text = clean(summary) if entry.summary_plain else plain_text(summary)
    headline = clean(title) if entry.title_plain else plain_text(title)
    is_story = not entry.summary_plain and len(text) >= _LONG_ENOUGH_TO_BE_THE_STORY
    content = max(entry.content, entry.summary if is_story else "", key=len)
    opening = split_dateline(text or (plain_text(content[:4000]) if content else ""), headline)
    return Teaser(
        url=_address(entry),
        headline=headline or shortened(opening.text, 80),
        summary=shortened(opening.text, _SUMMARY),
        published=entry.published or opening.day,
        dateline=opening.place,
        authors=entry.authors,
        keywords=entry.keywords,
        picture=_picture(entry, content),
        language=entry.language or language,
        key=entry.key,
        enclosures=entry.enclosures,
        content=with_absolute_links(content[:MOST_CONTENT], entry.base),
    )


def _address(entry: FeedEntry) -> str:
    """Where the story is; a guid that is an address will do, whatever its isPermaLink says."""
    key = entry.key if entry.key_leads and entry.key.startswith(("http://", "https://")) else ""
    for link in (entry.original_link, entry.link, key):
        if link and canonical(address := _without_doubled_host(absolute(link, entry.base), entry.base)):
            return address
    return ""


def _without_doubled_host(address: str, base: str) -> str:
    """The address that was meant where one host stands behind another.

    One that was written without a scheme ("www.paper.example/news") is not below the feed's folder, and one behind the
    feed's own host ("https://paper.example/https://wire.example/news") is whole by itself.
    """
    if found := _WHOLE_BEHIND.match(address):
        return found[2] if host(found[1]) == host(base) else address
    folder = base[: base.rfind("/") + 1]
    if not folder or not address.startswith(folder):
        return address
    rest = address.removeprefix(folder)
    name = rest.partition("/")[0].lower()
    if not name.startswith("www.") and name != host(base).removeprefix("www."):
        return address
    return f"{base.partition(':')[0]}://{rest}" if name.count(".") > name.startswith("www.") else address


def _picture(entry: FeedEntry, content: str) -> Figure | None:
    """The picture an entry names, with what the same or a smaller one in its text says it shows."""
    inside = picture_in(entry.summary[:_MOST_LOOKED_AT], entry.base) or picture_in(content[:MOST_CONTENT], entry.base)
    if entry.picture is None or inside is None or entry.picture.alt:
        return entry.picture or inside
    return replace(entry.picture, alt=inside.alt)


def plain_text(markup: str) -> str:
    """The words of some HTML on one safe line."""
    if "<" in markup:
        markup = _without_tags(markup)
    if "&" not in markup:
        return clean(markup)
    markup = unescape(markup)
    return unescape_line(_without_tags_written_out(markup) if "<" in markup else markup)


def picture_in(markup: str, base: str) -> Figure | None:
    """The first picture in some HTML that is more than a pixel put there to count readers."""
    if "<img" not in markup and "<IMG" not in markup:
        return None
    for tag in _PICTURE.finditer(markup):
        named = {
            match[1].lower(): unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(tag[0])
        }
        if {named.get("width"), named.get("height")} & {"0", "1", "1px"}:
            continue
        src = absolute(named.get("src", ""), base)
        if src:
            return Figure(src, alt=clean(named.get("alt", "")))
    return None


def with_absolute_links(markup: str, base: str) -> str:
    """The HTML with every relative link and picture made absolute, so that it means the same away from its feed."""

    def resolved(found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]}{absolute(found[3], base)}{found[2]}"

    return _RELATIVE.sub(resolved, markup) if base and not _all_whole(markup) else markup


def _all_whole(markup: str) -> bool:
    """Whether every link is absolute as it stands, as nearly always; counting is much quicker than matching."""
    links = markup.count("href=") + markup.count("src=")
    return links == sum(map(markup.count, _WHOLE)) and not any(name in markup for name in ("HREF", "SRC", "poster"))


def authors_in(bylines: Iterable[str]) -> tuple[str, ...]:
    """The people that bylines name, each once ("jane@example.com (Jane Doe)", "By A Lee and B Lee")."""
    found: dict[str, None] = {}
    for byline in bylines:
        for name in _BETWEEN_NAMES.split(_SAYS_BY.sub("", _without_mail(plain_text(byline[:_LONGEST_BYLINE])))):
            if name.strip(" ,"):
                found.setdefault(name.strip(" ,"))
    return tuple(found)


def _without_mail(byline: str) -> str:
    if "@" not in byline:
        return byline
    rest = _MAIL.sub("", byline).strip(" ,")
    return rest[1:-1] if rest.startswith("(") and rest.endswith(")") else rest


def _without_tags_written_out(text: str) -> str:
    """Text without tags that were escaped twice: those that are closed again. A lone <video> is what it speaks of."""
    closed = {name.lower() for name in _CLOSING.findall(text)} | _NEVER_CLOSED
    if _MAY_BE_NO_TEXT.search(text) and closed & {"script", "style", "template"}:
        return _without_tags(text)

    def left(found: re.Match[str]) -> str:
        name = _TAG_NAME.match(found[0])
        if name and name[1].lower() not in closed:
            return found[0]
        return "" if _WITHIN_A_LINE.fullmatch(found[0]) else " "

    return _TAG.sub(left, replaced(text, COMMENT, " ") if "<!--" in text else text)


def _without_tags(markup: str) -> str:
    if _MAY_BE_NO_TEXT.search(markup):
        for marks in _NEVER_TEXT:
            markup = replaced(markup, marks, " ")
    if "<!--" in markup:
        markup = replaced(markup, COMMENT, " ")
    return _TAG.sub(" ", _WITHIN_A_LINE.sub("", markup))
