"""What parts the words of open articles: read beside the screen, which shows the text whole until it is there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from tui.screen.context import ScreenContext

if TYPE_CHECKING:
    from tui.typeset.hyphenation import Hyphenate

_LONGEST_NAME = 35  # characters: what a page calls its language is a stranger's


class Hyphenation:
    """The rules of the languages met so far; `known` is called when those of another are there."""

    def __init__(self, context: ScreenContext, known: Callable[[], None]) -> None:
        self._context = context
        self._known = known
        self._rules: dict[str, Hyphenate | None] = {}

    def of(self, language: str) -> Hyphenate | None:
        """What parts words of a language, such as "de-AT"; None where it has no rules, or they are still being read."""
        language = language.lower().replace("_", "-")
        if language and len(language) <= _LONGEST_NAME and language not in self._rules:
            self._rules[language] = None
            self._context.start(partial(self._read, language), group="hyphenation")
        return self._rules.get(language)

    async def _read(self, language: str) -> None:
        from tui.typeset.hyphenation import hyphenator

        rules = self._rules[language] = await asyncio.to_thread(hyphenator, language)
        if rules:
            self._known()
