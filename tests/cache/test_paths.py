"""Everything is kept where the reader says, or where the platform does."""

from pathlib import Path

from cache.paths import places


def test_a_home_given_holds_everything(tmp_path):
    found = places(tmp_path / "home")
    assert {found.library.parent, found.config, found.state} == {tmp_path / "home"}
    assert found.library.name == "library.db"


def test_the_environment_names_a_home(tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path / "other"))
    assert places().library == tmp_path / "other" / "library.db"
    assert places(tmp_path / "given").library == tmp_path / "given" / "library.db"


def test_without_either_the_platform_decides(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    found = places()
    assert "broadsheet" in found.library.parts
    assert found.library.is_relative_to(tmp_path)
    assert found.config != found.library.parent or Path("/Users").exists()
