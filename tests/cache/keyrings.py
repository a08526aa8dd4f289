"""A keyring in memory, for tests of what goes into one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def keyring_in_memory() -> Iterator[dict[tuple[str, str], str]]:
    """What the keyring holds, while it is the system's; skips where the extra [keys] is not installed."""
    keyring = pytest.importorskip("keyring", reason="the extra [keys] is not installed")
    backend = pytest.importorskip("keyring.backend")
    kept: dict[tuple[str, str], str] = {}

    class Ring(backend.KeyringBackend):  # type: ignore[misc,name-defined]
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            return kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

        def delete_password(self, service: str, username: str) -> None:
            del kept[service, username]

    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    try:
        yield kept
    finally:
        keyring.set_keyring(before)
