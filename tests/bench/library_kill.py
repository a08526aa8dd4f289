"""Kills a program that writes to a library 200 times, and looks each time that nothing acknowledged is lost."""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cache.killing import check, killed


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    chance, acknowledged = random.Random(), Counter[str]()
    for start in range(0, times, 20):
        with tempfile.TemporaryDirectory() as folder:
            said: list[str] = []
            for _ in range(min(20, times - start)):
                said += killed(Path(folder), chance)
                check(Path(folder), said)
            acknowledged.update(line.split()[0] for line in said)
    told = ", ".join(f"{number:,} {what}" for what, number in sorted(acknowledged.items()))
    print(f"killed {times} times: sound each time, nothing lost of {told}")


if __name__ == "__main__":
    main()
