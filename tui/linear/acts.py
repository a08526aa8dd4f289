"""What the reader does with articles in the linear reader; each act is on disk before the next key is looked at."""

from __future__ import annotations

import asyncio
import os
import subprocess

from tui import sections
from tui.config.table import BROWSER
from tui.linear import spoken
from tui.linear.desk import LinearDesk
from tui.typeset import wording

_ELSEWHERE = "The order of the reading list is set in the section Saved; {main.view|v} goes there."


class ArticleActs:
    """The reader's acts on the article that is open, or that the list is at."""

    def __init__(self, desk: LinearDesk) -> None:
        self._desk = desk

    async def mark(self) -> None:
        """Read, or unread again."""
        if entry := self._desk.here():
            read = await self._desk.do(self._desk.keep(lambda: self._desk.library.toggle_read(entry.id)))
            if read is not None:
                self._desk.tell("Read." if read else "Unread.")

    async def save(self) -> None:
        """Put aside, or back."""
        if entry := self._desk.here():
            saved = await self._desk.do(self._desk.keep(lambda: self._desk.library.toggle_saved(entry.id)))
            if saved is not None:
                self._desk.tell("Saved. It is kept until you put it back." if saved else "Put back.")

    async def throw_away(self) -> None:
        """Take the article off every list."""
        entry = self._desk.here()
        if entry and await self._desk.done(self._desk.keep(lambda: self._desk.library.throw_away([entry.id]))):
            self._desk.levels = [self._desk.stories]
            self._desk.tell(self._desk.keyed("Thrown away. {main.undo|u} brings it back."))
            self._desk.list_again()
            self._desk.say_here()

    async def mark_all(self) -> None:
        """Mark every article of the list read, the reports behind its rows too."""
        number = await self._desk.do(self._desk.keep(lambda: self._desk.library.mark_read(self._desk.stories.covered)))
        if number:
            back = self._desk.keyed("{main.undo|u} takes it back.")
            self._desk.tell(f"Marked {wording.stories(number)} read. {back}")
        elif number is not None:
            self._desk.tell("Everything here is read.")

    async def tag(self) -> None:
        """Give the article tags, or take some away."""
        entry = self._desk.here()
        if entry is None:
            return
        there = f"now {', '.join(entry.tags)}; " if entry.tags else ""
        typed = await self._desk.ask(f"Tags, separated by spaces ({there}a minus before one takes it away)")
        add, remove = _tags(typed or "")
        if not add and not remove:
            self._desk.tell("No tag was changed.")
        elif await self._desk.done(self._desk.keep(lambda: self._desk.library.tag(entry.id, add, remove))):
            tags = self._desk.library.entry(entry.id).tags
            self._desk.tell(f"Tagged: {', '.join(tags)}." if tags else "The tags are gone.")

    async def note(self) -> None:
        """Write a note on the article."""
        entry = self._desk.here()
        if entry is None:
            return
        before = self._desk.library.note_of(entry.id)
        if before:
            self._desk.tell(f"The note: {before}")
        typed = await self._desk.ask("New note, a dot alone for none" if before else "Note")
        text = "" if typed == "." else typed
        if not typed or text == before:
            self._desk.tell("The note was not changed.")
        elif await self._desk.done(self._desk.keep(lambda: self._desk.library.note(entry.id, text or ""))):
            self._desk.tell("Noted." if text else "The note is gone.")

    async def undo(self) -> None:
        """Take back the last act."""
        said = await self._desk.do(self._desk.keep(self._desk.library.undo))
        if said is not None:
            self._desk.tell(spoken.sentences(said) or "There is nothing to take back.")
            self._desk.list_again()

    async def pictures(self) -> None:
        """What the pictures of the article show, as far as its words say."""
        entry = self._desk.here()
        article = self._desk.library.article(entry.id) if entry else None
        said = spoken.pictures(article) if article else []
        for sentence in said or ["This article has no pictures."]:
            self._desk.tell(sentence)

    async def say_address(self) -> None:
        """The article's address."""
        if entry := self._desk.here():
            self._desk.tell(entry.url)

    async def copy_article(self) -> None:
        """Put the text of the article that is open, or that the list is at, on the clipboard, with whose it is."""
        from tui.screen.browsing import on_clipboard, takes_clipboard

        entry = self._desk.here()
        if entry is None:
            return
        article = self._desk.library.article(entry.id)
        if article is None:
            self._desk.tell("The text of this article is not on disk.")
            return
        if takes_clipboard(os.environ):
            self._desk.keyboard.copy(wording.whole_text(article, entry))
        self._desk.tell(on_clipboard("The article is on the clipboard.", os.environ))

    async def reorder(self, by: int) -> None:
        """Move the article in the reading list."""
        stories = self._desk.stories
        if stories.section != sections.SAVED:
            self._desk.tell(self._desk.keyed(_ELSEWHERE))
            return
        entry = self._desk.here()
        if entry and await self._desk.done(self._desk.keep(lambda: self._desk.library.move_saved(entry.id, by))):
            self._desk.list_again()
            self._desk.tell(f"Now {stories.at + 1:,} of {len(stories):,}.")

    async def browse(self) -> None:
        """Open the article in the web browser, which has the terminal to itself where it needs that."""
        entry = self._desk.here()
        if entry is None:
            return
        from tui.screen.browsing import is_of_the_web, open_elsewhere, start, terminal_browser

        url, site, program = entry.url, wording.site(entry.url), self._desk.config.now[BROWSER]
        if not is_of_the_web(url):
            self._desk.tell("This has no address that a browser opens.")
        elif program:
            started = await asyncio.to_thread(start, program, url)
            named = f"{BROWSER.key} in {self._desk.config.path.name} names it"
            self._desk.tell(
                f"Opened {site} by {program[0]}." if started else f"{program[0]} cannot be started; {named}."
            )
        else:
            self._desk.tell(f"Opening {site} …")
            command = await asyncio.to_thread(terminal_browser, url)
            work = self._in_the_terminal(command) if command else asyncio.to_thread(open_elsewhere, url)
            self._desk.tell(f"Opened {site} in the browser." if await work else f"No browser opens {site}.")

    async def _in_the_terminal(self, command: list[str]) -> bool:
        with self._desk.silent(), self._desk.keyboard.lent():
            try:
                return (await asyncio.to_thread(subprocess.run, command, check=False)).returncode == 0
            except OSError:
                return False


def _tags(typed: str) -> tuple[set[str], set[str]]:
    """The tags to give and those to take away, with spaces or commas between them."""
    words = [word.strip("#").lower() for word in typed.replace(",", " ").split()]
    taken = {word[1:].lstrip("#") for word in words if word.startswith("-")}
    return {word for word in words if word and not word.startswith("-")} - taken, taken - {""}
