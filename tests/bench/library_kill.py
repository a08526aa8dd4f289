"""Kills a program 300 times while it works on a library, and looks each time that nothing acknowledged is lost.

Of every six, three land, mark, take in and prune, one refreshes, one upgrades, one repairs; told is how many of each
were killed in the middle, as some end before. `library_kill.py [TIMES]`.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cache.killing import check, killed, killed_at_work, killed_refresh, killed_repair, killed_upgrade


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    chance, acknowledged = random.Random(), Counter[str]()
    for start in range(0, times, 20):
        with tempfile.TemporaryDirectory() as folder:
            said: list[str] = []
            for number in range(min(20, times - start)):
                home = Path(folder, "home")
                if number % 6 == 3:
                    said += killed_refresh(home, chance)
                elif number % 6 == 4:
                    killed_upgrade(Path(folder, f"old{number}"), chance)
                elif number % 6 == 5:
                    killed_repair(home, chance)
                else:
                    said += killed(home, chance)
                check(home, said)
            acknowledged.update(line.split()[0] for line in said)
    told = ", ".join(f"{number:,} {what}" for what, number in sorted(acknowledged.items()))
    acts = "; ".join(f"{number} while {act}" for act, number in killed_at_work.items())
    print(f"killed {killed_at_work.total()} times of {times}, {acts}: sound each time, nothing lost of {told}")


if __name__ == "__main__":
    main()
