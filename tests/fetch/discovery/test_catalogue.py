"""The catalogue of real sources."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from urllib.parse import urlsplit

from fetch.discovery.catalogue import catalogue

LISTED = [listed for group in catalogue() for listed in group.sources]


def test_groups_stand_in_the_promised_order() -> None:
    titles = [group.title for group in catalogue()]
    assert titles[0] == "Defence and Indo-Pacific"
    assert len(titles) >= 8
    assert len(LISTED) >= 45


def test_the_first_group_holds_what_a_pacific_reader_looks_for() -> None:
    hosts = {urlsplit(listed.url).hostname for listed in catalogue()[0].sources}
    assert {"www.pacom.mil", "www.dvidshub.net", "www.af.mil", "www.navy.mil", "www.marines.mil"} <= hosts
    assert {"news.usni.org", "www.stripes.com", "www.japantimes.co.jp"} <= hosts


def test_every_source_is_whole_and_stands_once() -> None:
    assert all(listed.url.startswith("https://") and listed.home.startswith("https://") for listed in LISTED)
    assert all(listed.title and listed.kind in ("feed", "section", "sitemap") for listed in LISTED)
    assert len({listed.url for listed in LISTED}) == len(LISTED)
    assert len({listed.title for listed in LISTED}) == len(LISTED)


def test_what_could_not_be_confirmed_says_why() -> None:
    text = files("fetch.discovery").joinpath("catalogue.toml").read_text(encoding="utf-8")
    doubtful = [part for part in text.split("[[groups.sources]]") if "confirmed = false" in part and "url =" in part]
    assert len(doubtful) == sum(not listed.confirmed for listed in LISTED)
    assert all(part.lstrip().startswith("#") for part in doubtful)


def test_a_listed_source_can_be_added_as_it_stands() -> None:
    listed = LISTED[0]
    source = listed.candidate.source
    assert (source.url, source.kind, source.title) == (listed.url, listed.kind, listed.title)


def test_nothing_is_read_before_it_is_asked_for() -> None:
    program = "import sys, fetch.discovery.catalogue; print('tomllib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
