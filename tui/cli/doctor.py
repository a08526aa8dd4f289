"""`doctor`: the library's own findings, and what the terminal can show."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from cache.db.health import Finding, delete_kept_copies, examine, kept_copies, losses
from cache.library import repair_file
from cache.paths import places
from tui.cli.common import WrongUsage, config_file
from tui.cli.options import json_option
from tui.cli.output import say, say_json
from tui.config.table import PICTURES
from tui.typeset import wording

if TYPE_CHECKING:
    from tui.hooks import Hook, LastRun


def options(parser: ArgumentParser) -> None:
    """What `doctor` takes."""
    parser.add_argument("--repair", action="store_true", help="repair the library, keeping the damaged file aside")
    parser.add_argument(
        "--delete-kept", action="store_true", help="delete the copies that repairs and upgrades have kept"
    )
    parser.add_argument("--yes", action="store_true", help="with --delete-kept: do not ask")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Print what was found, a line each; 1 when something is not well."""
    findings = [
        *_library(chosen, home),
        configuration(home),
        secrets(home),
        parsers(home),
        pictures(home),
        *hooks(home),
        *terminal(),
    ]
    for finding in findings:
        if chosen.json:
            say_json({"name": finding.name, "ok": finding.ok, "sentence": finding.sentence})
        else:
            say(f"{'✓' if finding.ok else '✗'} {finding.name}: {finding.sentence}")
    return 0 if all(finding.ok for finding in findings) else 1


def configuration(home: str | None) -> Finding:
    """What is wrong in the settings file."""
    file = config_file(home)
    if file.now.problems:
        return Finding("configuration", False, " ".join(file.now.problems))
    there = "says nothing wrong" if file.path.exists() else "is not there; all settings have their defaults"
    return Finding("configuration", True, f"{file.path} {there}.")


def secrets(home: str | None) -> Finding:
    """Where the reader's secrets are."""
    from cache.secret_store import SecretStore
    from tui.config.environment import Environment

    Environment().apply(config_file(home).now)
    well, sentence = SecretStore.beside(places(home).library).examine()
    return Finding("secrets", well, sentence)


def parsers(home: str | None) -> Finding:
    """Where the traces are of what ended a parser."""
    from cache.refresh.parser_log import sentence

    return Finding("parsers", True, sentence(places(home).library))


def pictures(home: str | None) -> Finding:
    """How many pictures there are, and whether those that are wanted can be made small."""
    from cache.db.picture_files import PictureFiles
    from fetch.picture import can_decode, is_installed

    number, octets = PictureFiles(places(home).library).count()
    if config_file(home).now[PICTURES] != "off" and not can_decode():
        return Finding("pictures", False, f"None are fetched. {wording.no_pillow(installed=is_installed())}")
    kept = f"{wording.count(number, 'picture')}, {wording.size(octets)}, beside the library."
    return Finding("pictures", True, kept if number else "No pictures are kept.")


def hooks(home: str | None) -> list[Finding]:
    """How the reader's hooks went last."""
    held = config_file(home).now.hooks
    if not held:
        return []
    from tui.hooks import last_runs

    runs = last_runs(places(home).library)
    return [Finding("hook", *_how(hook, runs.get(hook.key))) for hook in held]


def _how(hook: Hook, last: LastRun | None) -> tuple[bool, str]:
    from shutil import which

    from cache.search.query import parse

    if errors := parse(hook.query).errors:
        return False, f"{hook.name}: {' '.join(errors)}"
    if not which(hook.command[0]):
        return False, f"{hook.name}: there is no program {hook.command[0]}."
    if last is None:
        return True, f"{hook.name} has not run yet."
    if last.trouble:
        return False, f"{hook.name} went wrong at {last.at}: {last.trouble}"
    return True, f"{hook.name} ran last at {last.at}, with {wording.count(last.articles, 'article')}."


def terminal() -> list[Finding]:
    """What the terminal can show: the encoding and the kind; colours refused are named, as they are often forgotten."""
    encoding = (sys.stdout.encoding or "none").lower()
    unicode = encoding.replace("-", "") == "utf8"
    kind = os.environ.get("TERM", "")
    colour = ", without colour" if os.environ.get("NO_COLOR") else ""
    shown = f"Output is {encoding}." if unicode else f"Output is {encoding}: letters it lacks become question marks."
    return [
        Finding("encoding", unicode, shown),
        Finding("terminal", True, f"The terminal is {kind or 'unknown'}{colour}."),
    ]


def _library(chosen: Namespace, home: str | None) -> list[Finding]:
    path = places(home).library
    if chosen.delete_kept and not (chosen.yes or sys.stdin.isatty()):
        raise WrongUsage(f"{_about_to_go(path)} --yes says that this may be deleted.")
    found = repair_file(path) if chosen.repair else examine(path)
    if chosen.delete_kept:
        agreed = chosen.yes or _agreed(path)
        kept = _deleted(path) if agreed else Finding("kept", False, "Nothing was deleted.")
        found = [*(finding for finding in found if finding.name != "kept"), kept]
    return [Finding("place", True, f"The library is {path}."), *found]


def _agreed(path: Path) -> bool:
    """Whether the person at the terminal wants the copies deleted; a script says so with `--yes`."""
    if not kept_copies(path):
        return True
    sys.stderr.write(f"{_about_to_go(path)} Delete? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _about_to_go(path: Path) -> str:
    """What would be deleted, and what is nowhere else."""
    names = ", ".join(each.name for each in kept_copies(path)) or "none"
    lost = losses(path)
    only = f" What a repair lost is only there, as far as it can be read: {' '.join(lost)}" if lost else ""
    return f"Kept beside the library: {names}.{only}"


def _deleted(path: Path) -> Finding:
    try:
        return delete_kept_copies(path)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        return Finding("kept", False, f"The copies beside the library cannot be deleted: {why}.")
