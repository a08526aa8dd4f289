"""The day a story was published, as the page shows it where its head is silent.

Every date written around the headline, every <time> and the date in the address is looked at. Each has features, each
feature adds its weight (date_weights), and the date with the highest sum wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from fetch.article import When, moment_of
from fetch.calendar_words import MODIFIED_WORDS, OTHER_DATE_WORDS, PUBLISHED_WORDS
from fetch.dates import WRITTEN_DAY, may_be_dated, order_of, parse_date, same_day
from fetch.extract.facts.byline_area import NearbyText, is_elsewhere
from fetch.extract.facts.date_weights import WEIGHTS
from fetch.extract.facts.page_address import own_address
from fetch.extract.markup.live_coverage import says_live
from fetch.extract.markup.page_index import PageIndex, is_of_another_thing
from fetch.extract.markup.tokens import TextBlock
from fetch.text import unescape


def _any_of(words: str) -> re.Pattern[str]:
    """A pattern for any of the beginnings of words; "=" before one asks for the whole word, "_" is a space."""
    written = (word.replace("_", r"\s") for word in words.split())
    return re.compile("|".join(rf"\b{word[1:]}\b" if word[0] == "=" else word for word in written), re.I)


_MODIFIED = _any_of(MODIFIED_WORDS)
_PUBLISHED = _any_of(PUBLISHED_WORDS)
_OF_SOMETHING_ELSE = _any_of(OTHER_DATE_WORDS)
_LEAST = -0.8  # below this, no date is better
_SURE = 1.0  # to name another day than the head


class _ShownDate(NamedTuple):
    """A day that the page shows, and its features."""

    when: When
    features: tuple[str, ...]


class DateContext(NamedTuple):
    """What decides how the dates of a page read: its address, headline and language, and when it was fetched."""

    url: str
    headline: str
    language: str
    fetched: datetime | None


def visible_dates(
    page: PageIndex, nearby: Sequence[NearbyText], context: DateContext, *, surely: bool = False
) -> tuple[When | None, When | None]:
    """The day of publication that the page shows, None where not `surely` enough; the day it says it was changed."""
    context = context._replace(language=order_of(" ".join([one.text for one, _ in nearby]), context.language))
    in_times, stated = _in_times(page, context)
    banner = _banner_of(nearby)
    shown_near = [
        shown for one, position in nearby if id(one) not in banner for shown in _dated(one, position, context, stated)
    ]
    all_shown = [shown for shown in (*shown_near, *in_times) if not _is_ahead(shown.when, context)]
    all_shown += _in_head(page, context)
    if day := in_address(context.url):
        all_shown.append(_ShownDate(day, ("address",)))
    best = max(all_shown, key=_score, default=None)
    changed = next(
        (one.when for one in all_shown if "changed" in one.features and "elsewhere" not in one.features), None
    )
    if best and _score(best) > (_SURE if surely else _LEAST):
        return _to_the_minute(best.when, all_shown), changed
    return None if surely else _in_state(page), changed


def _banner_of(nearby: Sequence[NearbyText]) -> set[int]:
    """The `id` of each text block over the headline in the page's own header, which shows today's date."""
    under = next((one.element for one, position in nearby if position == "under"), None)
    if under is None or under.within == "header":
        return set()
    return {
        id(one)
        for one, position in nearby
        if position == "over" and one.element.within == "header" and not one.element.article
    }


_AHEAD = timedelta(days=2)


def _is_ahead(when: When, context: DateContext) -> bool:
    """Whether a day had not come when the page was fetched: a story tells of it, but did not come out on it."""
    return context.fetched is not None and moment_of(when) > context.fetched + _AHEAD


def _to_the_minute(when: When, all_shown: Sequence[_ShownDate]) -> When:
    """The moment on that day which another date on the page names, where this one only knows the day."""
    moments = (other.when for other in all_shown if isinstance(other.when, datetime) and same_day(other.when, when))
    return when if isinstance(when, datetime) else next(moments, when)


def _score(shown: _ShownDate) -> float:
    return sum([WEIGHTS[feature] for feature in shown.features])


_ENDS_ON = re.compile(
    r"(?:\b(?:until|till|expir(?:es|y|ing)(?: on)?|valid (?:to|through)|deadline|available (?:to|through)|bis(?: zum)?"
    r"|gültig (?:bis|ab)|jusqu['’]au?|hasta(?: el)?|fino al?|até|tot(?: en met)?|t/m|до|do dnia|kadar)|ISBN[\d\s-]*"
    r"|\b(?:Press|Verlag|Books|Éditions|Editorial|Publishers?|Publishing),?(?:\s+(?:published|erschienen|paru)(?:\s+\w+)?)?)"
    r"\W*$",
    re.IGNORECASE,
)
"""What stands before the day on which something ends, or on which a book came out."""
_LONGEST_DATED = 140
_SENTENCE = 90
_JUST_BEFORE = 40  # characters
_TELLING = 4  # words in small letters; a dateline has fewer
_FIRST_PAGES = 1990  # a year before it is part of the story


def _dated(
    text_block: TextBlock, position: str, context: DateContext, stated: Mapping[str, When]
) -> Iterator[_ShownDate]:
    """The dates in a text block, with their features; a date that the headline names is part of the story.

    What is `stated` of a date as it is written goes before what its figures may mean.
    """
    is_dated = may_be_dated(text_block.text[: _LONGEST_DATED + _SENTENCE])
    if not context.fetched and not is_dated:
        return  # without a moment to count from, words alone name no day
    text = (
        " ".join(" ".join([run[0] for run in text_block.runs]).split()) if len(text_block.runs) > 1 else text_block.text
    )
    part = text if len(text) <= 200 else text[:_SENTENCE]
    found = list(WRITTEN_DAY.finditer(part))[:3] if is_dated else []
    for at, written in enumerate(found):
        before = part[found[at - 1].end() if at else 0 : written.start()]
        whole = parse_date(part, language=context.language) if len(found) == 1 and len(part) < 100 else None
        when = stated.get(written[0]) or whole or parse_date(written[0], language=context.language)
        if not when or when.year < _FIRST_PAGES or written[0] in context.headline:
            continue
        if not _is_told(text if _CJK.search(part) else part, written) and not _ENDS_ON.search(part[: written.start()]):
            yield _ShownDate(when, (position, *_features(text_block, part, written, (before[-_JUST_BEFORE:], when))))
    if not found and len(text) < 60 and (when := _since(text, context)):
        yield _ShownDate(when, (position, "alone"))


def _is_told(text: str, written: re.Match[str]) -> bool:
    """Whether a date is part of a sentence of the story, and no line of its own: "It opens on 4 May 2027."."""
    before, after = text[: written.start()], text[written.end() :]
    if text.rstrip("\"'”’»)」』")[-1:] not in ".!?。！？" or _PUBLISHED.search(before) or _MODIFIED.search(before):
        return False
    told = (
        sum(word.islower() for word in f"{before} {after}".split()) >= _TELLING or len(_CJK.findall(text)) > _A_CLAUSE
    )
    return told and bool(before.strip())


_CJK = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
_A_CLAUSE = 25  # characters in these scripts; a line with a date has fewer


def _since(text: str, context: DateContext) -> When | None:
    """The moment that "3 hours ago" means."""
    return parse_date(text, language=context.language, fetched=context.fetched) if context.fetched else None


def _features(text_block: TextBlock, text: str, written: re.Match[str], read: tuple[str, When]) -> Iterator[str]:
    """How a date stands in its text block; `read` is what is written just before it, and when it is."""
    others = len(text_block.text) - len(written[0])
    before, when = read
    element = text_block.element
    found = {
        "alone": others < 25,
        "short": 25 <= others < _SENTENCE,
        "in a sentence": others > _LONGEST_DATED,
        "begins": others >= _SENTENCE and written.start() < 3,
        "deep": written.start() > 45,
        "published": _PUBLISHED.search(before),
        "changed": _MODIFIED.search(before),
        "of something else": _OF_SOMETHING_ELSE.search(before) or _FROM_TO.search(text),
        "linked": text_block.linked * 2 > len(text_block.text),
        "elsewhere": is_elsewhere(text_block),
        "in a list": element.within in ("li", "table"),
        "in a figure": element.within in ("blockquote", "figure", "figcaption"),
        "clock": isinstance(when, datetime),
    }
    return (feature for feature, holds in found.items() if holds)


_TIMES = "time,abbr.published,[itemprop=datePublished],[property*='dc:date' i]"
_CALLED_DATES = "[class*=date i],[class*=datum i],[class*=publi i],[class*=posted i]"
_MOST_TIMES, _MOST_READ = 60, 12
_NTH = ("first time", "second time", "later time")


def _in_times(page: PageIndex, context: DateContext) -> tuple[list[_ShownDate], dict[str, When]]:
    """What the elements made for dates say, and what they state of the dates that they show in ambiguous figures."""
    body = page.tree.body
    nodes = (body.css(_TIMES)[:_MOST_TIMES] or body.css(_CALLED_DATES)[:_MOST_TIMES]) if body else []
    if len(nodes) > 2 and says_live(context.headline):
        own = iter(_earliest_first(nodes))
    else:
        own = (node for node in nodes if not _is_of_another(node))
    shown, meant = [], {}
    for at, node in enumerate(islice(own, _MOST_READ)):
        attributes = node.attributes
        stated = parse_date(attributes.get("datetime") or attributes.get("content") or attributes.get("title") or "")
        text = unescape(node.text(separator=" "))[:_LONGEST_DATED]
        when = stated or parse_date(text, language=context.language, fetched=context.fetched)
        if stated and _FIGURES.fullmatch(text):
            meant[text] = stated
        if when:
            called = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}"
            shown.append(_ShownDate(when, (_NTH[min(at, 2)], *_features_of_element(called, text))))
    return shown, meant


_FIGURES = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")


def _is_of_another(node: LexborNode) -> bool:
    """Whether a date stands in the page's header or footer, or in a short article that leads to another page."""
    if is_of_another_thing(node):
        return True
    up: LexborNode | None = node.parent
    for _ in range(_NEAR):
        if up is None or up.tag in ("body", "main"):
            return False
        if up.tag == "article":
            return len(up.text()) < _A_TEASER and up.css_first("h1") is None and up.css_first("a[href]") is not None
        if up.tag in ("footer", "header", "nav"):
            return up.css_first("h1") is None and not _in_an_article(up)
        up = up.parent
    return False


