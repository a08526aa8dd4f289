"""The parser process (`python -m cache.refresh.parser_process`); loads only what parsing needs."""

from __future__ import annotations

from cache.refresh.framing import frame, frames_in, own_pipes
from cache.refresh.parsing import parsed_of


def main() -> None:
    """Reads for the process that started this one."""
    answers, give = own_pipes()
    for what, answer in frames_in(answers):
        give(frame(parsed_of(what, answer)))


if __name__ == "__main__":
    main()
