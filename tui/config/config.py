"""What a settings file says: the values it gives, each with its line, and what in it is wrong, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, TypeVar

from tui.amounts import octets
from tui.config.kinds import NotAllowed
from tui.config.table import BUDGET, BY_KEY, HOOK, KEEP_COUNT, KEEP_DAYS, PICTURES, PRESET, SECTIONS, ConfigKey
from tui.keymap import Keymap

if TYPE_CHECKING:
    from tui.hooks import Hook

T = TypeVar("T")
KEYS_PREFIX = f"{PRESET.section}."
"""What the ids of bindings stand behind in a file."""
Origin: TypeAlias = Literal["file", "library", "default"]
"""Where the value that holds is from."""
Kept: TypeAlias = Callable[[str], Any]
"""What the library keeps under a name, None for nothing."""


class OwnTheme(NamedTuple):
    """A theme of the reader's own: its colours by name, as #rrggbb; `dark` is None where the paper decides."""

    name: str
    colours: tuple[tuple[str, str], ...]
    dark: bool | None = None


@dataclass(frozen=True)
class Config:
    """The values that a file gives, by key, and what is wrong with it, in sentences.

    Beside them the keys that it changes, its hooks, and the theme of the reader's own that it names.
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    keymap: Keymap = field(default_factory=Keymap)
    hooks: tuple[Hook, ...] = ()
    theme: OwnTheme | None = None

    def __getitem__(self, key: ConfigKey[T]) -> T:
        """What the file gives for a key, else its default."""
        value: T = self.given.get(key.key, key.default)
        return value


class InForce(NamedTuple):
    """A value that holds, and where it is from."""

    value: Any
    origin: Origin


def in_force(key: ConfigKey[Any], config: Config, kept: Kept) -> InForce:
    """What holds: the file's value where there is one, else what the library keeps, else the default."""
    if key.key in config.given:
        return InForce(config[key], "file")
    remembered = kept(key.kept) if key.kept else None
    if remembered is not None:
        try:
            return InForce(key.kind.take(remembered), "library")
        except NotAllowed:  # an older program's, or a newer one's
            pass
    return InForce(key.default, "default")


def byte_budget(config: Config) -> int | None:
    """The bytes that a refresh may take where nothing else is said; None for no limit."""
    return octets(config[BUDGET]) if config[BUDGET] else None


def fetches_pictures(config: Config, environment: Mapping[str, str]) -> bool:
    """Whether a refresh fetches pictures: by the setting, and not over SSH unless that says so."""
    over_ssh = any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))
    return config[PICTURES] == "anywhere" or (config[PICTURES] == "on" and not over_ssh)


def keep_limits(config: Config) -> tuple[int | None, int | None]:
    """The days and the number of articles that are kept where a source has no limits; None is without end."""
    return config[KEEP_DAYS] or None, config[KEEP_COUNT] or None


def read_config(text: str, name: str) -> Config:
    """What the text of a settings file gives; what is wrong in it has its default, and is told with the line."""
    from tui.config.toml_text import NotToml, toml_tables

    try:
        tables = toml_tables(text)
    except NotToml as error:
        what, colon, why = str(error).partition(":")
        return Config(problems=(f"{name} {what}, so all settings have their defaults{colon}{why}.",))
    given: dict[str, Any] = {}
    problems: list[tuple[int, str]] = []

    def complain(path: str, sentence: str) -> None:
        line = _line_of(text, path)
        problems.append((line, f"{name}, line {line}: {sentence}" if line else f"{name}: {sentence}"))

    def complain_of_hook(place: int, key: str, sentence: str) -> None:
        line = _line_of_hook(text, place, key)
        problems.append((line, f"{name}, line {line}: {sentence}" if line else f"{name}: {sentence}"))

    hooks = _hooks(tables.pop(HOOK), complain_of_hook) if HOOK in tables else ()
    for path, value in _leaves(tables):
        try:
            given[path] = _taken(path, value)
        except NotAllowed as error:
            complain(path, str(error))
    keymap, conflicts = _keymap(given)
    for binding_id, sentence in conflicts:
        complain(f"{KEYS_PREFIX}{binding_id}", sentence)
    return Config(given, tuple(sentence for _, sentence in sorted(problems)), keymap, hooks)


def _hooks(held: object, complain: Callable[[int, str, str], None]) -> tuple[Hook, ...]:
    from tui.config.hook_tables import hooks_in

    return hooks_in(held, complain)


