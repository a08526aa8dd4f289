"""What a verb loads: no screen, and where it only reads, neither the network nor an event loop."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done

HEAVY = ("textual", "rich.console", "httpx", "selectolax", "feedparser", "asyncio")


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--since", "24h"),
        ("search", "paywall"),
        ("sources",),
        ("searches",),
        ("related", "1", "--json"),
        ("show", "1"),
        ("show", "1", "--story", "--json"),
        ("--help",),
    ],
    ids=" ".join,
)
def test_a_verb_that_reads_loads_neither_network_nor_event_loop(
    cli: Cli, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done(cli("list", "--limit", "1"))
    program = (
        "import sys; from tui.__main__ import main; code = main(sys.argv[1:]);"
        f"sys.exit(' '.join(name for name in {HEAVY!r} if name in sys.modules) or code)"
    )
    command = [sys.executable, "-c", program, "--home", str(tmp_path / "home"), *arguments]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [("prune",), ("export", "opml")], ids=" ".join)
def test_a_verb_that_writes_loads_no_screen(cli: Cli, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done(cli("list", "--limit", "1"))
    program = "import sys; from tui.__main__ import main; sys.exit(main(sys.argv[1:]) or 'textual' in sys.modules)"
    command = [sys.executable, "-c", program, "--home", str(tmp_path / "home"), *arguments]
    assert subprocess.run(command, capture_output=True, text=True, check=False).returncode == 0
