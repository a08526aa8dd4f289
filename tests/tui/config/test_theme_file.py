"""Themes of the reader's own: read from their files, told where they are wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui.config.config import OwnTheme
from tui.config.config_file import ConfigFile
from tui.config.kinds import NotAllowed
from tui.config.table import THEME
from tui.config.theme_file import own_themes, read_theme

SEPIA = 'dark = false\npaper = "#F4ecd8"\ntext = "#421"\n'


@pytest.fixture
def themes(tmp_path: Path) -> Path:
    (tmp_path / "themes").mkdir()
    return tmp_path / "themes"


def test_a_theme_is_the_colours_of_its_file(themes: Path) -> None:
    (themes / "sepia.toml").write_text(SEPIA, encoding="utf-8")
    (themes / "night.toml").write_text(SEPIA, encoding="utf-8")
    (themes / "no name.toml").write_text(SEPIA, encoding="utf-8")
    (themes.parent / "config.toml").write_text('[screen]\ntheme = "sepia"\n', encoding="utf-8")
    file = ConfigFile(themes.parent / "config.toml")
    assert file.now.problems == ()
    assert file.now.theme == OwnTheme("sepia", (("paper", "#f4ecd8"), ("text", "#442211")), dark=False)
    assert own_themes(file.path) == ["sepia"], "what is called as one of ours, or oddly, is no theme"
    (themes / "sepia.toml").write_text(SEPIA.replace("#421", "#422"), encoding="utf-8")
    assert file.look()
    assert not file.look()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b'text = "#fff"\n', "must name the colour of paper."),
        (b'paper = "#000"\ntext = "white"\n', 'text must be a colour such as "#1b2a3c".'),
        (b'paper = "#000"\ntext = "#ffff"\n', 'text must be a colour such as "#1b2a3c".'),
        (b"paper = 1\n", 'paper must be a colour such as "#1b2a3c".'),
        (b'papre = "#000"\n', "There is no colour 'papre'; did you mean paper?"),
        (b"dark = 1\n", "dark must be true or false."),
        (b"[colours\n", "is no TOML: "),
        (b"\xff", "is not UTF-8."),
        (b"#" * 30_000, "is too large for a theme."),
        (b"a = " + b"[" * 9000, "nested too deeply|is no TOML"),
        (b"paper = " + b"9" * 9000, "holds a number that is too long."),
    ],
)
def test_what_is_wrong_is_one_sentence(themes: Path, text: bytes, sentence: str) -> None:
    (themes / "odd.toml").write_bytes(text)
    with pytest.raises(NotAllowed) as told:
        read_theme(themes / "odd.toml")
    assert any(part in str(told.value) for part in sentence.split("|"))
    assert "\n" not in str(told.value)


def test_a_folder_is_no_theme(themes: Path) -> None:
    (themes / "odd.toml").mkdir()
    with pytest.raises(NotAllowed, match="is no file"):
        read_theme(themes / "odd.toml")


def test_a_pipe_is_no_theme_and_nobody_waits_for_its_writer(themes: Path) -> None:
    os.mkfifo(themes / "odd.toml")
    with pytest.raises(NotAllowed, match="is no file"):
        read_theme(themes / "odd.toml")


@pytest.mark.parametrize(("target", "why"), [("odd.toml", "symbolic links"), ("gone.toml", "no such file")])
def test_a_link_that_leads_nowhere_is_told_as_one(themes: Path, target: str, why: str) -> None:
    (themes / "odd.toml").symlink_to(themes / target)
    (themes.parent / "config.toml").write_text('[screen]\ntheme = "odd"\n', encoding="utf-8")
    (sentence,) = ConfigFile(themes.parent / "config.toml").now.problems
    assert "odd.toml cannot be read: " in sentence
    assert why in sentence


def test_a_wrong_one_or_none_is_told_and_the_default_holds_until_it_is_mended(themes: Path) -> None:
    config = themes.parent / "config.toml"
    config.write_text('[screen]\ntheme = "sepa"\n[list]\nfold = false\n', encoding="utf-8")
    (themes / "sepia.toml").write_text(SEPIA, encoding="utf-8")
    file = ConfigFile(config)
    assert file.now.problems == ("config.toml: There is no theme 'sepa'; did you mean sepia?",)
    assert (file[THEME], file.gives(THEME), len(file.now.given)) == ("auto", False, 1)
    (themes / "sepa.toml").write_text("paper", encoding="utf-8")
    assert file.look()
    assert "sepa.toml is no TOML: " in file.now.problems[0]
    (themes / "sepa.toml").write_text(SEPIA, encoding="utf-8")
    assert file.look()
    assert (file.now.problems, file[THEME]) == ((), "sepa")
