"""A hundred keys a second beside another program that writes."""

import random
from pathlib import Path

from tests.tui.typing_beside import kept_of


def test_every_key_of_a_fast_typist_is_kept_beside_a_program_that_writes(home: Path) -> None:
    kept_of(home, 300, random.Random(11))
