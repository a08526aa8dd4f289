"""Times of day as people and programs write them, with the zone beside: "3:15 p.m. ET", "下午3:15", "08.30 Uhr"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from fetch.article import When
from fetch.time_zones import NAMED_ZONES, Conventions, short_zone, zone_of

_FORENOON_BEFORE = "上午|早上|清晨|凌晨|午前|오전|새벽|아침|सुबह|সকাল|délelőtt|(?-i:AM)"
_AFTERNOON_BEFORE = "下午|傍晚|晚上|午後|오후|저녁|밤|दोपहर|शाम|रात|বিকেল|বিকাল|রাত|délután|(?-i:PM)"
_NOON_BEFORE = "中午|正午|낮|দুপুর"
_FORENOON_AFTER = r"a\.?\s?m\.?|πμ|π\.μ\.|صباحا|صباحًا|ص|öö|утра|ночи|de la mañana|da manhã|di mattina|in the morning|SA"
_AFTERNOON_AFTER = (
    r"p\.?\s?m\.?|μμ|μ\.μ\.|مساءً|مساء|م|ös|вечера|дня|de la tarde|de la noche|da tarde|da noite|del pomeriggio|di sera|"
    r"de l[’']après-midi|du soir|nachmittags|abends|in the afternoon|in the evening|at night|CH"
)
_BEFORE = rf"(?P<before>(?:{_FORENOON_BEFORE}|{_AFTERNOON_BEFORE}|{_NOON_BEFORE})(?=[\s.]*\d)[\s.]*)?"
_AFTER = rf"(?:\s?(?P<after>{_FORENOON_AFTER}|{_AFTERNOON_AFTER}|noon|midnight)(?![^\W\d_]))?"
_UNIT = "(?:Uhr|時|时|点|點|시)"
_CLOCK = re.compile(
    rf"(?<![\d:.+/−-]){_BEFORE}(?<!\d)(?P<hour>\d{{1,2}})"
    rf"(?:\s?(?:[:.]|[hH](?![a-zA-Z])|{_UNIT})\s?(?P<minute>\d{{2}}|\d(?=\s?[分분]))\s?[分분]?"
    rf"(?:\s?[:.]?\s?(?P<second>\d{{2}})(?:[.,:]\d{{1,9}})?\s?[秒초]?)?|(?P<unit>\s?{_UNIT}))?"
    rf"(?!\d|[.:/]\d){_AFTER}",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\s?[-–—]\s?\d{1,2}[:.]\d{2}")  # "10:00-11:30" is no zone
_OFFSET = r"(?:GMT|UTC|UT)?\s?[+−-]\s?\d{1,2}(?::?\d{2})?(?::?\d{1,2})?(?!\d|:\d)"
_ZONE = re.compile(
    rf"[\s,]*+(?:(?:Uhr|hrs?|hours|[hH])(?![A-Za-z])|น)?\.?[\s,]*+[(\[]?(?P<zone>{_OFFSET}|[A-Za-z]+/[A-Za-z_/]+|[A-Za-z]{{1,5}}(?![^\W\d_]))"
    r"(?:\s*(?:[A-Z]{2,5}\b|[+-]\d{2}(?:\d{2})?(?!\d|[:.])))?(?:\s?[(\[][^()\[\]\d]{2,60}[)\]])?"
)
_ZONE_IN_WORDS = re.compile(r"[\s,(]*+(?P<words>(?:[A-Z][a-z]+\s){1,3}Time)\)?$")


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day in a text: what it says, the zone as written, and from where to where it stands.

    `strange` is a word beside it that has the form of a zone and is none we know.
    """

    hour: int
    minute: int
    second: int
    zone: str
    start: int
    end: int
    strange: bool = False

    def on(self, day: date, conventions: Conventions) -> When:
        """The moment on a day, 24:00 being the next one's first; the day where the zone can't be known."""
        local = datetime(day.year, day.month, day.day, self.hour % 24, self.minute, min(self.second, 59), tzinfo=UTC)
        local += timedelta(days=self.hour // 24)
        zone = zone_of(self.zone, local, conventions)
        return local.replace(tzinfo=zone) if zone else day


def clock_times(text: str, language: str = "") -> Iterator[ClockTime]:
    """The times of day in a text, in order; those no clock shows (25:00, 13:75) are none."""
    for found in _CLOCK.finditer(text):
        if not (found["minute"] or found["unit"] or found["after"]):
            continue
        hour = _hour(int(found["hour"]), (found["before"] or "").strip(" ."), found["after"] or "", language)
        minute, second = int(found["minute"] or 0), int(found["second"] or 0)
        if hour is not None and minute < 60 and second < 61 and (hour < 24 or minute == second == 0):
            zone, end, strange = _zone(text, found)
            yield ClockTime(hour, minute, second, zone, found.start(), end, strange)


def _hour(hour: int, before: str, after: str, language: str) -> int | None:
    """The hour of 24, None where there is no such hour."""
    if after.upper() in ("SA", "CH") and not language.startswith("vi"):
        after = ""
    half = _half(before, after)
    if not half or hour > 12:
        return hour if hour <= 24 else None
    if half == "noon":
        return hour if hour > 9 else hour + 12
    return hour % 12 + (12 if half == "afternoon" else 0)


def _half(before: str, after: str) -> str:
    after = after.lower()
    if after == "noon" or _is_one_of(before, _NOON_BEFORE):
        return "noon"
    if _is_one_of(before, _AFTERNOON_BEFORE) or _is_one_of(after, _AFTERNOON_AFTER):
        return "afternoon"
    return "forenoon" if before or after else ""


def _is_one_of(word: str, pattern: str) -> bool:
    return bool(word and re.fullmatch(pattern, word, re.IGNORECASE))


def _zone(text: str, clock: re.Match[str]) -> tuple[str, int, bool]:
    """The zone that stands right behind a time, where it ends, and whether it is only of a zone's form."""
    end = clock.end()
    if written_out := _ZONE_IN_WORDS.match(text, end):
        zone = short_zone(written_out["words"])
        return zone, written_out.end(), not zone
    of_a_program = clock["second"] or text[: clock.start()].endswith("T")  # "19:30:00-05:00" is no span of time
    found = None if _AGAIN.match(text, end) and not of_a_program else _ZONE.match(text, end)
    if not found:
        return "", end, False
    zone = found["zone"]
    if not zone.isalpha() or (zone.lower() in NAMED_ZONES and (zone.isupper() or found.end() == len(text))):
        return zone, found.end(), False
    return "", end, zone.isupper() and 2 < len(zone) < 6 and found.end() == len(text)
