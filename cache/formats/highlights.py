"""Highlights as JSON has them, wherever Broadsheet writes them, and as a file from elsewhere brings them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any

from cache.formats.record import Record
from fetch.text import clean_lines

if TYPE_CHECKING:
    from cache.highlight import Highlight

MOST_PLACES = 100_000_000
"""Places of which the last may be meant."""
MOST_HIGHLIGHTS = 1000
"""Highlights of an article that are taken in."""


def highlight_record(highlight: Highlight) -> Record:
    """A highlight with what stood about it, the reader's note, and where it is now: null where its words are gone."""
    return {
        "text": highlight.text,
        "prefix": highlight.prefix,
        "suffix": highlight.suffix,
        "occurrence": highlight.occurrence + 1,
        "paragraph": highlight.place.paragraph if highlight.place else None,
        "edited": highlight.place.edited if highlight.place else None,
        "made": _time(highlight.made),
        "note": highlight.note,
        "noted": _time(highlight.noted),
    }


def highlight_records(highlights: Iterable[Highlight]) -> list[Record]:
    """Those that stand."""
    return [highlight_record(each) for each in highlights if each.withdrawn is None]


def withdrawn_records(highlights: Iterable[Highlight]) -> list[Record]:
    """Those that do not, each with when it was withdrawn: another library may have it still."""
    gone = ((each, each.withdrawn) for each in highlights if each.withdrawn is not None)
    return [{**highlight_record(each), "withdrawn": _time(when)} for each, when in gone]


def highlights_in(row: dict[str, Any]) -> tuple[Highlight, ...]:
    """The highlights in an article's record, those withdrawn among them, all text through the gate."""
    rows = [*row.get("highlights", ()), *row.get("withdrawn_highlights", ())]
    return tuple(_read(rows[:MOST_HIGHLIGHTS]))


def standing(highlights: Sequence[Highlight]) -> list[Highlight]:
    """Those that a file shows."""
    return [each for each in highlights if each.withdrawn is None]


def _read(rows: Iterable[dict[str, Any]]) -> Iterator[Highlight]:
    from cache.highlight import CONTEXT, LONGEST_HIGHLIGHT, Highlight

    for row in rows:
        said = clean_lines(str(row["text"] or "")).strip()[:LONGEST_HIGHLIGHT]
        prefix, suffix = (clean_lines(str(row.get(name) or "")) for name in ("prefix", "suffix"))
        note, made = clean_lines(str(row.get("note") or "")).strip(), _moment(row.get("made"))
        gone = _moment(row["withdrawn"]) if row.get("withdrawn") else None
        if said:
            about, noted = (prefix[-CONTEXT:], suffix[:CONTEXT]), _moment(row.get("noted"))
            yield Highlight(said, *about, note, made, gone, noted, _which(row.get("occurrence")))


def _time(seconds: float | None) -> str | None:
    """A moment as JSON has it, with its fractions of a second; None where nobody knows it."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat() if seconds else None
    except (ValueError, OverflowError, OSError):  # no moment of any calendar
        return None


def _which(said: object) -> int:
    """Which of several places is meant, from 0: the first where that is not told."""
    return min(said, MOST_PLACES) - 1 if isinstance(said, int) and not isinstance(said, bool) and said > 0 else 0


def _moment(said: object) -> float:
    """Seconds since 1970; 0 where nobody knows."""
    if not said:
        return 0.0
    when = datetime.fromisoformat(str(said))
    seconds = when.timestamp() if when.tzinfo else 0.0
    return seconds if isfinite(seconds) and seconds > 0 else 0.0
