"""Makes what shells and `man` read of the command line into tui/installed: `python tests/bench/shell_files.py`.

Completions are made by shtab from the parsers of the verbs; `broadsheet completions SHELL` prints them. The manual page
is made of the parsers and of the page on the command line in the handbook, which gets its tables of options first.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.command_reference import HOME_HELP, LINEAR_HELP, PAGE, manual, page, verb_parsers  # noqa: E402
from tui.cli.completions import INSTALLED, PLACES  # noqa: E402
from tui.cli.main import VERBS  # noqa: E402

MANUAL = INSTALLED / "share" / "man" / "man1" / "broadsheet.1"

_HEAD = "# Completions of broadsheet for {shell}, as `broadsheet completions {shell}` prints them. Made, not written.\n"
_ZSH_HEAD = "#compdef broadsheet\n"


def whole_parser() -> ArgumentParser:
    """All verbs with their options in one parser; the program itself makes that of one verb only."""
    import shtab

    whole = ArgumentParser("broadsheet", allow_abbrev=False)
    whole.add_argument("--home", metavar="DIR", help=HOME_HELP)
    whole.add_argument("--linear", action="store_true", help=LINEAR_HELP)
    whole.add_argument("--version", action="version", version="")
    verbs = whole.add_subparsers(metavar="VERB")
    for word, parser in verb_parsers().items():
        verbs.add_parser(word, help=VERBS[word].summary, parents=[parser], allow_abbrev=False)
    completed = {"DIR": shtab.DIRECTORY, "FILE": shtab.FILE, "FILE|URL": shtab.FILE}
    for parser in (whole, *verbs.choices.values()):
        for action in parser._actions:
            if action.metavar in completed:
                action.complete = completed[action.metavar]  # type: ignore[attr-defined]
    return whole


def completions(shell: str) -> str:
    """The completions for a shell, below a line on what they are."""
    import shtab

    made: str = shtab.complete(whole_parser(), shell=shell)
    lines = made.splitlines()
    while lines and lines[0][:1] in ("", "#"):  # what shtab says of itself and of where to copy this to
        del lines[0]
    first = _ZSH_HEAD if shell == "zsh" else ""  # zsh looks for it on the first line
    return first + _HEAD.format(shell=shell) + "\n".join(line.rstrip() for line in lines) + "\n"


def files() -> dict[Path, str]:
    """Each file and what it has to hold."""
    return {PAGE: page(), MANUAL: manual(), **{place: completions(shell) for shell, place in PLACES.items()}}


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")  # the manual page is made of it
    for path, text in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
