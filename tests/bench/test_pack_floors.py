"""The ceiling over what articles of real pages weigh in a pack, beside their bare texts in one zstd stream."""

import tomllib
from pathlib import Path

import pytest

from tests.bench.pack_size import PAGES, build, weigh

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text())["pack"]


@pytest.mark.skipif(not PAGES.exists(), reason="NOT MEASURED: the real pages beside the repository are missing")
def test_a_pack_is_little_larger_than_the_bare_texts(tmp_path: Path) -> None:
    build(tmp_path / "library.db", 500)
    assert weigh(tmp_path / "library.db", tmp_path / "a.pack").ratio <= FLOORS["times_the_bare_texts"]
