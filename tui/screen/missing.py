"""What is missing in the open article: looked for on its page, fetched once more, and from then on part of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cache.site import MissingPassages, SiteRule, host_of
from fetch.errors import FetchError, Unreachable
from fetch.links import is_of_a_feed
from tui.keymap import verbatim
from tui.typeset import wording
from tui.typeset.line import letters_and_digits

if TYPE_CHECKING:
    from cache.entry import Entry
    from tui.screen.context import Push
    from tui.screen.first_parts import FirstParts

_NO_PAGE = "Open an article of a site first; the text of this one is no page's."
_OFFLINE = "What is missing is looked for on the page itself."
_NOTHING = "The page of {} holds nothing beside this text."


class Missing:
    """Fetches the page of the open article, offers what it holds beside the text, and has one of that kept in it."""

    def __init__(self, first: FirstParts, push: Push) -> None:
        self.context = first.context
        self._articles = first.articles
        self._writing = first.writing
        self._reader = first.panes.reader
        self._push = push

    def ask(self) -> None:
        """Fetch the page, and offer what it holds beside the text."""
        shown = self._articles.shown
        entry = shown.entry if shown and shown.article else None
        if entry is None or not host_of(entry.url) or is_of_a_feed(entry.url):
            self.context.say_of_article(_NO_PAGE)
            return
        self.context.say_of_article(f"Fetching the page of {wording.site(entry.url)} again, for what is missing …")
        self.context.start(partial(self._fetch, entry), group="reading", exclusive=True)

    async def _fetch(self, entry: Entry) -> None:
        with self.context.telling():
            try:
                missing = await self.context.library.missing_passages(entry.id)
            except Unreachable as error:
                self.context.say(f"{error} {_OFFLINE}")
            except FetchError as error:
                self.context.say(str(error))
            else:
                await self._offer(missing)

    async def _offer(self, missing: MissingPassages) -> None:
        """Offer the passages nearest to where the reader is, unless another article has been opened meanwhile."""
        if self._articles.entry is None or self._articles.entry.id != missing.entry.id or self._articles.page:
            return
        if not missing.passages:
            self.context.say_of_article(_NOTHING.format(wording.site(missing.entry.url)))
            return
        from tui.dialogs.missing import MissingDialog

        self.context.say("")
        dialog = MissingDialog(host_of(missing.entry.url), missing.passages, self._place())
        await self._push(dialog, partial(self._chosen, missing))

    def _place(self) -> int:
        """How many letters of the text stand before the chosen passage, or above the screen."""
        if self._reader.choosing and (wanted := self._reader.passage.text_range):
            return letters_and_digits(wanted.text[: wanted.start])
        entry = self._articles.entry
        above = letters_and_digits(f"{entry.headline} {entry.source}") if entry else 0
        return max(0, self._articles.text_offset - above)

    def _chosen(self, missing: MissingPassages, rule: SiteRule | None) -> None:
        if rule is not None:
            notice = self.context.keyed(_sentence(rule))
            keep = partial(self.context.library.keep_passage, missing, rule)
            self._writing.write(keep, [missing.entry.id], notice, self._articles.show_again)


def _sentence(rule: SiteRule) -> str:
    host, undo = verbatim(rule.host), "Part of the story; {main.undo|u} takes it out again."
    if rule.how == "place":
        return f"{undo} So is all that {host} prints in “{verbatim(rule.text)}”."
    return f"{undo} So are these words wherever {host} prints them."
