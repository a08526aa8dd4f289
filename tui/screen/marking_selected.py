"""The reader's acts on all rows that are selected; each is taken back in one step, but tags, which are one for each.

Of a row of the front page all reports are marked read, the one that would be opened saved or tagged; to throw it away
mutes its story.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from tui.panes.prompt import Question
from tui.screen.first_parts import FirstParts
from tui.screen.marking import Things, tags_in
from tui.typeset import wording


class MarkingSelected:
    """Marks, saves, tags and throws away what is selected, and ends the selection."""

    def __init__(self, first: FirstParts) -> None:
        self.context = first.context
        self._list = first.panes.article_list
        self._listing = first.listing
        self._writing = first.writing
        self._show_again = first.articles.show_again

    def toggle_read(self, _: int = 0) -> None:
        """Mark all of them read; unread where all are read."""
        ids = self._listing.behind(self._taken())
        read = any(not entry.read for entry in self.context.library.entries(ids))
        said = partial(self._said, "Marked", "read" if read else "unread", things=self._listing.things)
        self._writing.write(lambda: self.context.library.mark_read(ids, read), ids, said)

    def toggle_saved(self, _: int = 0) -> None:
        """Save all of them; where all are saved, put them back."""
        ids = self._taken()
        save = any(not entry.saved for entry in self.context.library.entries(ids))
        said = partial(self._said, "Saved" if save else "Put back", "")
        self._writing.write(lambda: self.context.library.save(ids, save), ids, said)

    def throw_away(self, _: int = 0) -> None:
        """Take all of them off every list."""
        ids = self._taken()
        front = self._listing.section.front
        for entry_id in ids:
            if front:
                self._listing.front.drop(entry_id)
            else:
                self._list.drop(entry_id)
        library = self.context.library
        self._writing.write(
            lambda: library.mute(ids) if front else library.throw_away(ids),
            notice=partial(self._said, "Muted" if front else "Thrown away", ""),
            then=lambda: self._settle(ids),
            failed=lambda: self._settle(ids),
        )

    def ask_tags(self, _: int = 0) -> None:
        """Tag all of them with the same words."""
        ids = self._taken()
        title = f"Tags for {wording.stories(len(ids))}, separated by spaces"
        self.context.ask(Question(title, lambda words: self._tag(ids, words)))

    def _tag(self, ids: Sequence[int], words: str) -> None:
        names = tags_in(words)
        if not names:
            self.context.say("No tag was changed.")
            return

        told = partial(self._said, "Tagged", "")
        self._writing.write(lambda: self.context.library.tag_all(ids, names), ids, told, self._show_again)

    def _taken(self) -> list[int]:
        """What is selected, and is not any more."""
        ids = self._list.selected
        self._list.action_select()
        return ids

    def _settle(self, ids: Sequence[int]) -> None:
        for entry_id in ids:
            self._list.settle(entry_id)
        self._listing.list_all()

    def _said(self, done: str, how: str, number: int, *, things: Things = wording.stories) -> str:
        """What was done to so many: those that were so before are not counted."""
        if not number:
            return "Nothing is changed: all were so already."
        told = f"{done} {things(number)}{f' {how}' if how else ''}."
        return f"{told} {self.context.keyed('{main.undo|u} takes it back.')}"
