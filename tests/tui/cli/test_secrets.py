"""Secrets on the command line: where they go, and where they are sent."""

from __future__ import annotations

import json
import sys
from io import StringIO
from pathlib import Path

import pytest

from tests.loopback import Loopback
from tests.newsroom import publish
from tests.tui.cli.conftest import Cli


def test_doctor_says_where_secrets_are(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Loopback() as site:
        publish(site, "mole")
        assert cli("add", site.url("/feed"))[0] == 0
        monkeypatch.setattr(sys, "stdin", StringIO("member=torvik-47\n"))
        assert cli("arrange", site.url("/feed"), "--secret", "Cookie")[0] == 0
        assert cli("refresh", site.url("/feed"))[0] == 0
    assert site.asked("/news/mole")[-1].headers["cookie"] == "member=torvik-47"
    _, out, _ = cli("doctor", "--json")
    (finding,) = [line for line in map(json.loads, out.splitlines()) if line["name"] == "secrets"]
    assert finding["ok"]
    assert str(tmp_path / "home" / "secrets.json") in finding["sentence"]
    assert "torvik-47" not in out + cli("sources", "--json")[1] + cli("export", "opml", "--output", "-")[1]


def test_doctor_names_no_file_of_secrets_that_is_not_there(cli: Cli, tmp_path: Path) -> None:
    _, out, _ = cli("doctor", "--json")
    (finding,) = [line for line in map(json.loads, out.splitlines()) if line["name"] == "secrets"]
    assert finding["sentence"].startswith("No secrets are kept; they would go to ")
    assert not (tmp_path / "home" / "secrets.json").exists()


def test_headers_go_where_the_reader_says_and_nowhere_else(cli: Cli) -> None:
    with Loopback() as site, Loopback("127.0.0.2") as pages, Loopback("127.0.0.3") as others:
        for place in (pages, others):
            publish(place, "mole")
        links = [pages.url("/news/mole"), others.url("/news/mole")]
        rows = "".join(f"<item><title>Story {n}</title><link>{link}</link></item>" for n, link in enumerate(links))
        site.put("/feed", f"<rss version='2.0'><channel><title>x</title>{rows}</channel></rss>", kind="application/xml")
        assert cli("add", site.url("/feed"))[0] == 0
        assert cli("arrange", "2", "--header", "X-Member: torvik", "--also-to", pages.url("/anything"))[0] == 0
        assert cli("refresh", "2")[0] == 0
        assert [seen.headers.get("x-member") for seen in pages.asked("/news/mole")] == ["torvik"]
        assert [seen.headers.get("x-member") for seen in others.asked("/news/mole")] == [None]


@pytest.mark.parametrize(
    "arguments", [("--also-to", "https://harbour.example"), ("--header", "X: 1", "--also-to", "not an origin")]
)
def test_an_origin_without_headers_or_that_is_none_is_wrong_usage(cli: Cli, arguments: tuple[str, ...]) -> None:
    code, _, said = cli("arrange", "1", *arguments)
    assert code == 2
    assert said.count("\n") == 1


WRONG = ("http://ada:pa55wort@127.0.0.1:99999/x", "http://ada:pa55wort@[::1/x", "ftp://ada:pa55wort@127.0.0.1/x")


@pytest.mark.parametrize(
    "command",
    [
        *(("extract", url) for url in WRONG),
        *(("add", url) for url in WRONG),
        ("show", WRONG[0]),
        ("mark", "http://ada:pa55wort@127.0.0.1/x", "--read"),
        ("remove", "http://ada:pa55wort@127.0.0.1/x"),
        ("arrange", "http://ada:pa55wort@127.0.0.1/x"),
        ("list", "--source", "http://ada:pa55wort@127.0.0.1/x"),
        ("add", "http://127.0.0.1/", "--proxy", "ftp://ada:pa55wort@127.0.0.1"),
    ],
)
def test_a_login_in_an_address_that_cannot_be_asked_is_not_shown(cli: Cli, command: tuple[str, ...]) -> None:
    code, out, err = cli(*command)
    assert code in (1, 2)
    assert err
    assert "pa55wort" not in out + err


def test_a_login_that_a_page_or_feed_names_is_kept_nowhere(cli: Cli, tmp_path: Path) -> None:
    with Loopback() as site:
        named = site.url("").replace("://", "://eve:pa55wort@")
        text = "".join(
            f"<p>In week {n} the board met and spoke of the <a href='{named}/b'>mole</a>.</p>" for n in range(9)
        )
        site.put(
            "/news/mole", f"<html><link rel=canonical href='{named}/news/mole'><article><h1>Mole</h1>{text}</article>"
        )
        item = f"<item><title>Mole</title><link>{named}/news/mole</link><guid>{named}/1</guid></item>"
        site.put("/feed", f"<rss version='2.0'><channel><title>G</title><link>{named}/</link>{item}</channel></rss>")
        site.put("/moved", status=301, location=f"{named}/feed")
        assert cli("add", site.url("/moved"))[0] == 0
        assert cli("refresh")[0] == 0
        shown = [cli(*words)[1] for words in (("sources", "--json"), ("list", "--json"), ("show", "1", "--json"))]
    for form in ("opml", "jsonl", "markdown"):
        assert cli("export", form, "--output", str(tmp_path / form))[0] == 0
    assert "pa55wort" not in "".join(shown)
    assert [str(path) for path in tmp_path.rglob("*") if path.is_file() and b"pa55wort" in path.read_bytes()] == []


@pytest.mark.parametrize(
    "name", ["Content-Length", "transfer-encoding", "Host", "Connection", "Range", "If-None-Match"]
)
@pytest.mark.parametrize("option", ["--header", "--secret"])
def test_a_header_of_http_itself_is_no_readers(cli: Cli, name: str, option: str) -> None:
    code, _, err = cli("arrange", "1", option, f"{name}: 5" if option == "--header" else name)
    assert code == 2
    assert "every request has a value of its own" in err
