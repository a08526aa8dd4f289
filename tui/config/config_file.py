"""The settings file: where it is, what it says now, and whether it has changed since."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from tui.config.config import Config
    from tui.config.table import ConfigKey

T = TypeVar("T")
_Signature: TypeAlias = tuple[int, int, int]
NAME = "config.toml"
LARGEST = 1 << 18
"""Bytes that a settings file may have."""


def config_path(folder: Path) -> Path:
    """The settings file of a reader whose configuration is in a folder; BROADSHEET_CONFIG names another."""
    named = os.environ.get("BROADSHEET_CONFIG")
    return Path(os.path.expanduser(named)) if named else folder / NAME


class ConfigFile:
    """A settings file, which need not be there; `now` is what it says, as of the last look."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._theme_path: Path | None = None
        self._seen = _signature(path), _signature(None)
        self.now = self._read()
        self._seen = self._seen[0], _signature(self._theme_path)

    def __getitem__(self, key: ConfigKey[T]) -> T:
        """What the file gives for a key, else its default."""
        return self.now[key]

    def gives(self, key: ConfigKey[Any]) -> bool:
        """Whether the file says something of a key."""
        return key.key in self.now.given

    def look(self) -> bool:
        """Read it again where it, or the theme that it names, has changed on disk; whether it says something else."""
        seen = _signature(self.path), _signature(self._theme_path)
        if seen == self._seen:
            return False
        before, self._seen = self.now, seen
        self._theme_path = None
        self.now = self._read()
        self._seen = self._seen[0], _signature(self._theme_path)
        return self.now != before

    def _read(self) -> Config:
        from tui.config.config import Config, read_config  # a path alone is asked for without them
        from tui.config.table import TEXTUAL_THEMES, THEME, THEME_NAMES

        if self._seen[0] is None:
            return Config()
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):  # reading a pipe would wait for its writer
                return Config(problems=(f"{self.path} is no file, so all settings have their defaults.",))
            with self.path.open("rb") as file:
                content = file.read(LARGEST + 1)
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            return Config(problems=(f"{self.path} cannot be read, so all settings have their defaults: {why}.",))
        if len(content) > LARGEST:
            return Config(problems=(f"{self.path} is too large for a settings file, so all have their defaults.",))
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return Config(problems=(f"{self.path} is not UTF-8, so all settings have their defaults.",))
        config = read_config(text, self.path.name)
        if config[THEME] in (*THEME_NAMES.words, *TEXTUAL_THEMES):
            return config
        from tui.config.theme_file import theme_path, with_own_theme

        self._theme_path = theme_path(self.path, config[THEME])
        return with_own_theme(config, self.path)


def _signature(path: Path | None) -> _Signature | None:
    """What tells one state of a file from another; None where there is none, and all alike that cannot be looked at."""
    if path is None:
        return None
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError:  # no right to look into its folder, or links that lead round
        return 0, 0, 0
    return found.st_mtime_ns, found.st_size, found.st_ino
