"""The hooks of a settings file: each a table `[[hook]]` with a query and a command."""

from __future__ import annotations

from collections.abc import Callable

from tui.config.kinds import NotAllowed, Whole
from tui.config.table import HOOK
from tui.hooks import USUAL_SECONDS, Hook

MOST_HOOKS = 50
"""Hooks that a file may have."""
_SECONDS = Whole(1, 3600)
_ALLOWED = {
    "query": 'what `broadsheet search` takes, "" for all that is new',
    "command": 'a list of words such as ["notify-send", "News"], which no shell reads',
    "seconds": f"{_SECONDS.allowed}, how long the command may take",
}


def hooks_in(held: object, complain: Callable[[int, str, str], None]) -> tuple[Hook, ...]:
    """The hooks of a file, without those that are wrong; `complain` hears of each: its place, the key, a sentence."""
    if not isinstance(held, list) or not all(isinstance(each, dict) for each in held):
        complain(0, "", f"{HOOK} is a table for each hook, in brackets twice: [[{HOOK}]].")
        return ()
    if len(held) > MOST_HOOKS:
        complain(MOST_HOOKS, "", f"A file may have {MOST_HOOKS} hooks; those from here on are left out.")
    hooks = []
    for place, table in enumerate(held[:MOST_HOOKS]):
        try:
            hooks.append(_hook(table))
        except _Wrong as wrong:
            complain(place, wrong.name, str(wrong))
    return tuple(hooks)


class _Wrong(NotAllowed):
    """What is wrong in a hook, a sentence, and the key it is about."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


def _hook(table: dict[str, object]) -> Hook:
    if strange := next((name for name in table if name not in _ALLOWED), ""):
        raise _Wrong(strange, f"A hook has no {strange[:60]!r}, so it is left out; it has {', '.join(_ALLOWED)}.")
    query, command = table.get("query"), table.get("command")
    if not isinstance(query, str):
        raise _must("query")
    if not isinstance(command, list) or not command or not all(map(_is_word, command)) or not command[0]:
        raise _must("command")
    try:
        seconds = _SECONDS.take(table.get("seconds", USUAL_SECONDS))
    except NotAllowed:
        raise _must("seconds") from None
    return Hook(" ".join(query.split()), tuple(command), seconds)


def _is_word(word: object) -> bool:
    return isinstance(word, str) and "\0" not in word


def _must(name: str) -> _Wrong:
    return _Wrong(name, f"{name} of a hook must be {_ALLOWED[name]}, so the hook is left out.")
