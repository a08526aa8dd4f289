"""What several verbs share: opening the library, the moment now, and how articles are named and listed."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Sized
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cache.entry import Entry
from cache.errors import CacheError
from cache.library import Library, open_library
from fetch.errors import NewsError
from fetch.text import clean
from tui.cli.breaking_off import run
from tui.cli.output import complain
from tui.typeset import wording
from tui.typeset.cells import cells
from tui.typeset.marks import OFFLINE_MARKS, QUEUED_MARK, SAVED_MARK, UNREAD_MARK

if TYPE_CHECKING:
    from tui.config.config import Config
    from tui.config.config_file import ConfigFile

Outcome = TypeVar("Outcome")


class WrongUsage(NewsError):
    """The command was not understood; its text is one sentence, and the exit code is 2."""


def with_library(home: str | None, work: Callable[[Library], Awaitable[Outcome]]) -> Outcome:
    """Open the library for writing, do the work in it, close it."""

    async def opened() -> Outcome:
        async with open_library(home, repair=False) as library:
            return await work(library)

    return run(opened())  # what only reads goes by `cache.library.open_reading`, and loads no asyncio


def config_file(home: str | None) -> ConfigFile:
    """The settings file."""
    from cache.paths import places
    from tui.config.config_file import ConfigFile, config_path

    return ConfigFile(config_path(places(home).config))


def config(home: str | None) -> Config:
    """What the settings file says, in force for the network; what is wrong with it is told, and the verb goes on."""
    from tui.config.environment import Environment

    says = config_file(home).now
    Environment().apply(says)
    for sentence in says.problems:
        complain(sentence)
    return says


def choose_language(home: str | None, says: Config | None = None) -> None:
    """Tell dates in the language of the settings, which are read, and what is wrong in them told, unless given.

    They are not read where nothing is set in the file: that spares a verb that only reads a tenth of its time.
    """
    import os

    from cache.paths import places
    from tui.config.config_file import config_path
    from tui.typeset.date_language import DATE_LANGUAGE

    if says is None and _sets_anything(config_path(places(home).config)):
        says = config_file(home).now
        for sentence in says.problems:
            complain(sentence)
    name = "en"
    if says is not None:
        from tui.config.table import LANGUAGE

        name = says[LANGUAGE]
    DATE_LANGUAGE.choose(name, os.environ)


def _sets_anything(path: Path) -> bool:
    """Whether a settings file has more than comments and headings, or is none that is read."""
    import stat

    from tui.config.config_file import LARGEST

    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
            return True
        lines = path.read_bytes().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return any(line.strip() and line.lstrip()[:1] not in (b"#", b"[") for line in lines)


def reference(ref: str) -> str | int:
    """A REF as the library takes it: a number, or the address."""
    ref = clean(ref)
    return int(ref) if ref.isascii() and ref.isdigit() and len(ref) < 18 else ref


def is_address(word: str) -> bool:
    """Whether a word names something by its address, not by a number or a file's name."""
    return "://" in word or word.startswith("broadsheet:")


def entry_line(entry: Entry, at: datetime) -> str:
    """An entry on one line: number, unread, complete or not, saved, age, headline, source."""
    state, _ = QUEUED_MARK if entry.queued else OFFLINE_MARKS[entry.offline]
    marks = f"{' ' if entry.read else UNREAD_MARK[0]}{state}{SAVED_MARK[0] if entry.saved else ' '}"
    reason = f" [{entry.reason}]" if entry.reason and entry.offline != "full" else ""
    source = f" — {entry.source}" if entry.source else ""
    age = wording.briefly_ago(entry.published, at)
    before = " " * max(0, 6 - cells(age))
    return f"{entry.id:>6} {marks} {before}{age}  {entry.headline or wording.site(entry.url)}{source}{reason}"


def complain_of_query(library: Library, query: str) -> bool:
    """Say what of the query was not understood; the rest still searches. Whether there was anything to say."""
    errors = library.query_errors(query)
    for error in errors:
        complain(error)
    return bool(errors)


def complain_of_nothing(found: Sized) -> None:
    """Say to a person that nothing was found; a program sees it."""
    if not found and sys.stdout.isatty():
        complain("Nothing was found.")


def require_file_names(*names: str | None) -> None:
    """Raises CacheError for an empty name, as of a script's variable that is not set: it would be the folder here."""
    if "" in names:
        raise CacheError("The name of the file is empty.")
