"""A verb that is ended from outside leaves the library one file, and nothing running that it had started."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done
from tui.config.kinds import literal

ROOT = Path(__file__).parents[3]
WAITS = "import sys, time; told = open(sys.argv[1], 'w'); print('begun', file=told, flush=True); time.sleep(1000)"
IGNORING = "trap '' INT; exec \"$@\""  # as a shell starts what is to run in the background


@pytest.mark.parametrize("script", ['exec "$@"', IGNORING])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_refresh_that_is_ended_ends_its_hooks_and_closes_the_library(
    cli: Cli, paper: str, tmp_path: Path, number: signal.Signals, script: str
) -> None:
    done(cli("add", f"{paper}/feed.xml"))
    fifo, home = tmp_path / "told", tmp_path / "home"
    os.mkfifo(fifo)
    command = literal([sys.executable, "-c", WAITS, str(fifo)])
    (home / "config.toml").write_text(f'[[hook]]\nquery = ""\ncommand = {command}\nseconds = 600\n', encoding="utf-8")
    refresh = ["sh", "-c", script, "sh", sys.executable, "-m", "tui", "--home", str(home), "refresh"]
    with subprocess.Popen(refresh, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        with fifo.open() as told:
            assert told.readline() == "begun\n"
            process.send_signal(number)
            out, err = process.communicate(timeout=60)
            assert select.select([told], [], [], 60)[0], "the hook is still there"
            assert told.read() == ""
        assert process.returncode == 128 + number
    assert "complete" in out
    assert err == "broadsheet: Stopped before it was done; what had landed is kept.\n"
    assert set(os.listdir(home)) <= {"library.db", "config.toml", "hooks.json"}


def test_a_signal_that_is_to_be_ignored_stays_so(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys, tui.cli.main as cli\n"
        "def work(*_): os.kill(os.getpid(), signal.SIGHUP); return 0\n"
        "import tui.cli.sources; tui.cli.sources.run = work\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "sys.exit(cli.run(['sources'], None))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
