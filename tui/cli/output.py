"""How the command line speaks: text and JSON on stdout, sentences and progress on stderr, never a character unsafe."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from fetch.errors import NewsError
from fetch.text import drawable

_WIDEST = 88  # columns a text is set in when nobody says otherwise: longer lines are hard to read
_PIPE = 80  # columns where there is no terminal


_STYLE = re.compile("(\x1b\\[[\\d;]*m)")


class Unwritable(NewsError):
    """The output could not be written."""


def prepare() -> None:
    """Let no character break the output: what the encoding cannot show becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def say(line: str = "") -> None:
    """Print one line."""
    say_set(drawable(line))


def say_set(line: str) -> None:
    """Print one line that has passed the gate and may hold styles of ours."""
    with _writing():
        sys.stdout.write(f"{_shown(line, sys.stdout)}\n")


def _shown(line: str, stream: TextIO) -> str:
    """The line as it is, in a pipe; on a terminal that lacks other letters or signs, in ASCII."""
    if line.isascii() or not stream.isatty():
        return line
    from tui.typeset.marks import ascii_wanted

    if not (wanted := ascii_wanted(os.environ)):
        return line
    from tui.typeset.ascii import in_ascii

    return "".join(part if part.startswith("\x1b") else in_ascii(part, wanted) for part in _STYLE.split(line))


def say_styled(line: str, code: str = "1") -> None:
    """Print one line in a terminal style, which is set once the line has passed the gate."""
    say_set(styled(drawable(line), code))


def put_out(content: bytes) -> None:
    """Print a file's content: as it is into a pipe or file, made safe on a terminal."""
    if sys.stdout.isatty():
        say_lines(content.decode(errors="replace"))
        return
    with _writing():
        sys.stdout.flush()
        sys.stdout.buffer.write(content)


def finish() -> None:
    """Write out what is still held back; raises Unwritable, and BrokenPipeError when nobody reads on."""
    with _writing():
        sys.stdout.flush()


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        hang_up()
        raise Unwritable(f"The output could not be written: {error.strerror}.") from error


def say_lines(text: str) -> None:
    """Print text line by line."""
    for line in text.split("\n"):
        say(line)


def say_json(record: Mapping[str, object]) -> None:
    """Print one object on one line; JSON escapes the controls, the gate takes what JSON lets through."""
    import json

    ascii_only = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    line = json.dumps(record, ensure_ascii=ascii_only)
    say(line if _shown(line, sys.stdout) is line else json.dumps(record))


def complain(sentence: str) -> None:
    """Print one sentence on stderr; nobody listening there is no reason to fail."""
    if "@" in sentence:
        from fetch.secret import without_logins

        sentence = without_logins(sentence)
    try:
        sys.stderr.write(f"broadsheet: {_shown(drawable(sentence), sys.stderr)}\n")
        sys.stderr.flush()
    except OSError:
        hang_up(sys.stderr.fileno())


def hang_up(descriptor: int = 1) -> None:
    """Send what is still to be written to nowhere: the reader at the other end has gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def page_width(wanted: int | None) -> int:
    """The columns a text is set in."""
    if wanted:
        return max(20, min(wanted, 1000))
    # Of a pipe, what COLUMNS says; the terminal that stands behind it is not asked.
    columns = terminal_columns() if sys.stdout.isatty() else _said_columns() or _PIPE
    return max(20, min(_WIDEST, columns))


def terminal_columns() -> int:
    """What COLUMNS says, else the terminal; `shutil` tells the same, and takes longer to load than a list to print."""
    if said := _said_columns():
        return said
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _PIPE if sys.__stdout__ else _PIPE
    except (OSError, ValueError):  # no terminal, or one that is closed
        return _PIPE


def _said_columns() -> int:
    """What COLUMNS says, 0 where that is nothing."""
    said = os.environ.get("COLUMNS", "")
    return int(said) if said.isascii() and said.isdigit() and 0 < len(said) < 6 else 0


def fitted(line: str) -> str:
    """The line cut to the terminal; whole where it is not one."""
    if not sys.stdout.isatty():
        return line
    from tui.typeset.wrap import clip

    return clip(line, terminal_columns())


def styled(text: str, code: str = "1") -> str:
    """Text that has passed the gate, set in a terminal style (bold) where there is a terminal that may have colour.

    `say` would take the style away again: what is styled goes out by `say_styled` or `say_set`.
    """
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{code}m{text}\x1b[0m"


class ProgressLine:
    """One line on stderr that is written over as work goes on; silent where stderr is no terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        self._write("")

    def show(self, line: str) -> None:
        """Show this line in place of the one before."""
        self._write(drawable(line))

    def _write(self, line: str) -> None:
        if not self._shown:
            return
        from shutil import get_terminal_size

        from tui.typeset.wrap import clip

        clipped = clip(line, get_terminal_size().columns - 1)
        sys.stderr.write(f"\r\x1b[K{_shown(clipped, sys.stderr)}")
        sys.stderr.flush()
