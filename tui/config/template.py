"""A new settings file: every key of the table, commented out, with what it does and what is allowed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fetch.errors import NewsError
from tui.config.kinds import literal
from tui.config.table import SECTIONS, TABLE, ConfigKey

_HEAD = """\
# Broadsheet's settings. Each stands here with its default, commented out: take the # away and write what you want.
# What is wrong in here is told, and has its default. Saved while the reader is open, the file is read again.
"""
_HOOKS = """
# Commands of your own for what is new. Each gets what a refresh brought and its query finds on its standard input, as
# `broadsheet show --json` prints an article, one a line; no shell reads it, it may take so many seconds, and `doctor`
# tells how it went. As many of these tables as you like:
# [[hook]]
#   query = "harbour is:full"
#   command = ["notify-send", "News of the harbour"]
#   seconds = 30
"""
_WIDTH = 118


class FileIsThere(NewsError):
    """There is a settings file already; its text is a sentence."""


def template() -> str:
    """The text of a new file."""
    return _HEAD + "".join(_section(name) for name in SECTIONS) + _HOOKS


def write_template(path: Path) -> None:
    """Make the file, and the folders it is in; raises FileIsThere, and OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(template())
    except FileExistsError:
        raise FileIsThere(f"{path} is there already, and stays as it is.") from None


def _section(name: str) -> str:
    entries = "".join(f"\n{_entry(key)}" for key in TABLE if key.section == name)
    return f"\n# {SECTIONS[name]}\n[{name}]\n{entries}"


def _entry(key: ConfigKey[Any]) -> str:
    lines = [f"# {line}\n" for text in (key.sentence, _allowed(key)) for line in _wrapped(text)]
    return f"{''.join(lines)}# {key.name} = {literal(key.kind.plain(key.default))}\n"


def _allowed(key: ConfigKey[Any]) -> str:
    return f"Must be {key.kind.allowed}."


def _wrapped(text: str) -> Iterator[str]:
    from textwrap import wrap

    yield from wrap(text, _WIDTH, break_on_hyphens=False)
