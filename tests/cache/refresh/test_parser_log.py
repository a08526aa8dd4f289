"""What a parser leaves that ended by a mistake of ours: a trace without secrets, where doctor says it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cache.refresh import parser_log
from cache.refresh.parser_log import log, log_of, sentence
from fetch.secret import Secret


def test_a_trace_is_kept_without_secrets_for_its_owner_alone(library: Path) -> None:
    assert sentence(library) == "Nothing that was read has ended its reader by a mistake of ours."
    held = Secret("sesame-4711")
    for times in ("once", "2 times"):
        log(library, f"https://paper.example/?key=sesame-4711\nTraceback …\nZeroDivisionError: {held}")
        assert f" {times}; the traces are in {log_of(library)}." in sentence(library)
    text = log_of(library).read_text()
    assert text.count("Traceback …") == 2
    assert "sesame" not in text
    assert log_of(library).stat().st_mode & 0o777 == 0o600


def test_a_log_that_has_grown_is_begun_anew(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser_log, "LARGEST_LOG", 100)
    for number in range(3):
        log(library, f"trace {number} " + "x" * 60)
    assert "trace 2" in log_of(library).read_text()
    assert "trace 1" in log_of(library).with_suffix(".log.1").read_text()


def test_a_log_that_cannot_be_written_is_done_without(library: Path) -> None:
    log_of(library).mkdir(parents=True)
    log(library, "trace")
    assert log_of(library).is_dir()
