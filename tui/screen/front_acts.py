"""What the reader does with a story of the front page: marks on its reports, following it, muting it, asking why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cache.front_page import FOLLOWED_SECTION
from fetch.errors import NewsError
from tui import sections

if TYPE_CHECKING:
    from tui.screen.first_parts import FirstParts
    from tui.screen.marking import Marking
    from tui.typeset.front_rows import FrontRow

_FOLLOWED = f"Followed: its topic stands under “{FOLLOWED_SECTION}” on the front page."
_LOOKING = "Looking for what it goes on from …"
_NO_DOSSIER = "No dossier: that takes three events, over three days or more."
_ELSEWHERE = "Why here is asked on the front page; {main.front|d} goes there."


class FrontActs:
    """Acts on a story, given by the report that its row stands for; each can be taken back."""

    def __init__(self, first: FirstParts, marking: Marking) -> None:
        self.context = first.context
        self._list = first.panes.article_list
        self._listing = first.listing
        self._writing = first.writing
        self._marking = marking

    def tell_why(self, entry_id: int) -> None:
        """Say in the story's row why it stands where it does, or no longer."""
        if self._listing.section.front:
            self._listing.front.tell_why(entry_id)
        else:
            self.context.say(self.context.keyed(_ELSEWHERE))

    def open_dossier(self, entry_id: int) -> None:
        """List the events of the storyline that the story goes on, the last first; escape leads back to the story."""
        if row := self._row(entry_id):
            report = row.dossier.report if row.dossier else 0
            self.context.say(_LOOKING)
            self.context.start(partial(self._open_dossier, entry_id, report), group="dossier", exclusive=True)

    async def _open_dossier(self, entry_id: int, report: int) -> None:
        at = self.context.clock().timestamp()
        ask = lambda library: library.dossier(entry_id, at, report)  # noqa: E731
        try:
            found = await self.context.background.ask(ask, lane="page")
        except NewsError as error:
            self.context.say(str(error))
            return
        if not self._listing.section.front or self._list.highlighted != entry_id:
            return  # the reader has gone on
        if found is None:
            self.context.say(_NO_DOSSIER)
            return
        self.context.say("")
        events = [event.best for event in reversed(found.events)]
        self._listing.enter(sections.of_dossier(found.headline, found.days, events))

    def toggle_read(self, entry_id: int) -> None:
        """Read, all reports of the story; where it is read, unread again."""
        row = self._row(entry_id)
        if row is None or row.story.read:
            self._marking.toggle_read(entry_id)
            return
        reports = list(row.story.reports)
        self._writing.write(lambda: self.context.library.mark_read(reports), reports)

    def toggle_saved(self, entry_id: int) -> None:
        """Put the report aside that would be opened, or back."""
        self._marking.toggle_saved(entry_id)

    def ask_tags(self, entry_id: int) -> None:
        """Tag the report that would be opened."""
        self._marking.ask_tags(entry_id)

    def throw_away(self, entry_id: int) -> None:
        """Mute the story: it stays off the page, also as it grows, until something else happens in it."""
        row = self._row(entry_id)
        if row is None:
            return
        self._listing.front.drop(entry_id)
        self._writing.write(
            lambda: self.context.library.mute([entry_id]),
            notice=self.context.keyed("Muted until something else happens in it. {main.undo|u} brings it back."),
            then=lambda: self._settle(entry_id),
            failed=lambda: self._settle(entry_id),
        )

    def toggle_followed(self, entry_id: int) -> None:
        """Follow the story, or no longer."""
        if self._row(entry_id):
            self._writing.write(lambda: self.context.library.toggle_followed(entry_id), [entry_id], _followed_or_not)

    def _row(self, entry_id: int) -> FrontRow | None:
        return self._listing.front.row(entry_id)

    def _settle(self, entry_id: int) -> None:
        self._list.settle(entry_id)
        self._listing.list_all()


def _followed_or_not(followed: bool) -> str:
    return _FOLLOWED if followed else "Followed no longer."
