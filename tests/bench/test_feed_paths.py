"""The quick reader of feeds says what the careful one says, of each feed of the corpora and of spoilt ones."""

import importlib.util
import pathlib
import sys

import pytest

BENCH = pathlib.Path(__file__).parent
SHARED = BENCH.parents[2] / "shared"

pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="NOT MEASURED: the corpora beside the repository are missing"
)


@pytest.fixture(scope="module")
def paths():
    spec = importlib.util.spec_from_file_location("feed_paths", BENCH / "feed_paths.py")
    module = sys.modules["feed_paths"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_takes_two_thirds_of_the_well_formed_feeds_and_reads_them_as_the_careful_one(paths) -> None:
    found = paths.of_the_corpus()
    assert [one.name for one in found if not one.equal] == []
    assert sum(one.quick for one in found) * 3 >= len(found) * 2 > 100


def test_it_reads_spoilt_feeds_as_the_careful_one(paths) -> None:
    found = paths.of_mutations()
    assert len(found) == paths.MUTATIONS
    assert [one.name for one in found if not one.equal] == []
