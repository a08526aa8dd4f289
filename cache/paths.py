"""Where the library, the configuration and the state are kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from fetch.errors import NewsError

SECRETS_FILE = "secrets.json"
"""What holds the secrets of a reader without a keyring, beside the configuration."""


class Places(NamedTuple):
    """The folders of one reader: `library` is a file, `config` and `state` are folders."""

    library: Path
    config: Path
    state: Path


def places_of(library: Path) -> Places:
    """The places that belong to a library file: the platform's to its own, else the folder that it lies in."""
    own = places()
    return own if library == own.library else Places(library, library.parent, library.parent)


def places(home: Path | str | None = None) -> Places:
    """The places under `home`, else under BROADSHEET_HOME, else where the platform keeps such things."""
    chosen = home or os.environ.get("BROADSHEET_HOME")
    if chosen:
        folder = Path(os.path.expanduser(chosen))  # Path's own raises where a user is not known
        return Places(folder / "library.db", folder, folder)
    from platformdirs import PlatformDirs

    platform = PlatformDirs("broadsheet", appauthor=False)
    return Places(platform.user_data_path / "library.db", platform.user_config_path, platform.user_state_path)


def typed_path(typed: str) -> Path:
    """The file or folder that was typed, ~ and ~NAME being homes; raises NewsError where nobody is called so."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        raise NewsError(f"There is nobody called {typed.partition('/')[0]} here.") from None
