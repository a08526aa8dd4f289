"""What the reader does with articles: marks, tags and notes, the reading list, throwing away, and taking it back."""

from __future__ import annotations

from textual import work

from fetch.errors import NewsError
from tui import sections
from tui.panes.prompt import Prompt, Question
from tui.screen.reading import ReadingDesk
from tui.typeset import phrases


class KeepingDesk(ReadingDesk):
    """The desk as far as the reader's own half of the library goes; every step of it can be taken back."""

    @property
    def at_hand(self) -> int:
        """The article a key is meant for: the highlighted one in the list, else the open one."""
        if self.focused is self.headlines or self.opened is None:
            return self.headlines.highlighted
        return self.opened.id

    def ask(self, question: Question, typed: str = "") -> None:
        """Put a line to type in at the foot of the desk."""
        if not self.query(Prompt):
            prompt = Prompt(question, typed)
            self.mount(prompt, before=self.status)
            prompt.focus()

    def action_mark(self) -> None:
        """Read, or unread again."""
        if entry := self.known(self.at_hand):
            self.write(self.library.mark_read([entry.id], read=not entry.read), [entry.id])

    def action_save(self) -> None:
        """Put aside, or back."""
        if entry := self.known(self.at_hand):
            told = "Put back." if entry.saved else "Saved. It is kept until you put it back."
            self.write(self.library.save([entry.id], saved=not entry.saved), [entry.id], told)

    def action_throw_away(self) -> None:
        """Take the article off every list."""
        if entry := self.known(self.at_hand):
            self.headlines.drop(entry.id)
            self.write(self.library.throw_away([entry.id]), told="Thrown away. u brings it back.")

    def action_reorder(self, by: int) -> None:
        """Move the highlighted article in the reading list."""
        ids, at = self.headlines.ids, self.headlines.index
        if self.section != sections.SAVED:
            self.say("The order of the reading list is set in the section Saved; v goes there.")
        elif 0 <= at + by < len(ids):
            behind = at + (2 if by > 0 else -1)
            before = ids[behind] if behind < len(ids) else None
            self.write(self.library.move_saved(ids[at], before), then=self.list_all)

    def action_tags(self) -> None:
        """Tag the article."""
        if entry := self.known(self.at_hand):
            question = Question("Tags, separated by spaces", lambda words: self._tag(entry.id, words))
            self.ask(question, " ".join(entry.tags))

    def _tag(self, entry_id: int, words: str) -> None:
        names = [name for word in words.split() if (name := word.strip("#, "))]
        told = "Tagged." if names else "The tags are gone."
        self.write(self.library.tag(entry_id, names), [entry_id], told, self.show_again)

    def action_note(self) -> None:
        """Write a note on the article."""
        if entry := self.known(self.at_hand):
            question = Question("Note", lambda words: self._note(entry.id, words))
            self.ask(question, self.library.note_of(entry.id))

    def _note(self, entry_id: int, words: str) -> None:
        told = "Noted." if words else "The note is gone."
        self.write(self.library.note(entry_id, words), [entry_id], told, self.show_again)

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
        self.list_all()
        with self.telling():
            self.show_again()
        self.say(undone or "There is nothing to take back.")

    @work(group="writing")
    async def action_prune(self) -> None:
        """Tell what is past its time; asked once more, remove it."""
        try:
            past = await self.aside.ask(lambda library: library.prunable())
            told = f"To remove: {past.sentence}"
            again = f"{told} P again removes them for good."
            if not past.outlived + past.thrown_away:
                self.say(told)
            elif self.status.notice == again:
                self.say(f"Removed: {(await self.library.prune()).sentence}")
                self.list_all()
            else:
                self.say(again)
        except NewsError as error:
            self.say(str(error))
