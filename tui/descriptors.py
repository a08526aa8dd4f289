"""The three standard descriptors, whatever the program was started with."""

from __future__ import annotations

import os
import sys

closed: set[int] = set()
"""Those that the program was started without, once `stand_in` has been called."""


def stand_in() -> bool:
    """Open on nothing what is closed of them; whether there is a standard output to write to.

    A closed one would go to the next file that is opened, and what is said on stderr would stand in the library.
    """
    for number, mode in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY)):
        if not _is_open(number):
            closed.add(number)
            os.open(os.devnull, mode)  # which takes the lowest number that is free: this one
    somewhere = sys.stdout is not None
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            stream = os.fdopen(number, "w" if number else "r", closefd=False)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
    return somewhere


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
