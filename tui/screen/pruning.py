"""Making room: what is past its time is told first, and removed when asked once more."""

from __future__ import annotations

from collections.abc import Callable

from fetch.errors import NewsError
from tui.config.config import keep_limits
from tui.screen.context import ScreenContext


class Pruning:
    """Removes what is past its time; `notice` gives the sentence on screen, `removed` is called afterwards."""

    def __init__(self, context: ScreenContext, notice: Callable[[], str], removed: Callable[[], None]) -> None:
        self.context = context
        self._notice = notice
        self._removed = removed

    def prune(self) -> None:
        """Tell what would go, or where that is on screen, remove it."""
        self.context.start(self._prune, group="writing")

    async def _prune(self) -> None:
        say = self.context.say
        try:
            limits = keep_limits(self.context.config.now)
            past = await self.context.background.ask(lambda library: library.prunable(*limits), lane="overview")
            sentence = f"To remove: {past.sentence}"
            again = self.context.keyed(f"{sentence} {{main.prune|P}} again removes them for good.")
            if not past.outlived + past.thrown_away:
                say(sentence)
            elif self._notice() == again:
                say(f"Removed: {(await self.context.library.prune(*limits)).sentence}")
                self._removed()
            else:
                say(again)
        except NewsError as error:
            say(str(error))
