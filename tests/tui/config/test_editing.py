"""One setting is written into the file, and all else in it stays."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.config import table
from tui.config.config import read_config
from tui.config.editing import NotWritten, drop_setting, with_setting, without_setting, write_setting
from tui.config.template import template

NAME = "config.toml"
KEYS = st.sampled_from(table.TABLE)


def test_a_new_file_has_all_settings_and_the_one_that_was_set(tmp_path: Path) -> None:
    path = tmp_path / "new" / NAME
    write_setting(path, table.MEASURE, 60)
    assert path.read_text(encoding="utf-8") == template().replace("# measure = 70", "measure = 60")
    write_setting(path, table.MEASURE, 80)
    assert path.read_text(encoding="utf-8") == template().replace("# measure = 70", "measure = 80")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[list]\nfold = true  # mine\n", "[list]\nfold = false  # mine\n"),
        ("[list]\r\nfold=true\r\n", "[list]\r\nfold=false\r\n"),
        ("list.fold = true\n", "list.fold = false\n"),
        ("list = { fold = true }\n", "list = { fold = false }\n"),
        ("# a\n[list]\n# b\nrows_wide = 4\n", "# a\n[list]\n# b\nrows_wide = 4\nfold = false\n"),
        ("", "[list]\nfold = false\n"),
        ("[screen]\n# fold = 3\nq = 'back'\n", "[screen]\n# fold = 3\nq = 'back'\n\n[list]\nfold = false\n"),
    ],
)
def test_everything_else_stays(before: str, after: str) -> None:
    assert with_setting(before, NAME, table.FOLD, False) == after


@settings(max_examples=60)
@given(KEYS, st.lists(KEYS, unique_by=lambda key: key.key), st.booleans())
def test_what_was_written_is_what_is_read(
    key: table.ConfigKey[object], others: list[table.ConfigKey[object]], new: bool
) -> None:
    text = template() if new else "# mine\n"
    for each in [*others, key]:
        before = read_config(text, NAME).given
        text = with_setting(text, NAME, each, each.kind.plain(each.default))
        assert read_config(text, NAME).given == {**before, each.key: each.default}
        assert read_config(text, NAME).problems == ()
    assert ("# mine" in text) is not new


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[list\n", "is no TOML"),
        (b"# \xff", "is not UTF-8"),
        (b"list = 3\n", "list in config.toml is no section"),
        (b"[list]\nrows_wide = " + b"9" * 9000, "is no TOML"),
    ],
)
def test_what_cannot_be_written_into_is_told_and_stays(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(NotWritten, match=says):
        write_setting(tmp_path / NAME, table.FOLD, False)
    assert (tmp_path / NAME).read_bytes() == content


def test_the_mark_that_some_editors_begin_a_file_with_is_no_reason_to_refuse_it(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"\xef\xbb\xbf[list]\r\nfold = true  # mine\r\n")
    write_setting(tmp_path / NAME, table.FOLD, False)
    assert (tmp_path / NAME).read_bytes() == b"[list]\r\nfold = false  # mine\r\n"


def test_what_is_not_allowed_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match=r"screen.measure must be a number from 30 to 200\."):
        write_setting(tmp_path / NAME, table.MEASURE, "wide")
    assert not (tmp_path / NAME).exists()


def test_a_link_stays_a_link_and_the_mode_stays(tmp_path: Path) -> None:
    (real := tmp_path / "dotfiles.toml").write_text("[list]\nfold = true\n", encoding="utf-8")
    real.chmod(0o640)
    (tmp_path / NAME).symlink_to(real)
    write_setting(tmp_path / NAME, table.FOLD, False)
    assert (tmp_path / NAME).is_symlink()
    assert tomllib.loads(real.read_text(encoding="utf-8")) == {"list": {"fold": False}}
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path)) == [NAME, "dotfiles.toml"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(NotWritten, match="cannot be written"):
        write_setting(tmp_path / "file" / NAME, table.FOLD, False)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "# a\n[list]\n# b\nfold = false  # mine\nrows_wide = 4\n",
            "# a\n[list]\n# b\n# fold = true  # mine\nrows_wide = 4\n",
        ),
        ("list.fold = true\nlist.rows_wide = 1\n", "list.rows_wide = 1\n"),
        (
            '[open]\nbrowser = ["a",\n"{}"]\n[list]\nfold = true\n',
            '[open]\nbrowser = ["a",\n"{}"]\n[list]\n# fold = true\n',
        ),
        ("list = { rows_wide = 1, fold = true }\n", "list = { rows_wide = 1  }\n"),
        ("[list]\nrows_wide = 4\n", "[list]\nrows_wide = 4\n"),
        ("", ""),
    ],
)
def test_a_setting_is_taken_out_and_everything_else_stays(before: str, after: str) -> None:
    assert without_setting(before, NAME, table.FOLD) == after


def test_the_comment_behind_a_value_stays_when_it_is_set_anew() -> None:
    assert with_setting("[list]\n# fold = true  # mine\n", NAME, table.FOLD, False) == "[list]\nfold = false  # mine\n"


@settings(max_examples=30)
@given(KEYS)
def test_what_is_set_and_taken_out_again_leaves_the_file_as_it_was(key: table.ConfigKey[object]) -> None:
    written = with_setting(template(), NAME, key, key.kind.plain(key.default))
    assert without_setting(written, NAME, key) == template()


def test_without_a_file_there_is_nothing_to_take_out(tmp_path: Path) -> None:
    drop_setting(tmp_path / NAME, table.FOLD)
    assert not (tmp_path / NAME).exists()


def test_a_file_that_is_too_large_to_be_read_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("#" * ((1 << 18) + 1), encoding="utf-8")
    with pytest.raises(NotWritten, match="too large"):
        write_setting(tmp_path / NAME, table.FOLD, False)
