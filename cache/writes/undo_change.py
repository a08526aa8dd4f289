"""Whether a change on the undo trail is one: a library may hold anything, and what is set back runs as SQL."""

from __future__ import annotations

FACTS = 6
"""What is known of a removed source, to make it anew: url, kind, title, home, language, section."""
ARRANGED = (
    *("title", "section", "kind", "paused", "place", "every"),
    *("max_bytes", "most", "keep_days", "keep_count"),
)
"""What of a source can be set back."""
_KINDS = frozenset(("feed", "sitemap", "section", "page"))
_TEXTS = frozenset(("title", "section", "kind"))
_LARGEST = 2**63
_DIGITS = 10


def is_sound(change: object) -> bool:
    """Whether a change has the values that what sets it back takes."""
    match change:
        case ["marks", "read" | "saved" | "queued" | "gone" | "note", [*values]]:
            return all(map(_is_value_of_entries, values))
        case ["places", [*places]]:
            return all(map(_is_place, places))
        case ["tags", entry_id, [*add], [*remove]]:
            return _is_number(entry_id) and all(map(_is_text, (*add, *remove)))
        case ["note", entry_id, before, after]:
            return _is_number(entry_id) and _is_text(before) and _is_text(after)
        case ["highlight" | "highlight note" as what, entry_id, [text, prefix, suffix, *which], *values]:
            stood = values in ([0], [1]) if what == "highlight" else len(values) == 2 and all(map(_is_text, values))
            told = not which or (len(which) == 1 and _is_count(which[0]))
            return stood and told and _is_number(entry_id) and all(map(_is_text, (text, prefix, suffix)))
        case ["search", name, *queries]:
            return _is_text(name) and len(queries) in {1, 2} and all(map(_is_text_or_none, queries))
        case ["site rule" | "kept passages" as what, *values]:
            return len(values) == (2 if what == "site rule" else 3) and _is_of_site_rules(values)
        case ["source", source_id, *facts]:
            return _is_number(source_id) and len(facts) == FACTS and all(map(_is_text, facts))
        case ["sources", [*columns]]:
            return all(map(_is_of_sources, columns))
    return _is_front_choice(change)


def _is_front_choice(change: object) -> bool:
    """Whether it is a list of chosen stories, the reports that come back to it, and those that go."""
    match change:
        case ["front choice", "front.followed" | "front.muted" | "front.set_aside", [*back], [*away]]:
            return all(map(_is_number, (*back, *away)))
    return False


def _is_of_site_rules(given: object) -> bool:
    """Whether it is a rule and what was said by it, or an entry and the rule by which passages stand in its text."""
    match given:
        case [[host, "same" | "begins" | "place", said], kept]:
            return _is_text(host) and _is_text(said) and (kept is None or (isinstance(kept, int) and kept in {0, 1}))
        case [entry_id, "same" | "begins" | "place", said]:
            return _is_number(entry_id) and _is_text(said)
    return False


def _is_value_of_entries(given: object) -> bool:
    match given:
        case [value, [*ids]]:
            return _is_value(value) and all(map(_is_number, ids))
    return False


def _is_of_sources(given: object) -> bool:
    """Whether it is a column, the value that it had, and the sources that had it."""
    match given:
        case ["kind", value, [*ids]]:
            return _is_text(value) and value in _KINDS and all(map(_is_number, ids))
        case ["paused", value, [*ids]]:
            return _is_number(value) and value in {0, 1} and all(map(_is_number, ids))
        case [column, value, [*ids]] if column in ARRANGED:
            fits = _is_text(value) if column in _TEXTS else value is None or _is_number(value)
            return fits and all(map(_is_number, ids))
    return False


def _is_text_or_none(value: object) -> bool:
    return value is None or _is_text(value)


def _is_place(given: object) -> bool:
    match given:
        case [entry_id, place]:
            return _is_number(entry_id) and _is_value(place) and not isinstance(place, str)
    return False


def _is_value(value: object) -> bool:
    return value is None or isinstance(value, float) or _is_number(value) or _is_text(value)


def _is_count(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < _DIGITS


def _is_number(value: object) -> bool:
    """Whether a value is a whole number that SQLite can hold."""
    return isinstance(value, int) and -_LARGEST <= value < _LARGEST


def _is_text(value: object) -> bool:
    """Whether a value is text that can be written as UTF-8."""
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)
