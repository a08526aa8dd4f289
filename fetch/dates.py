"""The dates people write → a moment, or a day where they name no time; None rather than a wrong one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from math import ceil

from fetch.article import When
from fetch.calendar_words import AGO_WORDS, DAY_FIRST_ENGLISH, DAY_WORDS, MONTH_FIRST, MONTH_NAMES, UNIT_WORDS

MONTHS = {
    name.replace("_", " ").rstrip("."): number
    for number, names in enumerate(MONTH_NAMES, start=1)
    for name in names.split()
}
"""The number of a month by its name, in any of the languages."""
_UNITS = {word: seconds for seconds, words in UNIT_WORDS.items() for word in words.split()}
_AGO = frozenset(AGO_WORDS.split())
_DAYS = {days: words.split() for days, words in DAY_WORDS.items()}
_MONTH_FIRST = frozenset(MONTH_FIRST.split())
_DAY_FIRST_ENGLISH = frozenset(DAY_FIRST_ENGLISH.split())

_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,:]\d+)?\s*(Z|UTC|GMT|[+-]\d{1,2}:?\d{2}|[+-]\d{2}\b)?)?"
    r"(?!\d)",
    re.I,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(?:\d{2})?)?Z?")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[./]\s?(\d{1,2})[./]\s?(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d./-])(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d|[./-]\d)")
_LETTERS = "(?:[^\\W\\d_\u0900-\u0eff]|[\u0900-\u0eff])+"  # the marks of Indic and Thai letters are no letters to `re`
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.|-?(?:го|е))?[\s.,/-]*(?:de\s+|of\s+|d[’']|a\s+|di\s+)?"
    rf"({_LETTERS}(?:[ .]{_LETTERS})?)\.?,?[\s./-]*"
    r"(?:de\s+|del\s+|,\s*)?(\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th|,|\.)*\s*,?\s+(\d{4})(?!\d)")
_YEAR_MONTH_DAY = re.compile(r"(\d{4})[.,]?\s+([^\W\d_]{3,})\.?\s+(\d{1,2})(?!\d)")
WRITTEN_DAY = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}([./-])\s?\d{{1,2}}\1\s?\d{{2,4}}|\d{{4}}([./-])\s?\d{{1,2}}\2\s?\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|[.º°])?[\s.,/-]+(?:de\s+|of\s+)?{_LETTERS}\.?,?[\s/-]+(?:del?\s+)?\d{{4}}"
    rf"|\d{{4}}\s?[年년]\s?\d{{1,2}}\s?[月월]\s?\d{{1,2}}\s?[日일]|\d{{4}}[.,]?\s{_LETTERS}\.?\s\d{{1,2}})(?!\d)"
    rf"|{_LETTERS}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}(?!\d)"
)
"""Where a day may stand in a text, in any of the ways that `parse_date` reads."""
_TIME = re.compile(
    r"(?<![\d:.+-])(\d{1,2})(?:[:.時시]|\s?h|\s?Uhr\s?|点|點)\s?(\d{2})?(?::\d{2})?\s*([ap]\.?m\.?)?(?!\d)", re.I
)
_HOUR_ONLY = re.compile(r"(?<!\d)(\d{1,2})\s*([ap]\.?m\.?)\b", re.I)
_ZONE = re.compile(r"(?:GMT|UTC)?\s?([+-]\d{1,2}):?(\d{2})?\b|\b(Z|UTC|GMT|[ECMP][SD]T|CES?T|BST|IST|JST|KST|ET|PT)\b")
_UNTIL = re.compile(r"\s?[-–]\s?\d{1,2}[:.]\d{2}")  # "10:00-11:30" is no zone
_ZONES: dict[str, float] = {
    "EDT": -4,
    "EST": -5,
    "ET": -5,
    "CDT": -5,
    "CST": -6,
    "MDT": -6,
    "MST": -7,
    "PDT": -7,
    "PST": -8,
    "PT": -8,
}
_ZONES |= {"CET": 1, "CEST": 2, "BST": 1, "IST": 5.5, "JST": 9, "KST": 9}
_SLASHED = re.compile(r"(?<![\d./-])(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?![\d/-])")
_NUMBER = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_EARLIEST = 1800


def parse_date(text: str, *, language: str = "", fetched: datetime | None = None) -> When | None:
    """The first date in the text, None where there is none or it could mean two days.

    `language` is a BCP 47 tag that decides between day-first and month-first; "3 hours ago" counts from `fetched`.
    """
    text = text.strip()
    if not text or len(text) > 400:
        return None
    try:
        return _iso_or_unix(text) or _with_month_name(text) or _numeric(text, language) or _relative(text, fetched)
    except (ValueError, OverflowError):  # 31 June, 25 o'clock, the year 0
        return None


def _iso_or_unix(text: str) -> When | None:
    """ISO 8601 and what is nearly that, Unix time."""
    if found := _ISO.search(text):
        year, month, day, hour, minute, second, zone = found.groups()
        when = _checked_day(year, month, day)
        return _at(when, int(hour), int(minute), int(second or 0), zone or "") if hour else when
    if found := _COMPACT.fullmatch(text):
        when = _checked_day(*found.groups()[:3])
        return _at(when, int(found[4]), int(found[5]), 0, "") if found[4] else when
    if _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    return None


def _with_month_name(text: str) -> When | None:
    """A date with its month in words, in any language of the table, or with the characters for year, month and day."""
    for pattern, order in (
        (_CJK, (1, 2, 3)),
        (_MONTH_DAY, (3, 1, 2)),
        (_DAY_MONTH, (3, 2, 1)),
        (_YEAR_MONTH_DAY, (1, 2, 3)),
    ):
        for found in pattern.finditer(text):
            year, month, day = (found[at] for at in order)
            number = int(month) if month.isdecimal() else _month(month)
            if number:
                return _with_time(_checked_day(year, number, day), text[: found.start()] + " " + text[found.end() :])
    return None


def _month(word: str) -> int:
    word = word.casefold().rstrip(".").removeprefix("ב")  # Hebrew writes "in" and the month as one word
    return MONTHS.get(word) or MONTHS.get(word.split()[0].split(".")[0], 0)


def _numeric(text: str, language: str) -> When | None:
    """A date in figures; which of two small numbers is the month is the language's custom, or unknown."""
    if found := _YEAR_FIRST.search(text):
        return _with_time(_checked_day(found[1], found[2], found[3]), text[: found.start()] + " " + text[found.end() :])
    found = _NUMERIC.search(text)
    if not found:
        return None
    first, mark, second, year = found.groups()
    if len(year) == 2:
        year = f"20{year}"
    day_first = int(first) > 12 or (int(second) <= 12 and (mark == "." or _day_first(language)))
    if not day_first and int(second) <= 12 and first != second and not _month_first(language):
        return None
    day, month = (first, second) if day_first else (second, first)
    return _with_time(_checked_day(year, month, day), text[: found.start()] + " " + text[found.end() :])


