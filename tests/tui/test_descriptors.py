"""Standard descriptors that are closed or lead elsewhere: one sentence at most, never a traceback."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.newsroom import shelve
from tests.tui.terminal import ROOT, Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors of Unix")
CLOSED = [" ".join(each) for n in (1, 2, 3) for each in itertools.combinations(("<&-", ">&-", "2>&-"), n)]
VERBS = ["", "list", "sources", "--version", "--help", "doctor", "refresh", "show 1", "export opml", "nonsense"]


def run(home: Path, words: str, redirections: str) -> subprocess.CompletedProcess[str]:
    line = f"exec '{sys.executable}' -m tui --home '{home}' {words} {redirections}"
    return subprocess.run(["sh", "-c", line], check=False, cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("redirections", CLOSED)
@pytest.mark.parametrize("verb", VERBS)
def test_a_closed_descriptor_is_a_sentence_at_most(tmp_path: Path, verb: str, redirections: str) -> None:
    done = run(tmp_path, verb, redirections)
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 1
    if ">&-" in redirections.split() or not verb:
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr or "2>&-" in redirections
    else:
        assert done.returncode == (2 if verb == "nonsense" else done.returncode)


def test_a_closed_descriptor_is_never_given_to_a_file_of_ours(tmp_path: Path) -> None:
    """Else what is written to stderr would stand in the library."""
    shelve(tmp_path)
    assert run(tmp_path, "list", "<&- 2>&-").returncode == 0
    assert run(tmp_path, "doctor", "").returncode == 0


def test_an_import_from_a_closed_descriptor_is_a_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, "import -", "<&-")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("Standard input is closed; there is nothing to take in.\n")
    assert len(done.stderr.splitlines()) == 1


def test_an_import_of_nothing_is_no_failure(tmp_path: Path) -> None:
    done = run(tmp_path, "import -", "</dev/null")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "standard input is empty; nothing was taken in.\n"


@pytest.mark.parametrize("redirection", ["2>/dev/null", "2>&-", "2>error.log"])
def test_the_reader_needs_no_stderr(tmp_path: Path, redirection: str) -> None:
    shelve(tmp_path)
    line = f"cd '{tmp_path}' && PYTHONPATH='{ROOT}' exec '{sys.executable}' -m tui {redirection}"
    with Terminal(tmp_path, ["sh", "-c", line]) as terminal:
        terminal.see(b"Related")
        terminal.rest()
        terminal.type(b"q")
        terminal.see(b"\x1b[?1049l")
        assert terminal.program.wait(10) == 0
        terminal.rest()
        assert terminal.modes() == {"25"}
