"""Makes tui/typeset/date_words.json of what Unicode's CLDR has on dates: `python tests/bench/date_words.py`.

Babel reads CLDR, and would be as large as all else that is installed with Broadsheet; a line a language is enough here.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tui.settings import DATE_LANGUAGES  # noqa: E402
from tui.typeset.date_language import CATEGORIES, FIELDS, PLURALS_BELOW, UNITS, WORDS  # noqa: E402

_CLDR_NAMES = {"zh_TW": "zh_Hant"}


def words_of(code: str) -> dict[str, Any]:
    """A language's names of months and days, patterns of dates, and words for how long ago."""
    from babel import Locale

    locale = Locale.parse(_CLDR_NAMES.get(code, code))
    fields, units = locale._data["date_fields"], locale._data["unit_patterns"]
    return {
        "months": [locale.months["format"]["wide"][month] for month in range(1, 13)],
        "months_alone": [locale.months["stand-alone"]["wide"][month] for month in range(1, 13)],
        "short_months": [locale.months["format"]["abbreviated"][month] for month in range(1, 13)],
        "short_months_alone": [locale.months["stand-alone"]["abbreviated"][month] for month in range(1, 13)],
        "weekdays": [locale.days["format"]["wide"][weekday] for weekday in range(7)],
        "day": _pattern(locale.datetime_skeletons["MMMMd"]),
        "day_and_year": _pattern(locale.date_formats["long"]),
        "short_day": _pattern(locale.datetime_skeletons["MMMd"]),
        "short_day_and_year": _pattern(locale.datetime_skeletons["yMMMd"]),
        "whole": _pattern(locale.date_formats["full"]),
        "now": fields["second"]["relative"][0],
        "today": fields["day"]["relative"][0],
        "yesterday": fields["day"]["relative"][-1],
        "plural": "".join(str(CATEGORIES.index(locale.plural_form(number))) for number in range(PLURALS_BELOW)),
        "ago": {unit: _by_number(fields[unit]["past"]) for unit in UNITS},
        "briefly": {unit: _by_number(units[f"duration-{unit}"]["short"]) for unit in UNITS},
    }


def _pattern(pattern: Any) -> str:
    names = re.findall(r"%\((\w+)\)s", pattern.format)
    assert set(names) <= FIELDS.keys(), names
    return re.sub(r"%\((\w+)\)s", lambda found: "{" + FIELDS[found[1]] + "}", pattern.format)


def _by_number(patterns: Any) -> dict[str, str]:
    return {str(CATEGORIES.index(name)): text for name, text in sorted(patterns.items()) if name in CATEGORIES}


def made() -> str:
    """The file: an object with a line a language."""
    lines = (f'"{code}": {json.dumps(words_of(code), ensure_ascii=False)}' for code in DATE_LANGUAGES)
    return re.sub("[\u00a0\u202f]", " ", "{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    WORDS.write_text(made(), encoding="utf-8")
