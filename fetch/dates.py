"""The dates people write → a moment, or a day where they name no time; None rather than a wrong one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from math import ceil

from fetch.article import When
from fetch.calendar_words import DAY_FIRST_ENGLISH, MONTH_FIRST, MONTH_NAMES, MONTH_NAMES_OF, MORE_MONTH_NAMES
from fetch.calendars import (
    CHINESE_FIGURES,
    ERAS,
    PERSIAN_MONTHS,
    gregorian_year,
    is_persian_year,
    persian_day,
    with_figures,
)
from fetch.clock_times import ClockTime, clock_times
from fetch.relative_dates import relative_date
from fetch.time_zones import NO_CONVENTIONS, Conventions

MONTHS = {
    name.replace("_", " ").rstrip(".").casefold(): number
    for table in (MORE_MONTH_NAMES, MONTH_NAMES)
    for number, names in enumerate(table, start=1)
    for name in names.split()
}
"""The number of a month by its name, in any of the languages."""
_MONTHS_OF = {
    language: {name: int(number) for name, _, number in (each.partition("=") for each in names.split())}
    for language, names in MONTH_NAMES_OF.items()
}
_PERSIAN = {name: number for number, names in enumerate(PERSIAN_MONTHS, start=1) for name in names.split()}
_MONTH_FIRST = frozenset(MONTH_FIRST.split())
_DAY_FIRST_ENGLISH = frozenset(DAY_FIRST_ENGLISH.split())

_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_COMPACT = re.compile(
    r"(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?(?:[.,]\d{1,9})?\s?(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?", re.I
)
_ORDINAL = re.compile(r"(\d{4})-(\d{3})(?=$|T)")
_WEEK = re.compile(r"(\d{4})-?W(\d{2})-?([1-7])(?=$|T)")
_EPOCH = re.compile(r"(1\d{9})(\d{3})?(\d{3})?(?:\.\d+)?")
_CJK = re.compile(
    rf"(?:({'|'.join(ERAS)})\s*(\d{{1,3}})|(?<!\d)(\d{{4}}))\s*[年년.]\s*(\d{{1,2}})\s*[月월.]\s*(\d{{1,2}})\s*(?:[日일号號]|(?!\d))"
)
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([./])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d./-])(?<![A-Za-z])(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d|[./-]\d)")
_ERA_BY_LETTER = re.compile(r"(?<![A-Za-z])([RHS])\.?(\d{1,2})([./-])(\d{1,2})\3(\d{1,2})(?!\d|[./-]\d)")
_REPUBLIC = re.compile(r"(?<![\d./-])(1\d{2})([./-])(\d{1,2})\2(\d{1,2})(?!\d|[./-]\d)")
_MARKED = (
    "\u0900-\u109f\u1780-\u17ff"  # the marks of letters from Devanagari to Burmese and Khmer are no letters to `re`
)
_LETTERS = f"(?:[^\\W\\d_{_MARKED}]|[{_MARKED}])+"
_MONTH_WORD = rf"({_LETTERS}(?:[ .]{_LETTERS})?)"
_DAY_BEFORE = (
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.|-?(?:го|е))?[\s.,/-]*(?:de\s+|of\s+|d[’']|a\s+|di\s+)?"
    rf"{_MONTH_WORD}[.׳’']?[,،]?[\s./-]*(?:de\s+|del\s+|,\s*|[คพ]\.?\s?ศ\.?\s*)?"
)
_DAY_MONTH = re.compile(rf"{_DAY_BEFORE}(\d{{4}})(?!\d)")
_DAY_MONTH_SHORT_YEAR = re.compile(rf"{_DAY_BEFORE}['’]?(\d{{2}})(?![\d:.])")
_MONTH_DAY = re.compile(rf"({_LETTERS})\.?\s+(\d{{1,2}})(?:st|nd|rd|th|,|\.)*\s*,?\s+(\d{{4}})(?!\d)")
_YEAR_MONTH_DAY = re.compile(rf"(\d{{4}})[.,]?\s+(?:[mгжթ]\.\s+)?({_LETTERS})\.?\s+(\d{{1,2}})(?!\d)")
_YEAR_DAY_MONTH = re.compile(rf"(\d{{4}})\.?\s+(?:gada|ж\.)\s+(\d{{1,2}})\.?[\s-]+({_LETTERS})")
_NUMBERED_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})\s+(?:tháng|thg)\s+(\d{1,2})(?:,?\s+năm|,)?\s+(\d{4})(?!\d)", re.IGNORECASE
)
_NUMBERED_LAST = re.compile(r"(?<!\d)(\d{4})\s+оны\s+(\d{1,2})(?:-р)?\s+сарын\s+(\d{1,2})(?!\d)", re.IGNORECASE)
_NO_CHARACTERS = "(?![\u3041-\u9fff\uac00-\ud7a3])"
_FIGURES = rf"(?:\d|[{CHINESE_FIGURES}])"
WRITTEN_DAY = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}([./-])\s?\d{{1,2}}\1\s?\d{{2,4}}|(?:\d{{4}}|1\d{{2}})([./-])\s?\d{{1,2}}\2\s?\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|[.º°])?[\s.,/-]+(?:de\s+|of\s+)?{_NO_CHARACTERS}{_LETTERS}\.?,?[\s/-]+(?:del?\s+)?\d{{4}}"
    rf"|\d{{4}}[.,]?\s{_LETTERS}\.?\s\d{{1,2}})(?!\d)"
    rf"|(?:(?:{'|'.join(ERAS)})\s?{_FIGURES}{{1,3}}|(?<!\d){_FIGURES}{{4}})\s?[年년]\s?{_FIGURES}{{1,3}}\s?[月월]\s?{_FIGURES}{{1,3}}\s?[日일号號]"
    rf"|{_LETTERS}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}(?!\d)"
)
"""Where a day may stand in a text, in any of the ways that `parse_date` reads."""
MAY_BE_FIGURES = "0-9\u0660-\u1fff\ua000-\U0010ffff"
"""A class with all figures of Unicode in it, and none of the usual marks; it is looked for faster than they are."""
_MAY_BE_DATED = re.compile(rf"[{MAY_BE_FIGURES}年](?:(?<=[年년])|(?<=\d)(?:\d{{3}}|([./-])\s?\d{{1,2}}\1\s?\d))")
_MAY_BE_DATED_IN_ASCII = re.compile(r"[0-9](?:\d{3}|([./-])\s?\d{1,2}\1\s?\d)")


def may_be_dated(text: str) -> bool:
    """Whether `WRITTEN_DAY` may find something in a text, which takes forty times as long to look for."""
    return (_MAY_BE_DATED_IN_ASCII if text.isascii() else _MAY_BE_DATED).search(text) is not None


_SLASHED = re.compile(r"(?<![\d./-])(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?![\d/-])")
_HAS_SLASHES = re.compile(r"[/-]\d{1,2}[/-]")
_TAIWAN = ("zh-tw", "zh-hant", "zh-hant-tw")
_DIRECTIONS = re.compile("[\u061c\u200e\u200f]")  # stand between the figures of a date in Arabic
_TIME_WITHOUT_COLONS = re.compile(r"(?<=\d{4}-\d\d-\d\dT)(\d\d)(\d\d)(\d\d)?(?!\d|:)")
_MONOTONIC = re.compile(r"\s+m=[+-][\d.]+$")  # Go prints its other clock as well
_YEAR_AFTER_TIME = re.compile(  # as C's asctime and `date` write: "Tue Nov 10 08:30:00 CET 2026"
    r"^((?:[^\W\d_]{2,9}\.?,?\s)?[^\W\d_]{3,}\.?\s\d{1,2})\s(\d{1,2}:\d{2}(?::\d{2})?(?:\s[A-Za-z]{1,5}|\s?[+-]\d{2}:?\d{2})?)\s(\d{4})$"
)
_DIGIT = re.compile(r"\d")
_EARLIEST = 1800


def parse_date(text: str, *, language: str = "", fetched: datetime | None = None) -> When | None:
    """The first date in the text, None where there is none or it could mean two days.

    `language` is a BCP 47 tag that decides between day-first and month-first, and with its region which country's time
    an ambiguous zone names; "3 hours ago" counts from `fetched`.
    """
    text = text.strip()
    if not text or len(text) > 400:
        return None
    conventions = Conventions(language)
    try:
        if when := _of_figures_alone(text):
            return when
        found = _find_day(_YEAR_AFTER_TIME.sub(r"\1 \3 \2", text), conventions)
        if found is None:
            return relative_date(text, fetched, language) if fetched else None
        clock = found.nearest_clock(language)
        return clock.on(found.day, conventions) if clock else found.day
    except (ValueError, OverflowError):  # 31 June, the year 0
        return None


def whole_date(text: str, conventions: Conventions = NO_CONVENTIONS) -> When | None:
    """The date that a text is, where it says nothing else: every figure in it is read as part of it, or it is none."""
    text = _MONOTONIC.sub("", " ".join(_DIRECTIONS.sub("", text).split()))
    text = _TIME_WITHOUT_COLONS.sub(lambda found: ":".join(filter(None, found.groups())), text)
    if not text or len(text) > 100:
        return None
    try:
        if when := _of_figures_alone(text):
            return when
        found = _find_day(_YEAR_AFTER_TIME.sub(r"\1 \3 \2", text), conventions, short_years=True)
        if found is None:
            return None
        clock = found.nearest_clock(conventions.language)
        if any(_DIGIT.search(part) for part in found.beside(clock)):
            return None
        return clock.on(found.day, conventions) if clock and not clock.strange else found.day
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class _FoundDay:
    """A day in a text, and what stands before and after it."""

    day: date
    before: str
    after: str

    def nearest_clock(self, language: str) -> ClockTime | None:
        """The time of day that stands nearest to it."""
        later = next(clock_times(self.after, language), None) if self.after else None
        if not self.before or (later and later.start < 4):
            return later
        earlier = max(clock_times(self.before, language), key=lambda clock: clock.end, default=None)
        if earlier is None or later is None:
            return later or earlier
        return later if later.start <= len(self.before) - earlier.end else earlier

    def beside(self, clock: ClockTime | None) -> tuple[str, ...]:
        """What of the text is neither the day nor the time."""
        if clock is None:
            return self.before, self.after
        if clock in clock_times(self.after):
            return self.before, self.after[: clock.start], self.after[clock.end :]
        return self.before[: clock.start], self.before[clock.end :], self.after


def _of_figures_alone(text: str) -> When | None:
    """Unix time, in seconds or finer, and ISO 8601's basic form."""
    if not text[:8].isdecimal():
        return None
    if found := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), UTC)
    if not (found := _COMPACT.fullmatch(text)):
        return None
    day = _checked_day(found[1], found[2], found[3])
    if not found[4]:
        return day
    clock = next(clock_times(f"{found[4]}:{found[5]}:{found[6] or '00'}{found[7] or ''}"), None)
    return clock.on(day, NO_CONVENTIONS) if clock else None


