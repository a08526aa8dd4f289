"""Waiting that no cancellation cuts short."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine


async def to_its_end(ending: Coroutine[None, None, None]) -> None:
    """Waits until this is done, however often it is cancelled meanwhile; the cancellation is raised then.

    `asyncio.shield` alone lets the second cancellation through, as of a screen that is left by a program that ends.
    """
    task = asyncio.ensure_future(ending)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled:
        raise cancelled
    task.result()