_NEAR = 8  # elements
_A_TEASER = 600  # letters; the page's own story says more


def _in_an_article(node: LexborNode) -> bool:
    up = node.parent
    while up is not None and up.tag not in ("article", "main"):
        up = up.parent
    return up is not None


def _earliest_first(nodes: list[LexborNode]) -> list[LexborNode]:
    """The times of a live blog's entries from its first on: it was published then, not when it was last added to."""
    when = {node.mem_id: parse_date(node.attributes.get("datetime") or "") for node in nodes}
    dated = [(moment_of(day), node) for node in nodes if (day := when[node.mem_id])]
    return [node for _, node in sorted(dated, key=lambda one: one[0])] or nodes


def _features_of_element(called: str, text: str) -> Iterator[str]:
    """What an element's names say of its date."""
    if _NAMED.search(called):
        yield "named"
    if _MODIFIED.search(called) or _MODIFIED.search(text[:40]):
        yield "changed"
    if _ANOTHERS.search(called):
        yield "elsewhere"


_NAMED = re.compile(r"publish|entry-date|pubdate", re.I)
_ANOTHERS = re.compile(r"comment|relat", re.I)
_FROM_TO = re.compile(r"\d[:.]\d\d\s?[-–]\s?\d{1,2}[:.]\d\d")  # an event lasts, a story comes out
_IN_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")  # at the end of a description: "(News of 14 January 2020)"
_SOME_DATE = "date dc.date dcterms.date timestamp createdate cre_date last-modified-original".split()


