"""A small web site of the test's own, and the place of a library."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback import Loopback


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library.db"
