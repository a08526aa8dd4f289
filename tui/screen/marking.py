"""What the reader does with articles: marks, tags and notes, the reading list, throwing away, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cache.entry import Entry
from fetch.text import drawable
from tui import sections
from tui.panes.article_list import ArticleList
from tui.panes.prompt import Question
from tui.screen.context import ScreenContext
from tui.screen.listing import SectionList
from tui.screen.writing import Writing
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.library import Library

_ELSEWHERE = "The order of the reading list is set in the section Saved; {main.view|v} goes there."


Things: TypeAlias = Callable[[int], str]
"""So many of what is counted, in words: stories, and on the front page reports."""


class Marked(NamedTuple):
    """How many articles were marked read, and whether others came in unseen and were left."""

    number: int
    left: bool


class Marking:
    """The reader's acts on one article or on the whole list; each can be taken back.

    `show_again` draws the open article with the tags and the note it now has.
    """

    def __init__(
        self,
        context: ScreenContext,
        article_list: ArticleList,
        listing: SectionList,
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
        if entry := self._listed(entry_id):
            self._writing.write(lambda: self.context.library.toggle_read(entry.id), [entry.id])

    def toggle_saved(self, entry_id: int) -> None:
        """Put aside, or back."""
        if entry := self._listed(entry_id):
            self._writing.write(lambda: self.context.library.toggle_saved(entry.id), [entry.id], _saved_or_not)

    def throw_away(self, entry_id: int) -> None:
        """Take the article off every list."""
        if entry := self._listed(entry_id):
            self._list.drop(entry.id)
            self._writing.write(
                lambda: self.context.library.throw_away([entry.id]),
                notice=self.context.keyed("Thrown away. {main.undo|u} brings it back."),
                then=lambda: self._settle(entry.id),
                failed=lambda: self._settle(entry.id),
            )

    def reorder(self, by: int) -> None:
        """Move the highlighted article in the reading list."""
        if self._listing.section != sections.SAVED:
            self.context.say(self.context.keyed(_ELSEWHERE))
        elif entry_id := self._list.highlighted:
            self._writing.write(lambda: self.context.library.move_saved(entry_id, by), then=self._listing.list_all)

    def ask_tags(self, entry_id: int) -> None:
        """Tag the article."""
        if entry := self._listed(entry_id):
            shown = drawable(" ".join(entry.tags))
            question = Question("Tags, separated by spaces", lambda words: self._tag(entry, shown, words))
            self.context.ask(question, shown)

    def ask_note(self, entry_id: int) -> None:
        """Write a note on the article."""
        if entry := self._listed(entry_id):
            shown = drawable(self.context.library.note_of(entry.id))
            self.context.ask(Question("Note", lambda words: self._note(entry.id, shown, words)), shown)

    def mark_all_read(self) -> None:
        """Mark read what the list holds at this moment, the reports behind its rows too; one undo takes it back.

        What came in and has not been on screen is left, and said; the next time it is marked as well.
        """
        ids, unseen, things = self._listing.covered(), self._list.news.unseen, self._listing.things
        self._writing.write(
            lambda: mark_seen(self.context.library, ids, unseen),
            self._list.ids,
            lambda outcome: self.context.keyed(marked(outcome, things=things)),
            then=lambda: self._list.news.tell(unseen),
        )

    def undo(self) -> None:
        """Take back the last act."""
        self._writing.write(self.context.library.undo, (), _undone, self._show_all)

    def _listed(self, entry_id: int) -> Entry | None:
        """The entry; where it is on no list any more, as another program has removed it, that is told."""
        entry = self.context.known(entry_id)
        if entry is None and entry_id:
            self.context.say("This article is on no list any more; nothing was changed.")
        return entry

    def _show_all(self) -> None:
        if self._listing.section.front:
            self._listing.front.show_next()
        self._list.forget()
        self._listing.list_all()
        self._show_again()

    def _settle(self, entry_id: int) -> None:
        """What was dropped from the list is decided: the library says from now on whether it is there."""
        self._list.settle(entry_id)
        self._listing.list_all()

    def _tag(self, entry: Entry, line: str, words: str) -> None:
        """Only what was typed or taken out is changed; a tag that came from elsewhere meanwhile stays."""
        names = tags_in(words)
        shown = {tag: tags_in(tag) for tag in entry.tags}  # an older library may hold tags of several words
        add = names - {word for of_tag in shown.values() for word in of_tag}
        remove = {tag for tag, of_tag in shown.items() if not of_tag <= names}
        if words == line.strip() or (not add and not remove):
            self.context.say_of_article("No tag was changed.")
            return
        notice = "Tagged." if names else "The tags are gone."
        self._writing.write(
            lambda: self.context.library.tag(entry.id, add, remove), [entry.id], notice, self._show_again
        )

    def _note(self, entry_id: int, shown: str, words: str) -> None:
        """A line shows a note of several lines as one: where nothing was typed, it stays as it is."""
        if words == shown.strip():
            self.context.say_of_article("The note was not changed.")
            return
        notice = "Noted." if words else "The note is gone."
        self._writing.write(lambda: self.context.library.note(entry_id, words), [entry_id], notice, self._show_again)


def _saved_or_not(saved: bool) -> str:
    return "Saved. It is kept until you put it back." if saved else "Put back."


async def mark_seen(library: Library, ids: Sequence[int], unseen: Collection[int]) -> Marked:
    """Mark read all of `ids` that are not `unseen`."""
    seen = [entry_id for entry_id in ids if entry_id not in unseen] if unseen else ids
    return Marked(await library.mark_read(seen), len(seen) < len(ids))


def marked(outcome: Marked, key: str = "{main.mark_all|A}", things: Things = wording.stories) -> str:
    """How many were marked, and what was left; `key` marks that as well when it is pressed again."""
    said = f"Marked {things(outcome.number)} read. {{main.undo|u}} takes it back."
    if not outcome.number:
        said = "All that was seen is read." if outcome.left else "Everything here is read."
    return f"{said} {key} again for what came in unseen." if outcome.left else said


def _undone(sentence: str) -> str:
    return sentence or "There is nothing to take back."


def tags_in(words: str) -> set[str]:
    """The tags that were typed, with spaces or commas between them."""
    return {name.lower() for word in words.replace(",", " ").split() if (name := word.strip("#"))}
