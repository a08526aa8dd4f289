"""Keys as people write them in the settings file, and as Textual names them."""

from __future__ import annotations

import re
import string
from unicodedata import name

from tui.config.kinds import NotAllowed
from tui.keymap import names

ALLOWED = 'a key such as "n", "ctrl+n" or "g g", several with commas between, or "" for none'

_MOST = 6  # keys of one binding
_NAMED = {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "enter", "space", "escape"}
_NAMED |= {"backspace", "delete", "insert", *(f"f{number}" for number in range(1, 13))}
_ALSO = {"esc": "escape", "del": "delete", "pgup": "pageup", "pgdn": "pagedown", "return": "enter"}
_UNICODE = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def keys_of(given: object) -> str:
    """What a file gives for a binding, with commas between the keys; raises NotAllowed."""
    if isinstance(given, str):
        given = [","] if given.strip() == "," else given.split(",") if given.strip() else []
    if not isinstance(given, list) or len(given) > _MOST or not all(isinstance(each, str) for each in given):
        raise NotAllowed
    return ",".join(dict.fromkeys(map(_sequence, given)))


def key_name(written: str) -> str:
    """Textual's name of one key; raises NotAllowed."""
    *modifiers, key = re.split(r"\+(?=.)", written) if len(written) > 1 else [written]
    named = _name(key)
    if not modifiers:
        return named
    prefix = sorted(each.lower() for each in modifiers)
    if len(set(prefix)) != len(prefix) or not {*prefix} <= {"alt", "ctrl", "shift"}:
        raise NotAllowed
    if len(named) == 1 and (prefix == ["shift"] or not (named.isascii() and named.isalnum())):
        raise NotAllowed  # what terminals send for shift and a letter is the capital
    return "+".join([*prefix, named.lower() if "ctrl" in prefix else named])


def written(keys: str) -> str:
    """Textual's names of keys as `keys_of` takes them."""
    return ", ".join("comma" if key == "comma" else names(key) for key in keys.split(",") if key)


def writes(key: str) -> bool:
    """Whether the key puts a character into a line."""
    return len(key) == 1 or key == "space" or key in _PUNCTUATION


def _sequence(written: str) -> str:
    keys = [key_name(key) for key in written.split()] or ([] if not written else ["space"])
    if not 1 <= len(keys) <= 2:
        raise NotAllowed
    return " ".join(keys)


def _name(key: str) -> str:
    if len(key) == 1 and key.isalnum():
        return key
    if len(key) == 1 and key.isprintable() and key != " ":
        return _of_character(key)
    named = _ALSO.get(key.lower(), key.lower())
    if named not in _NAMED and named not in _PUNCTUATION:
        raise NotAllowed
    return named


def _of_character(character: str) -> str:
    try:
        called = name(character).lower().replace("-", "_").replace(" ", "_")
    except ValueError:
        raise NotAllowed from None
    return _UNICODE.get(called, called)


_PUNCTUATION = frozenset(map(_of_character, string.punctuation))