def _find_day(text: str, conventions: Conventions, *, short_years: bool = False) -> _FoundDay | None:
    """The first day in a text, its form the least doubtful; a year of two figures after a name only where asked for."""
    if found := _ISO.search(text):
        return _around(found, _checked_day(*found.groups()))
    return (
        _with_characters(text)
        or _with_month_name(text, conventions, short_years=short_years)
        or _numeric(text, conventions.tag)
        or (_by_number(text) if short_years else None)
    )


def _around(found: re.Match[str], day: date) -> _FoundDay:
    return _FoundDay(day, found.string[: found.start()], found.string[found.end() :].lstrip(":"))


def _with_characters(text: str) -> _FoundDay | None:
    """A date with the characters for year, month and day, in figures or numerals, its year of an era perhaps."""
    if text.isascii():
        return None
    found = _CJK.search(with_figures(text))
    if not found:
        return None
    era, of_era, year, month, day = found.groups()
    return _around(found, _checked_day(str(ERAS[era] + int(of_era)) if era else year, month, day))


def _with_month_name(text: str, conventions: Conventions, *, short_years: bool) -> _FoundDay | None:
    """A date with its month in words, in any language of the table, or as "month 11"."""
    if found := _NUMBERED_MONTH.search(text):
        return _around(found, _checked_day(found[3], found[2], found[1]))
    if found := _NUMBERED_LAST.search(text):
        return _around(found, _checked_day(*found.groups()))
    forms = [
        (_MONTH_DAY, (3, 1, 2)),
        (_DAY_MONTH, (3, 2, 1)),
        (_YEAR_MONTH_DAY, (1, 2, 3)),
        (_YEAR_DAY_MONTH, (1, 3, 2)),
    ]
    if short_years:
        forms.append((_DAY_MONTH_SHORT_YEAR, (3, 2, 1)))
    for pattern, order in forms:
        for found in pattern.finditer(text):
            year, word, day = (found[at] for at in order)
            if number := _month(word, conventions):
                return _around(found, _checked_day(_long_year(year, word), number, day))
            if (number := _persian_month(word)) and is_persian_year(int(year)):
                return _around(found, persian_day(int(year), number, int(day)))
    return None


