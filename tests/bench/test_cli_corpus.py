"""`broadsheet extract` on real pages: within a second the article, or one clear sentence; never a byte unsafe."""

from __future__ import annotations

import gzip
import json
import re
import time
from pathlib import Path

import pytest

from tui.__main__ import main

CORPORA = Path(__file__).parents[2].parent / "shared/corpora"
PAGES = sorted([*CORPORA.glob("articles/*/*.html.gz"), *CORPORA.glob("afpims/*.html")])

pytestmark = pytest.mark.skipif(not PAGES, reason="the saved pages of ../shared are not here")


@pytest.mark.parametrize("start", range(3))
def test_a_real_page_is_answered_within_a_second(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, start: int
) -> None:
    articles = 0
    for page in PAGES[start * 20 :: 60]:
        saved = tmp_path / "page.html"
        saved.write_bytes(gzip.decompress(page.read_bytes()) if page.suffix == ".gz" else page.read_bytes())
        started = time.thread_time()
        code = main(["extract", str(saved), "--json"])
        taken = time.thread_time() - started
        out, err = capsys.readouterr()
        assert taken < 1, page.name
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out + err), page.name
        if code == 0:
            articles += bool(json.loads(out)["text"])
        else:
            assert (code, out, err.count("\n")) == (1, "", 1), page.name
    assert articles > 15
