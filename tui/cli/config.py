"""`config`: the settings that hold, and where each is from; a new settings file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from typing import Any

from cache.errors import CacheError
from cache.library import open_reading
from cache.paths import places
from fetch.errors import NewsError
from tui.cli.common import config_file
from tui.cli.options import json_option
from tui.cli.output import complain, say, say_json
from tui.config.config import InForce, in_force
from tui.config.config_file import ConfigFile
from tui.config.kinds import literal
from tui.config.table import TABLE, ConfigKey


def options(parser: ArgumentParser) -> None:
    """What `config` takes."""
    parser.add_argument("--init", action="store_true", help="write a settings file with all settings, explained")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Print what holds, a setting a line; 1 where something in the file is wrong."""
    file = config_file(home)
    if chosen.init:
        return _init(file)
    for sentence in file.now.problems:
        complain(sentence)
    if not chosen.json:
        there = "" if file.path.exists() else " is not there; `broadsheet config --init` writes it"
        say(f"# {file.path}{there}")
    for key, holds in _settings(file, home):
        if chosen.json:
            say_json(_record(key, holds))
        else:
            comment = "" if holds.origin == "default" else f"  # {holds.origin}"
            say(f"{key.key} = {literal(key.kind.plain(holds.value))}{comment}")
    return int(bool(file.now.problems))


def _init(file: ConfigFile) -> int:
    from tui.config.template import write_template

    try:
        write_template(file.path)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise NewsError(f"{file.path} cannot be written: {why}.") from error
    say(f"{file.path} has all settings now, each with its default.")
    return 0


def _settings(file: ConfigFile, home: str | None) -> list[tuple[ConfigKey[Any], InForce]]:
    with ExitStack() as stack:
        try:
            library = stack.enter_context(open_reading(home)) if places(home).library.exists() else None
            return [(key, in_force(key, file.now, library.setting if library else _nothing)) for key in TABLE]
        except CacheError as error:
            complain(str(error))
    return [(key, in_force(key, file.now, _nothing)) for key in TABLE]


def _nothing(_: str) -> None:
    """What a library keeps that is not there."""


def _record(key: ConfigKey[Any], holds: InForce) -> dict[str, object]:
    return {
        "key": key.key,
        "value": key.kind.plain(holds.value),
        "from": holds.origin,
        "type": key.kind.name,
        "allowed": key.kind.allowed,
        "default": key.kind.plain(key.default),
        "sentence": key.sentence,
    }
