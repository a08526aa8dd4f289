"""What `broadsheet` starts: the reader, or with a verb the command line, which never loads the screen."""

from __future__ import annotations

import os
import sys

PACKAGE_VERSION = "0.1.0"
"""As pyproject.toml has it; to ask the installed package for it takes longer than a list."""
_NO_OUTPUT = "Standard output is closed, and there is nowhere to write to."
_NO_TERMINAL = "The reader needs a terminal; `broadsheet --help` lists what works without one."

_DUMB = "Nothing can be placed on this terminal (TERM=dumb); `broadsheet --linear` reads a line at a time."


def main(arguments: list[str] | None = None) -> int:
    """Run the program; the exit code is 0 done, 1 could not, 2 wrong usage."""
    from tui.descriptors import stand_in

    rest = sys.argv[1:] if arguments is None else list(arguments)
    if not stand_in():
        return _fail(_NO_OUTPUT, 1)
    home, linear = "", False
    while rest and rest[0].partition("=")[0] in ("--home", "--linear"):
        option, _, home_given = rest.pop(0).partition("=")
        if option == "--linear":
            linear = True
        elif not (home := home_given or (rest.pop(0) if rest else "")):
            return _fail("--home needs a folder: broadsheet --home DIR [VERB …]", 2)
    if rest[:1] == ["--version"] and not linear:
        return _say_version()
    if unreadable := next((each for each in (home, *rest) if not _is_text(each)), None):
        return _fail(f"{unreadable!r} holds bytes that are no text; name it otherwise.", 1)
    from tui.crash import install

    install(home or None)
    if not rest:
        return _open(home, linear=linear)
    if linear:
        return _fail("--linear is for the reader, and takes no verb.", 2)
    return _do(rest, home)


def _say_version() -> int:
    """Print the version, and load nothing for it unless that goes wrong."""
    try:
        print(f"broadsheet {PACKAGE_VERSION}", flush=True)  # noqa: T201
    except OSError as error:
        from tui.cli.output import hang_up

        hang_up()
        return (
            0 if isinstance(error, BrokenPipeError) else _fail(f"The output could not be written: {error.strerror}.", 1)
        )
    return 0


def _do(rest: list[str], home: str) -> int:
    import gc

    gc.disable()  # loading makes many objects and no garbage; the verb has it turned on once it is loaded
    try:
        from tui.cli.main import run

        return run(rest, home or None)
    finally:
        gc.enable()


def _is_text(argument: str) -> bool:
    """Whether an argument can be written as it was typed: other bytes stand in it as lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in argument)


def _open(home: str, *, linear: bool) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _fail(_NO_TERMINAL, 1)
    if not linear and os.environ.get("TERM") == "dumb":  # it would show what it is sent to place text as text
        return _fail(_DUMB, 1)
    return _read_linear(home) if linear else _read(home)


def _read(home: str) -> int:
    import gc

    gc.disable()  # loading the screen makes many objects and no garbage; the app turns it on after the first paint
    # A change on the heels of another waits for up to two frames; of Textual's own sixty a second that can be felt.
    os.environ.setdefault("TEXTUAL_FPS", "240")
    from pathlib import Path

    from fetch.errors import NewsError

    try:
        from tui.app import run

        return run(Path(home) if home else None)
    except NewsError as error:
        return _fail(str(error), 1)


def _read_linear(home: str) -> int:
    from fetch.errors import NewsError

    try:
        from tui.linear.program import run

        return run(home or None)
    except ImportError:
        return _fail("--linear needs a terminal as Unix has it.", 1)
    except NewsError as error:
        return _fail(str(error), 1)


def _fail(sentence: str, code: int) -> int:
    from tui.cli.output import complain

    complain(sentence)
    return code


if __name__ == "__main__":
    sys.exit(main())
