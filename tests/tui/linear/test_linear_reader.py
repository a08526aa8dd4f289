"""The linear reader in a real terminal: each key writes what is new, once, and nothing else is ever written."""

from __future__ import annotations

import base64
import json
import os
import select
import signal
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cache.library import open_reading
from cache.paths import places
from tests.loopback import Loopback
from tests.newsroom import publish, subscribe
from tests.tui.newsroom import PILOTS, edition, shelve
from tests.tui.terminal import PATIENCE, READER, Terminal
from tests.tui.test_payloads import edited, sound
from tui.bindings import BINDINGS
from tui.config.kinds import literal
from tui.dialogs.highlights import HighlightsDialog
from tui.hooks import last_runs
from tui.linear import commands
from tui.panes.article_list import ArticleList
from tui.panes.prompt import Prompt
from tui.panes.reader_keys import READER_KEYS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a terminal as Unix has it")
LINEAR = (*READER, "--linear")
FIRST = b"Harbour pilots of three islands agree on one rule for the night passage."
SECOND = "Saint Orla’s pilots say the new night rule will cost forty jobs.".encode()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shelve(tmp_path)
    return tmp_path


class Linear(Terminal):
    """The linear reader, heard piece by piece."""

    def __init__(self, home: Path, **environment: str) -> None:
        super().__init__(home, LINEAR, **environment)
        self._heard = b""

    def see(self, mark: bytes, seconds: float = PATIENCE) -> bytes:
        """What is written from here on up to `mark`, and that; what comes behind it is for the next time."""
        end = time.monotonic() + seconds
        while mark not in self._heard and select.select([self._ours], [], [], max(0, end - time.monotonic()))[0]:
            try:
                self._heard += os.read(self._ours, 1 << 16)
            except OSError:
                break
        assert mark in self._heard, f"{mark!r} did not come, but {self._heard[-2000:]!r}"
        seen, _, self._heard = self._heard.partition(mark)
        self.written += seen + mark
        return seen + mark

    def as_found(self) -> None:
        """Give the terminal the modes that it had, as a shell does."""
        termios.tcsetattr(self._theirs, termios.TCSANOW, self.settings)

    def rest(self, quiet: float = 0.3) -> bytes:
        """What comes until nothing has come for a while."""
        seen, self._heard = self._heard + super().rest(quiet), b""
        return seen


def without_pastes(written: bytes) -> bytes:
    """What was written but that the terminal is to mark pastes, and to no longer."""
    return written.replace(b"\x1b[?2004h", b"").replace(b"\x1b[?2004l", b"")


def opened(home: Path, **environment: str) -> Linear:
    return Linear(home, **environment)


def begin(terminal: Linear) -> None:
    terminal.see(b"All stories, ")
    terminal.see(b"text.\r\n")


@pytest.fixture
def site() -> Iterator[Loopback]:
    with Loopback() as running:
        yield running


def found(home: Path, query: str) -> list[str]:
    with open_reading(home) as library:
        return [entry.headline for entry in library.entries(library.ids(query))]


def left(terminal: Linear) -> int:
    while terminal.program.poll() is None:
        terminal.rest(0.05)
    terminal.rest(0)
    return terminal.program.wait(20)


def test_a_key_writes_the_new_row_alone_and_nothing_comes_by_itself(home: Path) -> None:
    with opened(home) as terminal:
        begin(terminal)
        terminal.type(b"j")
        row = terminal.see(b"text.\r\n")
        assert row.startswith(SECOND)
        assert row.count(b"\r\n") == 1
        assert terminal.rest() == b""
        assert b"\x1b" not in without_pastes(terminal.written)


def test_keys_in_one_burst_are_done_in_their_order(home: Path) -> None:
    with opened(home) as terminal:
        begin(terminal)
        terminal.type(b"jsk\rjHmq")
        assert left(terminal) == 0
    assert found(home, "is:saved") == [edition()[1].headline]
    assert found(home, "is:read") == [], "the first one was opened, and marked unread again"


