"""The command line over a library of the test's own, and a small newspaper for it to read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.tui.cli.gazette import Press
from tui.__main__ import main

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def paper() -> Iterator[str]:
    """The address of the small newspaper, on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Press) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def cli(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command over a library of its own: exit code, stdout, stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--home", str(tmp_path / "home"), *arguments])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run
