"""Dates that the command line tells people are in the language that is set; its sentences and its JSON are not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cache.paths import places
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, records
from tests.tui.newsroom import NOW, PILOTS, shelve
from tui.cli import listing, related, search, show, show_story, sources
from tui.config import config_file
from tui.typeset.cells import cells
from tui.typeset.date_language import DATE_LANGUAGE


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    DATE_LANGUAGE.choose("en", {})


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shelve(tmp_path / "home")
    for module in (listing, related, search, show, show_story, sources):
        if hasattr(module, "now"):
            monkeypatch.setattr(module, "now", lambda: NOW)
    return tmp_path / "home"


def set_to(home: Path, language: str) -> None:
    path = places(home).config / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'[screen]\nlanguage = "{language}"\n', "utf-8")


def told(cli: Cli, *words: str) -> str:
    return done(cli(*words))


@pytest.mark.parametrize(
    ("language", "environment", "words"),
    [("de", {}, "Min. Std."), ("auto", {"LC_ALL": "ru_RU.UTF-8"}, "ч мин"), ("ja", {}, "時間 分")],
)
def test_lists_tell_ages_in_it_and_stay_in_columns(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch, language: str, environment: dict[str, str], words: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    english = told(cli, "list", "--limit", "3")
    set_to(home, language)
    listed = told(cli, "list", "--limit", "3")
    assert any(word in listed for word in words.split())
    assert listed != english
    begins = [
        line.index(each.split("  ")[-1]) for line, each in zip(listed.splitlines(), english.splitlines(), strict=True)
    ]
    columns = {cells(line[:at]) for line, at in zip(listed.splitlines(), begins, strict=True)}
    assert len(columns) == 1


def test_an_article_its_relatives_and_its_story_tell_their_dates_in_it(cli: Cli, home: Path) -> None:
    set_to(home, "da")
    assert "22. november" in told(cli, "show", PILOTS.url, "--story")
    assert "22. november" in told(cli, "show", PILOTS.url)
    assert " t." in told(cli, "related", PILOTS.url)


def test_json_and_sentences_stay_as_they_are(cli: Cli, home: Path) -> None:
    before = records(told(cli, "list", "--json"))
    set_to(home, "de")
    assert records(told(cli, "list", "--json")) == before
    assert cli("list", "has:nothing-known")[2].startswith("broadsheet: “has:nothing-known” is not known")


def test_another_language_in_the_settings_of_another_home_is_not_carried_over(
    cli: Cli, home: Path, tmp_path: Path
) -> None:
    set_to(home, "de")
    german = told(cli, "list", "--limit", "1")
    shelve(tmp_path / "other", [PILOTS])
    assert done(cli("--home", str(tmp_path / "other"), "list")) != german
    assert not DATE_LANGUAGE


def test_a_file_in_which_nothing_is_set_is_not_read(cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("config", "--init")[0] == 0

    def read(*_: object) -> None:
        raise AssertionError("the settings are read")

    monkeypatch.setattr(config_file, "ConfigFile", read)
    assert told(cli, "list", "--limit", "1")


@pytest.mark.parametrize(
    "verb",
    [
        *(("list", "--limit", "1"), ("list", "--json"), ("search", "pilots"), ("sources",), ("front",)),
        *(("related", PILOTS.url), ("show", PILOTS.url)),
    ],
    ids=" ".join,
)
def test_what_is_wrong_in_the_settings_is_told_once_by_verbs_that_go_by_them(
    cli: Cli, home: Path, verb: tuple[str, ...]
) -> None:
    sound = done(cli(*verb))
    path = places(home).config / "config.toml"
    path.write_text("[list]\nfold = 1\n", "utf-8")
    code, out, err = cli(*verb)
    assert (code, out) == (0, sound)
    assert err == "broadsheet: config.toml, line 2: list.fold must be true or false, so the default holds.\n"
    path.write_bytes(b"\xff[list")
    code, out, err = cli(*verb)
    assert (code, out) == (0, sound)
    assert err.count("\n") == 1
    assert err.endswith("config.toml is not UTF-8, so all settings have their defaults.\n")


@pytest.mark.parametrize("made", [os.mkfifo, Path.mkdir], ids=["pipe", "folder"])
def test_settings_that_are_no_file_hold_no_verb_up(cli: Cli, home: Path, made: Callable[[Path], object]) -> None:
    made(places(home).config / "config.toml")
    code, out, err = cli("list", "--limit", "1")
    assert (code, out.count("\n"), err.count("\n")) == (0, 1, 1)
    assert "config.toml is no file, so all settings have their defaults." in err
