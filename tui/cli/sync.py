"""`sync`: says that it cannot be done yet."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.cli.output import complain


def options(parser: ArgumentParser) -> None:
    """What `sync` takes: anything, as it can do nothing yet."""
    parser.add_argument("rest", nargs="*", metavar="…")


def run(chosen: Namespace, home: str | None) -> int:
    """Say that it cannot be done yet."""
    complain(
        "This version cannot yet exchange marks with a feed server; `import` and `export` carry sources and articles."
    )
    return 1
