"""`config`: what holds and where it is from, and a new settings file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done, records
from tui.config import table


def settings(out: str) -> dict[str, object]:
    return {each["key"]: (each["value"], each["from"]) for each in map(json.loads, out.splitlines())}


def test_every_setting_is_listed_with_its_default(cli: Cli, tmp_path: Path) -> None:
    code, out, err = cli("config", "--json")
    assert (code, err) == (0, "")
    assert settings(out) == {key.key: (key.kind.plain(key.default), "default") for key in table.TABLE}
    assert not (tmp_path / "home").exists(), "asking makes nothing"


def test_a_file_is_written_once_and_what_it_says_holds(cli: Cli, tmp_path: Path) -> None:
    assert cli("config", "--init")[0] == 0
    code, _, err = cli("config", "--init")
    assert code == 1
    assert "is there already" in err
    (tmp_path / "home" / "config.toml").write_text("[list]\nfold = false\n", encoding="utf-8")
    assert settings(cli("config", "--json")[1])["list.fold"] == (False, "file")
    assert "list.fold = false  # file" in cli("config")[1]


def test_what_is_wrong_is_told_and_the_rest_holds(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "config.toml").write_text("[list]\nfold = 1\nrows_wide = 4\n", encoding="utf-8")
    code, out, err = cli("config", "--json")
    assert code == 1
    assert err == "broadsheet: config.toml, line 2: list.fold must be true or false, so the default holds.\n"
    assert settings(out)["list.rows_wide"] == (4, "file")


def test_a_place_that_cannot_be_written_is_told(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("BROADSHEET_CONFIG", str(tmp_path / "file" / "config.toml"))
    code, _, err = cli("config", "--init")
    assert code == 1
    assert err.count("\n") == 1
    assert "cannot be written" in err


def test_keys_are_listed_by_their_ids_as_the_file_may_have_them(cli: Cli, tmp_path: Path) -> None:
    listed = done(cli("config", "--keys"))
    assert '"main.next" = "n"\n' in listed
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "config.toml").write_text(f"[keys]\n{listed}", encoding="utf-8")
    assert done(cli("config", "--keys")) == listed, "all as usual"
    (tmp_path / "home" / "config.toml").write_text('[keys]\n"main.next" = "Z n"\n', encoding="utf-8")
    assert '"main.next" = "Z n"  # file\n' in done(cli("config", "--keys"))
    assert {"id": "main.next", "keys": ["Z n"], "default": ["n"]} in records(done(cli("config", "--keys", "--json")))
