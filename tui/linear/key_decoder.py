"""Bytes from a terminal → keys as they were typed, and their names as Textual has them."""

from __future__ import annotations

import codecs
import re

CLOSED = "closed"
"""The key of a terminal that is gone."""
PASTED = "\x1b[200~"
"""What a key begins with that is a pasted text."""
_PASTE_ENDS = "\x1b[201~"
_SEQUENCE = re.compile("\x1b(?:\\[[0-9;?<]*[@-Z\\\\-~]|O.)")
_BEGUN = re.compile("\x1b(?:\\[[0-9;?<]*|O)?")
_OF_SEQUENCE = {
    "A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end", "Z": "shift+tab",
    "1~": "home", "4~": "end", "5~": "pageup", "6~": "pagedown", "3~": "delete", "7~": "home", "8~": "end",
}  # fmt: skip
_MODIFIED = re.compile("1;([235])([A-DFH])")
_MODIFIERS = {"2": "shift", "3": "alt", "5": "ctrl"}
_OF_CONTROL = {"\r": "enter", "\n": "enter", "\t": "tab", "\x7f": "backspace", "\x08": "backspace", "\x1b": "escape"}
_NAMED = {"-": "minus", "+": "plus", "_": "underscore", "/": "slash", "\\": "backslash", "@": "at"}
"""Those of Textual's names of keys that are not Unicode's."""
LONGEST = 4_000
"""Characters of a pasted text, and of a line; more is left out."""


class KeyDecoder:
    """Keys in whatever pieces their bytes come; a text between the marks of a paste is one key."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""
        self._pasted: str | None = None

    @property
    def pasting(self) -> bool:
        """Whether the end of a paste is still to come."""
        return self._pasted is not None

    @property
    def waiting(self) -> bool:
        """Whether something has begun that its rest may follow."""
        return self.pasting or bool(self._pending)

    def feed(self, content: bytes) -> list[str]:
        """The keys that are whole with these bytes."""
        keys: list[str] = []
        self._pending += self._decoder.decode(content)
        while self._pending and self._split(keys):
            pass
        return keys

    def finish(self) -> list[str]:
        """What has no rest: each character was a key of its own, or the paste ends here."""
        pending, self._pending = self._pending, ""
        if self._pasted is None:
            return list(pending)
        pasted, self._pasted = self._pasted, None
        return [PASTED + pasted]

    def _split(self, keys: list[str]) -> bool:
        """Takes keys from what has come; whether a paste begins or ends there, behind which may be more."""
        if self._pasted is not None:
            return self._take_pasted(self._pasted, keys)
        at, text = 0, self._pending
        while at < len(text) and not _BEGUN.fullmatch(text, at):
            found = _SEQUENCE.match(text, at)
            end = found.end() if found else at + 1
            if text[at:end] == PASTED:
                self._pasted, self._pending = "", text[end:]
                return True
            keys.append(text[at:end])
            at = end
        self._pending = text[at:]
        return False

    def _take_pasted(self, before: str, keys: list[str]) -> bool:
        text = self._pending
        end = text.find(_PASTE_ENDS)
        upto = end if end >= 0 else max(0, len(text) - len(_PASTE_ENDS) + 1)
        self._pasted = before + text[: min(upto, LONGEST + 1 - len(before))]
        self._pending = text[upto:]
        if end < 0:
            return False
        self._pending = text[end + len(_PASTE_ENDS) :]
        keys.append(PASTED + self._pasted)
        self._pasted = None
        return True


def key_name(typed: str) -> str:
    """The name of a key; "" for a sequence that is none of ours, PASTED for a paste."""
    if typed in (CLOSED, " "):
        return CLOSED if typed == CLOSED else "space"
    if typed in _OF_CONTROL:
        return _OF_CONTROL[typed]
    if typed[0] == "\x1b":
        return _of_sequence(typed)
    if typed < " ":
        return f"ctrl+{chr(ord(typed) + 96)}"
    if typed.isalnum():
        return typed
    from unicodedata import name

    return _NAMED.get(typed) or name(typed, "").lower().replace("-", "_").replace(" ", "_")


def _of_sequence(typed: str) -> str:
    if typed.startswith(PASTED):
        return PASTED
    if modified := _MODIFIED.fullmatch(typed, 2):
        return f"{_MODIFIERS[modified[1]]}+{_OF_SEQUENCE[modified[2]]}"
    return _OF_SEQUENCE.get(typed[2:], "") if len(typed) > 2 else "escape"
