"""Hooks, `watch`, `cite` and `highlight` as a person runs them, in a real terminal; and options written out."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

import pytest

from cache.library import open_reading
from cache.paths import places
from tests.loopback import Loopback
from tests.newsroom import publish, subscribe
from tests.tui.cli.conftest import Cli
from tests.tui.cli.terminal import on_terminal
from tests.tui.newsroom import PILOTS, edition, shelve
from tests.tui.terminal import READER, Terminal
from tui.cli.main import VERBS, _Parser
from tui.config.kinds import literal

unix = pytest.mark.skipif(sys.platform == "win32", reason="a terminal as Unix has it")
SECOND = PILOTS.text.split("\n")[1]


@unix
def test_a_paragraph_is_cited_and_highlighted(tmp_path: Path) -> None:
    shelve(tmp_path)
    code, cited = on_terminal(tmp_path, "cite", PILOTS.url, "--paragraph", "2")
    assert (code, cited.split("\r\n")[0]) == (0, f"> {SECOND}")
    code, listed = on_terminal(tmp_path, "highlight", PILOTS.url, "--paragraph", "2", "--note", "Ask.")
    assert code == 0
    assert listed.startswith(f"     2  {SECOND[:40]}")
    assert "[Ask.]" in listed
    assert "\x1b" not in cited + listed
    with open_reading(tmp_path) as library:
        assert [each.note for each in library.highlights(PILOTS.url)] == ["Ask."]


@unix
def test_watch_tells_what_lands_and_ctrl_c_ends_it_well(tmp_path: Path) -> None:
    first, *others = edition()
    shelve(tmp_path, [first])
    with Terminal(tmp_path, (*READER, "watch", "is:unread", "--limit", "50")) as terminal:
        told = b""
        while b"}\r\n" not in told:  # what lands before it looks is not news
            shelve(tmp_path, [others.pop()])
            told += terminal.rest()
        assert json.loads(told.split(b"\r\n")[0])["url"] in {article.url for article in edition()}
        terminal.type(b"\x03")
        assert terminal.program.wait(30) == 0


@unix
def test_a_hook_gets_what_a_refresh_brings_and_the_terminal_is_left_to_the_refresh(tmp_path: Path) -> None:
    got = tmp_path / "got"
    copy = f"import sys; open({str(got)!r}, 'w').write(sys.stdin.read()); print('of the hook')"
    with Loopback() as site:
        publish(site, "eastern-mole")
        subscribe(places(tmp_path).library, site.url("/feed"))
        config = places(tmp_path).config / "config.toml"
        config.parent.mkdir(parents=True, exist_ok=True)
        config.write_text(f"[[hook]]\nquery = ''\ncommand = {literal([sys.executable, '-c', copy])}\n", "utf-8")
        code, told = on_terminal(tmp_path, "refresh")
    assert code == 0
    assert "of the hook" not in told
    assert "eastern-mole" in got.read_text(), told


@pytest.mark.parametrize("verb", VERBS)
def test_options_are_written_out(cli: Cli, verb: str) -> None:
    parser = _Parser(verb, allow_abbrev=False)
    import_module(f"tui.cli.{VERBS[verb].module}").options(parser)
    whole = {text for action in parser._actions for text in action.option_strings if text.startswith("--")}
    cut = {text[:-1] for text in whole} - whole
    for option in cut:
        code, _, told = cli(verb, option)
        assert code == 2
        assert told.startswith("broadsheet: ")
