"""Time zones as dates name them → offsets; where a name is used in several countries, by where the date was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo

FIXED: dict[float, str] = {
    0: "z ut utc gmt wet",
    1: "cet mez west wat",
    2: "cest mesz eet cat sast",
    3: "eest msk eat trt fet idt",
    3.5: "irst",
    4: "msd samt azt get gst",
    4.5: "irdt aft",
    5: "pkt uzt yekt tjt mvt",
    5.75: "npt",
    6: "almt omst btt",
    6.5: "mmt",
    7: "ict wib novt krat",
    8: "hkt sgt pht awst wita irkt myt",
    9: "jst kst wit yakt",
    9.5: "acst",
    10: "aest vlat chst",
    10.5: "acdt",
    11: "aedt",
    12: "nzst fjt petst",
    13: "nzdt",
    -1: "azot cvt",
    -2.5: "ndt",
    -2: "brst uyst",
    -3.5: "nst",
    -3: "adt brt art uyt clst pyst",
    -4: "edt bot vet clt",
    -5: "est cdt cot pet",
    -6: "mdt",
    -7: "mst pdt",
    -8: "pst akdt",
    -9: "akst hdt",
    -10: "hst",
}
"""Names that mean one offset from UTC in hours, unless `AMBIGUOUS` says otherwise of a country."""

IN_WORDS = {
    "coordinated universal time": "UTC",
    "british summer time": "+01:00",
    "irish standard time": "+01:00",
    "israel standard time": "+02:00",
    "india standard time": "+05:30",
    "indian standard time": "+05:30",
    "china standard time": "+08:00",
    "central standard time": "-06:00",
    "atlantic standard time": "-04:00",
}
"""Zones written out whose first letters are no name, or one that others share."""

REGIONAL = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
    "akt": "America/Anchorage",
    "aet": "Australia/Sydney",
}
"""Names of a region's own time, summer's in summer, by the region of the IANA database."""

AMBIGUOUS: dict[str, dict[float, str]] = {
    "ist": {5.5: "in hi ta te mr gu kn ml pa or as", 2: "il he", 1: "ie ga"},
    "cst": {-6: "us ca mx cr gt hn ni sv bz", 8: "cn tw mo zh", -5: "cu"},
    "bst": {1: "gb uk im je gg cy gd", 6: "bd bn"},
    "ast": {-4: "ca us pr do bb tt bm", 3: "sa kw bh qa ye iq ar"},
    "est": {10: "au"},
    "edt": {11: "au"},
    "pst": {8: "ph fil tl"},
    "sst": {8: "sg", -11: "as um"},
    "wst": {8: "au", 13: "ws sm"},
    "ect": {-5: "ec"},
    "amt": {4: "am hy", -4: "br pt"},
}
"""Names that several countries use: the offset in each, by countries (ISO 3166) and languages (ISO 639)."""

_NEIGHBOURS = {
    ("ist", 5.5): (5.5,),
    ("ist", 2): (2, 3),
    ("ist", 1): (1,),
    ("cst", -6): (-4, -5, -6, -7, -8, -9, -10),
    ("cst", 8): (8,),
    ("cst", -5): (),
    ("bst", 1): (0, 1),
    ("bst", 6): (6,),
    ("ast", -4): (-4, -3),
    ("ast", 3): (3,),
}
"""What other dates of the same source must show for a name to mean an offset there: its country's offsets."""

_FIXED = {name: hours for hours, names in FIXED.items() for name in names.split()}
_OFFSET = re.compile(r"(?:GMT|UTC|UT)?\s?([+-−])\s?(\d{1,2})(?::?(\d{2}))?(?::?\d{1,2})?", re.IGNORECASE)
_OF_MACHINES = frozenset("z utc ut +0000 +00:00 -0000 -00:00 +00".split())
NAMED_ZONES = frozenset((*_FIXED, *REGIONAL, *AMBIGUOUS))


