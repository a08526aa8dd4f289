"""What a refresh does first where a library is synced: exchanges sources and marks with servers and shared folders."""

from __future__ import annotations

from fetch.errors import NewsError
from tui.screen.context import ScreenContext


async def sync_first(context: ScreenContext) -> None:
    """Sync with all that is set up; what failed is told, and no refresh fails by it."""
    from cache.sync.every import sync_all

    try:
        _, failed = await sync_all(context.library)
    except NewsError as error:
        failed = [str(error)]
    if failed:
        context.say(" ".join(failed))
