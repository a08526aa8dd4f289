"""The figures of feeds, links and section pages, recomputed: none may fall below tests/bench/floors.toml."""

import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import time
import tomllib
from collections import Counter
from types import ModuleType

import pytest

BENCH = pathlib.Path(__file__).parent
ROOT = BENCH.parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = tomllib.loads((BENCH / "floors.toml").read_text())

OURS = {
    ("rss_2.0_nbcny.xml", "published"): "02:02:33 PM is in the afternoon; feedparser takes the morning",
}
"""Where we differ from feedparser and are right, with what it does."""

pytestmark = pytest.mark.skipif(
    not SHARED.exists(), reason="NOT MEASURED: the corpora beside the repository are missing"
)


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_links_of_sites_never_seen() -> None:
    train = script("links_train")
    train.ROUNDS = 100
    assert train.accuracy(train.labelled(), count=4) >= FLOORS["links"]["accuracy"]


def test_stories_and_strangers_of_the_labelled_pages() -> None:
    scorer = script("section_score")
    stories = missed = found = strange = 0
    for page in scorer.labelled():
        lost, strangers, count, _ = scorer.score(page)
        stories, missed = stories + len(page.stories), missed + len(lost)
        found, strange = found + count, strange + len(strangers)
    assert 1 - missed / stories >= FLOORS["sections"]["recall"]
    assert strange / found <= FLOORS["sections"]["strangers"]


def test_agreement_with_feedparser(tmp_path: pathlib.Path) -> None:
    """What differs is either in the list of those where feedparser is wrong, or counts against us."""
    (tmp_path / "feed-rs" / "feed-rs").mkdir(parents=True)
    (tmp_path / "feed-rs" / "feed-rs" / "fixture").symlink_to(SHARED / "corpora" / "feeds" / "feed-rs")
    told = tmp_path / "told.json"
    command = [sys.executable, "-W", "ignore", str(SHARED / "tools" / "score_feeds.py"), "tests.bench.adapters:feed"]
    command += ["--root", str(tmp_path), "--set", "feed-rs", "--json", str(told), "--show", "1000"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60)
    differing = Counter(
        (pathlib.PurePath(path).name, field)
        for path, field in re.findall(r"^DIFF (\S+) (\w+) ", done.stdout, re.MULTILINE)
    )
    agreed = json.loads(told.read_text())["agree"]
    for field in ("title", "link", "published"):
        right, compared = agreed[field]
        ours = sum(count for difference, count in differing.items() if difference[1] == field and difference in OURS)
        assert compared > 50
        assert (right + ours) / compared >= FLOORS["feeds"][field]


def test_an_ordinary_feed_takes_a_fraction_of_what_feedparser_takes() -> None:
    from fetch.feeds.feed import read_feed
    from fetch.feeds.feedparser_adapter import read_leniently
    from fetch.feeds.xml_text import decoded, document_in

    sys.path.insert(0, str(SHARED / "tools"))
    try:
        import newswire
    finally:
        sys.path.pop(0)
    body = newswire.World(10, 50, "http://127.0.0.1:8765", hosts=True, teasers=True).rss(3)
    url = "http://127.0.0.1:8765/feed/3.xml"
    by_us, by_feedparser = 9.0, 9.0
    for _ in range(7):
        started = time.thread_time()
        feed = read_feed(body, "application/rss+xml", url)
        by_us, started = min(by_us, time.thread_time() - started), time.thread_time()
        other = read_leniently(document_in(decoded(body))[0], url)
        by_feedparser = min(by_feedparser, time.thread_time() - started)
        assert len(feed.teasers) == len(other.teasers) == 50
    assert by_us / by_feedparser <= FLOORS["feeds"]["time_beside_feedparser"]