def _month(word: str, conventions: Conventions) -> int:
    word = word.casefold().rstrip(".॰").removeprefix("ב")  # Hebrew writes "in" and the month as one word
    language = conventions.language[:2].lower() or conventions.country
    if (own := _MONTHS_OF.get(language)) and (first := re.split(r"[ .]", word)[0]) in own:
        return own[first]
    return MONTHS.get(word) or MONTHS.get(word.split()[0].split(".")[0], 0)


def _persian_month(word: str) -> int:
    return _PERSIAN.get(word) or _PERSIAN.get(word.split(maxsplit=1)[0], 0)


def _numeric(text: str, language: str) -> _FoundDay | None:
    """A date in figures; which of two small numbers is the month is the language's custom, or unknown."""
    if found := _YEAR_FIRST.search(text):
        return _around(found, _checked_day(found[1], found[3], found[4]))
    if language.lower() in _TAIWAN and (found := _REPUBLIC.search(text)):
        return _around(found, _checked_day(str(int(found[1]) + ERAS["民國"]), found[3], found[4]))
    if found := _ERA_BY_LETTER.search(text):
        first_year = ERAS[{"R": "令和", "H": "平成", "S": "昭和"}[found[1]]]
        return _around(found, _checked_day(str(first_year + int(found[2])), found[4], found[5]))
    found = _NUMERIC.search(text)
    if not found:
        return None
    first, mark, second, year = found.groups()
    if _year_first(language) and len(year) == 2 and mark != "/":
        return _around(found, _checked_day(_long_year(first), second, year))
    day_first = int(first) > 12 or (int(second) <= 12 and (mark == "." or _day_first(language)))
    if not day_first and int(second) <= 12 and first != second and not _month_first(language):
        return None
    day, month = (first, second) if day_first else (second, first)
    return _around(found, _checked_day(_long_year(year), month, day))


