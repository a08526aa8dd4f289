"""What a verb loads: no screen, and where it only reads, neither the network nor an event loop."""

from __future__ import annotations

import gc
import subprocess
import sys
import tomllib
from functools import partial
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done
from tui.__main__ import PACKAGE_VERSION

LISTED = Path(__file__).with_name("list_modules.txt")
"""What `list` loads beside what Python starts with, a module a line, but for the insides of Python's own.

Each costs every list a fifth of a millisecond and more: a further one belongs there only if no list can do without it.
"""
COSTLY = (
    "ast",
    "dataclasses",
    "email",
    "importlib.metadata",
    "inspect",
    "json",
    "platformdirs",
    "shutil",
    "tempfile",
    "tomllib",
)
"""Of Python's own, what takes long to load: a list needs none of it."""
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


def loaded(*arguments: str) -> set[str]:
    """The modules that are loaded once a verb has ended, beside those that Python starts with, and their insides."""
    program = "import sys; from tui.__main__ import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    run = partial(subprocess.run, capture_output=True, text=True, check=True)
    bare = set(run([sys.executable, "-c", "import sys; print(*sys.modules)"]).stdout.split())
    after = set(run([sys.executable, "-c", program, *arguments]).stderr.split())
    return {name for name in after - bare if name.partition(".")[0] in ("fetch", "cache", "tui") or name in COSTLY}


def test_a_list_loads_only_what_it_shows(cli: Cli, tmp_path: Path) -> None:
    done(cli("list", "--limit", "1"))
    assert loaded("--home", str(tmp_path / "home"), "list", "--limit", "20") == set(LISTED.read_text("utf-8").split())


def test_the_version_loads_nothing() -> None:
    assert loaded("--version") == {"tui", "tui.__main__", "tui.descriptors"}


def test_the_version_is_that_of_the_package() -> None:
    said = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text("utf-8"))
    assert said["project"]["version"] == PACKAGE_VERSION


def test_garbage_is_collected_again_behind_a_verb(cli: Cli) -> None:
    done(cli("list", "--limit", "1"))
    assert gc.isenabled()
    assert cli("nonsense")[0] == 2
    assert gc.isenabled()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that takes nothing")
def test_a_version_that_cannot_be_written_is_told() -> None:
    command = [sys.executable, "-m", "tui", "--version"]
    with open("/dev/full", "w") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
    assert ran.stderr.startswith("broadsheet: The output could not be written")
