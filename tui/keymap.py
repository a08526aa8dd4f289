"""Which keys there are instead of the usual ones, and how keys are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

NONE = "none"
"""What Textual is told for a binding without a key: one that no terminal sends."""

_SHORT = {"pagedown": "pgdn", "pageup": "pgup", "escape": "esc", "delete": "del"}
_LONG = {"question_mark": "?", "slash": "/", "backslash": "\\", "at": "@", "minus": "-", "plus": "+", "underscore": "_"}
"""Those of Textual's names of characters that are not Unicode's, and the one that the first paint has."""


@cache
def _named_key() -> re.Pattern[str]:
    return re.compile(r"(\\?)\{(\w+\.\w+)\|([\w+]+)\}")


def names(keys_of_binding: str) -> str:
    """The keys as they are written on them; those of a sequence with a blank between."""
    return "  ".join(" ".join(map(_name, each.split())) for each in keys_of_binding.split(",") if each)


def _name(key: str) -> str:
    if len(key) == 1 or key in _SHORT or key in _LONG:
        return _SHORT.get(key) or _LONG.get(key) or key
    if "+" in key or not key.islower():
        return key
    from unicodedata import lookup

    try:
        character = lookup(key.replace("_", " "))
    except KeyError:
        return key
    return character if character.isprintable() and character != " " else key


def verbatim(text: str) -> str:
    """Text from elsewhere, or typed, to stand in a sentence of ours: as it is, whatever keys it may seem to name."""
    return _named_key().sub(lambda found: "\\" + found[0], text)


class Keymap(NamedTuple):
    """The keys of those bindings that have others than usual, by their ids: with commas between, "" for none.

    Two keys with a blank between are a sequence.
    """

    changed: Mapping[str, str] = MappingProxyType({})

    def keys(self, binding_id: str | None, usual: str) -> str:
        """The keys of a binding, which has these usually."""
        return self.changed.get(binding_id or "", usual)

    def said(self, sentence: str, named: Callable[[str], str] = names) -> str:
        """A sentence with the key that there is, as it is `named`, in the place of each "{id|usual}".

        What is not ours in it is `verbatim`.
        """

        def key(found: re.Match[str]) -> str:
            return found[0][1:] if found[1] else named(self._first(found[2], found[3])) or f"({found[2]})"

        return _named_key().sub(key, sentence)

    def begins(self, key: str) -> bool:
        """Whether a sequence begins with the key."""
        each = (one for keys in self.changed.values() if " " in keys for one in keys.split(","))
        return any(one.startswith(f"{key} ") for one in each)

    def has(self, key: str) -> bool:
        """Whether something has got the key that it has not usually."""
        return any(key in keys.replace(",", " ").split() for keys in self.changed.values())

    def for_textual(self) -> dict[str, str]:
        """As Textual takes it."""
        return {binding_id: keys or NONE for binding_id, keys in self.changed.items()}

    def _first(self, binding_id: str, usual: str) -> str:
        return self.keys(binding_id, usual).partition(",")[0]


def keymap_of(app: object) -> Keymap:
    """The keys that there are in an app; the usual ones in one that has no others."""
    there: Keymap = getattr(app, "keymap", None) or Keymap()
    return there
