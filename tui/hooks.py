"""Hooks: a command of the reader's own for what has landed and a query finds; it gets JSON and is held to a time."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Awaitable, Callable, Collection
from contextlib import ExitStack, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, NamedTuple

from cache.paths import places, places_of

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from cache.library import Library

USUAL_SECONDS = 30
_GRACE = 2.0
"""Seconds in which a command may end when it is told to."""
_TAIL = 2000
"""Bytes of what a command said last, of which the last line is told."""
_MOST_SAID = 16_000_000
"""Bytes of what a command says that may lie on disk; beyond them they are let go of."""
_LOOK = 0.2
"""Seconds between looks at how much a command has said, and for what it has left behind to end."""


class Hook(NamedTuple):
    """A query, and the command that gets what it finds of each refresh; `seconds` is how long that may take."""

    query: str
    command: tuple[str, ...]
    seconds: int = USUAL_SECONDS

    @property
    def name(self) -> str:
        """What it is called in sentences: its query, its program."""
        return f"“{self.query}” → {Path(self.command[0]).name}" if self.query else Path(self.command[0]).name

    @property
    def key(self) -> str:
        """What its last run is remembered under, without saying what it runs."""
        return sha256(json.dumps([self.query, self.command]).encode()).hexdigest()[:16]


class LastRun(NamedTuple):
    """When a hook ran last (ISO 8601), with how many articles, and what went wrong, "" for nothing."""

    at: str
    articles: int
    trouble: str


def matches(library: Library, hook: Hook, landed: Collection[int]) -> tuple[IO[bytes], int] | None:
    """A file with what a hook gets, an object a line as `show --json` prints it, oldest first, and how many; None for
    nothing. Raises CacheError, and OSError where there is no room for it.
    """
    from cache.formats.highlights import highlight_records
    from cache.formats.record import article_record, drawable_json

    with ExitStack() as stack:
        file, number = stack.enter_context(TemporaryFile()), 0
        for entry_id in sorted(set(landed).intersection(library.ids(hook.query))):
            article, entry = library.article(entry_id), library.entry(entry_id)
            if article is None or entry.changed:  # a text that its site mended was here before
                continue
            highlights = highlight_records(library.highlights(entry_id))
            record = {**article_record(article, entry), "note": library.note_of(entry_id), "highlights": highlights}
            file.write(f"{drawable_json(record)}\n".encode())
            number += 1
        file.seek(0)
        if number:
            stack.pop_all()  # whoever gets the file closes it
        return (file, number) if number else None


async def run(hook: Hook, given: IO[bytes], library: Path) -> str:
    """Run a hook's command; what went wrong, in a sentence, "" for nothing. Whoever stops waiting ends the command."""
    import asyncio
    from asyncio.subprocess import DEVNULL, create_subprocess_exec

    from fetch.uncancelled import to_its_end

    with given, TemporaryFile() as said:
        try:
            process = await create_subprocess_exec(
                *hook.command,
                stdin=given,
                stdout=DEVNULL,
                stderr=said,
                env=_environment(library),
                start_new_session=True,  # so that it is ended with what it has started
            )
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or str(error)
            return f"{hook.command[0]} cannot be started: {why.lower()}."
        try:
            async with asyncio.timeout(hook.seconds):
                code = await _ended(process, said)
        except TimeoutError:
            return f"{hook.command[0]} took longer than {hook.seconds} s, and was ended."
        finally:
            if process.returncode is None:
                await to_its_end(_end(process))
        return f"{hook.command[0]} {_how(code)}{_last_line(said)}." if code else ""


async def _ended(process: Process, said: IO[bytes]) -> int:
    """The exit code of a command once it has ended; what it says meanwhile fills no disk."""
    import asyncio

    waiting = asyncio.ensure_future(process.wait())
    try:
        while not (await asyncio.wait((waiting,), timeout=_LOOK))[0]:
            if os.fstat(said.fileno()).st_blocks * 512 > _MOST_SAID:
                os.ftruncate(said.fileno(), 0)
        return waiting.result()
    finally:
        waiting.cancel()


def _how(code: int) -> str:
    """How a command ended that failed."""
    if code > 0:
        return f"ended with {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"


async def run_all(
    hooks: tuple[Hook, ...],
    library: Path,
    found: Callable[[Hook], Awaitable[tuple[IO[bytes], int] | None]],
    told: Callable[[Hook, str], object] = lambda *_: None,
) -> None:
    """Run hooks one after the other; `found` gives (awaited) what `matches` does, `told` hears of what goes wrong."""
    from cache.errors import CacheError

    for hook in hooks:
        try:
            number = 0
            if (given := await found(hook)) is None:
                continue
            file, number = given
            trouble = await run(hook, file, library)
        except (CacheError, OSError) as error:
            trouble = f"What it finds could not be had: {getattr(error, 'strerror', None) or error}"
        remember(library, hook, number, trouble)
        if trouble:
            told(hook, trouble)


def remember(library: Path, hook: Hook, articles: int, trouble: str) -> None:
    """Keep how the last run of a hook went, beside the state; a reader whose disk is full goes without."""
    from datetime import datetime

    from fetch.secret import redacted

    runs = {key: list(each) for key, each in last_runs(library).items()}
    at = datetime.now().astimezone().isoformat(timespec="seconds")
    runs.pop(hook.key, None)
    runs[hook.key] = [at, articles, redacted(trouble)]
    path = _path(library)
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(dict(list(runs.items())[-100:]), file)  # of hooks that are no more, the latest
        os.replace(passing, path)
    except OSError:
        passing.unlink(missing_ok=True)


def last_runs(library: Path) -> dict[str, LastRun]:
    """How the last run of each hook went, by its key."""
    from fetch.bounded_json import parse_json

    try:
        held = parse_json(_path(library).read_text("utf-8", "replace"))
    except (OSError, ValueError, RecursionError):
        return {}
    runs = {}
    for key, each in held.items() if isinstance(held, dict) else ():
        match each:
            case [str(at), int(articles), str(trouble)]:
                runs[key] = LastRun(at, articles, trouble)
    return runs


def _path(library: Path) -> Path:
    return places_of(library).state / "hooks.json"


def _environment(library: Path) -> dict[str, str]:
    """The environment, in which `broadsheet` means this library."""
    here = {} if library == places().library else {"BROADSHEET_HOME": str(library.parent)}
    return {**os.environ, **here}


async def _end(process: Process) -> None:
    """Tell a command and what it has started to end, and end what does not, at once where nobody waits any more."""
    import asyncio

    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(_GRACE):
                _sent(process, signal.SIGTERM)
                await process.wait()
                if _sent(process, 0):  # what it has started was told at the same time
                    await asyncio.sleep(_LOOK)
    finally:
        _sent(process, signal.SIGKILL)
    with suppress(TimeoutError):
        async with asyncio.timeout(_GRACE):
            await process.wait()


def _sent(process: Process, number: int) -> bool:
    """Send a signal to a command and what it has started; whether any of them is there."""
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _last_line(said: IO[bytes]) -> str:
    """What a command said last, behind a colon."""
    from fetch.text import clean_lines

    said.seek(max(0, said.seek(0, os.SEEK_END) - _TAIL))
    lines = clean_lines(said.read().decode(errors="replace")).strip().splitlines()
    return f": {lines[-1].strip()[:200].rstrip('.')}" if lines else ""