def order_of(text: str, language: str) -> str:
    """The tag to read a page's figures by: its language, or where that leaves it open, what its plainer dates show."""
    if not _day_first(language) and not _month_first(language):
        for first, second in _SLASHED.findall(text):
            if int(first) > 12 >= int(second):
                return "en-gb"
            if int(second) > 12 >= int(first):
                return "en-us"
    return language


def same_day(one: When, other: When) -> bool:
    """Whether two dates or moments fall on the same day, each by its own clock."""
    return (one.year, one.month, one.day) == (other.year, other.month, other.day)


def is_later(one: When, other: When) -> bool:
    """Whether a date or moment comes after another; where one of them names no time, their days decide."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one > other
    return (one.year, one.month, one.day) > (other.year, other.month, other.day)


def on_day(moment: When, day: When | None) -> When:
    """A moment given in universal time by the clock of a place where it was that day; others as they are."""
    if day is None or not isinstance(moment, datetime) or moment.utcoffset() or same_day(moment, day):
        return moment
    ahead = (datetime(day.year, day.month, day.day, tzinfo=UTC) - moment) / timedelta(hours=1)
    hours = ceil(ahead) if ahead > 0 else ceil(ahead + 24) - 1
    return moment.astimezone(timezone(timedelta(hours=hours))) if -12 <= hours <= 14 else moment


def _day_first(language: str) -> bool:
    tag = language.lower().replace("_", "-")
    return tag in _DAY_FIRST_ENGLISH or bool(tag and not tag.startswith("en") and tag not in _MONTH_FIRST)


def _month_first(language: str) -> bool:
    return language.lower().replace("_", "-") in _MONTH_FIRST


def _relative(text: str, fetched: datetime | None) -> When | None:
    """What "3 hours ago" and "yesterday" mean at the time the page was fetched."""
    if fetched is None or len(text) > 60:
        return None
    words = text.casefold()
    for days, names in _DAYS.items():
        if any(name.replace("_", " ") in words for name in names):
            return (fetched - timedelta(days=days)).date()
    if not any(word.replace("_", " ") in words for word in _AGO):
        return None
    number = _NUMBER.search(words)
    unit = next((_UNITS[word] for word in _WORDS.findall(words) if word in _UNITS), 0)
    unit = unit or next((seconds for word, seconds in _UNITS.items() if not word.isascii() and word in words), 0)
    if not unit:
        return None
    when = fetched - timedelta(seconds=unit * (int(number[0]) if number else 1))
    return when if unit < 86400 else when.date()


def _checked_day(year: str, month: str | int, day: str) -> date:
    number = int(year)
    if not _EARLIEST <= number <= 2100:
        raise ValueError(year)
    return date(number, int(month), int(day))


def _with_time(day: date, rest: str) -> When:
    """The day with the time that stands beside it, if one does."""
    found = _TIME.search(rest)
    hour_only = None if found and (found[2] or found[3]) else _HOUR_ONLY.search(rest)
    if hour_only:
        hour, minute, half = int(hour_only[1]), 0, hour_only[2]
    elif found and found[2]:
        hour, minute, half = int(found[1]), int(found[2]), found[3] or ""
    else:
        return day
    if half:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if hour > 23 or minute > 59:
        return day
    after = hour_only or found
    end = after.end() if after else 0
    zone = None if _UNTIL.match(rest, end) else _ZONE.search(rest, end)
    return _at(day, hour, minute, 0, zone[0].strip() if zone else "")


def _at(day: date, hour: int, minute: int, second: int, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, hour % 24, minute, min(second, 59), tzinfo=_timezone(zone))


def _timezone(zone: str) -> timezone:
    """The zone as written; one that is not named counts as UTC."""
    name = zone.upper().removeprefix("GMT").removeprefix("UTC").strip() if zone else ""
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    if not name or name[0] not in "+-":
        return UTC
    figures = name[1:].replace(":", "")
    hours, minutes = (int(figures[:-2]), int(figures[-2:])) if len(figures) > 2 else (int(figures), 0)
    offset = timedelta(hours=hours, minutes=minutes)
    if not offset or offset >= timedelta(hours=24):
        return UTC
    return timezone(offset if name[0] == "+" else -offset)
