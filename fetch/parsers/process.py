"""A parser process (`python -m fetch.parsers.process MODULE…`): calls what it is sent, on bytes that came with it.

It loads the modules it is named, says that it is ready, and works until its input ends. A mistake of ours ends it, with
its trace on standard error, as does whatever crashes it.
"""

from __future__ import annotations

import faulthandler
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any

from fetch.errors import NewsError
from fetch.parsers.frames import frame, frames_in, own_pipes
from fetch.parsers.limits import OUT_OF_MEMORY, dump_no_core, held_to, resident_memory


def main() -> None:
    """Reads for the process that started this one."""
    calls, answer = own_pipes()
    dump_no_core()
    faulthandler.enable()
    for module in sys.argv[1:]:
        import_module(module)
    answer(_end())
    for limits, call in frames_in(calls):
        with held_to(limits) as begin_anew:
            _answer_with(call, answer, begin_anew)


def _answer_with(call: partial[Any], answer: Callable[[bytes], None], begin_anew: Callable[[], None]) -> None:
    """Answers with what a call returns, or with each part that it yields; every part has the same limits."""
    try:
        returned = call()
        if isinstance(returned, Iterator):
            for part in returned:
                answer(frame(("part", part)))
                begin_anew()
            answer(_end())
        else:
            answer(frame(("last", (returned, resident_memory(os.getpid())))))
    except (NewsError, OSError) as error:
        answer(frame(("raised", error)))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # nothing that would need more of it


def _end() -> bytes:
    """The end of an answer, with how much memory this process has now."""
    return frame(("end", resident_memory(os.getpid())))


if __name__ == "__main__":
    main()
