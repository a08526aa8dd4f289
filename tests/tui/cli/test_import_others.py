"""`import` and `add` of what other programs wrote: what the command line says, and where it goes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, fails, records

WORDS = "".join(
    f"<p>The tide rose over the mole at {hour} o'clock, and the ferry stayed in the harbour until {hour + 3}.</p>"
    for hour in range(2, 9)
)
PAGE = f"<html><head>{{}}<title>Tide</title></head><body><article><h1>Tide</h1>{WORDS}</article></body></html>"
POCKET = b"title,url,time_added,tags,status\nTide,https://paper.example/news/tide,1712000000,,unread\n"
CANONICAL = '<link rel="canonical" href="https://paper.example/news/tide">'


def test_a_saved_page_is_added_under_its_own_address(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "tide.html").write_text(PAGE.format(CANONICAL))
    assert done(cli("add", str(tmp_path / "tide.html"))).strip() == "1 article taken in of a saved page."
    (row,) = records(done(cli("show", "https://paper.example/news/tide", "--json")))
    assert (row["headline"], row["offline"], row["saved"]) == ("Tide", "full", True)
    assert "the ferry stayed" in row["text"]


def test_a_saved_page_that_does_not_say_where_it_is_from_is_one_sentence(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "tide.html").write_text(PAGE.format(""))
    said = fails(cli("add", str(tmp_path / "tide.html")))
    assert "without a word on where it is from" in said
    assert len(said.strip().splitlines()) == 1


def test_standard_input_is_called_that(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"name,age,town\nAnn,5,Arle\n")))
    said = fails(cli("import", "-"))
    assert said.startswith("broadsheet: standard input is neither OPML nor")
    assert str(tmp_path) not in said


def test_a_pipe_is_read_once_as_a_shell_hands_it_over(cli: Cli, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(POCKET,))
    writer.start()
    said = done(cli("import", str(pipe)))
    writer.join()
    assert said.startswith("1 article taken in of Pocket's CSV")


def test_a_pipe_is_no_file_to_add(cli: Cli, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "linked").symlink_to(tmp_path / "linked")
    assert "cannot be read" in fails(cli("import", str(tmp_path / "linked")))
    assert str(pipe) in fails(cli("add", str(pipe)))


def test_standard_input_without_an_end_is_not_kept(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.cli.import_._MOST_BYTES", len(POCKET) - 1)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(POCKET)))
    assert "standard input brings more than" in fails(cli("import", "-"))


def test_an_empty_name_is_not_the_folder_one_stands_in(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pocket.csv").write_bytes(POCKET)
    monkeypatch.chdir(tmp_path)
    assert fails(cli("import", "")).strip() == "broadsheet: The name of the file is empty."


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_waiting_for_a_pipe_is_broken_off_at_once(tmp_path: Path, number: int) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "tui", "--home", str(tmp_path / "home"), "import", str(pipe)]
    with (
        subprocess.Popen(command, stderr=subprocess.DEVNULL) as reading,
        pipe.open("wb"),
    ):  # the other side has opened it
        reading.send_signal(number)
        assert reading.wait(30) == (1 if number == signal.SIGINT else 128 + number)


def test_what_did_not_come_whole_ends_with_one(cli: Cli, tmp_path: Path) -> None:
    rows = [{"title": f"Tide {n}", "url": f"https://paper.example/news/tide-{n}", "is_archived": 0} for n in range(3)]
    (tmp_path / "cut.json").write_text(json.dumps(rows)[:-20])
    (tmp_path / "lines.jsonl").write_text('{"url": "https://paper.example/a", "headline": "A"}\n{x\n')
    for verb, name in (("import", "cut.json"), ("add", "lines.jsonl")):
        code, out, err = cli(verb, str(tmp_path / name))
        assert (code, err) == (1, ""), name
        assert "taken in" in out
    (row,) = records(cli("import", str(tmp_path / "cut.json"), "--json")[1])
    assert (row["count"], row["known"], row["missing"]) == (0, 2, 1)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "cut.json").write_text(json.dumps(rows)[:-20])
    (folder / "none.txt").write_text("Nothing of the kind.\n")
    code, out, _ = cli("import", str(folder))
    assert code == 1
    assert [line.partition(" ")[0].rstrip(":") for line in out.splitlines()] == ["cut.json", "none.txt"]


@pytest.mark.parametrize("form", ["jsonl", "pack"])
def test_an_export_of_nothing_is_taken_from_standard_input(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    path = tmp_path / f"nothing.{form}"
    assert done(cli("export", form, "--query", "nothinghaswordslikethis", "--output", str(path))).startswith(
        "0 articles"
    )
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(path.read_bytes())))
    (row,) = records(done(cli("import", "-", "--json")))
    assert (row["count"], "nothing was taken in" in str(row["sentence"])) == (0, True)


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe\n\0 \0"])
def test_a_file_that_holds_nothing_is_empty_in_whichever_form(cli: Cli, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    assert done(cli("import", str(tmp_path / "file"))) == f"{tmp_path / 'file'} is empty; nothing was taken in.\n"
