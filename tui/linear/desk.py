"""What is open in the linear reader and where one is in it, and how it speaks: each thing once, on its own line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from cache.errors import LibraryBusy, NoSuchEntry
from fetch.errors import NewsError
from tui.config.table import DATES
from tui.linear import spoken
from tui.linear.key_names import spoken_names
from tui.linear.keyboard import Keyboard
from tui.linear.levels import ArticleLevel, ChoiceLevel, Level, ListLevel
from tui.linear.listing import SectionLister
from tui.sections import Section
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.library import Library
    from fetch.article import When
    from tui.config.config_file import ConfigFile

T = TypeVar("T")
END = "The list ends here."
NO_ARTICLE = "No article is open."
_LIST_ABOVE = "This is for the article below this list; {main.leave|escape} goes back to it."
GONE = "This article is on no list any more."
_BUSY = "Another program is writing; what you did is kept once it is done. ctrl+c leaves without it."
_LONG = 1.0  # seconds after which that is told
_BETWEEN_TRIES = 0.1  # seconds; the library itself has waited for its turn long before
_PAGE = 10
"""Rows of a page."""
_TRAIL = 100
"""Levels upon the list."""


class LinearDesk:
    """Levels one upon another: a list, over it choices or an article, or both.

    `say` writes one thing on a line of its own; `clock` is the moment, aware.
    """

    def __init__(
        self,
        library: Library,
        keyboard: Keyboard,
        say: Callable[[str], None],
        config: ConfigFile,
        clock: Callable[[], datetime],
    ) -> None:
        self.library = library
        self.keyboard = keyboard
        self.config = config
        self.clock = clock
        self.levels: list[Level] = []
        self._left_behind: list[Level] = []
        self.lister = SectionLister(library, config)
        self._before_search: tuple[Section, int] | None = None
        self._say = say
        self._asking = False
        self._held: list[str] = []

    @property
    def level(self) -> Level:
        """What is open on top."""
        return self.levels[-1]

    @property
    def stories(self) -> ListLevel:
        """The list that is open, be it under an article."""
        return next(level for level in reversed(self.levels) if isinstance(level, ListLevel))

    @property
    def at_top(self) -> bool:
        """Whether no level is left to go back to."""
        return len(self.levels) == 1 and self.stories.section == self.lister.views[0]

    def keyed(self, sentence: str) -> str:
        """A sentence of our own with the keys that there are in the places of "{id|usual}"."""
        return self.config.now.keymap.said(sentence, spoken_names)

    def tell(self, sentence: str) -> None:
        """Say something, once; while a line is being typed it waits."""
        if self._asking:
            self._held.append(sentence)
        else:
            self._say(sentence)

    async def ask(self, question: str) -> str | None:
        """A line that is typed; None where it was given up."""
        with self.silent():
            return await self.keyboard.line(question)

    @contextmanager
    def silent(self) -> Iterator[None]:
        """While this lasts, what is told waits for its end."""
        self._asking = True
        try:
            yield
        finally:
            self._asking = False
            for sentence in self._held:
                self._say(sentence)
            self._held.clear()

    def enter(self, section: Section, entry_id: int = 0) -> None:
        """Open a section in place of all that is open, and say its first row, or that of an article."""
        if section.sought and self.levels and not self.stories.section.sought:
            stories = self.stories
            self._before_search = stories.section, stories.ids[stories.at] if len(stories) else 0
        level = self.lister.level(section)
        self._left_behind.clear()
        level.at = max(0, next((at for at, each in enumerate(level.ids) if each == entry_id), 0)) if entry_id else 0
        self.levels = [level]
        self.say_level()

    def push(self, level: ChoiceLevel) -> None:
        """Open choices upon what is open, in place of other choices."""
        if isinstance(self.level, ChoiceLevel):
            self.levels.pop()
        self.open(level)
        self.say_level()

    def open(self, level: ChoiceLevel | ArticleLevel) -> None:
        """Open something upon what is open; of a long trail the oldest is forgotten, and never the list."""
        self._left_behind.clear()
        self.levels.append(level)
        del self.levels[1:-_TRAIL]

    async def back(self) -> None:
        """A level back; from a search to where it was begun, from any other section to the first view."""
        await self.keep_place()
        if len(self.levels) > 1:
            self._left_behind.append(self.levels.pop())
            self.say_level()
        elif self.stories.section.sought and self._before_search:
            self.enter(*self._before_search)
        elif not self.at_top:
            self.enter(self.lister.views[0])
        else:
            self.tell(self.keyed("There is nothing to go back to; {main.quit|ctrl+q} leaves Broadsheet."))

    async def forward(self) -> None:
        """A level forward again, where one has gone back from it."""
        if not self._left_behind:
            self.tell("There is nothing to go forward to.")
            return
        await self.keep_place()
        self.levels.append(self._left_behind.pop())
        self.say_level()

    def list_again(self) -> None:
        """The list as it is now, at the article where it was, or where that stood."""
        self.lister.list_again(self.stories)

    async def move(self, by: int) -> None:
        """So many rows or passages on, or back; says where that leads, and nothing else."""
        level = self.level
        at = max(0, min(len(level) - 1, level.at + by))
        if not len(level):
            self._say_empty()
        elif at == level.at:
            self.tell(END if by > 0 else "This is the first.")
        else:
            level.at = at
            self.say_here()

    async def page(self, by: int) -> None:
        """Ten rows on, or back; of an article the next ten passages."""
        level = self.level
        if isinstance(level, ArticleLevel) and by > 0:
            for _ in range(max(1, min(_PAGE, len(level) - 1 - level.at))):
                await self.move(1)
        else:
            await self.move(by * _PAGE)

    async def jump(self, to: int) -> None:
        """To the first row or passage, or the last (-1)."""
        if len(self.level):
            self.level.at = to % len(self.level)
            self.say_here()
        else:
            self._say_empty()

    async def repeat(self) -> None:
        """Where one is, and what stands there, once more."""
        level = self.level
        if len(level):
            self.tell(f"{level.title}, {max(0, level.at) + 1:,} of {len(level):,}.")
        self.say_here()

    def say_here(self) -> None:
        """Say the row or the passage that one is at."""
        level = self.level
        if not len(level):
            self._say_empty()
        elif isinstance(level, ArticleLevel):
            self.tell(spoken.passage(level.passages[max(0, level.at)], level.highlights))
        elif isinstance(level, ChoiceLevel):
            self.tell(level.rows[level.at])
        else:
            entry = self.entry(level.ids[level.at])
            self.tell(spoken.row(entry, self.when(entry.published)) if entry else GONE)

    def say_level(self) -> None:
        """Say what is open, and where one is in it."""
        level = self.level
        if isinstance(level, ArticleLevel):
            self.tell(spoken.sentences(f"Back in {level.title}"))
        elif len(level):
            self.tell(f"{level.title}, {len(level):,}:")
            self.say_here()
        else:
            self._say_empty()

    async def keep_place(self) -> None:
        """Keep how far the article that is open on top was read."""
        level = self.level
        if isinstance(level, ArticleLevel) and level.at >= 0:
            read = 0 if level.at + 1 == len(level) else level.passages[level.at].text_offset + 1
            if read != self.library.scroll(level.entry.id):
                entry_id = level.entry.id
                await self.do(self.keep(lambda: self.library.set_scroll(entry_id, read)))

    def when(self, published: When | None) -> str:
        """When something was, as the settings have lists tell it; "" where that is unknown."""
        if published is None or self.config.now[DATES] == "ago":
            return wording.ago(published, self.clock())
        told = wording.clock_or_date if self.config.now[DATES] == "iso" else wording.moment
        return told(published, self.clock())

    def entry(self, ref: int | str) -> Entry | None:
        """The entry, where the library has it."""
        try:
            return self.library.entry(ref)
        except NoSuchEntry:
            return None

    def here(self) -> Entry | None:
        """The article that is open, else the one that the list is at; says so where there is none."""
        open_one = next((level for level in reversed(self.levels) if isinstance(level, ArticleLevel)), None)
        if open_one is None and not len(self.stories):
            self.tell(NO_ARTICLE)
            return None
        found = self.entry(open_one.entry.id if open_one else self.stories.ids[self.stories.at])
        if found is None:
            self.tell(f"{GONE[:-1]}; nothing was changed.")
        return found

    def article_level(self) -> ArticleLevel | None:
        """The article that is open on top; says so where there is none."""
        level = self.level
        if isinstance(level, ArticleLevel):
            return level
        below = any(isinstance(each, ArticleLevel) for each in self.levels)
        self.tell(self.keyed(_LIST_ABOVE) if below else NO_ARTICLE)
        return None

    def look(self, level: ArticleLevel) -> None:
        """What is highlighted in an article now."""
        level.highlights = self.library.highlights(level.entry.id, level.article.text)

    async def keep(self, change: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Have the library keep something, however long another program writes; whoever leaves does not wait for that.

        Raises NewsError where it cannot be kept.
        """
        told = False
        while True:
            work = asyncio.ensure_future(change())
            while not (await asyncio.wait((work,), timeout=_LONG))[0]:
                told = self._tell_busy(told)
                if self.keyboard.is_closed:
                    self.library.hurry()
            try:
                return work.result()
            except LibraryBusy:
                told = self._tell_busy(told)
                if self.keyboard.is_closed:
                    raise
                await asyncio.sleep(_BETWEEN_TRIES)

    def _tell_busy(self, told: bool) -> bool:
        if not told:
            self.tell(_BUSY)
        return True

    async def do(self, act: Coroutine[Any, Any, T]) -> T | None:
        """Do something; None, and a sentence, where that could not be done."""
        try:
            return await act
        except NewsError as error:
            self.tell(str(error))
            return None

    async def done(self, act: Coroutine[Any, Any, object]) -> bool:
        """Do something of which nothing comes; whether it was done."""
        try:
            await act
        except NewsError as error:
            self.tell(str(error))
            return False
        return True

    def _say_empty(self) -> None:
        level = self.level
        if not isinstance(level, ListLevel):
            self.tell("Nothing here.")
        else:
            self.tell(" ".join(self.keyed(level.section.empty).split()))
