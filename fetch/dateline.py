"""Datelines: the place, and sometimes the day, that stand before the first words of a story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_MONTH = r"(?P<{0}>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = re.compile(
    rf"(?:{_MONTH.format('m1')}\s+(?P<d1>\d{{1,2}}),?\s+(?P<y1>\d{{4}})|(?P<d2>\d{{1,2}})\s+{_MONTH.format('m2')}\s+(?P<y2>\d{{4}}))"
    r"(?:\s*[-–—|:]+\s*|\s+)",
    re.IGNORECASE,
)
_DASH = r"\s*(?:--+|[–—―]|(?<=\s)-(?=\s))\s*"
_PLACE = re.compile(
    rf"(?P<place>(?:[A-Z][A-Z.'’-]+)(?:[ /]+(?:[A-Z][A-Z.'’-]*|of|and|the|in))*(?:,\s*(?:[A-Z][\w.'’-]*\s?){{1,4}})*)"
    rf"(?:\s*\([^()]{{1,60}}\))?(?:,?\s*[A-Z][a-z]{{2,8}}\.?\s+\d{{1,2}}(?:,\s*\d{{4}})?)?{_DASH}(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What stood before the text: a place, a day, and the text that is left."""

    text: str
    place: str = ""
    day: date | None = None


def split_dateline(text: str, headline: str = "") -> Opening:
    """The text without its day, its headline said again and its place ("19 May 2023 HEADLINE MANILA -- As …").

    A place counts only in capitals and before a dash, as wire services write it.
    """
    day, rest = _day(text)
    if headline and rest[: len(headline)].casefold() == headline.casefold():
        rest = rest[len(headline) :].lstrip(" -–—:|")
    found = _PLACE.match(rest[:160])
    if not found:
        return Opening(rest, day=day)
    return Opening(rest[found.end() :].lstrip(), found["place"].strip(" ,"), day)


def _day(text: str) -> tuple[date | None, str]:
    found = _DAY.match(text)
    if not found:
        return None, text
    month = _MONTHS[(found["m1"] or found["m2"]).lower()[:3]]
    try:
        day = date(int(found["y1"] or found["y2"]), month, int(found["d1"] or found["d2"]))
    except ValueError:  # 31 June
        return None, text
    return day, text[found.end() :]
