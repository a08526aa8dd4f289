"""What extraction costs beside a bare parse of the same pages, held near the figure in tests/bench/floors.toml."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.bench.extract_cost import CORPORA

BENCH = Path(__file__).parent
# Other work takes the caches that extraction needs and a bare parse does not: processor time shows it too.
BUSY = 1.5
"""Processes that ran, on average over the last minute: the measurement is one of them."""
BY_OTHERS = 1.08
"""What has been seen of it: 14.6 for 13.7, with three others."""
BY_MACHINES = 1.12
"""What one commit has been seen to differ by on machines of one kind, with no other work: 15.6, 16.5 and 17.1."""

pytestmark = [
    pytest.mark.wall_clock,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="NOT MEASURED: the corpora beside the repository are missing"),
]


def test_the_cost_beside_a_bare_parse() -> None:
    figure = tomllib.loads((BENCH / "floors.toml").read_text("utf-8"))["articles"]["cost"]["times_a_bare_parse"]
    ceiling = figure * BY_MACHINES
    command = [sys.executable, str(BENCH / "extract_cost.py"), "--enough", str(ceiling)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=1800).stdout
    found = float(said.splitlines()[-1])
    if ceiling < found <= ceiling * BY_OTHERS and os.getloadavg()[0] > BUSY:
        pytest.skip(f"NOT MEASURED: {found} on a machine that has other work, more than {ceiling:.1f}")
    assert found <= ceiling, said
