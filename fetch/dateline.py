"""Datelines: the place, and sometimes the day and the agency, that stand before the first words of a story."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from fetch.calendar_words import ENGLISH_MONTHS

_MONTHS = {name: number for number, name in enumerate(ENGLISH_MONTHS.split(), start=1)}
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = re.compile(
    rf"(?:{_MONTH.format('m1')}\s+(?P<d1>\d{{1,2}}),?\s+(?P<y1>\d{{4}})|(?P<d2>\d{{1,2}})\s+{_MONTH.format('m2')}\s+(?P<y2>\d{{4}}))"
    r"(?:\s*[-–—|:]+\s*|\s+)",
    re.IGNORECASE,
)

_CAPITALS = "".join(letter for letter in map(chr, range(0x41, 0x590)) if letter.isupper())
_DASH = r"\s*(?:--+|[–—―]|(?<=\s)-(?=\s))\s*"
_MENTION = r"(?:\s*\([^()]{1,60}\))"
_WHEN = r"(?:,?\s*\b(?:[^\W\d_]{3,10}\.?\s+\d{1,2}|\d{1,2}\.?\s+[^\W\d_]{3,10}\.?)(?:,?\s+\d{4})?)"
_TOWN = rf"[{_CAPITALS}][{_CAPITALS}.'’-]++(?:[ /]++(?:[{_CAPITALS}][{_CAPITALS}.'’-]*+|(?:of|and|the|in|de|am)\b))*"
_COUNTRY = rf"(?:,\s*+[{_CAPITALS}][\w.'’/-]*+(?:\s++[{_CAPITALS}][\w.'’/-]*+){{0,3}})*"
_IN_CAPITALS = re.compile(rf"(?P<place>{_TOWN}{_COUNTRY}){_MENTION}?{_WHEN}?{_MENTION}?{_DASH}(?=\S)")
_NAME = r"[^\W\d_][^\W\d_.'’-]*+"
_AGENCIES = (
    "AAP|AA|AFP|AGI|ANA|ANI|ANP|ANSA|APA|AP|ATS|Adnkronos|Anadolu|Belga|CNN|CP|ČTK|CTK|DPA|dpa|dts|EFE|epd|"
    "Europa Press|IANS|Interfax|IRNA|JTA|Keystone-SDA|KNA|Kyodo|LUSA|Lusa|MTI|Notimex|NTB|PAP|PTI|PA|Reuters|REUTERS|"
    "RIA|Ritzau|SDA|SID|STT|TASS|Telam|Télam|TT|UPI|WAM|Xinhua|XINHUA|Yonhap"
)
_BEFORE_AGENCY = re.compile(
    rf"(?P<place>{_NAME}(?:\s?/\s?{_NAME}|[ ]{_NAME}){{0,3}}(?:[,،]\s?{_NAME}(?:[ ]{_NAME})?)?){_WHEN}?"
    rf"\s*[(（](?:{_AGENCIES})\b[^()]{{0,24}}[)）]\.?\s*(?:--+|[–—―-])\s*(?=\S)"
)
_CHINESE = re.compile(
    r"(?:新华社|新華社|中新社|中新网|中央社)(?P<place>\w{2,8}?)(?:\d{1,2}月)?\d{1,2}日(?:[电電讯訊]|综合电)\s*"
)
_JAPANESE = re.compile(
    r"[【［\[](?P<place>\w{2,10}?)(?:[=＝・]|\s*\d{1,2}日|共同|時事|ロイター)[^】］\]]{0,30}[】］\]]\s*-?\s*"
)
_KOREAN = re.compile(r"[(\[](?P<place>\w{2,8})=[^()\[\]]{2,20}[)\]]\s*")
_FORMS = (_IN_CAPITALS, _BEFORE_AGENCY, _CHINESE, _JAPANESE, _KOREAN)
_PARTING = " -–—:|.!?…"
_FAR = 160
"""Characters; no dateline reaches further."""

_NO_PLACES = frozenset(
    """
    ANALYSIS BBC BREAKING CNN COVID COVID-19 EU EXCLUSIVE EXPLAINER FIFA LIVE NASA NATO NEW NEWS OPINION PHOTOS REVIEW
    UEFA UN UPDATE UPDATED VIDEO WATCH WHO
    """.split()
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What stood before the text: a place, a day, and the text that is left."""

    text: str
    place: str = ""
    day: date | None = None


def split_dateline(text: str, headline: str = "") -> Opening:
    """The text without its day, its headline said again and its place ("19 May 2023 HEADLINE MANILA -- As …").

    A place counts where wire services write one: in capitals before a dash ("KYIV, Ukraine, Nov 20 (Reuters) -"), in
    other letters before an agency's name ("Berlin (dpa) -"), and in the forms of Chinese, Japanese and Korean agencies.
    """
    day, rest = _leading_day(text)
    rest = _without_headline(rest, headline) if headline else rest
    for form in _FORMS:
        found = form.match(rest[:_FAR])
        if found and (place := found["place"].strip(" ,")) not in _NO_PLACES and _begins_great(place):
            return Opening(rest[found.end() :].lstrip(), place, day)
    return Opening(rest, day=day)


def _without_headline(text: str, headline: str) -> str:
    """The text behind its headline, where that is said before it and is not how its first sentence begins."""
    rest = text[len(headline) :]
    if text[: len(headline)].casefold() != headline.casefold() or rest[:1].isalnum():
        return text
    first = rest.lstrip()[:1]
    if not first:
        return ""
    is_parted = first in ":|.!?…–—" or rest.startswith((" - ", "- "))
    is_of_words = len(headline.split()) > 1 or len(headline) > 12
    return rest.lstrip(_PARTING) if is_parted or (is_of_words and not first.islower()) else text


def _begins_great(place: str) -> bool:
    """Whether each part of a name starts as names do, in scripts that have small letters."""
    return not any(word[0].islower() and len(word) > 3 for word in re.split(r"[\s/]+", place) if word)


def _leading_day(text: str) -> tuple[date | None, str]:
    found = _DAY.match(text)
    if not found:
        return None, text
    month = _MONTHS[(found["m1"] or found["m2"]).lower()[:3]]
    try:
        day = date(int(found["y1"] or found["y2"]), month, int(found["d1"] or found["d2"]))
    except ValueError:  # 31 June
        return None, text
    return day, text[found.end() :]
