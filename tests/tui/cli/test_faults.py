"""What goes wrong is one sentence, and nothing foreign reaches the terminal."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cache.paths import places
from cache.refresh.parser_log import log, log_of
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, fails, records
from tui.__main__ import main


def test_doctor_finds_a_new_library_well(cli: Cli) -> None:
    findings = records(done(cli("doctor", "--json")))
    assert all(set(finding) == {"name", "ok", "sentence"} and finding["ok"] for finding in findings)
    assert {"encoding", "terminal"} < {finding["name"] for finding in findings}


def test_doctor_names_the_log_of_what_ended_a_parser(cli: Cli, tmp_path: Path) -> None:
    library = places(tmp_path / "home").library
    assert "by a mistake of ours." in done(cli("doctor"))
    log(library, "https://paper.example/1\nZeroDivisionError: division by zero")
    assert f"by a mistake of ours once; the traces are in {log_of(library)}." in done(cli("doctor"))
    assert "ZeroDivisionError" in log_of(library).read_text(encoding="utf-8")


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
    code, repaired, err = cli("doctor", "--repair")
    assert (code, err) == (1, "")
    assert "✗ lost: The library was damaged: saved 0 articles" in repaired
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


@pytest.mark.parametrize(
    "arguments",
    [
        ("mark", "1", "--read"),
        ("refresh",),
        ("prune",),
        ("export", "opml"),
        ("keep", "1", "--days", "3"),
        ("remove", "1", "--yes"),
        ("add", "https://harbour.example/feed"),
        ("import", __file__),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_verb_that_writes_repairs_nothing_by_itself(cli: Cli, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done(cli("list"))
    library = tmp_path / "home/library.db"
    library.write_bytes(library.read_bytes()[: library.stat().st_size // 3])
    before = library.read_bytes()
    assert "doctor --repair" in fails(cli(*arguments))
    assert library.read_bytes() == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "http://h/\udcff"),
        ("backup", "b\udcff.db"),
        ("search", "\udcff"),
        ("export", "opml", "--output", "o\udcff"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_an_argument_whose_bytes_are_no_text_is_one_sentence(cli: Cli, arguments: tuple[str, ...]) -> None:
    code, out, err = cli(*arguments)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "no text" in err


def test_a_home_whose_bytes_are_no_text_is_one_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--home", "h\udcff", "list"]) == 1
    assert "no text" in capfd.readouterr().err


@pytest.mark.parametrize("form", ["jsonl", "pack", "epub", "opml"])
def test_an_export_that_fails_leaves_the_file_that_was_there(cli: Cli, tmp_path: Path, form: str) -> None:
    target = tmp_path / "kept"
    done(cli("export", form, "--output", str(target)))
    before = target.read_bytes()
    command = [sys.executable, "-m", "tui", "--home", str(tmp_path / "home"), "export", form, "--output", str(target)]
    limited = (
        "import os, resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100));"
        "os.execv(sys.argv[1], sys.argv[1:])"
    )
    ran = subprocess.run([sys.executable, "-c", limited, *command], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert target.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".part")] == []


def test_a_password_in_an_address_that_nobody_answers_stays_out_of_the_library(cli: Cli, tmp_path: Path) -> None:
    cli("show", "http://bob:kaimauer@127.0.0.1:9/x")
    assert b"kaimauer" not in (tmp_path / "home/library.db").read_bytes()
    assert "kaimauer" not in "".join(map(str, cli("list", "--json")))


def test_a_tag_is_one_word(cli: Cli) -> None:
    assert "#fog-bank,late" in done(cli("mark", "1", "--tag", " #Fog bank,late, "))
    assert cli("mark", "1", "--tag", " # ")[0] == 2


@pytest.mark.parametrize("address", ["javascript:x", " ", "proxy.example", "ftp://proxy.example", "http://"])
def test_what_is_no_proxy_is_refused(cli: Cli, address: str) -> None:
    assert "is not a proxy" in cli("arrange", "1", "--proxy", address)[2]
