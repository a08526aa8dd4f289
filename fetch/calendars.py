"""Years and figures of other calendars → Gregorian days: Buddhist, Persian, Japanese eras, the Republic of China."""

from __future__ import annotations

import re
from datetime import date, timedelta

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "㋿": 2018, "民國": 1911, "民国": 1911}
"""Eras with the Gregorian year before their first."""

PERSIAN_MONTHS = (
    "فروردین فروردين حمل",
    "اردیبهشت ارديبهشت ثور",
    "خرداد جوزا",
    "تیر تير سرطان",
    "مرداد امرداد اسد",
    "شهریور شهريور سنبله",
    "مهر میزان",
    "آبان عقرب",
    "آذر قوس",
    "دی جدی",
    "بهمن دلو",
    "اسفند حوت",
)
"""The months of the Persian calendar by their names in Iran (in both forms of the letter ye) and in Afghanistan."""

_BUDDHIST_AHEAD = 543
_FIRST_NEW_YEAR = date(2016, 3, 20).toordinal() - 1  # 1 Farvardin 1395, less one
_CHINESE = {character: str(figure) for figure, character in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
CHINESE_FIGURES = "〇零○一二三四五六七八九十廿卅"
_CHINESE_FIGURES = re.compile(rf"(?<![{CHINESE_FIGURES}])[{CHINESE_FIGURES}]++(?=\s*+[年月日])")
_FIRST_YEAR = re.compile("元(?=\\s*年)")


def is_persian_year(year: int) -> bool:
    """Whether a year is one that Persian dates of the press have, and no other calendar's of ours."""
    return 1300 <= year <= 1415


def is_buddhist_year(year: int) -> bool:
    """Whether a year can only be one of the Buddhist era."""
    return 2443 <= year <= 2600


def persian_day(year: int, month: int, day: int) -> date:
    """The day of a Persian date; raises ValueError where there is none. Leap years by the cycle of 33, true to 2124."""
    lengths = (*[31] * 6, *[30] * 5, 30 if _is_persian_leap(year) else 29)
    if not 1 <= month <= 12 or not 1 <= day <= lengths[month - 1]:
        raise ValueError(f"no Persian date: {year}/{month}/{day}")
    return date.fromordinal(_FIRST_NEW_YEAR) + timedelta(days=_days_to(year) + sum(lengths[: month - 1]) + day)


def _days_to(year: int) -> int:
    """Days from the first of the year 1395 to the first of another."""
    if year >= 1395:
        return sum(365 + _is_persian_leap(each) for each in range(1395, year))
    return -sum(365 + _is_persian_leap(each) for each in range(year, 1395))


def _is_persian_leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)


def gregorian_year(year: int) -> int:
    """A year as written, or where it can only be of the Buddhist era, the Gregorian one."""
    return year - _BUDDHIST_AHEAD if is_buddhist_year(year) else year


def with_figures(text: str) -> str:
    """The text with Chinese numerals before 年, 月 and 日 as figures, and an era's first year as the year 1."""
    if "年" not in text:
        return text
    return _CHINESE_FIGURES.sub(lambda found: _figures(found[0]), _FIRST_YEAR.sub("1", text))


def _figures(numerals: str) -> str:
    if not any(ten in numerals for ten in "十廿卅"):
        return "".join(_CHINESE[character] for character in numerals)
    numerals = numerals.replace("廿", "二十").replace("卅", "三十")
    tens, _, ones = numerals.partition("十")
    return f"{_CHINESE.get(tens, '1' if not tens else '')}{_CHINESE.get(ones, '0' if not ones else '')}"