def test_letters_typed_into_a_line_are_no_commands(home: Path) -> None:
    with opened(home) as terminal:
        begin(terminal)
        terminal.type(b"/xsqm\x1b")
        terminal.see(b"Nothing was searched for.")
        terminal.type(b"/frieghter\x7f\x7f\x7f\x7f\x7f\x7f\x15freighter\r")
        terminal.see(b"Search: freighter, 3:")
        terminal.type(b"q")
        terminal.see(b"All stories")
        terminal.type(b"q")
        assert left(terminal) == 0
    assert found(home, "is:saved") == found(home, "is:read") == []


def test_an_article_is_read_passage_by_passage_and_left_where_it_is_taken_up(home: Path) -> None:
    with opened(home) as terminal:
        begin(terminal)
        terminal.type(b"\rj")
        said = terminal.see(b"ran aground")
        for part in (FIRST, b"By Mara Lindqvist and Tomas Okafor.", b"The Island Courier, 22 November", b"passages."):
            assert part in said
        terminal.type(b"jj")
        terminal.see(b"Quote: We have argued")
        terminal.type(b"q")
        terminal.see(b"All stories")
        terminal.type(b"q")
        assert left(terminal) == 0
    with opened(home) as terminal:
        begin(terminal)
        terminal.type(b"\r")
        terminal.see(b"You were at passage 3.\r\n")
        terminal.type(b"j")
        assert terminal.see(b"\r\n").startswith(b"Said by Captain Ines Varga")
        terminal.type(b" ")
        rest = terminal.see(b"The end.")
        for part in (
            b"Heading: What the rule says.",
            b"1: One pilot stays on board",
            b"Point: Elsewhere on even days,",
            b"Table of 4 rows. Traffic through the narrows last year.",
            b"Port Elsewhere; 4,120; 1,310; 52 %",
            b"Code:\r\nNARROWS  58.2104N 003.4471W",
            b"Video, not shown here. The night passage, seen from a pilot boat.",
            b"Footnote 1: Tonnage",
        ):
            assert part in rest


def test_related_stories_links_and_the_way_back(home: Path) -> None:
    with opened(home) as terminal:
        begin(terminal)
        terminal.type(b"\ri")
        terminal.see(b"Related stories, ")
        terminal.type(b"\r")
        terminal.see(b"passages.")
        terminal.type(b"H")
        terminal.see(b"Related stories, ")
        terminal.type(b"H")
        terminal.see(b"Back in Harbour pilots")
        terminal.type(b"f")
        assert b"the text of the agreement. courier.example." in terminal.see(b"courier.example.\r\n")
        terminal.type(b"qt")
        terminal.see(b"Reports of this story")
        terminal.type(b"5")  # no article lies on top: a count
        terminal.type(b"k.")
        terminal.see(b"1 of ")


def test_tags_and_notes_are_asked_for_in_a_line_and_can_be_taken_back(home: Path) -> None:
    with opened(home) as terminal:
        begin(terminal)
        terminal.type("TSea, Hafenstraße -fog\rehold this\r".encode())
        terminal.see("Tagged: hafenstraße, sea.".encode())
        terminal.see(b"Noted.")
        terminal.type(b"T-sea pier,quay\r")
        terminal.see("Tagged: hafenstraße, pier, quay.".encode())
        terminal.type(b"T-pier, -quay\r")
        terminal.see("Tagged: hafenstraße.".encode())
        terminal.type(b"xuk")
        terminal.see(b"Thrown away. u brings it back.")
        terminal.see(b"back")
        terminal.type(b"e.\r")
        terminal.see(b"The note: hold this")
        terminal.see(b"The note is gone.")
    assert found(home, "is:tagged") == [PILOTS.headline]


def test_a_refresh_goes_on_beside_reading_and_tells_its_end_once(tmp_path: Path, site: Loopback) -> None:
    publish(site, "mole", "quay")
    subscribe(places(tmp_path).library, site.url("/feed"))
    with opened(tmp_path) as terminal:
        terminal.see(b"says all keys.")
        terminal.type(b"r")
        terminal.see(b"Refreshed: 2 new. circumflex accent ^ goes to the newest.", 30)
        terminal.type(b"^")
        terminal.see(b"full text.\r\n")
        terminal.type(b"q")
        assert left(terminal) == 0
    assert len(found(tmp_path, "is:full source:1")) == 2


