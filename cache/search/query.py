"""The language people type to find articles; pure: what was typed becomes words, filters and sentences on errors.

    carrier "pearl harbor" -drill     words, a phrase, a word that must not be there
    carrier OR destroyer              either
    headline:carrier author:kim       in the headline, by an author
    source:usni lang:en tag:later     from a source, in a language, with a tag
    group:"Sea/Harbours"              from the sources of a group, and of the groups in it
    since:7d before:2024-11-01        by when it was published
    is:unread is:saved is:part        by its state
    has:highlight has:note            by what its reader did with it
    reason:paywall                    by why its text is not here
    is:followed topic:1042            of the topics its reader follows, of that which is followed by this article

What looks like a filter and is none is searched as a phrase, and said. Of a long text only the
beginning is searched. What holds nothing to look for finds nothing, and that is said, too: a list of everything would
look like an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice

LONGEST_QUERY = 1000
"""Characters of a query that are looked at: whoever pastes a page means its beginning."""

MOST_PIECES = 64
"""Words, phrases and filters of a query that are searched; a thousand are more than SQLite takes as conditions."""

STATES = (
    "unread",
    "read",
    "saved",
    "queued",
    "full",
    "part",
    "teaser",
    "failed",
    "incomplete",
    "changed",
    "tagged",
    "noted",
    "highlighted",
    "followed",
)
"""What may stand behind `is:`."""

_LONG = f"This is long: only its beginning is searched, {MOST_PIECES} words or {LONGEST_QUERY:,} characters of it."
_STATE_ALIASES = {
    "starred": "saved",
    "star": "saved",
    "later": "saved",
    "offline": "full",
    "complete": "full",
    "partial": "incomplete",
    "new": "unread",
}
_HELD = {"highlight": "highlighted", "highlights": "highlighted", "note": "noted", "tag": "tagged", "tags": "tagged"}
"""What may stand behind `has:`, and the state that it is."""
_OPPOSITE = {"unread": "read", "read": "unread", "full": "incomplete", "incomplete": "full"}
_FIELDS = {"headline": "headline", "title": "headline", "author": "authors", "by": "authors"}
_FILTERS = {
    "source": "source",
    "from": "source",
    "group": "group",
    "lang": "lang",
    "language": "lang",
    "tag": "tag",
    "section": "section",
    "reason": "reason",
    "topic": "topic",
}
_DATES = {"since": "since", "after": "since", "before": "before", "until": "before", "on": "on"}
_KEYS = {"", "is", "has", *_FIELDS, *_FILTERS, *_DATES}
_KNOWN = "source, group, author, headline, since, before, on, is, has, reason, lang, tag, topic and section"

_PIECE = re.compile(r'(?=\S)(-)?(?:([^\W\d_]+):)?("[^"]*"?|\S*)')
_BEGINNING = re.compile(rf'-?"*|OR|\||-?(?:{"|".join(sorted(_KEYS - {""}))}):.*', re.IGNORECASE | re.DOTALL)
_AGO = re.compile(r"(\d{1,4})\s*(h|hours?|d|days?|w|weeks?|m|months?|y|years?)")
_DAYS_BACK = {"today": 0, "yesterday": 1}
_DAYS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30.44, "y": 365.25}


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to find.

    `field` is a column it must stand in, `prefix` that it is the beginning of a word, `begun` that it is still typed.
    """

    text: str
    field: str = ""
    phrase: bool = False
    prefix: bool = False
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition that needs no text: `name` is "is", "since", "before", "on", "nothing" or a key of _FILTERS."""

    name: str
    value: str | float
    negated: bool = False


NOTHING = Filter("nothing", "")
"""The condition that no entry meets: of a query in which nothing was understood."""


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, understood: every one of `wanted` (each a choice of terms), none of `unwanted`, all filters."""

    wanted: tuple[tuple[Term, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether text decides what is found, beside the filters."""
        return bool(self.wanted or self.unwanted)


def parse(text: str, now: datetime | None = None, *, typing: bool = False) -> Query:
    """The query behind what was typed; `typing` takes the last word for the beginning of one, of a filter too."""
    wanted: list[tuple[Term, ...]] = []
    unwanted: list[Term] = []
    filters: list[Filter] = []
    errors: list[str] = []
    either, begun, beginning = False, False, ""
    whole, text = text.rstrip(), _beginning_of(text.replace("\x00", " "))
    cut = len(text) < len(whole)
    typing = typing and not cut
    for piece in _PIECE.finditer(text):
        beginning = piece[0]
        if piece[0] in ("OR", "|"):
            either = bool(wanted)
            continue
        found = _parsed(piece, now or datetime.now(UTC), errors)
        if isinstance(found, Filter):
            filters.append(found)
        elif found and piece[1]:
            unwanted.append(found)
        elif found and either:
            wanted[-1] += (found,)
        elif found:
            wanted.append((found,))
        either, begun = False, isinstance(found, Term) and not piece[1]
    if typing and begun and text[-1:].isalnum():
        last = wanted[-1][-1]
        wanted[-1] = (*wanted[-1][:-1], replace(last, prefix=not last.phrase, begun=not last.phrase))
    if not (wanted or unwanted or filters or (typing and _BEGINNING.fullmatch(beginning))) and text.strip():
        filters.append(NOTHING)
        errors = errors or [f"“{text.strip()}” holds nothing that can be looked for, so nothing is found."]
    said = (_LONG,) if cut else ()
    return Query(tuple(wanted), tuple(unwanted), tuple(filters), (*said, *errors))


def _beginning_of(text: str) -> str:
    """So much of a text as a query may be, in whole words where it has any."""
    if len(text) > LONGEST_QUERY:
        text = text[:LONGEST_QUERY]
        text = text.rsplit(maxsplit=1)[0] if len(text.split()) > 1 else text
    pieces = list(islice(_PIECE.finditer(text), MOST_PIECES + 1))
    return text[: pieces[MOST_PIECES].start()] if len(pieces) > MOST_PIECES else text


def _parsed(piece: re.Match[str], now: datetime, errors: list[str]) -> Term | Filter | None:
    negated, key, value = bool(piece[1]), (piece[2] or "").lower(), piece[3]
    phrase = value.startswith('"')
    value = value.strip('"').strip()
    if key not in _KEYS and (not value or value.startswith("/")):
        return _term(f"{key}:{value}", "", phrase=True)
    if not value:
        return None
    if key == "is":
        return _state(value.lower(), negated, errors)
    if key == "has":
        return _has(value.lower(), negated, errors)
    if key == "topic":
        return _topic(value, negated, errors)
    if key in _FILTERS:
        return Filter(_FILTERS[key], value, negated)
    if key in _DATES:
        return _time(_DATES[key], value, now, negated, errors)
    if key not in _KEYS:
        words = f"{key} {value}"
        done = f"what says “{words}” is left out" if negated else f"“{words}” is searched"
        errors.append(f"There is no filter “{key}:”{_meant(key)}, so {done}; there are {_KNOWN}.")
        return _term(words, "", phrase=True)
    return _term(value, _FIELDS.get(key, ""), phrase=phrase)


def _meant(key: str) -> str:
    """The filter that was probably meant, as a question; loaded only where something was mistyped."""
    from difflib import get_close_matches

    near = get_close_matches(key, sorted(_KEYS), 1)
    return f" (did you mean “{near[0]}:”?)" if near else ""


def _term(text: str, field: str, *, phrase: bool) -> Term | None:
    if not any(character.isalnum() for character in text):
        return None
    prefix = text.endswith("*") and not phrase
    return Term(text.rstrip("*"), field, phrase, prefix)


def _state(value: str, negated: bool, errors: list[str]) -> Filter | None:
    value = _STATE_ALIASES.get(value, value)
    if negated and value in _OPPOSITE:
        return Filter("is", _OPPOSITE[value])
    if value in STATES:
        return Filter("is", value, negated)
    errors.append(f"“is:{value}” is not known; after is: goes {', '.join(STATES[:-1])} or {STATES[-1]}.")
    return None


def _has(value: str, negated: bool, errors: list[str]) -> Filter | None:
    if value in _HELD:
        return Filter("is", _HELD[value], negated)
    errors.append(f"“has:{value}” is not known; after has: goes highlight, note or tag.")
    return None


def _topic(value: str, negated: bool, errors: list[str]) -> Filter | None:
    if value.isascii() and value.isdigit() and len(value) < 19:
        return Filter("topic", value, negated)
    errors.append(f"“topic:{value}” names no topic; after topic: goes the number of the article it is followed by.")
    return None


def _time(name: str, value: str, now: datetime, negated: bool, errors: list[str]) -> Filter | None:
    span = _span(value.lower(), now)
    if span is None:
        errors.append(f"“{name}:{value}” names no time; write 7d, 24h, 2w, today, 2024-11 or 2024-11-01.")
        return None
    first, after = span
    if name == "on":
        return Filter("on", f"{first.timestamp()} {after.timestamp()}", negated)
    return Filter(name, first.timestamp(), negated)


def _span(value: str, now: datetime) -> tuple[datetime, datetime] | None:
    """The moment a written time begins, and the one just after it ends."""
    if ago := _AGO.fullmatch(value):
        return _reach_back(now, float(ago[1]) * _DAYS[ago[2][0]]), now
    if value in _DAYS_BACK:
        first = now.astimezone().date() - timedelta(days=_DAYS_BACK[value])
        return _midnight(first), _midnight(first + timedelta(days=1))  # not 24 hours later: clocks may change between
    return _calendar(value)


def _reach_back(now: datetime, days: float) -> datetime:
    earliest = datetime(1, 1, 2, tzinfo=UTC)
    return now - timedelta(days=days) if days < (now - earliest).days else earliest


def _calendar(value: str) -> tuple[datetime, datetime] | None:
    """The span of a year, a month or a day in ISO 8601, in the reader's own time zone."""
    parts = value.split("-")
    if len(parts[0]) != 4:
        return None
    try:
        year, month, day = [int(part) for part in parts] + [1] * (3 - len(parts))
        first = date(year, month, day)
        if len(parts) == 3:
            after = first + timedelta(days=1)
        else:
            after = date(year + month // 12, month % 12 + 1, 1) if len(parts) == 2 else date(year + 1, 1, 1)
        return _midnight(first), _midnight(after)
    except (ValueError, OverflowError):
        return None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day.year < 1902 else _local(day)


def _local(day: date) -> datetime:
    return datetime(day.year, day.month, day.day).astimezone()
