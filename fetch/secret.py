"""What a reader would not want to read on a screen, in a log or in a report: a value that does not show itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from weakref import WeakSet

_ALIVE: WeakSet[Secret] = WeakSet()
_PARTS = re.compile(r"[^\s;,]+")
_LOGIN = re.compile(r"(?<=://)[^\s/?#]+@")
_SHORTEST = 6
"""Characters; shorter parts of a secret are words that stand everywhere."""


@dataclass(frozen=True, slots=True, repr=False, eq=False, weakref_slot=True)
class Secret:
    """A header's value, a password: neither printed nor formatted, only revealed where it is sent or kept."""

    _value: str = field(repr=False)

    def __post_init__(self) -> None:
        _ALIVE.add(self)

    def reveal(self) -> str:
        """The value itself."""
        return self._value

    def __repr__(self) -> str:
        return ""

    def __str__(self) -> str:
        return ""

    def __bool__(self) -> bool:
        return bool(self._value)


def redacted(text: str) -> str:
    """A text that leaves the program without any secret that it knows: an error may quote what it was given."""
    for secret in list(_ALIVE):
        for part in {secret.reveal(), *_PARTS.findall(secret.reveal())}:
            if len(part) >= _SHORTEST:
                text = text.replace(part, "…").replace(repr(part)[1:-1], "…")
    return text


def without_logins(text: str) -> str:
    """A text without the "name:password@" of the addresses that it names."""
    return _LOGIN.sub("", text) if "@" in text else text
