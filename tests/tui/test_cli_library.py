"""The command line over a library and a real server: what each verb prints, and what happens when the network goes."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tui.__main__ import main

LIST_KEYS = {"id", "url", "source", "headline", "authors", "dateline", "published", "language", "section", "words"}
LIST_KEYS |= {"read", "saved", "offline", "reason", "fetched"}
ARTICLE_KEYS = LIST_KEYS | {"modified", "keywords", "dek", "text", "images", "related"}
RELATED_KEYS = {"url", "headline", "source", "published", "group", "why", "offline"}

STORIES = {
    "bridge": ("Harbour bridge [closed] for repairs", "The harbour bridge at Kestrel Point will close on Monday"),
    "ferry": ("Ferry replaces the harbour bridge", "While the harbour bridge at Kestrel Point is closed a ferry sails"),
    "budget": ("Council passes \x1b]0;owned\x07its budget\u202e", "The council of Tern Island has passed its budget"),
}


def story(name: str) -> str:
    headline, lede = STORIES[name]
    detail = "Engineer Orla Brandt said that fourteen tonnes of steel are on their way and that work goes on at night."
    paragraphs = "".join(f"<p>{lede}, sentence {number} of the report says. {detail}</p>" for number in range(1, 7))
    facts = {"@type": "NewsArticle", "headline": headline, "author": {"name": "Mira Olden"}}
    facts |= {"datePublished": f"2026-11-2{len(name) % 3}T08:00:00+01:00"}
    structured = f'<script type="application/ld+json">{json.dumps(facts)}</script>'
    return (
        f'<!doctype html><html lang="en"><head><title>{headline}</title>'
        f'<meta property="og:site_name" content="Gazette">{structured}'
        f'</head><body><nav><a href="/">Home</a></nav><article><h1>{headline}</h1>{paragraphs}</article></body></html>'
    )


def feed(base: str) -> str:
    entries = "".join(
        f"<item><title>{headline}</title><link>{base}/story/{name}</link>"
        f"<pubDate>Fri, 20 Nov 2026 0{len(name) % 9}:00:00 GMT</pubDate><description>{lede}.</description></item>"
        for name, (headline, lede) in STORIES.items()
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tern Island Gazette</title><link>{base}/</link>'
        f"<description>News</description>{entries}</channel></rss>"
    )


class Press(BaseHTTPRequestHandler):
    """A small newspaper: a feed, a home page that names it, its stories, and a page that is missing."""

    def do_GET(self) -> None:
        base = f"http://{self.headers['Host']}"
        name = self.path.removeprefix("/story/")
        if self.path == "/feed.xml":
            self.answer(feed(base), "application/rss+xml")
        elif self.path == "/list.opml":
            outlines = "".join(f'<outline text="{name}" xmlUrl="{base}/{name}.xml"/>' for name in STORIES)
            self.answer(f'<opml version="2.0"><body>{outlines}</body></opml>', "text/x-opml")
        elif self.path == "/":
            link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
            self.answer(
                f"<html><head><title>Gazette</title>{link}</head><body><p>Welcome</p></body></html>", "text/html"
            )
        elif name in STORIES:
            self.answer(story(name), "text/html; charset=utf-8")
        else:
            self.send_error(404)

    def answer(self, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def paper() -> Iterator[str]:
    """The address of the small newspaper, on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Press) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cli(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command over a library of its own: exit code, stdout, stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--home", str(tmp_path / "home"), *arguments])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run


def records(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def done(outcome: tuple[int, str, str]) -> str:
    code, out, err = outcome
    assert (code, err) == (0, "")
    return out


def fails(outcome: tuple[int, str, str]) -> str:
    code, _, err = outcome
    assert code == 1
    assert err.startswith("broadsheet: ")
    assert err.count("\n") == 1
    return err


def test_a_new_library_holds_the_handbook(cli: Cli) -> None:
    listed = records(done(cli("list", "--json")))
    assert len(listed) >= 14
    assert all(entry["offline"] == "full" and not entry["read"] for entry in listed)
    assert set(listed[0]) >= LIST_KEYS
    assert [entry["published"] for entry in listed] == sorted((entry["published"] for entry in listed), reverse=True)
    (source,) = records(done(cli("sources", "--json")))
    assert (source["kind"], source["url"], source["total"]) == ("bundled", "broadsheet:handbook", len(listed))


def test_list_for_people_and_its_options(cli: Cli) -> None:
    assert len(done(cli("list", "--limit", "3")).splitlines()) == 3
    assert done(cli("list", "--saved")) == ""
    assert done(cli("list", "--unread", "--source", "1", "--limit", "1")) == done(cli("list", "--limit", "1"))
    assert done(cli("list", "--since", "1990-01-01", "--limit", "1")) != ""
    assert "Three hundred kilobytes" in done(cli("list", "satellite", "--limit", "2"))


def test_show_prints_text_json_and_markdown(cli: Cli) -> None:
    first = records(done(cli("list", "--limit", "1", "--json")))[0]
    shown = done(cli("show", first["id"], "--width", "50"))
    assert first["headline"] in shown
    assert max(map(len, shown.splitlines())) <= 50
    article = records(done(cli("show", first["url"], "--json")))[0]
    assert set(article) >= ARTICLE_KEYS
    assert (article["id"], article["headline"]) == (first["id"], first["headline"])
    assert article["text"].count("\n") > 5
    assert done(cli("show", first["url"], "--markdown")).count(first["headline"]) >= 1


def test_search_marks_where_the_words_stand(cli: Cli) -> None:
    hits = records(done(cli("search", "paywall", "--limit", "4", "--json")))
    assert 0 < len(hits) <= 4
    for hit in hits:
        assert all("paywall" in hit["snippet"][start:end].lower() for start, end in hit["matches"])
    assert any(hit["matches"] for hit in hits)
    assert done(cli("search", "paywall")).count("\n") >= len(hits)
    assert done(cli("search", "zyzzogeton", "--json")) == ""
    without = {hit["id"] for hit in records(done(cli("search", "paywall", "-robots", "--json")))}
    assert without < {hit["id"] for hit in records(done(cli("search", "paywall", "--limit", "50", "--json")))}


def test_a_term_not_understood_is_named_and_the_rest_searches(cli: Cli) -> None:
    code, out, err = cli("search", "paywall is:purple", "--json")
    assert code == 0
    assert records(out)
    assert err.count("\n") == 1


def test_related_gives_groups_and_reasons(cli: Cli) -> None:
    found = records(done(cli("related", "broadsheet:handbook/offline", "--limit", "6", "--json")))
    assert 0 < len(found) <= 6
    assert all(set(each) >= RELATED_KEYS for each in found)
    assert {each["group"] for each in found} <= {"page", "story", "earlier", "later"}
    assert all(each["why"] for each in found)
    assert found[0]["group"] == "page"
    assert done(cli("related", "broadsheet:handbook/offline"))


@pytest.mark.parametrize("verb", ["show", "related"])
def test_an_article_that_is_not_there_is_one_sentence(cli: Cli, verb: str) -> None:
    assert "424242" in fails(cli(verb, "424242"))


def test_a_source_that_is_not_there_is_one_sentence(cli: Cli) -> None:
    for arguments in (("remove", "Nowhere Times"), ("refresh", "77"), ("list", "--source", "Nowhere Times")):
        fails(cli(*arguments))


def test_the_handbook_leaves_by_the_same_door_and_stays_away(cli: Cli) -> None:
    assert done(cli("remove", "1")).startswith("Removed ")
    assert done(cli("sources")) == ""
    assert done(cli("list")) == ""


def test_add_refresh_list_show_and_read_on_without_the_server(cli: Cli, paper: str) -> None:
    added = records(done(cli("add", paper, "--json")))[0]
    assert (added["kind"], added["url"], added["title"]) == ("feed", f"{paper}/feed.xml", "Tern Island Gazette")
    assert added["stories"] == 3
    *sources, last = records(done(cli("refresh", "--json")))
    gazette = next(each for each in sources if each["source"] == "Tern Island Gazette")
    assert (gazette["full"], gazette["failed"], gazette["error"]) == (3, 0, "")
    assert gazette["bytes"] > 1000
    assert {"full", "teaser", "failed", "bytes", "seconds"} <= set(last["summary"])
    listed = records(done(cli("list", "--source", "Tern Island Gazette", "--json")))
    assert [entry["offline"] for entry in listed] == ["full"] * 3
    told = [entry["story"] for entry in records(done(cli("list", "--source", "1", "--json"))) if entry["story"]]
    assert len(told) == len(set(told)), "articles of the handbook are no story of several reports"
    article = records(done(cli("show", f"{paper}/story/bridge", "--json")))[0]
    assert article["headline"] == "Harbour bridge [closed] for repairs"
    assert article["authors"] == ["Mira Olden"]
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", done(cli("list")).replace("\n", ""))


def test_add_says_what_it_chose_and_goes_on_after_a_failure(cli: Cli, paper: str) -> None:
    code, out, err = cli("add", f"{paper}/nothing/here", f"{paper}/feed.xml")
    assert code == 1
    assert "Added Tern Island Gazette" in out
    assert "feed" in out
    assert err.count("\n") == 1


def test_all_of_a_list_of_subscriptions_is_added(cli: Cli, paper: str) -> None:
    added = records(done(cli("add", f"{paper}/list.opml", "--json")))
    assert [source["url"] for source in added] == [f"{paper}/{name}.xml" for name in STORIES]


def test_what_a_site_changed_is_shown_word_by_word(cli: Cli, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done(cli("add", paper))
    done(cli("refresh", "--json"))
    bridge = f"{paper}/story/bridge"
    assert "Nothing has changed" in fails(cli("show", bridge, "--changes"))
    headline, lede = STORIES["bridge"]
    monkeypatch.setitem(STORIES, "bridge", (f"{headline}, again", lede.replace("Monday", "Friday")))
    done(cli("refresh", "--force", "--json"))
    change = records(done(cli("show", bridge, "--changes", "--json")))[0]
    assert ["added", "Friday"] in [[kind, text.strip(" ,")] for passage in change["passages"] for kind, text in passage]
    assert "{+" in done(cli("show", bridge, "--changes"))


def test_show_fetches_what_is_not_on_disk_and_queues_it_offline(cli: Cli, paper: str) -> None:
    assert "ferry" in done(cli("show", f"{paper}/story/ferry")).lower()
    assert records(done(cli("list", "--json")))
    nowhere = "http://127.0.0.1:9/story"
    assert "queue" in fails(cli("show", nowhere))
    assert nowhere in done(cli("list", "is:queued", "--json"))


def test_a_source_that_cannot_be_had_is_told_and_fails(cli: Cli, paper: str, tmp_path: Path) -> None:
    subscriptions = tmp_path / "gone.opml"
    subscriptions.write_text(
        '<opml version="2.0"><body><outline text="Gone" type="rss" xmlUrl="http://127.0.0.1:9/feed.xml"/></body></opml>'
    )
    done(cli("import", str(subscriptions)))
    code, out, err = cli("refresh", "Gone", "--json")
    assert code == 1
    assert err.count("\n") == 1
    assert records(out)[0]["error"]


def test_sources_go_out_and_come_back_as_opml(cli: Cli, paper: str, tmp_path: Path) -> None:
    done(cli("add", paper))
    path = tmp_path / "out.opml"
    assert done(cli("export", "opml", "--output", str(path)))
    assert f"{paper}/feed.xml" in path.read_text(encoding="utf-8")
    done(cli("remove", "Tern Island Gazette"))
    done(cli("import", str(path)))
    assert "Tern Island Gazette" in done(cli("sources"))
    code, out, err = cli("export", "opml")
    assert code == 0
    assert out.startswith("<?xml")
    assert err.count("\n") == 1


def test_articles_go_out_as_json_lines_and_markdown(cli: Cli, tmp_path: Path) -> None:
    code, out, _ = cli("export", "jsonl", "--query", "paywall")
    assert code == 0
    assert all(record["headline"] for record in records(out))
    assert done(cli("export", "markdown", "--query", "paywall", "--output", str(tmp_path / "pages")))
    assert len(list((tmp_path / "pages").rglob("*.md"))) == len(records(out))
    assert cli("export", "markdown")[0] == 2


@pytest.mark.parametrize("name", ["missing.opml", "."])
def test_a_file_that_cannot_be_imported_is_one_sentence(cli: Cli, tmp_path: Path, name: str) -> None:
    fails(cli("import", str(tmp_path / name)))


def test_a_source_is_kept_as_long_as_asked(cli: Cli) -> None:
    before = len(done(cli("list")).splitlines())
    assert "the newest 5 articles" in done(cli("keep", "1", "--count", "5"))
    assert str(before - 5) in done(cli("prune", "--dry-run"))
    assert len(done(cli("list")).splitlines()) == before
    assert str(before - 5) in done(cli("prune"))
    assert len(done(cli("list")).splitlines()) == 5
    assert "everything" in done(cli("keep", "1"))


def test_a_source_is_asked_as_arranged(cli: Cli, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done(cli("add", paper))
    asked: list[str] = []
    monkeypatch.setattr(Press, "log_message", lambda press, *_: asked.append(press.headers.get("X-Member", "")))
    assert "as arranged" in done(cli("arrange", "2", "--header", "X-Member: torvik", "--max-bytes", "1k"))
    first = records(done(cli("refresh", "2", "--json")))[0]
    assert set(asked) >= {"torvik"}
    assert first["teaser"] > 0
    assert "as any source" in done(cli("arrange", "2", "--plain"))
    asked.clear()
    assert records(done(cli("refresh", "2", "--json")))[0]["teaser"] == 0
    assert set(asked) == {""}


def test_headlines_alone_are_fetched_when_asked(cli: Cli, paper: str) -> None:
    done(cli("add", paper))
    assert records(done(cli("refresh", "2", "--teasers", "--json")))[0]["full"] == 0
    assert [entry["offline"] for entry in records(done(cli("list", "--source", "2", "--json")))] == ["teaser"] * 3


def test_doctor_finds_a_new_library_well(cli: Cli) -> None:
    findings = records(done(cli("doctor", "--json")))
    assert all(set(finding) == {"name", "ok", "sentence"} and finding["ok"] for finding in findings)
    assert {"encoding", "terminal"} < {finding["name"] for finding in findings}


def test_a_damaged_library_is_one_sentence_until_it_is_repaired(cli: Cli, tmp_path: Path) -> None:
    done(cli("list"))
    library = tmp_path / "home/library.db"
    for beside in library.parent.glob("library.db-*"):
        beside.unlink()
    library.write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)
    for verb in (("list",), ("show", "1"), ("search", "x"), ("sources", "--json")):
        fails(cli(*verb))
    code, out, err = cli("doctor", "--json")
    assert (code, err) == (1, "")
    assert not all(finding["ok"] for finding in records(out))
    repaired = done(cli("doctor", "--repair"))
    assert "damaged" in repaired
    assert list(library.parent.glob("library-damaged-*"))
    done(cli("doctor"))
    done(cli("list"))


def test_a_home_that_cannot_be_used_is_one_sentence(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")
    for verb in (("list",), ("add", "http://127.0.0.1:9/"), ("refresh",)):
        fails(cli(*verb))


def test_a_home_of_nobody_is_a_folder_of_that_name(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--home", "~nobody-of-that-name", "list", "--limit", "1"]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 1
    assert (tmp_path / "~nobody-of-that-name/library.db").is_file()


def test_progress_goes_to_a_terminal_and_nothing_foreign_does(paper: str, tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    command = [sys.executable, "-m", "tui", "--home", home]
    subprocess.run([*command, "add", paper], check=True, capture_output=True)
    above, below = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "90"}
    with subprocess.Popen([*command, "refresh"], stdout=below, stderr=below, env=environment) as process:
        os.close(below)
        raw = read_all(above)
        assert process.wait() == 0
    assert re.search(rb"\d+ of \d+", raw)
    assert b"\x1b]" not in raw
    above, below = pty.openpty()
    with subprocess.Popen([*command, "search", "budget"], stdout=below, stderr=below, env=environment) as process:
        os.close(below)
        raw = read_all(above)
        assert process.wait() == 0
    assert b"its budget" in raw
    assert set(re.findall(rb"\x1b.{3}", raw)) <= {b"\x1b[1m", b"\x1b[0m"}
    assert b"\xe2\x80\xae" not in raw


def read_all(terminal: int) -> bytes:
    read = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end was closed
            part = b""
        if not part:
            os.close(terminal)
            return read
        read += part


def test_a_long_list_cut_by_head_ends_quietly(tmp_path: Path) -> None:
    shell = (
        f"set -o pipefail; '{sys.executable}' -m tui --home {tmp_path} export jsonl 2>{tmp_path}/err | head -c 1; "
        f'echo " ${{PIPESTATUS[0]}}"; grep -c Traceback {tmp_path}/err'
    )
    ended = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
    assert ended.stdout.split() == ["{", "0", "0"]


ODD_ADDRESSES = """http://[::1|http://|http:///x|http://a b/|http://127.0.0.1:99999/|http://127.0.0.1:-1/|http://xn--/|http://.:9/
http://-:9|http://127.0.0.1:9/%zz|http://①.invalid|ftp://127.0.0.1/|file:///etc/passwd|javascript:alert(1)://|broadsheet:x
broadsheet:handbook/../x|HTTP://127.0.0.1:9|http:\\\\127.0.0.1:9|http://\u202e.invalid/|http://\x00/|http://\ud800/""".replace(
    "\n", "|"
)


@pytest.mark.parametrize("verb", ["show", "add", "extract"])
def test_odd_addresses_are_one_sentence(cli: Cli, verb: str) -> None:
    for address in ODD_ADDRESSES.split("|"):
        fails(cli(verb, address))
