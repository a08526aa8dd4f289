"""However the reader is stopped, the terminal is left as it was found, and what was done is kept."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.newsroom import shelve
from tests.tui.terminal import READER, ROOT, Terminal
from tui.signals import leaving

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of Unix")
ALTERNATE, MAIN = b"\x1b[?1049h", b"\x1b[?1049l"
SANE = {"25"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shelve(tmp_path)
    return tmp_path


def saved(home: Path) -> list[str]:
    done = subprocess.run(
        [*READER, "--home", str(home), "list", "is:saved"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT])
def test_a_signal_leaves_a_sane_terminal_and_what_was_done(home: Path, number: signal.Signals) -> None:
    before = len(saved(home))
    with Terminal(home) as terminal:
        terminal.see(b"Related")
        terminal.rest()
        terminal.type(b"s")
        terminal.see(b"\x1b")  # the key has been heard
        terminal.program.send_signal(number)
        terminal.see(MAIN)
        assert terminal.program.wait(10) == 128 + number
        terminal.rest()
        assert terminal.modes() == SANE
        assert terminal.settings_now() == terminal.settings
        assert b"Traceback" not in terminal.written
    assert len(saved(home)) in (before - 1, before + 1), "the last key was carried out, and kept"


@pytest.mark.parametrize("keys", [b"", b"?", b"/", b"S", b"e"])
def test_a_signal_leaves_from_wherever_one_is(home: Path, keys: bytes) -> None:
    with Terminal(home) as terminal:
        terminal.see(b"Related")
        terminal.type(keys)
        terminal.rest()
        terminal.program.send_signal(signal.SIGTERM)
        terminal.see(MAIN)
        assert terminal.program.wait(10) == 128 + signal.SIGTERM
        terminal.rest()
        assert terminal.modes() == SANE


def test_a_terminal_that_is_closed_ends_the_reader(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.see(b"Related")
        terminal.rest()
        terminal.hang_up()
        assert terminal.program.wait(10) == 128 + signal.SIGHUP


def test_a_terminal_that_is_closed_while_much_is_drawn_ends_the_reader(home: Path) -> None:
    for burst in (50, 400):
        with Terminal(home) as terminal:
            terminal.see(b"Related")
            terminal.rest()
            terminal.type(b"jk" * burst)
            terminal.hang_up()
            assert terminal.program.wait(20) == 128 + signal.SIGHUP


@pytest.mark.anyio
async def test_a_signal_is_heard_while_more_is_asked_of_the_loop_than_its_socket_holds() -> None:
    left, loop = asyncio.Event(), asyncio.get_running_loop()

    async def leave() -> None:
        left.set()

    before = signal.getsignal(signal.SIGTERM)
    with leaving(leave, lambda: None) as ending:
        for _ in range(5_000):
            loop.call_soon_threadsafe(lambda: None)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(left.wait(), 10)
    assert ending.exit_code == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is before


def test_stopping_gives_the_terminal_back_and_going_on_draws_anew(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.see(b"Related")
        terminal.rest()
        terminal.program.send_signal(signal.SIGTSTP)
        terminal.see(MAIN)
        terminal.rest()
        assert terminal.modes() == SANE
        assert terminal.settings_now() == terminal.settings
        terminal.program.send_signal(signal.SIGCONT)
        seen = terminal.see(b"Related")
        assert ALTERNATE in seen
        terminal.rest()
        terminal.type(b"q")
        terminal.see(MAIN)
        assert terminal.program.wait(10) == 0


def test_a_reader_stopped_from_outside_draws_anew_and_takes_keys_once(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.see(b"Related")
        terminal.rest()
        for _ in range(3):
            terminal.program.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, terminal.program.pid, os.WSTOPPED | os.WNOWAIT)
            terminal.program.send_signal(signal.SIGCONT)
            terminal.see(b"Related")
            terminal.rest()
        terminal.type(b"/")
        terminal.rest()
        terminal.type(b"abc")
        terminal.see(b"abc")
        assert threads(terminal.program.pid, "textual-input") <= 1
        terminal.type(b"\x1b")
        terminal.rest()
        terminal.type(b"q")
        terminal.see(MAIN)
        assert terminal.program.wait(10) == 0
        terminal.rest()
        assert terminal.modes() == SANE


def threads(process: int, name: str) -> int:
    """How many threads of this name a process has, where the system tells."""
    folder = Path(f"/proc/{process}/task")
    return sum((task / "comm").read_text().strip() == name for task in folder.iterdir()) if folder.is_dir() else 0


@pytest.mark.skipif(not shutil.which("bash"), reason="needs a shell with job control")
@pytest.mark.parametrize(
    ("open_first", "shows"), [(b"", b"Related"), (b"?", b"Open the next article"), (b"/", b"Search")]
)
def test_ctrl_z_goes_to_the_shell_and_fg_comes_back(home: Path, open_first: bytes, shows: bytes) -> None:
    with Terminal(home, ["bash", "--norc", "--noprofile", "-i"], PS1="ready$ ", PS2="") as shell:
        shell.see(b"ready$ ")
        shell.type(f"'{sys.executable}' -m tui\n".encode())
        shell.see(b"Related")
        shell.type(open_first)
        shell.rest()
        shell.type(b"\x1a")
        shell.see(b"ready$ ")
        shell.type(b"echo now=here\n")
        shell.see(b"now=here\r\n")
        assert {"1049", "1000", "1003"} & shell.modes() == set()
        shell.rest()
        shell.type(b"fg\n")
        assert ALTERNATE in shell.see(shows)
        shell.rest()
        shell.type(b"\x1b" if open_first else b"")
        shell.rest()
        shell.type(b"q")
        shell.see(MAIN)
        shell.see(b"ready$ ")
        shell.type(b"exit\n")
        assert shell.program.wait(10) == 0


def test_ctrl_z_without_a_shell_to_go_to_says_so(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.see(b"Related")
        terminal.rest()
        terminal.type(b"\x1a")
        terminal.see(b"no shell")
        terminal.type(b"q")
        terminal.see(MAIN)
        assert terminal.program.wait(10) == 0
