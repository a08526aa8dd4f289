"""What the command line costs to read, beside `python -c pass` in the same run: the least of many rounds each.

Counted is processor time, which on a quiet machine is the time it takes, and on a busy one is not that of others.

    python tests/bench/cli_speed.py [HOME]

HOME is a library to read; a new one with the handbook in it without.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
START = "import sys; from tui.__main__ import main; sys.exit(main(sys.argv[1:]))"  # as the installed command does
VERBS = (("list", "--limit", "20"), ("list", "--limit", "20", "--json"), ("sources",), ("--version",), ("show", "1"))


def seconds(*command: str) -> float:
    """Processor seconds of one run of Python with these arguments; raises CalledProcessError when it fails."""
    before = _spent()
    subprocess.run([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL, check=True, env=_compiled())
    return _spent() - before


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@cache
def _compiled() -> dict[str, str]:
    """An environment in which modules are compiled once, as an installation has them, and not at every start."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": tempfile.mkdtemp(prefix="broadsheet-compiled-")}


def measure(home: str, verbs: tuple[tuple[str, ...], ...] = VERBS, rounds: int = 15) -> dict[str, float]:
    """The least cost of each verb and of `pass`, in seconds, taken in turn so that other load falls on all alike."""
    runs = {"pass": ("-c", "pass"), **{" ".join(verb): ("-c", START, "--home", home, *verb) for verb in verbs}}
    least = {name: seconds(*command) for name, command in runs.items()}
    for _ in range(rounds):
        for name, command in runs.items():
            least[name] = min(least[name], seconds(*command))
    return least


def bound(bare: float) -> float:
    """What `list --limit 20` may take where `python -c pass` takes so long."""
    return 2.5 * bare + 0.060


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        least = measure(sys.argv[1] if len(sys.argv) > 1 else folder)
    for name, taken in least.items():
        print(f"{name:28} {taken * 1000:7.1f} ms")
    print(f"{'bound for list --limit 20':28} {bound(least['pass']) * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
