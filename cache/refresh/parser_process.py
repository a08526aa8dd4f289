"""The copy desk's process (`python -m cache.refresh.parser_process`), which loads only what reads."""

from __future__ import annotations

from cache.refresh.framing import at_work, packed, parcels_in
from cache.refresh.parsing import copy_of


def main() -> None:
    """Reads for the process that started this one."""
    answers, give = at_work()
    for what, answer in parcels_in(answers):
        give(packed(copy_of(what, answer)))


if __name__ == "__main__":
    main()
