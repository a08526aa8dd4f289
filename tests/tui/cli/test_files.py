"""What goes out into files and comes in again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from fetch.handbook.bundled import edition
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, fails, records
from tests.tui.cli.terminal import on_terminal
from tests.tui.pty_reader import PtyReader


def test_sources_go_out_and_come_back_as_opml(cli: Cli, paper: str, tmp_path: Path) -> None:
    done(cli("add", paper))
    path = tmp_path / "out.opml"
    assert done(cli("export", "opml", "--output", str(path)))
    assert f"{paper}/feed.xml" in path.read_text(encoding="utf-8")
    done(cli("remove", "Tern Island Gazette"))
    done(cli("import", str(path)))
    assert "Tern Island Gazette" in done(cli("sources"))
    assert done(cli("export", "opml")).startswith("<?xml")


def test_articles_go_out_as_json_lines_and_markdown(cli: Cli, tmp_path: Path) -> None:
    code, out, _ = cli("export", "jsonl", "--query", "paywall")
    assert code == 0
    assert all(record["headline"] for record in records(out))
    assert done(cli("export", "markdown", "--query", "paywall", "--output", str(tmp_path / "pages")))
    assert len(list((tmp_path / "pages").rglob("*.md"))) == len(records(out))
    assert done(cli("export", "markdown", "--query", "paywall")).startswith("---\ntitle: ")
    done(cli("export", "markdown", "--query", "paywall", "--output", str(tmp_path / "one.md")))
    assert (tmp_path / "one.md").read_text(encoding="utf-8").count("\n# ") == len(records(out))


@pytest.mark.parametrize("name", ["missing.opml", "."])
def test_a_file_that_cannot_be_imported_is_one_sentence(cli: Cli, tmp_path: Path, name: str) -> None:
    fails(cli("import", str(tmp_path / name)))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of Unix")
def test_a_page_that_never_ends_is_one_sentence(cli: Cli) -> None:
    assert "is larger than 8 MB" in fails(cli("extract", "/dev/zero"))


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
def test_an_import_says_on_a_terminal_how_far_it_is(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    assert done(cli("export", "jsonl", "--output", str(path)))
    code, written = on_terminal(tmp_path / "other", "import", str(path))
    assert code == 0
    assert " articles taken in\r" in written
    assert "taken in" not in cli("import", str(path))[2]


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
def test_an_import_stopped_with_ctrl_c_says_so_and_goes_on_the_next_time(cli: Cli, tmp_path: Path) -> None:
    done(cli("list"))
    path, number = tmp_path / "in.jsonl", 800
    words = " ".join(f"w{at}" for at in range(300))
    rows = ({"url": f"https://in.example/{at}", "headline": f"In {at}", "text": words} for at in range(number))
    path.write_text("\n".join(map(json.dumps, rows)))
    terminal = PtyReader(tmp_path / "home", command=("-m", "tui", "import", str(path)))
    terminal.until(" articles taken in")
    terminal.program.send_signal(signal.SIGINT)
    assert terminal.left() == 1
    assert b"Stopped before it was done; what had landed is kept." in terminal.seen
    assert b"Traceback" not in terminal.seen
    terminal.close()
    landed = len(records(done(cli("list", "--json", "--limit", "9999")))) - len(edition())
    assert 0 < landed < number
    assert done(cli("import", str(path))).startswith(f"{number - landed:,} articles taken in; {landed:,} were there")


def test_what_went_out_came_in_and_was_removed_is_told_as_json(cli: Cli, paper: str, tmp_path: Path) -> None:
    done(cli("add", paper))
    path = tmp_path / "out.opml"
    (written,) = records(done(cli("export", "opml", "--output", str(path), "--json")))
    assert (written["format"], written["file"], written["count"]) == (
        "opml",
        str(path),
        path.read_text().count("xmlUrl"),
    )
    (removed,) = records(done(cli("remove", "Tern Island Gazette", "--json")))
    assert (removed["title"], removed["kept"]) == ("Tern Island Gazette", 0)
    (taken,) = records(done(cli("import", str(path), "--json")))
    assert taken["count"] == 1
    assert taken["sentence"].startswith("1 source added")
    code, out, err = cli("export", "opml", "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe of Unix")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_export_into_a_pipe_that_nobody_reads_is_broken_off(tmp_path: Path, number: int) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "tui", "--home", str(tmp_path / "home"), "export", "jsonl", "--output", str(pipe)]
    master, terminal = os.openpty()
    with subprocess.Popen(command, stderr=terminal, start_new_session=True) as exporting:
        os.close(terminal)
        told = b""
        while b"Writing" not in told:  # from here on it listens to signals
            told += os.read(master, 1000)
        exporting.send_signal(number)
        assert exporting.wait(60) == (1 if number == signal.SIGINT else 128 + number)
    os.close(master)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe of Unix")
def test_an_export_into_a_pipe_comes_whole_to_whoever_reads_it(cli: Cli, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    assert "articles written to" in done(cli("export", "jsonl", "--output", str(pipe)))
    reader.join(60)
    done(cli("export", "jsonl", "--output", str(tmp_path / "file.jsonl")))
    assert got == [(tmp_path / "file.jsonl").read_bytes()]
    assert len(got[0]) > 70_000  # more than a pipe holds


@pytest.mark.parametrize("option", ["--output", "--missing-from"])
def test_an_empty_name_of_a_file_to_export_is_one_sentence(cli: Cli, option: str) -> None:
    assert fails(cli("export", "jsonl", option, "")) == "broadsheet: The name of the file is empty.\n"