@dataclass(frozen=True, slots=True)
class Conventions:
    """What decides where a date could mean two things: the language it is written in, the country, other offsets there.

    `language` is a BCP 47 tag, `country` an ISO 3166 code in lower case, `offsets` hours from UTC that other dates of
    the same source show beyond doubt, `order` the tag of a language that sets day and month as those dates do.
    """

    language: str = ""
    country: str = ""
    offsets: frozenset[float] = frozenset()
    order: str = ""

    @property
    def tag(self) -> str:
        """The language with the country where it names none itself, for the order of day and month."""
        language = self.language.replace("_", "-")
        if language and language.lower() != "en":
            return language
        return f"{language or 'en'}-{self.country}" if self.country else self.order or language


NO_CONVENTIONS = Conventions()


def country_of(host: str) -> str:
    """The country whose top-level domain a host is under, in lower case; empty for others."""
    last = host.rpartition(".")[2].lower()
    return {"uk": "gb"}.get(last, last) if len(last) == 2 and last.isalpha() else ""


def zone_of(written: str, local: datetime, conventions: Conventions = NO_CONVENTIONS) -> tzinfo | None:
    """The zone written beside a local time (whose own zone is not looked at): UTC where nothing is, None if unknown."""
    written = written.strip(" ,()[]")
    if not written:
        return UTC
    if found := _OFFSET.fullmatch(written):
        return _fixed_of(found)
    name = written.lower().replace(".", "")
    if name in AMBIGUOUS and (hours := _hours_in(name, conventions)) is not None:
        return _shifted(hours)
    if name in REGIONAL:
        return _regional(REGIONAL[name], local)
    if name in _FIXED:
        return _shifted(_FIXED[name])
    return _regional(written, local) if "/" in written else None


def short_zone(words: str) -> str:
    """The name or offset of a zone that is written out ("Eastern Standard Time"), "" where it is none we know."""
    written = " ".join(words.lower().split())
    initials = "".join(word[0] for word in written.split())
    return IN_WORDS.get(written) or (initials if initials in _FIXED or initials in REGIONAL else "")


def certain_offset(written: str) -> float | None:
    """The hours from UTC that a zone means wherever it is written; None for those that servers write anywhere too."""
    name = written.strip(" ,()[]").lower()
    if name in REGIONAL or name in _OF_MACHINES:
        return None
    if name in AMBIGUOUS:
        return _FIXED.get(name)
    zone = zone_of(written, datetime(2000, 1, 1, tzinfo=UTC)) if name else None
    offset = zone.utcoffset(None) if zone else None
    return offset / timedelta(hours=1) if offset is not None else None


def _hours_in(name: str, conventions: Conventions) -> float | None:
    """The offset of an ambiguous name: by country, by language, by other dates of the source, by common use."""
    language, _, region = conventions.language.lower().replace("_", "-").partition("-")
    for place in (conventions.country, region.rpartition("-")[2], language):
        found = [hours for hours, places in AMBIGUOUS[name].items() if place and place in places.split()]
        if found:
            return found[0]
    shown = [
        hours for hours in AMBIGUOUS[name] if conventions.offsets.intersection(_NEIGHBOURS.get((name, hours), (hours,)))
    ]
    return shown[0] if len(shown) == 1 and name not in _FIXED else _FIXED.get(name)


def _fixed_of(found: re.Match[str]) -> tzinfo | None:
    figures = found[2] + (found[3] or "")
    hours, minutes = (int(figures[:-2]), int(figures[-2:])) if len(figures) > 2 else (int(figures), 0)
    if hours > 15 or minutes > 59:
        return None
    offset = (hours + minutes / 60) * (1 if found[1] == "+" else -1)
    return _shifted(offset)


def _shifted(hours: float) -> tzinfo:
    return timezone(timedelta(hours=hours)) if hours else UTC


def _regional(name: str, local: datetime) -> tzinfo | None:
    """The offset of a region at a local time."""
    from zoneinfo import ZoneInfo

    try:
        offset = local.replace(tzinfo=ZoneInfo(name)).utcoffset()
    except (KeyError, ValueError, OSError):  # no such region, or a system without the database
        return None
    return _shifted(offset / timedelta(hours=1)) if offset is not None else None
