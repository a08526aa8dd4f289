"""A small web site of the test's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.loopback import Loopback


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running
