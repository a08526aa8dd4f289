"""A citation: passage, author, headline, source, address, dates, and the digest of the page as it came."""

from __future__ import annotations

from hashlib import sha256

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, fails, records, story


@pytest.fixture
def fetched(cli: Cli, paper: str) -> Cli:
    done(cli("show", f"{paper}/story/bridge"))
    return cli


def test_the_digest_is_that_of_the_page_as_it_came(fetched: Cli, paper: str) -> None:
    (record,) = records(done(fetched("cite", f"{paper}/story/bridge", "--json")))
    assert record["page_sha256"] == sha256(story("bridge").encode()).hexdigest()
    (shown,) = records(done(fetched("show", f"{paper}/story/bridge", "--json")))
    assert shown["page_sha256"] == record["page_sha256"]
    (extracted,) = records(done(fetched("extract", f"{paper}/story/bridge", "--json")))
    assert extracted["page_sha256"] == record["page_sha256"]


def test_a_paragraph_stands_above_its_source(fetched: Cli, paper: str) -> None:
    url = f"{paper}/story/bridge"
    (shown,) = records(done(fetched("show", url, "--json")))
    cited = done(fetched("cite", url, "--paragraph", "2"))
    passage, blank, source = cited.splitlines()
    assert passage == f"> {shown['text'].splitlines()[1]}"
    assert blank == ">"
    assert source == (
        f"> — Mira Olden. “Harbour bridge \\[closed\\] for repairs”. *Gazette*. Published {shown['published']}. "
        f"<{url}>. Fetched {shown['fetched']}. SHA-256 of the page: {shown['page_sha256']}."
    )
    assert done(fetched("cite", url)) == source.removeprefix("> — ") + "\n"


def test_a_paragraph_that_is_not_there_is_told(fetched: Cli, paper: str) -> None:
    assert fails(fetched("cite", f"{paper}/story/bridge", "--paragraph", "7")).endswith(" has 6 paragraphs.\n")
    assert fetched("cite", f"{paper}/story/bridge", "--paragraph", "0")[0] == 2


def test_what_is_not_known_is_left_out(cli: Cli) -> None:
    done(cli("list"))
    cited = done(cli("cite", "1"))
    assert "SHA-256" not in cited
    assert cited.startswith("The Broadsheet desk. “")
    (record,) = records(done(cli("cite", "1", "--json")))
    assert record["page_sha256"] is None


def test_a_text_that_is_not_on_disk_is_told(cli: Cli, paper: str) -> None:
    done(cli("add", f"{paper}/feed.xml"))
    done(cli("refresh", "--teasers"))
    listed = next(
        each["id"] for each in records(done(cli("list", "--json"))) if each["offline"] not in ("full", "part")
    )
    assert f"is not on disk; `broadsheet show {listed}` fetches it." in fails(cli("cite", listed))
