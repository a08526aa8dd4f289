"""The table of settings, and the file that is made of it."""

from __future__ import annotations

import re
import stat
import tomllib
from html import unescape
from pathlib import Path

import pytest

import fetch.handbook
from cache.progress import MOST_OF_A_SOURCE
from tui.config import table
from tui.config.config import read_config
from tui.config.kinds import literal
from tui.config.template import FileIsThere, template, write_template
from tui.panes.article_layout import USUAL_MEASURE


def test_every_setting_is_whole() -> None:
    assert len({key.key for key in table.TABLE}) == len(table.TABLE) > 15
    for key in table.TABLE:
        assert key.section in table.SECTIONS
        assert key.kind.take(key.kind.plain(key.default)) == key.default
        assert re.fullmatch(r"[A-Z][^\n]{20,130}\.", key.sentence), key.key
    assert {key.section for key in table.TABLE} == set(table.SECTIONS)


def test_the_defaults_are_those_of_the_program() -> None:
    assert table.MOST.default == MOST_OF_A_SOURCE
    assert table.MEASURE.default == USUAL_MEASURE


def test_a_new_file_changes_nothing_and_with_its_signs_taken_away_says_the_defaults() -> None:
    assert read_config(template(), "config.toml").given == {}
    bare = re.sub(r"^# (\w+ = )", r"\1", template(), flags=re.MULTILINE)
    said = read_config(bare, "config.toml")
    assert said.problems == ()
    assert said.given == {key.key: key.default for key in table.TABLE}
    assert set(tomllib.loads(template())) == set(table.SECTIONS)
    assert max(map(len, template().splitlines())) <= 130  # a list is one line, however many names it has


def test_the_handbook_lists_every_setting_as_the_table_has_it() -> None:
    page = Path(fetch.handbook.__file__).with_name("settings.html").read_text(encoding="utf-8")
    rows = [
        tuple(unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall("<td>(.*?)</td>", row))
        for row in re.findall("<tr>(<td>.*?)</tr>", page)
    ]
    assert rows == [
        (key.key, key.sentence, key.kind.allowed, literal(key.kind.plain(key.default)))
        for section in table.SECTIONS
        for key in table.TABLE
        if key.section == section
    ]
    assert set(re.findall("<h3>(.*?)</h3>\n<p>(.*?)</p>", page)) >= set(table.SECTIONS.items())


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    write_template(path)
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    path.write_text("# mine\n", encoding="utf-8")
    with pytest.raises(FileIsThere, match="is there already"):
        write_template(path)
    assert path.read_text(encoding="utf-8") == "# mine\n"
