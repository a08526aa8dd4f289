"""`config`: the settings that hold, and where each is from; a new settings file."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

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
from tui.config.table import HOOK, TABLE, ConfigKey

if TYPE_CHECKING:
    from tui.hooks import Hook


def options(parser: ArgumentParser) -> None:
    """What `config` takes."""
    parser.add_argument("--keys", action="store_true", help="list all keys by the names that [keys] may have")
    parser.add_argument("--init", action="store_true", help="write a settings file with all settings, explained")
    json_option(parser)


def run(chosen: Namespace, home: str | None) -> int:
    """Print what holds, a setting a line; 1 where something in the file is wrong."""
    file = config_file(home)
    if chosen.init:
        return _init(file, as_json=chosen.json)
    if chosen.keys:
        return _list_keys(file, as_json=chosen.json)
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
    for hook in file.now.hooks:
        if chosen.json:
            say_json(_hook_record(hook))
        else:
            say(f"hook = {{query = {literal(hook.query)}, command = {literal([*hook.command])}}}  # file")
    return int(bool(file.now.problems))


def _list_keys(file: ConfigFile, *, as_json: bool) -> int:
    from tui.config.key_names import written
    from tui.config.key_words import USUAL

    for sentence in file.now.problems:
        complain(sentence)
    for binding_id, usual in USUAL.items():
        keys = file.now.keymap.keys(binding_id, usual)
        if as_json:
            say_json({"id": binding_id, "keys": keys.split(",") if keys else [], "default": usual.split(",")})
        else:
            comment = "  # file" if keys != usual else ""
            say(f"{literal(binding_id)} = {literal(written(keys))}{comment}")
    return int(bool(file.now.problems))


def _init(file: ConfigFile, *, as_json: bool) -> int:
    from tui.config.template import write_template

    try:
        write_template(file.path)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise NewsError(f"{file.path} cannot be written: {why}.") from error
    if as_json:
        say_json({"file": str(file.path)})
    else:
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


def _hook_record(hook: Hook) -> dict[str, object]:
    return {
        "key": HOOK,
        "value": {"query": hook.query, "command": list(hook.command), "seconds": hook.seconds},
        "from": "file",
        "type": "table",
        "allowed": "a query and a command, in a table [[hook]] of its own",
        "default": None,
        "sentence": "A command that gets what a refresh brought and its query finds.",
    }


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
