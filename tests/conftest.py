"""What every test gets: asyncio for async ones, and an environment without proxies and without a real library."""

from __future__ import annotations

import os

import pytest


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name == "BROADSHEET_HOME":
            monkeypatch.delenv(name)
