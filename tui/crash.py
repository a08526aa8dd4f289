"""What a bug leaves behind: one sentence, and a report in a file of its own that the reader alone can read.

The report holds where it happened and what was said, and no variables: those hold what was read, and secrets.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from cache.paths import places
from fetch.text import clean

_GIVEN = {
    errno.ENOMEM: "memory",
    errno.EMFILE: "open files",
    errno.ENFILE: "open files",
    errno.EAGAIN: "processes",
    errno.ENOSPC: "room on the disk",
}


def report(error: BaseException, folder: Path) -> str:
    """Writes the report of an error into a folder, and says where it is; where it cannot, only what went wrong.

    What the system does not give is no mistake, and has no report.
    """
    if all(lacking := {_lacking(each) for each in _apart(error)}):
        return (
            f"Broadsheet broke off: the system gives it no more {', '.join(sorted(lacking))}; what had landed is kept."
        )
    from traceback import TracebackException

    from fetch.secret import redacted

    text = "".join(TracebackException.from_exception(error, capture_locals=False).format())
    sentence = f"Broadsheet broke off by a mistake of its own ({type(error).__name__}); what had landed is kept."
    try:
        path = _write(folder, redacted(text))
    except OSError:
        return sentence
    return f"{sentence} A report without your secrets is in {clean(str(path))}."


def install(home: Path | str | None = None) -> None:
    """Has an error that nobody catches end in a report instead of a traceback."""

    def ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        elif sys.stderr is not None:
            print(f"broadsheet: {report(error, places(home).state)}", file=sys.stderr)  # noqa: T201

    sys.excepthook = ended


def _apart(error: BaseException) -> Iterator[BaseException]:
    """The errors of a group, or the only one."""
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _apart(each)
    else:
        yield error


def _lacking(error: BaseException) -> str:
    """What the system did not give where an error says so; "" for any other."""
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, RuntimeError) and str(error) == "can't start new thread":
        return "threads"
    return _GIVEN.get(error.errno or 0, "") if isinstance(error, OSError) else ""


def _write(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.log"
    with open(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", errors="replace"
    ) as file:
        file.write(text)
    return path
