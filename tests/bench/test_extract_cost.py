"""What extraction costs beside a bare parse of the same pages, and a walk over them: held in tests/bench/floors.toml.

It fails where both ratios are above their ceilings: what extraction has to do more raises both, and other work on the
machine, or another machine, mostly the first, as a parse in C needs no caches and Python does.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.bench.extract_cost import CORPORA

BENCH = Path(__file__).parent
pytestmark = [
    pytest.mark.wall_clock,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="NOT MEASURED: the corpora beside the repository are missing"),
]


def test_the_cost_beside_a_bare_parse() -> None:
    ceilings = tomllib.loads((BENCH / "floors.toml").read_text("utf-8"))["articles"]["cost"]
    parses, walks = ceilings["times_a_bare_parse"], ceilings["times_a_walk"]
    command = [sys.executable, str(BENCH / "extract_cost.py"), "--enough", str(parses), str(walks)]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=600).stdout
    found_parses, found_walks = map(float, said.splitlines()[-1].split())
    assert found_parses <= parses or found_walks <= walks, said
