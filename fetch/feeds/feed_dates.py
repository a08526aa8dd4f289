"""The dates of feeds: RFC 822 and ISO 8601 (RFC 3339), with the mistakes that feeds commonly make."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from typing import TYPE_CHECKING

from fetch.article import When
from fetch.calendar_words import ENGLISH_MONTHS, MONTH_NAMES

if TYPE_CHECKING:
    from fetch.time_zones import Conventions

_WHOLE_MONTHS = " ".join(names.split()[0] for names in MONTH_NAMES)
_MONTHS = {
    name: number for names in (ENGLISH_MONTHS, _WHOLE_MONTHS) for number, name in enumerate(names.split(), start=1)
} | {"sept": 9}
_ZONES = {"": 0, "z": 0, "ut": 0, "utc": 0, "gmt": 0, "edt": -4, "cdt": -5, "mdt": -6, "mst": -7, "pdt": -7}
WRITTEN = re.compile(
    r"""(?:(?:pubDate|[dD]ate|updated|published|issued|modified|created)>|date_(?:published|modified)"\s*:\s*")\s*([^<>"]{6,80})"""
)
"""A date as XML or JSON has it, in an element or member whose name says so."""
_MOST_OTHERS = 200
_LONGEST = 400  # characters
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_NEVER_SET = datetime(1970, 1, 1, tzinfo=UTC)
_RFC_822 = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?"
    r"\s*(?:(?:gmt|utc)?\s*([+-])(\d{2}):?(\d{2})|([a-z]{0,3}))",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T\s]+(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(?:([+-])(\d{2}):?(\d{2})?|(Z|UTC|GMT)?))?",
    re.IGNORECASE,
)


class FeedDates:
    """Reads the dates of one feed, each whole or not at all; what the feed is lets it tell ambiguous ones apart.

    `language` is a BCP 47 tag, `url` the feed's address; `body` is looked through for other dates only where an
    ambiguous one needs them.
    """

    def __init__(self, language: str = "", url: str = "", body: str = "") -> None:
        self._language, self._url, self._body = language, url, body

    def read(self, text: str) -> When | None:
        """The moment a feed writes, UTC where it names no zone, a day where it names no time or a zone unknown."""
        text = text.strip()
        if len(text) > _LONGEST:
            return None
        when = _iso(text) or _rfc_822(text) or (self._read_odd(text) if text else None)
        return None if when is None or _was_never_set(when) else when

    def _read_odd(self, text: str) -> When | None:
        from fetch.dates import whole_date  # its tables are only loaded for feeds that need them

        return whole_date(text, self._conventions)

    @cached_property
    def _conventions(self) -> Conventions:
        from fetch.clock_times import clock_times
        from fetch.dates import order_of
        from fetch.links import host
        from fetch.time_zones import Conventions, certain_offset, country_of

        written = WRITTEN.findall(self._body)[:_MOST_OTHERS]
        zones = [clock.zone for date in written for clock in clock_times(date)]
        return Conventions(
            self._language,
            country_of(host(self._url)),
            frozenset(offset for zone in zones if (offset := certain_offset(zone)) is not None),
            order_of(" ".join(written), self._language),
        )


def first_date(dates: FeedDates, texts: Iterable[str]) -> When | None:
    """The first of several dates that can be read."""
    return next((when for text in texts if text and (when := dates.read(text)) is not None), None)


def feed_date(text: str) -> When | None:
    """A date written in a feed or sitemap that nothing more is known of; None if it is not one as a whole."""
    return FeedDates().read(text)


def _was_never_set(when: When) -> bool:
    """Whether a date is where a program's clock begins: second 0, in any zone's time, or before any feed."""
    if when.year < _FIRST_YEAR:
        return True
    if not isinstance(when, datetime):
        return when == _NEVER_SET.date()
    return when == _NEVER_SET or when.replace(tzinfo=UTC) == _NEVER_SET


def _iso(text: str) -> When | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second, sign, hours, minutes, _ = found.groups()
    if not _FIRST_YEAR <= int(year) <= _LAST_YEAR:  # of another calendar
        return None
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
        return _shifted(moment, sign, hours, minutes)
    except ValueError:  # 30 February, 24:00, a leap second
        return None


def _rfc_822(text: str) -> When | None:
    found = _RFC_822.fullmatch(text)
    if not found:
        return None
    day, month, year, hour, minute, second, sign, hours, minutes, zone = found.groups()
    zone, month = (zone or "").lower(), _MONTHS.get(month.lower())
    if month is None or zone not in _ZONES:
        return None
    try:
        moment = datetime(int(year), month, int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
        if sign:
            return _shifted(moment, sign, hours, minutes)
    except ValueError:
        return None
    return moment.replace(tzinfo=timezone(timedelta(hours=_ZONES[zone]))) if _ZONES[zone] else moment


def _shifted(moment: datetime, sign: str | None, hours: str | None, minutes: str | None) -> datetime:
    if not sign or not hours:
        return moment
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return moment.replace(tzinfo=timezone(-offset if sign == "-" else offset)) if offset else moment
