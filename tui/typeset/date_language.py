"""Dates in the words of a language: its months and days, its order of them, and how long ago something was.

The words are those of Unicode's CLDR, in date_words.json, which is read once a language is chosen. Until then, and in
English, dates are as `tui.typeset.wording` has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tui.settings import DATE_LANGUAGES

WORDS = Path(__file__).with_name("date_words.json")
CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""The categories of numbers that languages have plurals for, as CLDR names them."""
PLURALS_BELOW = 60
"""The category is kept of numbers below this."""
UNITS = ("minute", "hour", "day")
FIELDS = {
    "d": "d",
    "dd": "d:02",
    "M": "m",
    "MM": "m:02",
    "MMM": "short_month",
    "MMMM": "month",
    "LLL": "short_month_alone",
    "LLLL": "month_alone",
    "y": "y",
    "yyyy": "y",
    "EEEE": "weekday",
    "cccc": "weekday",
}
"""CLDR's fields of a date, each as it stands in our patterns."""


class DateLanguage:
    """The language that dates are told in; English until another is chosen."""

    def __init__(self) -> None:
        self._words: dict[str, Any] = {}

    def choose(self, name: str, environment: Mapping[str, str]) -> None:
        """Tell dates in the language of that name; "auto" is that of the locale, English where it is not known here."""
        code = language_of(environment) if name == "auto" else name
        self._words = _read(code) if code in DATE_LANGUAGES else {}

    def __bool__(self) -> bool:
        """Whether it is another than English."""
        return bool(self._words)

    def day(self, then: date, *, year: bool, short: bool = False) -> str:
        """The day and its month, in full or short."""
        return self._set(f"{'short_' if short else ''}day{'_and_year' if year else ''}", then)

    def whole(self, then: date) -> str:
        """The day of the week, the day, its month and year."""
        return self._set("whole", then)

    def word(self, name: str) -> str:
        """The word for "now", "today" or "yesterday"."""
        return str(self._words[name])

    def ago(self, number: int, unit: str, *, brief: bool = False) -> str:
        """So many minutes, hours or days ago, or where that is `brief` only how many."""
        patterns = self._words["briefly" if brief else "ago"][unit]
        pattern = (
            patterns.get(self._words["plural"][number % PLURALS_BELOW]) or patterns[str(CATEGORIES.index("other"))]
        )
        return str(pattern).replace("{0}", str(number))

    def _set(self, name: str, then: date) -> str:
        words, month = self._words, then.month - 1
        return str(words[name]).format(
            d=then.day,
            m=then.month,
            y=then.year,
            month=words["months"][month],
            short_month=words["short_months"][month],
            month_alone=words["months_alone"][month],
            short_month_alone=words["short_months_alone"][month],
            weekday=words["weekdays"][then.weekday()],
        )


def language_of(environment: Mapping[str, str]) -> str:
    """The language of dates that the locale names; "en" where it names none that is known here."""
    named = next((value for name in ("LC_ALL", "LC_TIME", "LANG") if (value := environment.get(name))), "")
    code = named.partition(".")[0].partition("@")[0]
    language = {"no": "nb", "nn": "nb"}.get(code.partition("_")[0], code.partition("_")[0])
    return next((each for each in (code, language) if each in DATE_LANGUAGES), "en")


def _read(code: str) -> dict[str, Any]:
    import json

    with WORDS.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith(f'"{code}": '):
                words: dict[str, Any] = json.loads(line.partition(": ")[2].rstrip(",\n"))
                return words
    return {}


DATE_LANGUAGE = DateLanguage()
"""That of this process, as its locale is."""
