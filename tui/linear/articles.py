"""Opening articles in the linear reader, and the ways from one to another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.linear import spoken
from tui.linear.desk import END, GONE, NO_ARTICLE, LinearDesk
from tui.linear.levels import ArticleLevel, ChoiceLevel, ListLevel
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.entry import Entry, Reading
    from cache.found import Related
    from fetch.article import Article

_MOST_RELATED = 9
_ONE_LINE = 100_000  # cells: a paragraph is said as one


class ArticleOpener:
    """Opens articles upon a desk."""

    def __init__(self, desk: LinearDesk) -> None:
        self._desk = desk

    async def choose(self) -> None:
        """Open what one is at; in an article, the next passage."""
        level = self._desk.level
        if isinstance(level, ArticleLevel) or not len(level):
            await self._desk.move(1)
        elif isinstance(level, ChoiceLevel):
            await level.choose(level.at)
        else:
            await self.open(level.ids[level.at])

    async def open(self, ref: int | str, *, via: int | None = None) -> None:
        """Open an article, fetched first where it is not on disk; escape gives that up."""
        await self._desk.keep_place()
        entry = self._desk.entry(ref)
        if entry is None and isinstance(ref, int):  # another program has removed it
            self._desk.tell(GONE)
            return
        article = self._desk.library.article(entry.id) if entry else None
        if article is None:
            self._desk.tell(f"Fetching {wording.site(entry.url if entry else str(ref))} …")
            reading = await self._fetched(ref, via)
            if reading is None:
                return
            entry, article = reading.entry, reading.article
            if reading.notice:
                self._desk.tell(reading.notice)
        if entry is not None and article is not None:
            await self._show(entry, article)
        elif entry is not None and entry.summary:
            self._desk.tell(spoken.sentences(entry.headline, entry.summary))

    async def read_on(self) -> None:
        """The rest of the article; from its end, and from a list, the next unread article."""
        level = self._desk.level
        if not isinstance(level, ArticleLevel) or level.at + 1 >= len(level):
            await self.open_unread(1)
            return
        while level.at + 1 < len(level):
            await self._desk.move(1)
            if await self._desk.keyboard.escaped():
                self._desk.tell(f"Stopped at passage {level.at + 1} of {len(level)}.")
                return
        number = len(self._desk.library.related(level.entry.id, limit=_MOST_RELATED))
        listed = self._desk.keyed("{main.sidebar|i} lists them.")
        self._desk.tell(f"The end. {_stories(number)}: {listed}" if number else "The end.")

    async def open_beside(self, by: int) -> None:
        """Open the article so many rows on in the list, or back."""
        level = self._desk.stories
        if 0 <= level.at + by < len(level):
            await self._open_row(level.at + by)
        else:
            self._desk.tell(END if by > 0 else "This is the first.")

    async def open_unread(self, by: int) -> None:
        """Open the nearest unread article in that direction; the one that the list is at first."""
        level = self._desk.stories
        at = level.at if isinstance(self._desk.level, ListLevel) and by > 0 else level.at + by
        while 0 <= at < len(level):
            entry = self._desk.entry(level.ids[at])
            if entry and not entry.read:
                await self._open_row(at)
                return
            at += by
        self._desk.tell("No unread article in this direction.")

    async def related(self, number: int = 0) -> None:
        """The stories beside the article to choose from, or open the one of this number."""
        entry = self._desk.here()
        if entry is None:
            return
        stories = self._desk.library.related(entry.id, limit=_MOST_RELATED)
        if not stories:
            self._desk.tell("No related stories.")
        elif number > len(stories):
            self._desk.tell(f"No such number: {_stories(len(stories))}.")
        elif number:
            await self._open_related(stories, entry.id, number - 1)
        else:
            rows = [spoken.related_row(story, self._desk.when(story.published)) for story in stories]
            self._desk.push(ChoiceLevel("Related stories", rows, partial(self._open_related, stories, entry.id)))

    async def timeline(self) -> None:
        """All reports of the story, in the order of time."""
        if entry := self._desk.here():
            reports = self._desk.library.timeline(entry.id).reports
            rows = [spoken.report_row(each, self._desk.clock(), first=not at) for at, each in enumerate(reports)]
            ids = [report.entry.id for report in reports]
            self._desk.push(ChoiceLevel("Reports of this story", rows, lambda at: self.open(ids[at])))

    async def report(self, by: int) -> None:
        """Open the report of this story that comes so many further on in time, or before."""
        entry = self._desk.here()
        if entry is None:
            return
        ids = [report.entry.id for report in self._desk.library.timeline(entry.id).reports]
        at = ids.index(entry.id) + by if entry.id in ids else -1
        if 0 <= at < len(ids):
            await self.open(ids[at])
        else:
            self._desk.tell("This is the last report." if by > 0 else "This is the first report.")

    async def changes(self) -> None:
        """What its site has changed in the article, with [- -] round what went and {+ +} round what came."""
        from tui.typeset.article import as_text
        from tui.typeset.changes import lay_out_changes

        if entry := self._desk.here():
            changes = self._desk.library.changes(entry.id)
            if not changes:
                self._desk.tell("Its site has changed nothing since it was kept.")
            for text in as_text(lay_out_changes(changes, _ONE_LINE, now=self._desk.clock(), bracketed=True)).split(
                "\n"
            ):
                if any(map(str.isalnum, text)):
                    self._desk.tell(text.strip())

    async def follow(self) -> None:
        """The links of the article, to choose from."""
        level = self._desk.level
        if not isinstance(level, ArticleLevel):
            self._desk.tell(NO_ARTICLE)
            return
        links, entry_id = spoken.links(level.article), level.entry.id
        if links:
            rows = [spoken.sentences(text, wording.site(href)) for href, text in links]
            self._desk.push(ChoiceLevel("Links", rows, lambda at: self.open(links[at][0], via=entry_id)))
        else:
            self._desk.tell("There is no link in this article.")

    async def _fetched(self, ref: int | str, via: int | None) -> Reading | None:
        work = asyncio.ensure_future(self._desk.do(self._desk.library.read(ref, via=via)))
        if await self._desk.keyboard.unless_escaped(work):
            return work.result()
        self._desk.tell("Given up.")
        return None

    async def _show(self, entry: Entry, article: Article) -> None:
        level = ArticleLevel(entry, article, spoken.passages(article))
        self._desk.look(level)
        self._desk.open(level)
        note = self._desk.library.note_of(entry.id)
        for said in spoken.opening(article, entry, self._desk.clock(), note):
            self._desk.tell(said)
        self._desk.tell(f"{wording.count(article.words, 'word')}, {wording.count(len(level), 'passage')}.")
        if not entry.read:
            await self._desk.done(self._desk.keep(lambda: self._desk.library.mark_opened(entry.id, time.time())))
        read = self._desk.library.scroll(entry.id)
        level.at = sum(passage.text_offset < read for passage in level.passages) - 1
        if level.at >= 0:
            self._desk.tell(f"You were at passage {level.at + 1}.")

    async def _open_row(self, at: int) -> None:
        """Open an article of the list in place of all that lies upon that."""
        stories = self._desk.stories
        await self._desk.keep_place()
        self._desk.levels = [stories]
        stories.at = at
        await self.open(stories.ids[at])

    async def _open_related(self, stories: Sequence[Related], via: int, at: int) -> None:
        await self.open(stories[at].entry_id or stories[at].url, via=via)


def _stories(number: int) -> str:
    return wording.count(number, "related story", "related stories")
