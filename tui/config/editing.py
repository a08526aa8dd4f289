"""Writing one setting into the settings file, in which everything else, comments too, stays as it is."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fetch.errors import NewsError
from tui.config.config_file import LARGEST
from tui.config.kinds import NotAllowed, literal
from tui.config.table import ConfigKey
from tui.config.template import template

if TYPE_CHECKING:
    from tomlkit import TOMLDocument


class NotWritten(NewsError):
    """A setting that could not be written; its text is a sentence."""


def write_setting(path: Path, key: ConfigKey[Any], given: object) -> None:
    """Have the file say this value of a setting, as `kind.typed` gives it; makes a file where there is none.

    Raises NotWritten; what the file says of all else stays.
    """
    try:
        value = key.kind.plain(key.kind.take(given))
    except NotAllowed:
        raise NotWritten(f"{key.key} must be {key.kind.allowed}.") from None
    try:
        before = _text(path)
        after = with_setting(before, path.name, key, value)
        if after != before or not path.exists():
            _replace(path.resolve(), after)
    except OSError as error:
        raise _not_written(path, error) from error


def drop_setting(path: Path, key: ConfigKey[Any]) -> None:
    """Have the file say nothing of a setting; raises NotWritten."""
    if not path.exists():
        return
    try:
        before = _text(path)
        after = without_setting(before, path.name, key)
        if after != before:
            _replace(path.resolve(), after)
    except OSError as error:
        raise _not_written(path, error) from error


def without_setting(text: str, name: str, key: ConfigKey[Any]) -> str:
    """The text of a settings file without a setting: its line is the commented default again, or is gone.

    Raises NotWritten where the text is no TOML.
    """
    held = _parsed(text, name)
    section = held.get(key.section)
    if not isinstance(section, MutableMapping) or key.name not in section:
        return text
    del section[key.name]
    bare = held.as_string()
    commented = _with_line(text, key, "", f"# {key.name} = {literal(key.kind.plain(key.default))}")
    return commented if commented is not None and _tables(commented) == _tables(bare) else bare


def with_setting(text: str, name: str, key: ConfigKey[Any], value: object) -> str:
    """The text of a settings file with a value in it: where the key stands, or its commented default, else at the end
    of its section. Raises NotWritten where the text is no TOML.
    """
    from tomlkit import table
    from tomlkit.exceptions import TOMLKitError

    held = _parsed(text, name)
    section = held.get(key.section)
    if section is not None and not isinstance(section, MutableMapping):
        raise NotWritten(f"{key.section} in {name} is no section, so {key.key} cannot be written there.")
    if section is None or key.name not in section:
        uncommented = _with_line(text, key, r"#\s*", f"{key.name} = {literal(value)}")
        if uncommented is not None and _says(uncommented, key, value):
            return uncommented
    try:
        if section is None:
            held[key.section] = table()
            section = held[key.section]
        section[key.name] = value
    except TOMLKitError as error:
        raise NotWritten(f"{key.key} cannot be written into {name}: {error}.") from error
    return held.as_string()


def _parsed(text: str, name: str) -> TOMLDocument:
    from tomlkit import parse
    from tomlkit.exceptions import TOMLKitError

    try:
        return parse(text)
    except (TOMLKitError, RecursionError) as error:
        raise NotWritten(f"{name} is no TOML, so nothing can be written into it: {error}.") from error


def _with_line(text: str, key: ConfigKey[Any], before: str, instead: str) -> str | None:
    """The text with another line for a key's, which `before` begins; its comment stays. None without such a line."""
    lines, here = text.splitlines(keepends=True), ""
    for at, line in enumerate(lines):
        if heading := re.match(r"\[\s*([\w-]+)\s*\]", line):
            here = heading[1]
        elif here == key.section and (found := re.match(rf"{before}({re.escape(key.name)}\s*=[^\r\n]*)", line)):
            lines[at] = f"{instead}{_comment(found[1])}{line[found.end() :]}"
            return "".join(lines)
    return None


def _comment(line: str) -> str:
    """The comment behind a value, with the blanks before it."""
    from tomlkit import parse
    from tomlkit.exceptions import TOMLKitError

    try:
        value = next(iter(parse(line).body))[1]
    except (TOMLKitError, RecursionError):
        return ""
    return f"{value.trivia.comment_ws}{value.trivia.comment}"


def _tables(text: str) -> dict[str, Any] | None:
    """What a text says; None where it is no TOML."""
    from tui.config.toml_text import NotToml, toml_tables

    try:
        return toml_tables(text)
    except NotToml:
        return None


def _says(text: str, key: ConfigKey[Any], value: object) -> bool:
    """Whether the text is TOML in which the key has the value."""
    section = (_tables(text) or {}).get(key.section)
    return isinstance(section, dict) and section.get(key.name) == value


def _not_written(path: Path, error: OSError) -> NotWritten:
    return NotWritten(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.")


def _text(path: Path) -> str:
    """What stands in the file, its ends of lines as they are; what a new one says where there is none."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotWritten(f"{path} is no file, so nothing can be written into it.")
        if path.stat().st_size > LARGEST:
            raise NotWritten(f"{path} is too large for a settings file, so nothing can be written into it.")
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return template()
    except UnicodeDecodeError:
        raise NotWritten(f"{path} is not UTF-8, so nothing can be written into it.") from None


def _replace(path: Path, text: str) -> None:
    """Put the text into the file's place at once, so that no other program reads half of it; its mode stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(None, "it is set to be read only")
    passing = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with open(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(text.encode())
        os.replace(passing, path)
    finally:
        passing.unlink(missing_ok=True)