def _in_head(page: PageIndex, context: DateContext) -> Iterator[_ShownDate]:
    """What the head says in its title, or under names that do not tell which day they mean."""
    noted = _IN_BRACKETS.search(page.meta_content("description")[-_SENTENCE:])
    for written in WRITTEN_DAY.finditer(f"{page.title[:400]} {noted[1] if noted else ''}"):
        when = parse_date(written[0], language=context.language)
        if when and written[0] not in context.headline:
            yield _ShownDate(when, ("title",))
    for name in _SOME_DATE:
        if name in page.meta and (when := parse_date(page.meta[name][0], language=context.language)):
            yield _ShownDate(when, ("stated",))


def in_own_zone(published: When, page: PageIndex) -> When:
    """The moment of publication in the zone of the place, where an element states it so, the head in universal time."""
    if not isinstance(published, datetime) or published.utcoffset():
        return published
    times = page.tree.css("time[datetime]")[:_MOST_STATED]
    written = [text for node in times if _OFFSET.search(text := node.attributes.get("datetime") or "")]
    moments = [when for text in written if isinstance(when := parse_date(text), datetime)]
    return next((when for when in moments if abs(when - published) < _SAME_MINUTE), published)


_OFFSET = re.compile(r"[+-](?:0[1-9]|1\d|00:?[1-9]):?\d{0,2}$")
_MOST_STATED = 3
_SAME_MINUTE = timedelta(minutes=1)
_YEAR, _MONTH, _DAY = r"((?:19|20)\d\d)", "(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_ADDRESS = re.compile(rf"/{_YEAR}(?:[/-](0[1-9]|1[0-2])[/-]?|(0[1-9]|1[0-2])/?){_DAY}(?!\d)")
_ADDRESS_IN_NAME = re.compile(rf"[/_=-][a-z]?(20\d\d){_MONTH}{_DAY}(?:(?!\d)|(?:\d{{4}}|\d{{6}})(?!\d))")
_ADDRESS_SHORT = re.compile(rf"/([012]\d)/{_MONTH}{_DAY}/")
_ADDRESS_BY_MONTH = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/(0?[1-9]|[12]\d|3[01])(?=/|$)", re.I)
_ADDRESS_DAY_FIRST = re.compile(r"[/-](0[1-9]|[12]\d|3[01])[-_.](0[1-9]|1[0-2])[-_.]((?:19|20)\d\d)(?!\d)")


