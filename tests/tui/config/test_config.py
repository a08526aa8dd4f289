"""What a settings file says: values, and sentences on what is wrong, each with its line."""

from __future__ import annotations

from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.config import table
from tui.config.config import Config, in_force, read_config

NAME = "config.toml"


def problem(text: str) -> str:
    (sentence,) = read_config(text, NAME).problems
    return sentence


def test_what_is_given_holds_and_what_is_not_has_its_default() -> None:
    config = read_config('[list]\nfold = false\n[open]\nbrowser = ["lynx", "{}"]\n', NAME)
    assert config.problems == ()
    assert config[table.FOLD] is False
    assert config[table.BROWSER] == ("lynx", "{}")
    assert config[table.MOST] == 200


def test_what_is_wrong_has_its_default_and_all_else_holds() -> None:
    config = read_config("[list]\nfold = 1\nrows_wide = 4\n", NAME)
    assert config.problems == ("config.toml, line 2: list.fold must be true or false, so the default holds.",)
    assert config[table.FOLD] is True
    assert config[table.ROWS["wide"]] == 4


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[list]\n\nfolds = true\n", "line 3: There is no setting 'list.folds'; did you mean list.fold?"),
        ("[lst]\nfold = true\n", "line 1: There is no setting 'lst'; did you mean list?"),
        ("[screen]\nfold = true\n", "line 2: There is no setting 'screen.fold'; did you mean list.fold?"),
        ("fold = true\n", "line 1: There is no setting 'fold'; did you mean list.fold?"),
        ("screen = 4\n", "line 1: screen is the name of a section, which stands in brackets: [screen]."),
        ("list.rows_wide = 3\n", "line 1: list.rows_wide must be 1, 2 or 4, so the default holds."),
        ('list = {fold = "x"}\n', "line 1: list.fold must be true or false, so the default holds."),
        ("[[list]]\nfold = true\n", "line 1: list is the name of a section, which stands in brackets: [list]."),
        ("zzz = 1\n", "line 1: There is no setting 'zzz'; `broadsheet config` lists the settings."),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_is_near(text: str, sentence: str) -> None:
    assert problem(text) == f"{NAME}, {sentence}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[list\n", "(at line 1, column 6)"),
        ("[list]\nfold = true\nfold = false\n", "line 3"),
        (f"a = {'[' * 5000}", "nested too deeply"),
    ],
)
def test_what_is_no_toml_leaves_the_defaults_and_is_told(text: str, says: str) -> None:
    assert says in problem(text)
    assert read_config(text, NAME).given == {}


TOML = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text() | st.datetimes().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from([*table.BY_KEY, *table.SECTIONS, "x", "list.fold.x"]) | st.text(max_size=8)


@settings(max_examples=50)
@given(st.dictionaries(NAMES, TOML, max_size=5), st.text(max_size=40))
def test_any_text_is_read_to_settings_and_sentences(said: dict[str, Any], rest: str) -> None:
    keys = {tuple(name.split(".")): value for name, value in said.items()}
    nested = tomlkit.document()
    for path, value in keys.items():
        if path[0] not in nested:
            nested[path[0]] = {path[1]: value} if len(path) > 1 else value
    for text in (tomlkit.dumps(nested), tomlkit.dumps(nested) + rest):
        config = read_config(text, NAME)
        assert all(key.kind.take(key.kind.plain(config[key])) == config[key] for key in table.TABLE)
        assert all(sentence.startswith(NAME) for sentence in config.problems)
        assert len(config.problems) <= max(1, text.count("\n") + text.count("=") + text.count(","))


def test_a_number_too_long_for_python_is_told_like_any_other_mistake() -> None:
    config = read_config(f"[list]\nrows_wide = {'9' * 9000}\n", NAME)
    assert config.problems == (f"{NAME} holds a number that is too long, so all settings have their defaults.",)


def test_the_file_goes_before_the_library_and_that_before_the_default() -> None:
    kept = {"folded": False, "theme": "gone with an older version"}.get
    assert in_force(table.FOLD, Config({"list.fold": True}), kept) == (True, "file")
    assert in_force(table.FOLD, Config(), kept) == (False, "library")
    assert in_force(table.THEME, Config(), kept) == ("auto", "default")
    assert in_force(table.MOST, Config(), kept) == (200, "default")
