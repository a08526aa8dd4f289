"""The settings file on disk: where it is, when it is read again, and what cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui.config import table
from tui.config.config_file import ConfigFile, config_path


def test_the_environment_names_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert config_path(tmp_path) == tmp_path / "config.toml"
    monkeypatch.setenv("BROADSHEET_CONFIG", "~/elsewhere.toml")
    assert config_path(tmp_path) == Path.home() / "elsewhere.toml"


def test_it_is_read_again_when_it_has_changed_and_only_then(tmp_path: Path) -> None:
    file = ConfigFile(tmp_path / "config.toml")
    assert not file.look()
    file.path.write_text("[list]\nfold = false\n", encoding="utf-8")
    assert file.look()
    assert file[table.FOLD] is False
    assert not file.look()
    file.path.write_text("[list]\nfold = false  # as before\n", encoding="utf-8")
    assert not file.look(), "it says the same"
    file.path.unlink()
    assert file.look()
    assert file[table.FOLD] is True


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "config.toml")
    assert "is no file" in ConfigFile(tmp_path / "config.toml").now.problems[0]


@pytest.mark.parametrize(
    ("content", "says"), [(b"# \xff\n", "is not UTF-8"), (b"# " + b"x" * (1 << 18), "is too large")]
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "config.toml").write_bytes(content)
    file = ConfigFile(tmp_path / "config.toml")
    assert says in file.now.problems[0]
    assert file.now.given == {}


def test_a_file_that_cannot_be_looked_at_is_told_and_read_once_it_can(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.symlink_to(path)
    file = ConfigFile(path)
    assert "cannot be read, so all settings have their defaults: " in file.now.problems[0]
    assert not file.look()
    path.unlink()
    path.write_text("[list]\nfold = false\n", encoding="utf-8")
    assert file.look()
    assert (file[table.FOLD], file.now.problems) == (False, ())


def test_the_mark_of_an_editor_at_its_beginning_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes("\ufeff[list]\nfold = false\n".encode())
    assert ConfigFile(tmp_path / "config.toml")[table.FOLD] is False
