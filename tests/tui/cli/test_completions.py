"""Completions are what the parsers of the verbs say, and a shell takes them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.bench.shell_files import files, whole_parser
from tests.tui.cli.conftest import Cli
from tests.tui.cli.gazette import done
from tui.cli.completions import PLACES
from tui.cli.main import VERBS

BASH = """
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
_shtab_broadsheet broadsheet "${@: -1}" "${@: -2:1}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


def completed(*words: str) -> set[str]:
    """What bash offers for the last of these words."""
    command = ["bash", "--norc", "-c", BASH, "bash", str(PLACES["bash"]), "broadsheet", *words]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return {*ran.stdout.split()}


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_what_is_installed_is_what_the_parsers_say(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == files()[path], "python tests/bench/shell_files.py makes it anew"


@pytest.mark.parametrize("shell", PLACES)
def test_they_are_printed(cli: Cli, shell: str) -> None:
    assert done(cli("completions", shell)) == PLACES[shell].read_text(encoding="utf-8")


def test_another_shell_is_wrong_usage(cli: Cli) -> None:
    code, out, err = cli("completions", "tcsh")
    assert (code, out) == (2, "")
    assert err.startswith("broadsheet: Argument SHELL: invalid choice: 'tcsh'")


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_bash_completes_verbs_options_and_values() -> None:
    assert completed("") >= set(VERBS)
    assert completed("re") == {"remove", "refresh", "related"}
    assert completed("--home", "news", "refresh", "--max") == {"--max-bytes"}
    assert completed("export", "e") == {"epub"}
    options = {each for action in whole_parser()._actions for each in action.option_strings}
    assert completed("--") >= {each for each in options if each.startswith("--")}


@pytest.mark.parametrize(("shell", "check"), [("zsh", "-n"), ("fish", "--no-execute")])
def test_other_shells_read_theirs(shell: str, check: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    ran = subprocess.run([shell, check, PLACES[shell]], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