def test_where_the_locale_has_no_other_letters_all_is_ascii(home: Path) -> None:
    with opened(home, LC_ALL="C") as terminal:
        terminal.see(b"says all keys.")
        terminal.type(b"jj\r")
        terminal.see(b"passages.")
        terminal.type(b"qq")
        assert left(terminal) == 0
        assert SECOND not in terminal.written
        assert terminal.written.isascii()


def test_hooks_get_what_a_refresh_brought_and_leaving_waits_for_none(tmp_path: Path, site: Loopback) -> None:
    publish(site, "mole")
    subscribe(places(tmp_path).library, site.url("/feed"))
    got = tmp_path / "got.jsonl"
    copy = f"import sys; open({str(got)!r}, 'w').write(sys.stdin.read())"
    hang = "import time; time.sleep(600)"
    hooks = (f"[[hook]]\nquery = ''\ncommand = {literal([sys.executable, '-c', code])}\n" for code in (copy, hang))
    places(tmp_path).config.mkdir(parents=True, exist_ok=True)
    (places(tmp_path).config / "config.toml").write_text("".join(hooks), encoding="utf-8")
    with opened(tmp_path) as terminal:
        terminal.see(b"says all keys.")
        terminal.type(b"r")
        terminal.see(b"Refreshed: 1 new.", 30)
        while not last_runs(places(tmp_path).library):
            terminal.rest(0.05)
        terminal.type(b"q")
        assert left(terminal) == 0
    assert [json.loads(line)["headline"] for line in got.read_text(encoding="utf-8").splitlines()] == [
        "Harbour report: mole"
    ]


def test_what_is_told_while_a_line_is_typed_waits_for_its_end(tmp_path: Path, site: Loopback) -> None:
    publish(site, "mole")
    subscribe(places(tmp_path).library, site.url("/feed"))
    with opened(tmp_path) as terminal:
        terminal.see(b"says all keys.")
        terminal.type(b"r/mo")
        terminal.see(b"Search: mo")
        while len(found(tmp_path, "is:full source:1")) < 1:
            assert b"Refreshed" not in terminal.rest(0.05)
        terminal.type(b"le\r")
        said = terminal.see(b"Search: mole")
        assert b"Search: mole" in said or b"Refreshed" in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_leaves_the_terminal_as_it_was_and_what_was_done(home: Path, number: signal.Signals) -> None:
    with opened(home) as terminal:
        begin(terminal)
        terminal.type(b"s")
        terminal.see(b"Saved.")
        terminal.program.send_signal(number)
        assert left(terminal) == 128 + number
        assert terminal.settings_now() == terminal.settings
    assert found(home, "is:saved") == [PILOTS.headline]


def test_a_closed_terminal_ends_it(home: Path) -> None:
    with opened(home) as terminal:
        begin(terminal)
        terminal.hang_up()
        assert terminal.program.wait(20) in (0, 128 + signal.SIGHUP)


def test_no_payload_of_an_edited_library_reaches_the_terminal(tmp_path: Path) -> None:
    edited(tmp_path)
    with opened(tmp_path) as terminal:
        terminal.see(b"says all keys.")
        terminal.type(b"T\x1be\x1b\r j" + b"N\ri\x1bt\x1bf\x1b n " * 10 + b"S5jq" + b"\x11")
        assert left(terminal) == 0
        assert len(terminal.written) > 10_000
        sound(without_pastes(terminal.written))
        assert b"\x1b" not in without_pastes(terminal.written)


def test_the_keys_are_those_of_the_settings(home: Path) -> None:
    places(home).config.mkdir(parents=True, exist_ok=True)
    (places(home).config / "config.toml").write_text(
        '[keys]\n"list.down" = "w"\n"main.save" = "g s"\n"main.quit" = "Q"\n'
    )
    with opened(home) as terminal:
        begin(terminal)
        terminal.type(b"wgs")
        terminal.see(SECOND)
        terminal.see(b"Saved.")
        terminal.type(b"j")
        terminal.see(b"j does nothing here; question mark ? says all keys.")
        terminal.type(b"?")
        terminal.see(b"w: next row, or next passage.")
        terminal.see(b"g s: save it, or put it back.")
        terminal.type(b"Q")
        assert left(terminal) == 0


