"""The front page in the linear reader: a row for each story, to walk through and open."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from cache.front_page import SPANS, FrontWishes
from fetch.text import drawable
from tui import sections
from tui.config.table import FRONT_LEARN, FRONT_LESS, FRONT_MORE
from tui.linear import spoken
from tui.linear.levels import ChoiceLevel
from tui.settings import FEW_SOURCES, FRONT_SPAN
from tui.typeset.front_page import counted, differing, headline_of, quoted

if TYPE_CHECKING:
    from pathlib import Path

    from cache.front_page import Front, FrontStory, StoryDetail
    from tui.linear.desk import LinearDesk

_FEW = "A front page is made of what several sources report; {main.add|a} adds a few."
_NOTHING = "No story in this span; {main.refresh|r} fetches what is new."
_ELSEWHERE = "Why is asked on the front page; {main.front|d} lists it."


class FrontCommands:
    """Lists the stories of the span that was chosen on the screen; `open_article` opens one's best report."""

    def __init__(self, desk: LinearDesk, open_article: Callable[[int | str], Awaitable[None]]) -> None:
        self._desk = desk
        self._open_article = open_article

    async def front(self) -> None:
        """The stories, the one that most report first; escape gives up making it."""
        self._desk.tell("Making the front page …")
        work = asyncio.ensure_future(
            self._desk.do(asyncio.to_thread(_made, self._desk.library.path.parent, self._wishes()))
        )
        if not await self._desk.keyboard.unless_escaped(work):
            self._desk.tell("Given up.")
            return
        made = work.result()
        if made is None:
            return
        page, details = made
        if not page.stories:
            few = page.sources < FEW_SOURCES
            self._desk.tell(self._desk.keyed(_FEW if few else _NOTHING))
            return
        rows = [self._said(story, said, page) for story, said in zip(page.stories, details, strict=True)]
        best = [story.best for story in page.stories]
        whys = [story.why for story in page.stories]
        at = page.at.timestamp()
        await self._desk.done(self._desk.keep(lambda: self._desk.library.look_at_front(at)))
        self._desk.push(ChoiceLevel(sections.FRONT.title, rows, lambda at: self._open_article(best[at]), whys=whys))

    async def why(self) -> None:
        """Why the story that was said last stands where it does."""
        level = self._desk.level
        if isinstance(level, ChoiceLevel) and level.whys:
            self._desk.tell(level.whys[level.at])
        else:
            self._desk.tell(self._desk.keyed(_ELSEWHERE))

    def _wishes(self) -> FrontWishes:
        now = self._desk.clock()
        kept = self._desk.library.setting(*FRONT_SPAN)
        span = next((name for name in SPANS if name == kept), FRONT_SPAN.default)
        midnight, settings = now.replace(hour=0, minute=0, second=0, microsecond=0), self._desk.config.now
        more, less, learn = settings[FRONT_MORE], settings[FRONT_LESS], settings[FRONT_LEARN]
        return FrontWishes(span=span, at=now, midnight=midnight, more=more, less=less, learn=learn)

    def _said(self, story: FrontStory, said: StoryDetail, page: Front) -> str:
        quote = [quoted(said.quote)] if said.quote else []
        facts = counted(story, page, self._desk.clock(), said.dossier).replace(" · ", ", ")
        return spoken.sentences(*map(drawable, (headline_of(story), facts, *quote, *map(differing, said.differing))))


def _made(home: Path, wishes: FrontWishes) -> tuple[Front, list[StoryDetail]]:
    from cache.library import open_reading

    with open_reading(home) as library:
        page = library.front(wishes)
        return page, [library.front_detail(story) for story in page.stories]
