"""What is part of the stories of a site and what is not, as its reader says from an article in the linear reader."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from cache.site import host_of
from fetch.links import is_of_a_feed
from tui.linear import spoken
from tui.linear.desk import LinearDesk
from tui.linear.levels import ArticleLevel, ChoiceLevel
from tui.typeset import wording
from tui.typeset.line import letters_and_digits

if TYPE_CHECKING:
    from cache.site import MissingPassages, SiteRule
    from tui.dialogs.passages import Taught


class SiteRuleActs:
    """Lists the passages of an article, and those of its page beside it, to be taken."""

    def __init__(self, desk: LinearDesk) -> None:
        self._desk = desk

    async def teach(self) -> None:
        """The passages of the article: what is taken is no part of the stories of its site, or part of them again."""
        from tui.dialogs.passages import all_offers

        entry = self._desk.here()
        if entry is None:
            return
        library, host = self._desk.library, host_of(entry.url)
        passages = library.passages(entry.id) if host else []
        if not passages:
            self._desk.tell("The text of this one is no site's.")
            return
        offered = list(all_offers(host, passages, library.site_rules(host)))

        async def choose(at: int) -> None:
            await self._teach(offered[at][1])

        rows = [spoken.sentences(choice.label.strip(), choice.mark.capitalize()) for choice, *_ in offered]
        self._desk.push(ChoiceLevel(f"No part of the stories of {host}, or part again", rows, choose))

    async def missing(self) -> None:
        """What the page of the article, fetched again, holds beside its text: what is taken is part of it then."""
        from tui.dialogs.missing import nearest, rules_of

        level = self._desk.article_level()
        if level is None:
            return
        host = host_of(level.entry.url)
        if not host or is_of_a_feed(level.entry.url):
            self._desk.tell("The text of this one is no page's.")
            return
        self._desk.tell(f"Fetching the page of {wording.site(level.entry.url)} again, for what is missing …")
        work = asyncio.ensure_future(self._desk.do(self._desk.library.missing_passages(level.entry.id)))
        if not await self._desk.keyboard.unless_escaped(work):
            self._desk.tell("Given up.")
            return
        found = work.result()
        if found is None:
            return
        near = nearest(found.passages, self._before(level))
        offered = [each for passage in near for each in rules_of(host, passage)]
        if not offered:
            self._desk.tell(f"The page of {wording.site(level.entry.url)} holds nothing beside this text.")
        else:
            rows = [spoken.sentences(choice.label.strip(), choice.mark) for choice, _ in offered]
            choose = lambda at: self._keep(found, offered[at][1])  # noqa: E731
            self._desk.push(ChoiceLevel("What the page holds beside this text", rows, choose))

    async def _keep(self, found: MissingPassages, rule: SiteRule) -> None:
        if await self._desk.done(self._desk.keep(lambda: self._desk.library.keep_passage(found, rule))):
            self._desk.levels.pop()
            self._desk.tell(self._desk.keyed("Part of the story from now on. {main.undo|u} takes it out again."))
            self._set_anew()

    def _before(self, level: ArticleLevel) -> int:
        """How many letters of the text stand before the passage that was said last."""
        start, _ = level.passages[max(0, level.at)].text_range if len(level) else (0, 0)
        return letters_and_digits(level.article.text[:start])

    async def _teach(self, taught: Taught) -> None:
        library = self._desk.library
        if not await self._desk.done(
            self._desk.keep(lambda: library.forget(taught.forget) if taught.forget else library.teach(taught.teach))
        ):
            return
        self._desk.levels.pop()
        self._desk.tell(self._desk.keyed(taught.sentence))
        self._set_anew()

    def _set_anew(self) -> None:
        """The article that is open on top as it is now."""
        level = self._desk.level
        article = self._desk.library.article(level.entry.id) if isinstance(level, ArticleLevel) else None
        if isinstance(level, ArticleLevel) and article:
            level.article, level.passages = article, spoken.passages(article)
            level.at = min(level.at, len(level) - 1)
            self._desk.look(level)
