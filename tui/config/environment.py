"""What of the settings the processes of a refresh take from the environment: proxy and keyring."""

from __future__ import annotations

import os
from collections.abc import Mapping

from tui.config.config import Config
from tui.config.table import KEYRING, PROXY

_PROXIES = ("http_proxy", "https_proxy", "all_proxy")
_BACKEND = "PYTHON_KEYRING_BACKEND"
_NO_KEYRING = "keyring.backends.null.Keyring"


class Environment:
    """The environment of this process and of those it starts, with what the settings say put over it."""

    def __init__(self) -> None:
        names = [*_PROXIES, *(name.upper() for name in _PROXIES), _BACKEND]
        self._found = {name: os.environ.get(name) for name in names}

    def apply(self, config: Config) -> None:
        """Set what the settings say; what they say nothing of is as it was found."""
        said = dict.fromkeys(_PROXIES, config[PROXY]) if config[PROXY] else {}
        said |= {} if config[KEYRING] else {_BACKEND: _NO_KEYRING}
        self._set({**self._found, **said})

    @staticmethod
    def _set(wanted: Mapping[str, str | None]) -> None:
        for name, value in wanted.items():
            if value is None:
                os.environ.pop(name, None)
            elif os.environ.get(name) != value:
                os.environ[name] = value
