"""Themes of the reader's own: files of colours in the folder `themes` beside the settings file."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import replace
from pathlib import Path

from tui.config.config import Config, OwnTheme
from tui.config.kinds import NotAllowed
from tui.config.table import TEXTUAL_THEMES, THEME, THEME_NAMES

COLOUR_NAMES = {
    "paper": "what all stands on",
    "text": "what is read",
    "strong": "headlines",
    "muted": "what matters less",
    "faint": "rules and rails",
    "accent": "marks, bars and what has the keys",
    "link": "links and code",
    "gold": "stars and what was found",
    "warning": "what went wrong",
    "held": "the highlight of a pane without the keys",
    "chosen": "the highlight of the pane that has them",
}
"""The colours that a file may name; all but the first two are mixed from the others where it does not."""
_LARGEST = 20_000
_COLOUR = re.compile("#(?:[0-9a-fA-F]{3}){1,2}")


def theme_path(config: Path, name: str) -> Path:
    """The file of a theme; `config` is the settings file."""
    return config.parent / "themes" / f"{name}.toml"


def own_themes(config: Path) -> list[str]:
    """The names of the themes there are."""
    try:
        names = sorted(path.stem for path in theme_path(config, "").parent.glob("*.toml"))
    except OSError:
        return []
    return [name for name in names if THEME_NAMES.is_name(name) and name not in (*THEME_NAMES.words, *TEXTUAL_THEMES)]


def with_own_theme(config: Config, path: Path) -> Config:
    """What a settings file says, with the theme of the reader's own that it names; without one that is wrong.

    `path` is the settings file.
    """
    name = config[THEME]
    file = theme_path(path, name)
    try:
        if os.path.lexists(file):  # a link that leads nowhere is told as what it is
            return replace(config, theme=read_theme(file))
        sentence = f"{path.name}: {no_such_theme(path, name)}"
    except NotAllowed as error:
        sentence = str(error)
    given = {key: value for key, value in config.given.items() if key != THEME.key}
    return replace(config, given=given, problems=(*config.problems, sentence))


def own_theme(path: Path, name: str) -> OwnTheme | None:
    """The theme of that name; None where there is none, or it is wrong. `path` is the settings file."""
    try:
        return read_theme(theme_path(path, name))
    except NotAllowed:
        return None


def no_such_theme(config: Path, name: str) -> str:
    """That there is no such theme, and which is near."""
    from difflib import get_close_matches

    near = get_close_matches(name, (*THEME_NAMES.words, *TEXTUAL_THEMES, *own_themes(config)), 1)
    hint = f"; did you mean {near[0]}?" if near else f", and no {theme_path(config, name)}."
    return f"There is no theme {name!r}{hint}"


def read_theme(path: Path) -> OwnTheme:
    """The theme in a file; raises NotAllowed with a sentence."""
    from tui.config.toml_text import NotToml, toml_tables

    try:
        held = toml_tables(_content(path).decode("utf-8-sig"))
    except OSError as error:
        raise NotAllowed(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from error
    except UnicodeDecodeError as error:
        raise NotAllowed(f"{path} is not UTF-8.") from error
    except NotToml as error:
        raise NotAllowed(f"{path} {error}.") from error
    dark = held.pop("dark", None)
    if not isinstance(dark, bool | None):
        raise NotAllowed(f"{path}: dark must be true or false.")
    colours = {name: _colour(path, name, value) for name, value in held.items()}
    if missing := [name for name in ("paper", "text") if name not in colours]:
        raise NotAllowed(f"{path} must name the colour of {missing[0]}.")
    return OwnTheme(path.stem, tuple(colours.items()), dark)


def _content(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):  # reading a pipe would wait for its writer
        raise NotAllowed(f"{path} is no file.")
    with path.open("rb") as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise NotAllowed(f"{path} is too large for a theme.")
    return content


def _colour(path: Path, name: str, value: object) -> str:
    if name not in COLOUR_NAMES:
        from difflib import get_close_matches

        near = get_close_matches(name, COLOUR_NAMES, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are dark, {', '.join(COLOUR_NAMES)}."
        raise NotAllowed(f"{path}: There is no colour {name[:40]!r}; {hint}")
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise NotAllowed(f'{path}: {name} must be a colour such as "#1b2a3c".')
    digits = value[1:].lower()
    return f"#{''.join(2 * digit for digit in digits) if len(digits) == 3 else digits}"
