"""What is made to cost the most costs a second or two and little memory, or is refused in a sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any
from zlib import crc32

import pytest

from tests import bombs
from tests.bombs import BOMBS
from tests.modules import ROOT
from tests.shares import share

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux only")

MOST_MEMORY = 170_000_000
"""Bytes of the whole process, 30 million of which it has before it reads anything, and 24 million are what it reads."""


OVER_A_LIMIT = {
    "feed of 400,000 entries": 2000,
    "JSON feed of 300,000 items": 2000,
    "ill-formed feed of 300,000 entries": 2000,
    "sitemap of 180,000 pages": 1000,
    "section of 70,000 links": 3000,
    "section of 60,000 custom elements": 3000,
    "section of 150,000 links": "The page has more than 150,000 tags, as no page of news has.",
    "tag of a million attributes": "The page has a tag with more than 1,000 attributes.",
}
NAMES = sorted({*OVER_A_LIMIT, *share(sorted(BOMBS, key=lambda name: crc32(name.encode())), 4)})
"""A quarter of the others, in no order that their kinds have; all in a long run."""


@pytest.fixture(scope="module")
def told() -> dict[str, dict[str, Any]]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, bombs.__file__, *NAMES], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    return {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", NAMES)
def test_a_bomb_is_read_or_refused_in_little_memory(told: dict[str, dict[str, Any]], name: str) -> None:
    assert told[name]["peak"] < MOST_MEMORY


@pytest.mark.once
@pytest.mark.parametrize("name", NAMES)
def test_a_bomb_is_read_or_refused_soon(told: dict[str, dict[str, Any]], name: str) -> None:
    assert told[name]["seconds"] < 4  # of the processor's time; one to two on an ordinary machine


@pytest.mark.parametrize(("name", "found"), OVER_A_LIMIT.items())
def test_what_is_over_a_limit_is_cut_or_refused(told: dict[str, dict[str, Any]], name: str, found: object) -> None:
    assert told[name]["found"] == found