def _by_number(text: str) -> _FoundDay | None:
    """A date of ISO 8601 by the day of the year or the week."""
    if found := _ORDINAL.match(text):
        return _around(found, datetime.strptime(f"{found[1]} {found[2]}", "%Y %j").replace(tzinfo=UTC).date())
    if found := _WEEK.match(text):
        return _around(found, date.fromisocalendar(int(found[1]), int(found[2]), int(found[3])))
    return None


def _long_year(year: str, month: str = "") -> str:
    """A year of two figures in full: the last such year that has begun, of the Buddhist era beside a Thai month."""
    if len(year) == 4:
        return year
    if "\u0e00" <= month[:1] <= "\u0e7f":
        return f"25{year}"
    return f"20{year}" if int(year) <= datetime.now(UTC).year % 100 else f"19{year}"


def order_of(text: str, language: str) -> str:
    """The tag to read a page's figures by: its language, or where that leaves it open, what its plainer dates show."""
    if _HAS_SLASHES.search(text) and not _day_first(language) and not _month_first(language):
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


def _year_first(language: str) -> bool:
    return language.lower()[:2] in ("zh", "ja", "ko")


def _day_first(language: str) -> bool:
    tag = language.lower().replace("_", "-")
    return tag in _DAY_FIRST_ENGLISH or bool(tag and not tag.startswith("en") and tag not in _MONTH_FIRST)


def _month_first(language: str) -> bool:
    return language.lower().replace("_", "-") in _MONTH_FIRST


def _checked_day(year: str, month: str | int, day: str) -> date:
    number = gregorian_year(int(year))
    if is_persian_year(number):
        return persian_day(number, int(month), int(day))
    if not _EARLIEST <= number <= 2100:
        raise ValueError(year)
    return date(number, int(month), int(day))
