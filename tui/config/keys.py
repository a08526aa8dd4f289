"""The keys that bindings have once the settings file has been asked: presets, remapped keys, conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from tui.config.key_names import writes
from tui.config.key_words import PRESETS, USUAL
from tui.keymap import Keymap, names

Conflict: TypeAlias = tuple[str, str]
"""The binding of the file that a sentence is about, and the sentence."""

_BESIDE = {
    "main": {"list", "reader", "related"},
    "reader": {"passage"},
    "choices": {"contents", "settings"},
    "list": {"contents"},
}
"""Which bindings hear keys at the same time; those of a chosen passage go before the screen's."""
_TYPED_IN = {"prompt", "picker", "arrange", "help"}
"""Where letters are typed, so that none of them can be a key."""
_SEQUENCES = {"main", "list", "reader", "related", "passage"}


def keys_that_hold(preset: str, remapped: Mapping[str, str]) -> tuple[Keymap, list[Conflict]]:
    """The keys that differ from the usual, and what of `remapped` cannot be so, with both ids.

    What the file says goes first, the earlier before the later; a key that another binding has taken is gone.
    """
    wanted = {**USUAL, **PRESETS.get(preset, {}), **remapped}
    order = [*remapped, *(each for each in wanted if each not in remapped)]
    placed: dict[str, list[str]] = {}
    conflicts: list[Conflict] = []
    for binding_id in order:
        kept = []
        for key in filter(None, wanted[binding_id].split(",")):
            other = next((each for each in _near(binding_id, placed) if _clash(binding_id, key, each, placed)), None)
            if other is None:
                kept.append(key)
            elif other in remapped:
                conflicts.append((other if binding_id not in remapped else binding_id, _told(key, other, binding_id)))
        placed[binding_id] = kept
    changed = {each: ",".join(keys) for each, keys in placed.items() if ",".join(keys) != USUAL[each]}
    return Keymap(changed), conflicts


def why_not(binding_id: str, keys: str) -> str:
    """Why a binding cannot have these keys, behind "must"; "" where it can."""
    room = binding_id.partition(".")[0]
    if " " in keys and room not in _SEQUENCES:
        return "have one key, no sequence, as dialogs know none"
    if room in _TYPED_IN and any(writes(key) for key in keys.split(",") if key not in USUAL[binding_id].split(",")):
        return "have no key that writes, as one types there"
    return ""


def _near(binding_id: str, placed: Iterable[str]) -> Iterable[str]:
    """Those of the bindings that hear keys at the same time."""
    room = binding_id.partition(".")[0]
    beside = {room, *_BESIDE.get(room, ()), *(each for each, others in _BESIDE.items() if room in others)}
    return (each for each in placed if each.partition(".")[0] in beside)


def _clash(binding_id: str, key: str, other: str, placed: Mapping[str, list[str]]) -> bool:
    """Whether a key of a binding cannot be told from one of another; panes may have a key of the screen usually."""
    for taken in placed[other]:
        if taken == key and not {key} <= {*USUAL[binding_id].split(",")} & {*USUAL[other].split(",")}:
            return True
        if taken.startswith(f"{key} ") or key.startswith(f"{taken} "):
            return True
    return False


def _told(key: str, first: str, second: str) -> str:
    return f"{first} and {second} both have {names(key)!r}, so {second} goes without it."
