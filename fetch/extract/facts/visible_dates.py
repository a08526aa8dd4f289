"""The day a story was published, as the page shows it where its head is silent.

Every date written around the headline, every <time> and the address are witnesses; each has signs, each sign counts
for what the table below says, and the witness with the most wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from fetch.article import When
from fetch.calendar_words import MODIFIED, OF_SOMETHING_ELSE, PUBLISHED
from fetch.dates import WRITTEN_DAY, order_of, parse_date, same_day
from fetch.extract.facts.byline_area import Near, is_elsewhere
from fetch.extract.markup.page_index import Survey
from fetch.extract.markup.tokenizer import Passage
from fetch.text import unescape

# What a sign counts for: fitted to saved pages, each site left out in turn, then rounded.
_WEIGHTS = {
    "over": 1.4,  # in the few lines over the headline
    "under": 1.6,  # and under it, before the story is well begun
    "below": -1.2,
    "far": -2.3,
    "end": -2.3,
    "alone": 1.0,  # a line that says little else
    "short": 0.7,
    "in a sentence": -1.6,  # or another long passage
    "begins": 1.4,  # a paragraph, as agencies do
    "deep": -1.2,  # behind many other words
    "clock": 1.0,  # with the time of day
    "published": 1.0,  # after "published on" and the like
    "changed": -1.7,  # after "updated"
    "of something else": -1.5,  # "member since", "today is"
    "linked": -0.5,
    "elsewhere": -1.2,  # in comments, promotions, lists of other stories
    "in a list": -1.4,
    "in a figure": -1.6,
    "first time": 1.3,  # the page's first <time>
    "second time": -1.4,
    "later time": -2.3,
    "named": 0.7,  # an element that is called the day of publication
    "address": 2.8,
    "title": 2.8,  # the page's, behind the headline
    "stated": 0.8,  # the page's head, under a name that other dates go by too
}
_LEAST = -0.8  # below this, no date is better


class _Witness(NamedTuple):
    """A day that the page shows, and its signs."""

    when: When
    signs: tuple[str, ...]


class Setting(NamedTuple):
    """What decides how the dates of a page read: its headline, its language, and when it was fetched."""

    headline: str
    language: str
    fetched: datetime | None


def visible_dates(page: Survey, near: Sequence[Near], url: str, setting: Setting) -> tuple[When | None, When | None]:
    """The day of publication that the page shows, and the day it says it was changed."""
    setting = setting._replace(language=order_of(" ".join([one.text for one, _ in near]), setting.language))
    witnesses = [witness for passage, place in near for witness in _dated(passage, place, setting)]
    witnesses += [*_in_times(page, setting), *_in_head(page, setting)]
    if day := in_address(url):
        witnesses.append(_Witness(day, ("address",)))
    best = max(witnesses, key=_score, default=None)
    changed = next((witness.when for witness in witnesses if "changed" in witness.signs), None)
    if best and _score(best) > _LEAST:
        return _to_the_minute(best.when, witnesses), changed
    return _in_state(page), changed


def _to_the_minute(when: When, witnesses: Sequence[_Witness]) -> When:
    """The moment on that day which another witness knows, where this one only knows the day."""
    moments = (other.when for other in witnesses if isinstance(other.when, datetime) and same_day(other.when, when))
    return when if isinstance(when, datetime) else next(moments, when)


def _score(witness: _Witness) -> float:
    return sum([_WEIGHTS[sign] for sign in witness.signs])


_LONGEST_DATED = 140
_SENTENCE = 90
_FIRST_PAGES = 1990  # a year before it is part of the story


def _dated(passage: Passage, place: str, setting: Setting) -> Iterator[_Witness]:
    """The dates in a passage, with the signs of how they stand there; what the headline names is part of the story."""
    if not setting.fetched and not _FIGURE.search(passage.text):
        return  # without a moment to count from, words alone name no day
    text = " ".join(" ".join([run[0] for run in passage.runs]).split()) if len(passage.runs) > 1 else passage.text
    part = text if len(text) <= 200 else text[:_SENTENCE]
    found = list(WRITTEN_DAY.finditer(part))[:3] if _FIGURE.search(part) else []
    for written in found:
        whole = parse_date(part, language=setting.language) if len(found) == 1 and len(part) < 100 else None
        when = whole or parse_date(written[0], language=setting.language)
        if when and when.year >= _FIRST_PAGES and written[0] not in setting.headline:
            yield _Witness(when, (place, *_signs(passage, part, written, when)))
    if not found and len(text) < 60 and (when := _since(text, setting)):
        yield _Witness(when, (place, "alone"))


def _since(text: str, setting: Setting) -> When | None:
    """The moment that "3 hours ago" means."""
    return parse_date(text, language=setting.language, fetched=setting.fetched) if setting.fetched else None


def _signs(passage: Passage, text: str, written: re.Match[str], when: When) -> Iterator[str]:
    """How a date stands in its passage."""
    others = len(passage.text) - len(written[0])
    before = text[max(0, written.start() - 40) : written.start()]
    holder = passage.holder
    found = {
        "alone": others < 25,
        "short": 25 <= others < _SENTENCE,
        "in a sentence": others > _LONGEST_DATED,
        "begins": others >= _SENTENCE and written.start() < 3,
        "deep": written.start() > 45,
        "published": PUBLISHED.search(before),
        "changed": MODIFIED.search(before),
        "of something else": OF_SOMETHING_ELSE.search(before) or _FROM_TO.search(text),
        "linked": passage.linked * 2 > len(passage.text),
        "elsewhere": is_elsewhere(passage),
        "in a list": holder.within in ("li", "table"),
        "in a figure": holder.within in ("blockquote", "figure", "figcaption"),
        "clock": isinstance(when, datetime),
    }
    return (sign for sign, holds in found.items() if holds)


_TIMES = "time,abbr.published,[itemprop=datePublished],[property*='dc:date' i]"
_CALLED_DATES = "[class*=date i],[class*=datum i],[class*=publi i],[class*=posted i]"
_NTH = ("first time", "second time", "later time")


def _in_times(page: Survey, setting: Setting) -> Iterator[_Witness]:
    """What the elements made for dates say."""
    body = page.tree.body
    nodes = (body.css(_TIMES)[:12] or body.css(_CALLED_DATES)[:12]) if body else ()
    for at, node in enumerate(nodes):
        attributes = node.attributes
        stated = attributes.get("datetime") or attributes.get("content") or attributes.get("title") or ""
        text = unescape(node.text(separator=" "))[:_LONGEST_DATED]
        when = parse_date(stated) or parse_date(text, language=setting.language, fetched=setting.fetched)
        if when:
            called = f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}"
            yield _Witness(when, (_NTH[min(at, 2)], *_signs_of_element(called, text)))


def _signs_of_element(called: str, text: str) -> Iterator[str]:
    """What an element's names say of its date."""
    if _NAMED.search(called):
        yield "named"
    if MODIFIED.search(called) or MODIFIED.search(text[:40]):
        yield "changed"
    if _ANOTHERS.search(called):
        yield "elsewhere"


