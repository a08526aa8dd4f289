"""What every test gets: asyncio for async ones, and an environment without proxies and without a real library."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# In the suite the same inputs every time, about a minute in all; `--hypothesis-profile long` looks further, by chance.
settings.register_profile("suite", derandomize=True, database=None, deadline=None, max_examples=200)
settings.register_profile("long", database=None, deadline=None, max_examples=20_000)
settings.load_profile("suite")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name in ("BROADSHEET_HOME", "BROADSHEET_CONFIG"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")  # never the machine's own
