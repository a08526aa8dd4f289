"""`completions`: what a shell needs to complete verbs and options, printed."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from tui.cli.output import put_out

INSTALLED = Path(__file__).parents[1] / "installed"
"""What an installation puts beside the program, under the folders where shells and `man` look for it."""
PLACES = {
    "bash": INSTALLED / "share" / "bash-completion" / "completions" / "broadsheet",
    "zsh": INSTALLED / "share" / "zsh" / "site-functions" / "_broadsheet",
    "fish": INSTALLED / "share" / "fish" / "vendor_completions.d" / "broadsheet.fish",
}
"""The file of each shell, which tests/bench/shell_files.py makes."""


def options(parser: ArgumentParser) -> None:
    """What `completions` takes."""
    parser.add_argument("shell", choices=tuple(PLACES), metavar="SHELL", help=", ".join(PLACES))


def run(chosen: Namespace, _: str | None) -> int:
    """Print the completions of a shell."""
    put_out(PLACES[chosen.shell].read_bytes())
    return 0