def _line_of_hook(text: str, place: int, key: str) -> int:
    """The line of a hook's key, or of its heading; 0 where neither is found."""
    at, headings, inside = 0, -1, False
    for number, line in enumerate(text.splitlines(), 1):
        begins = line.strip().replace(" ", "")
        if begins.startswith("["):
            headings += (is_hook := begins.startswith(f"[[{HOOK}]]"))
            inside = is_hook and headings == place
            at = number if inside else at
        elif inside and key and begins.partition("=")[0].strip("\"'") == key:
            return number
    return at


def _keymap(given: Mapping[str, Any]) -> tuple[Keymap, list[tuple[str, str]]]:
    """The keys that the file changes, and those that it cannot."""
    if not any(path.startswith(KEYS_PREFIX) for path in given):
        return Keymap(), []
    from tui.config.keys import keys_that_hold

    remapped = {path.removeprefix(KEYS_PREFIX): keys for path, keys in given.items() if path.startswith(KEYS_PREFIX)}
    return keys_that_hold(remapped.pop(PRESET.name, PRESET.default), remapped)


def _leaves(tables: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The keys of a file, each with its section, and what stands there."""
    for section, held in tables.items():
        if isinstance(held, dict) and section in SECTIONS:
            for name, value in held.items():
                if isinstance(value, dict) and f"{section}." == KEYS_PREFIX:
                    yield from ((f"{section}.{name}.{inner}", keys) for inner, keys in value.items())
                else:
                    yield f"{section}.{name}", value
        else:
            yield section, held


def _taken(path: str, value: object) -> object:
    """What the value means; raises NotAllowed with a sentence."""
    key = BY_KEY.get(path)
    if key is None and path.startswith(KEYS_PREFIX):
        return _keys(path.removeprefix(KEYS_PREFIX), value)
    if key is None:
        raise NotAllowed(_unknown(path))
    try:
        return key.kind.take(value)
    except NotAllowed:
        raise NotAllowed(f"{path} must be {key.kind.allowed}, so the default holds.") from None


def _keys(binding_id: str, value: object) -> str:
    """The keys that a binding is given; raises NotAllowed with a sentence."""
    from tui.config.key_names import ALLOWED, keys_of
    from tui.config.key_words import USUAL
    from tui.config.keys import why_not

    if binding_id not in USUAL:
        from difflib import get_close_matches

        near = get_close_matches(binding_id, USUAL, 1, 0.6)
        hint = f"did you mean {near[0]}?" if near else "`broadsheet config --keys` lists them."
        raise NotAllowed(f"There is no key {binding_id[:60]!r}; {hint}")
    try:
        keys = keys_of(value)
    except NotAllowed:
        raise NotAllowed(f"{binding_id} must be {ALLOWED}, so it stays as it is.") from None
    if must := why_not(binding_id, keys):
        raise NotAllowed(f"{binding_id} must {must}, so it stays as it is.")
    return keys


def _unknown(path: str) -> str:
    """That there is no such key, and which is near."""
    from difflib import get_close_matches

    if path in SECTIONS:
        return f"{path} is the name of a section, which stands in brackets: [{path}]."
    by_name = {key.name: key.key for key in BY_KEY.values()}
    name = path.rpartition(".")[2]
    near = [by_name[name]] if name in by_name else get_close_matches(path, [*BY_KEY, *SECTIONS], 1, 0.7)
    near = near or [by_name[each] for each in get_close_matches(name, by_name, 1, 0.7)]
    hint = f"did you mean {near[0]}?" if near else "`broadsheet config` lists the settings."
    return f"There is no setting {path[:60]!r}; {hint}"


def _line_of(text: str, path: str) -> int:
    """The line that a key stands on, or its section where no line begins with it; 0 where neither is found.

    Python's reader of TOML does not tell.
    """
    section, _, name = path.partition(".")
    here, found = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        begins = line.strip()
        if begins.startswith("["):
            here = begins.strip("[]").partition("]")[0].replace(" ", "").replace('"', "").replace("'", "")
            found = found or (number if here == section else 0)
            continue
        left = begins.partition("=")[0].replace(" ", "").replace('"', "").replace("'", "")
        if (f"{here}.{left}" if here else left) == path or (not here and left == section and name):
            return number
    return found
