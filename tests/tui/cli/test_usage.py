"""The command line as scripts meet it: exit codes, streams, sentences; nothing unsafe, nothing unwanted."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.__main__ import main
from tui.cli.main import VERBS

PAGE = """<!doctype html><html lang="en"><head><title>Ferry line returns | Tern Island Gazette</title>
<meta property="og:site_name" content="Tern Island Gazette">
<link rel="canonical" href="https://gazette.example/ferry">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",
"headline":"Ferry line returns","datePublished":"2026-10-02T09:30:00+02:00",
"author":{"@type":"Person","name":"Mira Olden"}}</script></head><body>
<nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article><h1>Ferry line returns</h1>
<p>The ferry between Tern Island and the mainland sails again from Monday, the harbour office said after repairs.</p>
<p>Tickets stay at four crowns\x1b]0;owned\x07 and two sailings a day are planned until the spring timetable begins.</p>
<p>Passengers who had bought tickets for the cancelled sailings can use them on any boat before the year ends.</p>
<p>\u202eReversed\u202c \u009b31mletters and dear signs such as “quotes” stay in the text, as every reader expects.</p>
</article></body></html>"""

Cli = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never the library of whoever runs the tests."""
    monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path / "home"))


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Runs the command in a process of its own, with a home of its own."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "tui", *arguments],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "BROADSHEET_HOME": str(tmp_path / "home"), "PYTHONUTF8": "1", **environment},
        )

    return run


@pytest.fixture
def saved(tmp_path: Path) -> str:
    path = tmp_path / "ferry.html"
    path.write_text(PAGE, encoding="utf-8")
    return str(path)