def test_a_passage_is_highlighted_noted_and_cited_in_a_terminal(home: Path) -> None:
    first = PILOTS.text.split("\n")[0]
    with opened(home) as terminal:
        begin(terminal)
        terminal.type(b"\rjp")
        terminal.see(b"Highlighted, and kept with the article.\r\n")
        terminal.type(b";Ask.\r")
        terminal.see(b"Noted.\r\n")
        terminal.type(b"c")
        terminal.see(f"> {first[:40]}".encode())
        terminal.type(b"w")
        terminal.see(b"Highlights, 1:\r\n")
        terminal.type(b"\x11")
        assert left(terminal) == 0
    assert found(home, "has:highlight") == [PILOTS.headline]


def test_an_article_is_copied_to_the_clipboard_of_a_terminal_that_has_one(home: Path) -> None:
    with opened(home, TERM_PROGRAM="") as terminal:
        begin(terminal)
        terminal.type(b"Y")
        copied = terminal.see(b"The article is on the clipboard.\r\n")
        coded = copied.partition(b"\x1b]52;c;")[2].partition(b"\x07")[0]
        text = base64.b64decode(coded).decode()
        assert text.startswith(f"{PILOTS.headline}\n\nBy Mara Lindqvist and Tomas Okafor, The Island")
        assert text.endswith(PILOTS.url)
        assert all(" ".join(part.split()) in text for part in PILOTS.text.split("\n"))
    with opened(home, TERM="dumb") as terminal:
        begin(terminal)
        terminal.type(b"Y")
        terminal.see(b"This terminal puts nothing on the clipboard;")
        assert b"\x1b" not in terminal.written


def test_its_usual_keys_are_those_of_the_screen() -> None:
    of_screen = {each.id: each.key for each in (*BINDINGS, *ArticleList.BINDINGS)} | {"list.open": "enter,right,l"}
    of_screen |= {each.id: each.key for each in (*Prompt.BINDINGS, *READER_KEYS, *HighlightsDialog.BINDINGS)}
    assert {
        key_id: keys for key_id, keys in commands._USUAL.items() if of_screen.get(key_id) != keys
    } == commands.OF_LINEAR


def test_a_pasted_text_is_no_row_of_keys(home: Path) -> None:
    paste = b"\x1b[200~https://x.example/\rsxA\r\x1b[201~"
    with opened(home) as terminal:
        begin(terminal)
        terminal.type(paste)
        terminal.see(b"What was pasted goes into no line here: a and slash / ask for one.\r\n")
        terminal.type(b"/" + paste + b"\r")
        terminal.see("“https://x.example/ sxA”.".encode())
        terminal.type(b"\x11")
        assert left(terminal) == 0
        assert terminal.written.count(b"\x1b[?2004h") == terminal.written.count(b"\x1b[?2004l") == 1
    assert found(home, "is:saved") == found(home, "is:read") == []


def test_a_dumb_terminal_is_sent_no_sequence_at_all(home: Path) -> None:
    with Linear(home, TERM="dumb") as terminal:
        begin(terminal)
        terminal.type(b"jq")
        assert left(terminal) == 0
        assert b"\x1b" not in terminal.written


def test_without_it_a_dumb_terminal_is_told_of_it_in_a_sentence(home: Path) -> None:
    with Terminal(home, TERM="dumb") as terminal:
        said = terminal.see(b"reads a line at a time.\r\n")
        assert said.startswith(b"broadsheet: Nothing can be placed on this terminal (TERM=dumb); `broadsheet --linear`")
        assert b"\x1b" not in said
        assert terminal.program.wait(20) == 1


def test_whoever_stopped_it_keys_come_one_by_one_again_once_it_goes_on(home: Path) -> None:
    with opened(home) as terminal:
        begin(terminal)
        terminal.program.send_signal(signal.SIGSTOP)
        terminal.as_found()
        terminal.program.send_signal(signal.SIGCONT)
        while terminal.settings_now() == terminal.settings:
            terminal.rest(0.01)
        terminal.type(b"j")
        terminal.see(SECOND)
