"""The dates of feeds: RFC 822 and ISO 8601 (RFC 3339), with the mistakes that feeds commonly make."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from fetch.article import When
from fetch.calendar_words import ENGLISH_MONTHS

_MONTHS = {name: number for number, name in enumerate(ENGLISH_MONTHS.split(), start=1)}
_ZONES = {"": 0, "z": 0, "ut": 0, "utc": 0, "gmt": 0, "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7}
_ZONES |= {"pdt": -7, "pst": -8}  # RFC 822, 5.1; the letters of the military are used by nobody
_RFC_822 = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?"
    r"\s*(?:(?:gmt|utc)?\s*([+-])(\d{2}):?(\d{2})|([a-z]{0,3}))",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T\s]+(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(?:([+-])(\d{2}):?(\d{2})?|(Z|UTC|GMT)?))?",
    re.IGNORECASE,
)


def feed_date(text: str) -> When | None:
    """The moment a feed writes, UTC where it names no zone, a day where it names no time; None if written oddly."""
    text = text.strip()
    try:
        return _iso(text) or _rfc_822(text)
    except (ValueError, OverflowError):  # 30 February, 25 o'clock
        return None


def _iso(text: str) -> When | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second, sign, hours, minutes, _ = found.groups()
    if hour is None:
        return date(int(year), int(month), int(day))
    moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
    return _shifted(moment, sign, hours, minutes)


def _rfc_822(text: str) -> When | None:
    found = _RFC_822.fullmatch(text)
    if not found:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes, zone = found.groups()
    zone, month = (zone or "").lower(), _MONTHS.get(month.lower())
    if month is None or zone not in _ZONES:
        return None
    moment = datetime(int(year), month, int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
    if sign:
        return _shifted(moment, sign, hours, minutes)
    return moment.replace(tzinfo=timezone(timedelta(hours=_ZONES[zone]))) if _ZONES[zone] else moment


def _shifted(moment: datetime, sign: str | None, hours: str | None, minutes: str | None) -> datetime:
    if not sign or not hours:
        return moment
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return moment.replace(tzinfo=timezone(-offset if sign == "-" else offset)) if offset else moment
