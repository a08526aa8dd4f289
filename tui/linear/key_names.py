"""Keys as they are listened to: a voice passes over a bracket, and says n and N alike."""

from __future__ import annotations

from tui.keymap import names

_IN_WORDS = {"pagedown": "page down", "pageup": "page up", "escape": "escape", "delete": "delete"}


def spoken_names(keys_of_binding: str) -> str:
    """The keys of a binding with commas between, "," between those it has: "capital N", "slash /", "g s"."""
    return ", ".join(" ".join(map(_spoken, each.split())) for each in keys_of_binding.split(",") if each)


def _spoken(key: str) -> str:
    if key in _IN_WORDS:
        return _IN_WORDS[key]
    written = names(key)
    if len(written) != 1:
        return written
    if written.isalpha():
        return f"capital {written}" if written.isupper() else written
    return written if written.isdigit() else f"{key.replace('_', ' ')} {written}"
