"""The reader's hooks, run after a refresh without anybody waiting for them."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import IO, TYPE_CHECKING

from tui.screen.context import ScreenContext

if TYPE_CHECKING:
    from tui.hooks import Hook


class Hooking:
    """Runs the hooks of the settings file over what a refresh brought; how that goes, `doctor` tells."""

    def __init__(self, context: ScreenContext) -> None:
        self.context = context

    def begin(self, landed: Collection[int]) -> None:
        """Run them over these articles."""
        hooks = self.context.config.now.hooks
        if hooks and landed:
            self.context.start(partial(self._run, hooks, frozenset(landed)), group="hooks")

    async def _run(self, hooks: tuple[Hook, ...], landed: Collection[int]) -> None:
        from tui.hooks import matches, run_all

        async def found(hook: Hook) -> tuple[IO[bytes], int] | None:
            return await self.context.background.ask(lambda library: matches(library, hook, landed), lane="hooks")

        await run_all(hooks, self.context.library.path, found)
