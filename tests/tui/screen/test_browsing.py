"""An address is opened in the web browser: in a window of its own, or in the terminal while the reader steps aside."""

from __future__ import annotations

import shlex
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fetch.article import Article, Enclosure, Paragraph, Span
from tests.tui.newsroom import shelve
from tests.tui.screen.conftest import Harness
from tests.tui.terminal import Terminal
from tui.screen.browsing import Browsing, terminal_browser
from tui.screen.enclosures import command_for

URL = "https://courier.example/mole"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a desktop of another kind")


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    """A browser that says on the terminal what it opens."""
    script = tmp_path / "a browser"
    script.write_text('#!/bin/sh\necho "BROWSER ON SCREEN $1"; echo "AND BELOW" >&2\n')
    script.chmod(0o755)
    return script


@pytest.fixture
def afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library of browsers reads its surroundings once."""
    monkeypatch.setattr(webbrowser, "_tryorder", None)
    monkeypatch.setattr(webbrowser, "_browsers", {})


def reader_beside(tmp_path: Path, browser: str) -> Terminal:
    shelve(tmp_path / "home", [Article(URL, "Mole", (Paragraph((Span("The mole is mended. " * 30),)),))])
    return Terminal(tmp_path / "home", BROWSER=browser)


def test_a_browser_that_needs_the_terminal_is_given_it_and_the_reader_comes_back(tmp_path: Path, browser: Path) -> None:
    with reader_beside(tmp_path, f"{shlex.quote(str(browser))} %s") as terminal:
        terminal.see(b"Related")
        terminal.rest()
        terminal.type(b"o")
        seen = terminal.see(b"in the browser")
        assert f"BROWSER ON SCREEN {URL}".encode() in seen
        assert seen.index(b"\x1b[?1049l") < seen.index(b"BROWSER ON SCREEN") < seen.rindex(b"\x1b[?1049h")


def test_what_a_browser_in_a_window_says_does_not_reach_the_terminal(tmp_path: Path, browser: Path) -> None:
    browser.write_text(f"{browser.read_text()}exec sleep 2\n")  # a window stays; what ends at once has not opened any
    with reader_beside(tmp_path, f"{shlex.quote(str(browser))} %s &") as terminal:
        terminal.see(b"Related")
        terminal.rest()
        terminal.type(b"o")
        seen = terminal.see(b"in the browser")
        assert b"BROWSER" not in seen + terminal.rest()
        assert b"AND BELOW" not in terminal.written
        assert b"\x1b[?1049l" not in seen


@contextmanager
def nowhere() -> Iterator[None]:
    yield


@pytest.mark.anyio
async def test_where_no_browser_opens_it_that_is_said(
    harness: Harness, monkeypatch: pytest.MonkeyPatch, afresh: None, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    browsing = Browsing(harness.context, nowhere, lambda: None, harness.said.append)
    for url in (URL, "file:///etc/passwd", "http:\x1b]0;t\x07", "https://a b/", "broadsheet:keys", "--help"):
        browsing.open(url)
    await harness.done()
    nowhere_to_open = "There is no browser that opens courier.example."
    unopenable = ["This has no address that a browser opens."] * 5
    assert sorted(harness.said) == ["Opening courier.example …", nowhere_to_open, *unopenable]


@pytest.mark.parametrize(("said", "command"), [("lynx %s", ["lynx", URL]), ("firefox %s &", [])])
def test_which_browser_needs_the_terminal(
    monkeypatch: pytest.MonkeyPatch, afresh: None, said: str, command: list[str]
) -> None:
    monkeypatch.setenv("BROWSER", said)
    assert terminal_browser(URL) == command


def test_no_file_that_is_handed_out_is_one_of_this_machine() -> None:
    assert command_for(Enclosure("file:///etc/passwd", "audio/mpeg")) == ()
    assert command_for(Enclosure("--help", "audio/mpeg")) == ()
