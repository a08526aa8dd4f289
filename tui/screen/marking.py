"""What the reader does with articles: marks, tags and notes, the reading list, throwing away, and taking it back."""

from __future__ import annotations

from collections.abc import Callable

from fetch.errors import NewsError
from tui import sections
from tui.panes.article_list import ArticleList
from tui.panes.prompt import Question
from tui.screen.context import Context, careful
from tui.screen.listing import Listing
from tui.screen.writing import Writing
from tui.typeset import phrases


class Marking:
    """The reader's acts on one article or on the whole list; each can be taken back.

    `show_again` draws the open article with the tags and the note it now has.
    """

    def __init__(
        self,
        context: Context,
        article_list: ArticleList,
        listing: Listing,
        writing: Writing,
        show_again: Callable[[], None],
    ) -> None:
        self.context = context
        self._list = article_list
        self._listing = listing
        self._writing = writing
        self._show_again = show_again

    def toggle_read(self, entry_id: int) -> None:
        """Read, or unread again."""
        if entry := self.context.known(entry_id):
            self._writing.write(self.context.library.mark_read([entry.id], read=not entry.read), [entry.id])

    def toggle_saved(self, entry_id: int) -> None:
        """Put aside, or back."""
        if entry := self.context.known(entry_id):
            notice = "Put back." if entry.saved else "Saved. It is kept until you put it back."
            self._writing.write(self.context.library.save([entry.id], saved=not entry.saved), [entry.id], notice)

    def throw_away(self, entry_id: int) -> None:
        """Take the article off every list."""
        if entry := self.context.known(entry_id):
            self._list.drop(entry.id)
            self._writing.write(self.context.library.throw_away([entry.id]), notice="Thrown away. u brings it back.")

    def reorder(self, by: int) -> None:
        """Move the highlighted article in the reading list."""
        ids, at = self._list.ids, self._list.index
        if self._listing.section != sections.SAVED:
            self.context.say("The order of the reading list is set in the section Saved; v goes there.")
        elif 0 <= at + by < len(ids):
            behind = at + (2 if by > 0 else -1)
            before = ids[behind] if behind < len(ids) else None
            self._writing.write(self.context.library.move_saved(ids[at], before), then=self._listing.list_all)

    def ask_tags(self, entry_id: int) -> None:
        """Tag the article."""
        if entry := self.context.known(entry_id):
            question = Question("Tags, separated by spaces", lambda words: self._tag(entry.id, words))
            self.context.ask(question, " ".join(entry.tags))

    def ask_note(self, entry_id: int) -> None:
        """Write a note on the article."""
        if entry := self.context.known(entry_id):
            question = Question("Note", lambda words: self._note(entry.id, words))
            self.context.ask(question, self.context.library.note_of(entry.id))

    def mark_all_read(self) -> None:
        """Mark the whole list read; one undo takes it back."""
        library, query = self.context.library, self._listing.section.query
        number = library.count(f"{query} is:unread".strip())
        if number:
            notice = f"Marked {phrases.stories(number)} read. u takes it back."
            self._writing.write(library.mark_all_read(query), self._list.ids, notice)
        else:
            self.context.say("Everything here is read.")

    def undo(self) -> None:
        """Take back the last act."""
        self.context.start(self._undo, group="writing")

    async def _undo(self) -> None:
        try:
            undone = await self.context.library.undo()
        except NewsError as error:
            undone = str(error)
        self._list.forget()
        self._listing.list_all()
        self._draw_again()
        self.context.say(undone or "There is nothing to take back.")

    @careful
    def _draw_again(self) -> None:
        self._show_again()

    def _tag(self, entry_id: int, words: str) -> None:
        names = [name for word in words.split() if (name := word.strip("#, "))]
        notice = "Tagged." if names else "The tags are gone."
        self._writing.write(self.context.library.tag(entry_id, names), [entry_id], notice, self._show_again)

    def _note(self, entry_id: int, words: str) -> None:
        notice = "Noted." if words else "The note is gone."
        self._writing.write(self.context.library.note(entry_id, words), [entry_id], notice, self._show_again)