_NAMED = re.compile(r"publish|entry-date|pubdate", re.I)
_ANOTHERS = re.compile(r"comment|relat", re.I)
_FIGURE = re.compile(r"\d")
_FROM_TO = re.compile(r"\d[:.]\d\d\s?[-–]\s?\d{1,2}[:.]\d\d")  # an event lasts, a story comes out
_SOME_DATE = "date dc.date dcterms.date timestamp createdate cre_date last-modified-original".split()


def _in_head(page: Survey, setting: Setting) -> Iterator[_Witness]:
    """What the head says in its title, or under names that do not tell which day they mean."""
    for written in WRITTEN_DAY.finditer(page.title[:400]):
        when = parse_date(written[0], language=setting.language)
        if when and written[0] not in setting.headline:
            yield _Witness(when, ("title",))
    for name in _SOME_DATE:
        if name in page.meta and (when := parse_date(page.meta[name][0], language=setting.language)):
            yield _Witness(when, ("stated",))


_ADDRESS = re.compile(r"/((?:19|20)\d\d)(?:[/-](0[1-9]|1[0-2])[/-]?|(0[1-9]|1[0-2]))(0[1-9]|[12]\d|3[01])(?!\d)")
_ADDRESS_DAY_FIRST = re.compile(r"[/-](0[1-9]|[12]\d|3[01])[-_.](0[1-9]|1[0-2])[-_.]((?:19|20)\d\d)(?!\d)")


def in_address(url: str) -> When | None:
    """The day that stands in a page's address."""
    if found := _ADDRESS.search(url):
        return parse_date(f"{found[1]}-{found[2] or found[3]}-{found[4]}")
    found = _ADDRESS_DAY_FIRST.search(url)
    return parse_date("-".join(reversed(found.groups()))) if found else None


_STATED = re.compile(
    r"""["'](?:date_?published|published_?(?:at|on|date|time)?|publish_?(?:ed)?_?(?:date|time)|publication_?date"""
    r"""|(?-i:createdAt)|pub_?date)\\?["']\s*:\s*\\?["'](\d{4}-\d\d-\d\d[^"'\\]{0,24})""",
    re.I,
)


_MARKS_OF_STATE = ("ublish", "pub", "createdAt")


def _in_state(page: Survey) -> When | None:
    """The day in the state that the page's own program starts from, if it names one only."""
    programs = [script.text() for script in page.tree.css("script")]
    likely = [program for program in programs if any(mark in program for mark in _MARKS_OF_STATE)]
    stated = [parse_date(found[1]) for program in likely for found in _STATED.finditer(program)]
    days = [when for when in stated if when]
    return days[0] if days and all(same_day(when, days[0]) for when in days) else None