def in_address(url: str) -> When | None:
    """The day that stands in a page's address, its own one where it is kept in an archive."""
    url = own_address(url)
    if found := _ADDRESS.search(url):
        return parse_date(f"{found[1]}-{found[2] or found[3]}-{found[4]}")
    if found := _ADDRESS_IN_NAME.search(url):
        return parse_date("-".join(found.groups()))
    if found := _ADDRESS_BY_MONTH.search(url):
        return parse_date(f"{found[3]} {found[2]} {found[1]}", language="en")
    if found := _ADDRESS_SHORT.search(url):
        return parse_date(f"20{found[1]}-{found[2]}-{found[3]}")
    found = _ADDRESS_DAY_FIRST.search(url)
    return parse_date("-".join(reversed(found.groups()))) if found else None


_STATED = re.compile(
    r"""["'](?:date_?published|published_?(?:at|on|date|time)?|publish_?(?:ed)?_?(?:date|time)|publication_?date"""
    r"""|(?-i:createdAt)|pub_?date)\\?["']\s*:\s*\\?["'](\d{4}-\d\d-\d\d[^"'\\]{0,24})""",
    re.I,
)


_MARKS_OF_STATE = ("ublish", "pub", "createdAt")


def _in_state(page: PageIndex) -> When | None:
    """The day in the state that the page's own program starts from, if it names one only."""
    programs = [script.text() for script in page.tree.css("script")]
    likely = [program for program in programs if any(mark in program for mark in _MARKS_OF_STATE)]
    stated = [parse_date(found[1]) for program in likely for found in _STATED.finditer(program)]
    days = [when for when in stated if when]
    return days[0] if days and all(same_day(when, days[0]) for when in days) else None