def outcome(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main([*arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = outcome(capsys, "--version")
    assert (code, err) == (0, "")
    assert re.fullmatch(r"broadsheet \d+\.\d+\.\d+\n", out)
    code, out, err = outcome(capsys, "--help")
    assert (code, err) == (0, "")
    assert all(f"\n  {verb} " in out for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(capsys: pytest.CaptureFixture[str], verb: str) -> None:
    code, out, err = outcome(capsys, verb, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"usage: broadsheet {verb}")


@pytest.mark.parametrize(
    "arguments",
    [
        ("lsit",),
        ("--json", "list"),
        ("add",),
        ("list", "--limit", "0"),
        ("list", "--unr"),
        ("list", "--limit", "many"),
        ("list", "--since", "\x1b[31myesteryear"),
        ("refresh", "--max-bytes", "-3"),
        ("show",),
        ("show", "1", "--json", "--markdown"),
        ("export", "pdf"),
        ("extract", "a", "b"),
        ("arrange", "1", "--header", "no colon"),
        ("arrange", "1", "--header", "Name: a\nb"),
        ("highlight", "1", "--remove"),
        ("highlight", "1", "--note", "x"),
        ("passages", "--leave-out", "Read more"),
        ("passages", "a.example", "--leave-out", "…"),
        ("--home",),
        ("--homeward", "list"),
    ],
)
def test_wrong_usage_is_one_sentence_and_two(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    code, out, err = outcome(capsys, *arguments)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"broadsheet: (?:[A-Z]|--)[^\n]*[.?\]]\n", err)
    assert "\x1b" not in err


def test_a_mistyped_verb_is_recognised(capsys: pytest.CaptureFixture[str]) -> None:
    assert "`list`" in outcome(capsys, "lsit")[2]


def test_the_reader_needs_a_terminal(cli: Cli) -> None:
    done = cli()
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1


def test_sync_without_anything_set_up_says_what_sets_it_up(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = outcome(capsys, "--home", str(tmp_path), "sync")
    assert (code, out) == (2, "")
    assert "`sync FOLDER`" in err
    assert err.count("\n") == 1


def test_extract_prints_the_article_as_json(capsys: pytest.CaptureFixture[str], saved: str) -> None:
    code, out, err = outcome(capsys, "extract", saved, "--url", "https://gazette.example/ferry", "--json")
    assert (code, err) == (0, "")
    article = json.loads(out)
    assert article["headline"] == "Ferry line returns"
    assert article["authors"] == ["Mira Olden"]
    assert article["published"] == "2026-10-02T09:30:00+02:00"
    assert article["source"] == "Tern Island Gazette"
    assert article["text"].startswith("The ferry between")
    assert article["text"].count("\n") == 3
    assert (article["id"], article["read"], article["saved"], article["offline"]) == (None, False, False, "full")
    wanted = "id url source headline authors dateline published modified language section keywords dek text words"
    assert {*wanted.split(), "images", "related", "read", "saved", "offline", "reason", "fetched"} <= set(article)


def test_extract_prints_text_no_wider_than_asked(capsys: pytest.CaptureFixture[str], saved: str) -> None:
    code, out, _ = outcome(capsys, "extract", saved, "--width", "40")
    assert code == 0
    assert "Ferry line returns" in out
    assert max(map(len, out.splitlines())) <= 40


@pytest.mark.parametrize("form", [(), ("--json",), ("--explain",)])
def test_nothing_a_page_holds_steers_the_terminal(
    capsys: pytest.CaptureFixture[str], saved: str, form: tuple[str, ...]
) -> None:
    out = outcome(capsys, "extract", saved, *form)[1]
    assert "crowns" in out
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)
    assert not re.search(r"\\u00(?:1b|07|9b)|\\u202e", out)


def test_extract_explains_every_block(capsys: pytest.CaptureFixture[str], saved: str) -> None:
    code, out, _ = outcome(capsys, "extract", saved, "--explain")
    assert code == 0
    assert len(out.splitlines()) >= 4


def test_extract_reads_standard_input_and_needs_no_home(cli: Cli, saved: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui", "extract", "-", "--json"],
        input=Path(saved).read_bytes(),
        capture_output=True,
        check=True,
        env={**os.environ, "BROADSHEET_HOME": str(tmp_path / "home")},
    )
    assert json.loads(done.stdout)["headline"] == "Ferry line returns"
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("name", ["missing.html", ".", "\x00", "x" * 300])
def test_a_page_that_cannot_be_read_is_one_sentence(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, err = outcome(capsys, "extract", name)
    assert (code, out) == (1, "")
    assert err.startswith("broadsheet: The page ")
    assert err.count("\n") == 1


def test_a_page_without_article_is_one_sentence(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    code, out, err = outcome(capsys, "extract", str(empty), "--json")
    assert (code, out) == (1, "")
    assert err.count("\n") == 1


def test_letters_the_encoding_lacks_do_not_break_it(cli: Cli, saved: str) -> None:
    for form in ((), ("--json",)):
        done = cli("extract", saved, *form, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.isascii()
        assert "Ferry line returns" in done.stdout


def test_a_reader_that_hangs_up_is_no_failure(saved: str) -> None:
    command = f"'{sys.executable}' -m tui extract {saved} --json 2>&1 >/dev/full; echo $?"
    full = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True).stdout
    assert "Traceback" not in full
    assert full.strip().endswith("1")
    command = f"set -o pipefail; '{sys.executable}' -m tui --help | true; echo $?"
    cut = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert (cut.stdout.strip(), cut.stderr) == ("0", "")


def test_an_interrupt_is_one_sentence() -> None:
    program = (
        "import os, signal, sys, tui.cli.main as cli\n"
        "def work(*_): os.kill(os.getpid(), signal.SIGINT)\n"
        "import tui.cli.sources; tui.cli.sources.run = work\n"
        "sys.exit(cli.run(['sources'], None))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("broadsheet: Stopped")
    assert done.stderr.count("\n") == 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_odd_arguments_never_end_in_a_traceback(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """300 command lines of odd words: each ends in 0, 1 or 2, and says at most sentences."""
    monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path / "home"))
    chance = random.Random(20261123)
    words = [
        "--json",
        "--limit",
        "3",
        "-1",
        "--",
        "-",
        "",
        " ",
        "\x1b[2J",
        "é",
        "9" * 30,
        '"',
        "is:",
        "source:",
        "'; --",
        "NEAR(",
        "since:9999d",
        "--since",
        "24h",
        "0",
        "1",
        "../..",
        "*",
        "-x",
        "--no-such",
        "a" * 5000,
        "\ud800",
    ]
    verbs = [
        "list",
        "search",
        "show",
        "related",
        "sources",
        "extract",
        "remove",
        "doctor",
        "export",
        "import",
        "sync",
        "x",
    ]
    for _ in range(300):
        arguments = [chance.choice(verbs), *chance.choices(words, k=chance.randrange(5))]
        if arguments[0] == "extract":
            arguments = [word for word in arguments if word != "-"]
        code, out, err = outcome(capsys, *arguments)
        assert code in (0, 1, 2), arguments
        assert "Traceback" not in err
        assert not re.search("[\x1b\x9b\u202e]", out + err), arguments
        assert code == 0 or err.startswith("broadsheet: "), arguments
