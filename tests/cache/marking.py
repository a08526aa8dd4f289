"""A program that marks the articles at HOME, its argument, one after another, and says how many seconds each took."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[2]))

from cache.library import open_library

PAUSE = 0.01  # seconds, so that the marks fall anywhere in what the other program does


async def main(home: str) -> None:
    async with open_library(home) as library:
        ids = library.ids()
        while True:
            for entry_id in ids:
                begun = monotonic()
                await library.toggle_saved(entry_id)
                sys.stdout.write(f"{monotonic() - begun:.6f}\n")
                sys.stdout.flush()
                await asyncio.sleep(PAUSE)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
