"""The main screen: sections and search, marks and undo, refreshing and adding, on top of reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import SystemCommand
from textual.widgets import Input
from textual.worker import Worker

from fetch.errors import NewsError
from tui import phrases, sections
from tui.messages import OpenArticle
from tui.prompt import Prompt, Purpose
from tui.reading import ReadingDesk
from tui.sections import Section

if TYPE_CHECKING:
    from cache.library import Library


class Desk(ReadingDesk):
    """The one main screen. It asks the library and hands down what it says: no network, no SQL, no HTML here."""

    def __init__(self, library: Library, clock: Callable[[], datetime]) -> None:
        super().__init__(library, clock)
        self._before_search: tuple[Section, int] = (sections.ALL, 0)
        self._refreshing: Worker[None] | None = None

    # Sections and search

    def action_view(self) -> None:
        """The next of the usual views."""
        self.enter(sections.after(self.section))

    @work(group="dialog", exclusive=True)
    async def action_sections(self) -> None:
        """Choose a section, a source or a saved search."""
        from tui.contents import Contents

        if chosen := await self.app.push_screen_wait(Contents(self.library, self.section)):
            self.enter(chosen)
            self.reveal(self.headlines)

    def action_search(self) -> None:
        """Search as you type."""
        self._before_search = (self.section, self.headlines.highlighted)
        self._ask("search")

    def action_follow(self) -> None:
        """Follow a link by its number."""
        if self.reader.hrefs:
            self._ask("link")
        else:
            self.say("This article has no links.")

    def _ask(self, purpose: Purpose, typed: str = "") -> None:
        if not self.query("#prompt"):
            prompt = Prompt(purpose, typed)
            self.mount(prompt, before=self.status)
            prompt.focus()

    @on(Input.Changed, "#prompt")
    def _typed(self, typed: Input.Changed) -> None:
        if not isinstance(typed.input, Prompt):
            return
        words = typed.value.strip()
        if typed.input.purpose == "search":
            self.enter(sections.found(words, typed=True) if words else self._before_search[0])
            self.say(" ".join(self.library.query_errors(words)))
        elif typed.input.purpose == "link" and words.isdigit() and int(words) * 10 > len(self.reader.hrefs):
            self._follow(int(words))

    @on(Input.Submitted, "#prompt")
    def _submitted(self, typed: Input.Submitted) -> None:
        if not isinstance(typed.input, Prompt):
            return
        words = typed.value.strip()
        match typed.input.purpose:
            case "link" if words.isdigit():
                self._follow(int(words))
            case "tags" if entry := self.known(self._at_hand):
                self._close_prompt()
                names = [word.strip("#, ") for word in words.split()]
                self.write(self.library.tag(entry.id, [name for name in names if name]), [entry.id], "Tagged.")
            case "note" if entry := self.known(self._at_hand):
                self._close_prompt()
                self.write(self.library.note(entry.id, words), [entry.id], "Noted." if words else "The note is gone.")
            case "search":
                self._close_prompt()
                self.enter(sections.found(words) if words else self._before_search[0])
                self.reveal(self.headlines)

    @on(Prompt.Kept)
    def _search_kept(self) -> None:
        prompt = self.query_one(Prompt)
        words = prompt.value.strip()
        if prompt.purpose == "search" and words:
            told = f"Kept as a section: {words}. S lists it."
            self.write(self.library.keep_search(words, words), told=told)

    @on(Prompt.GivenUp)
    def _given_up(self) -> None:
        prompt = self._close_prompt()
        if prompt and prompt.purpose == "search":
            self.enter(*self._before_search)

    def _follow(self, number: int) -> None:
        self._close_prompt()
        links = self.reader.hrefs
        if 0 < number <= len(links):
            self.post_message(OpenArticle(links[number - 1]))
        else:
            self.say(f"There is no link {number}.")

    def _close_prompt(self) -> Prompt | None:
        prompts = self.query(Prompt)
        if not prompts:
            return None
        prompt = prompts.first()
        prompt.remove()
        (self.reader if prompt.purpose == "link" else self.headlines).focus()
        return prompt

    # What the reader does with articles

    @property
    def _at_hand(self) -> int:
        """The article a key is meant for: the highlighted one in the list, else the open one."""
        if self.focused is self.headlines or self.opened is None:
            return self.headlines.highlighted
        return self.opened.id

    def action_mark(self) -> None:
        """Read, or unread again."""
        if entry := self.known(self._at_hand):
            self.write(self.library.mark_read([entry.id], read=not entry.read), [entry.id])

    def action_save(self) -> None:
        """Put aside, or back."""
        if entry := self.known(self._at_hand):
            told = "Put back." if entry.saved else "Saved. It is kept until you put it back."
            self.write(self.library.save([entry.id], saved=not entry.saved), [entry.id], told)

    def action_tags(self) -> None:
        """Tag the article."""
        if entry := self.known(self._at_hand):
            self._ask("tags", " ".join(entry.tags))

    def action_note(self) -> None:
        """Write a note on the article."""
        if entry := self.known(self._at_hand):
            self._ask("note", self.library.note_of(entry.id))

    def action_mark_all(self) -> None:
        """Mark the whole list read; one undo takes it back."""
        number = self.library.count(f"{self.section.query} is:unread".strip())
        if number:
            told = f"Marked {phrases.stories(number)} read. u takes it back."
            self.write(self.library.mark_all_read(self.section.query), self.headlines.ids, told)
        else:
            self.say("Everything here is read.")

    @work(group="writing")
    async def action_undo(self) -> None:
        """Take back the last step."""
        try:
            undone = await self.library.undo()
        except NewsError as error:
            undone = str(error)
        self.headlines.forget()
        self.look()
        self.say(undone or "There is nothing to take back.")

    # What comes in

    def action_refresh(self) -> None:
        """Fetch what is due."""
        self._refresh(None)

    def action_refresh_source(self) -> None:
        """Fetch what is new from the source of the article at hand, due or not."""
        entry = self.known(self._at_hand)
        if entry and entry.source_id:
            self._refresh([entry.source_id])

    def _refresh(self, source_ids: list[int] | None) -> None:
        if self._refreshing and self._refreshing.is_running:
            self.say("A refresh is under way; escape stops it.")
        else:
            self.say("")
            self._refreshing = self._run_refresh(source_ids)

    @work(group="refresh", exclusive=True)
    async def _run_refresh(self, source_ids: list[int] | None) -> None:
        under_way = True
        try:
            async for step in self.library.refresh(source_ids, force=source_ids is not None):
                if step.step == "finished":
                    # What follows is quiet work on the stories, which nobody waits for.
                    self._refreshed(step.notice or f"Refreshed; {phrases.size(step.received)} received.")
                    under_way = False
                elif under_way:
                    self.status.progress = step
        except NewsError as error:
            self._refreshed(str(error))

    def _refreshed(self, told: str) -> None:
        self._refreshing = None
        self.status.progress = None
        self.say(told)
        self.look()

    @work(group="dialog", exclusive=True)
    async def action_add(self) -> None:
        """Add a source, an article or a list of sources."""
        from tui.sources import AddDialog

        added = await self.app.push_screen_wait(AddDialog(self.library))
        if added:
            self.look()
            self.say(added.sentence)
            if added.source_ids:
                self._refresh(list(added.source_ids))

    # Leaving

    def action_leave(self) -> None:
        """Stop the refresh; else leave the search; else go back to the list."""
        if self._refreshing and self._refreshing.is_running:
            self._refreshing.cancel()
            self._refreshed("The refresh was stopped; the next one goes on from here.")
        elif self.section not in sections.VIEWS and self.focused is self.headlines:
            self.enter(sections.ALL)
        else:
            self.say("")
            self.reveal(self.headlines)

    def action_help(self) -> None:
        """All keys."""
        from tui.help import Help

        self.app.push_screen(Help())

    async def action_quit(self) -> None:
        """Leave, with the place in the open article kept."""
        if self.opened:
            try:
                await self.library.set_scroll(self.opened.id, self.place)
            except NewsError as error:  # a place lost is no reason to stay
                self.log(str(error))
        self.app.exit()

    def commands(self) -> Iterable[SystemCommand]:
        """What the palette offers."""
        from tui.commands import commands

        return commands(self)
