"""A bug ends in a sentence, in a report without variables and secrets that only the reader can read, and tidily."""

from __future__ import annotations

import errno
import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from fetch.secret import Secret
from tui import crash

ROOT = Path(__file__).parents[2]
TOKEN = "kaimauer-4711"
BROKEN_VERB = f"""
import sys
import tui.cli.sources as verb
from fetch.secret import Secret
def run(chosen, home):
    token = Secret("Bearer {TOKEN}")
    clear = token.reveal()
    raise AttributeError(f"cannot be sent: {{clear}}")
verb.run = run
from tui.__main__ import main
sys.exit(main(["sources"]))
"""
BROKEN_READER = f"""
import sys
from fetch.secret import Secret
from tui.screen.main import MainScreen
KEPT = Secret("Bearer {TOKEN}")
def on_mount(self):
    clear = KEPT.reveal()
    raise AttributeError(f"cannot be sent: {{clear}}")
MainScreen.on_mount = on_mount
from tui.__main__ import main
sys.exit(main([]))
"""


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "BROADSHEET_HOME": str(home), "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}


def the_report(home: Path) -> str:
    (path,) = home.glob("crash-*.log")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path.read_text(encoding="utf-8")


def test_a_verb_that_breaks_leaves_a_sentence_and_a_report(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BROKEN_VERB], env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert str(tmp_path) in done.stderr
    assert "AttributeError" in done.stderr
    report = the_report(tmp_path)
    assert "Traceback" in report
    assert "cannot be sent: …" in report
    assert TOKEN not in report + done.stdout + done.stderr


def test_a_reader_that_breaks_leaves_a_sentence_a_report_and_a_sane_terminal(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    reader = subprocess.Popen(
        [sys.executable, "-c", BROKEN_READER], env=environment(tmp_path), stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65_536):
            shown += part
    except OSError:  # it has ended
        pass
    finally:
        os.close(ours)
        assert reader.wait(timeout=30) == 1
    assert TOKEN.encode() not in shown
    assert TOKEN not in the_report(tmp_path)
    after = shown[shown.rindex(b"\x1b[?1049l") :]
    assert b"Broadsheet broke off" in after
    for mode in (b"1000", b"1003", b"1006"):
        assert shown.rfind(b"\x1b[?" + mode + b"h") < shown.rfind(b"\x1b[?" + mode + b"l")


def test_where_no_report_can_be_written_a_sentence_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    sentence = crash.report(ValueError("x"), tmp_path / "file" / "folder")
    assert sentence.startswith("Broadsheet broke off")
    assert "report" not in sentence


def test_a_report_has_no_variables(tmp_path: Path) -> None:
    def broken() -> None:
        held = "a local of ours"
        raise ValueError(len(held))

    with pytest.raises(ValueError, match="15") as caught:
        broken()
    kept = Secret(f"Bearer {TOKEN}")
    crash.report(caught.value, tmp_path)
    report = the_report(tmp_path)
    assert "held = 'a local of ours'" not in report
    assert "in broken" in report
    assert kept


@pytest.mark.parametrize(
    ("error", "lacking"),
    [
        (MemoryError(), "memory"),
        (OSError(errno.EMFILE, "Too many open files", "module.py"), "open files"),
        (RuntimeError("can't start new thread"), "threads"),
        (ExceptionGroup("", [OSError(errno.EAGAIN, ""), ExceptionGroup("", [MemoryError()])]), "memory, processes"),
    ],
)
def test_what_the_system_does_not_give_is_no_mistake_and_has_no_report(
    tmp_path: Path, error: Exception, lacking: str
) -> None:
    said = f"Broadsheet broke off: the system gives it no more {lacking}; what had landed is kept."
    assert crash.report(error, tmp_path) == said
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize(
    "error",
    [RuntimeError("odd"), OSError("odd"), ExceptionGroup("", [MemoryError(), ValueError("odd")])],
)
def test_a_mistake_beside_it_is_one(tmp_path: Path, error: Exception) -> None:
    assert f"by a mistake of its own ({type(error).__name__})" in crash.report(error, tmp_path)
    assert len([*tmp_path.iterdir()]) == 1
