"""What is done with a passage of the open article: choosing, copying, citing it; copying the article and its links."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from fetch.text import clean, drawable
from tui.screen.context import careful
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.entry import Entry
    from fetch.article import Article
    from tui.screen.browsing import Browsing
    from tui.screen.first_parts import FirstParts

_KEYS = (
    "{reader.down|j} and {reader.up|k} go from passage to passage; {main.copy|y} copies, {passage.cite|c} cites, "
    "{main.leave|escape} leaves."
)
_LONGEST = 7  # digits of a number; no article has so many links
_NOTHING = "Open an article first; there is no text here."


class Passages:
    """Acts on the passage that is chosen in the reader.

    `browsing` has the clipboard, `teach` asks which passages are no part of the story.
    """

    def __init__(self, first: FirstParts, browsing: Browsing, teach: Callable[[], Awaitable[None]]) -> None:
        self.context = first.context
        self._first = first
        self._browsing = browsing
        self._teach = teach
        self._reader = first.panes.reader

    async def do(self, act: str) -> None:
        """Do what a key is for."""
        match act:
            case "choose":
                self.choose()
            case "copy":
                self.copy()
            case "cite":
                self.cite()
            case "copy_article":
                self.copy_article()
            case "copy_link":
                self.copy_link()
            case "teach":
                await self._teach()

    def choose(self) -> None:
        """Choose a passage, the first in view, or none any more."""
        if self._reader.choosing:
            self._reader.passage.leave()
            return
        self._first.pane_layout.reveal(self._reader)
        self._reader.passage.begin()
        self.context.say(_KEYS if self._reader.choosing else _NOTHING)

    def copy(self) -> None:
        """Copy what the passage says; without one, the article's address."""
        if not self._reader.choosing:
            self._browsing.copy_address()
            return
        self._browsing.copy(
            "\n".join(map(drawable, self._reader.passage.text.split("\n"))), "The passage is on the clipboard."
        )

    def cite(self) -> None:
        """Copy the passage as Markdown with whose it is and where it stands; without one, that of the article."""
        self.cite_text(self._reader.passage.text)

    @careful
    def cite_text(self, passage: str) -> None:
        """Copy any passage of the open article with whose it is and where it stands."""
        from cache.formats.citation import citation

        if opened := self._opened():
            article, entry = opened
            what = "The passage is on the clipboard, with its source." if passage else "The source is on the clipboard."
            self._browsing.copy(citation(article, entry, passage), what)

    @careful
    def copy_article(self) -> None:
        """Copy the article: headline, authors and source, text, address."""
        if opened := self._opened():
            article, entry = opened
            by = ", ".join(filter(None, (wording.byline(article.authors), article.source or entry.source)))
            parts = (article.headline, by, article.dek, *article.text.split("\n"), entry.url)
            self._browsing.copy("\n\n".join(filter(None, map(clean, parts))), "The article is on the clipboard.")
        else:
            self.context.say(_NOTHING)

    def copy_link(self) -> None:
        """Copy where a link leads: the only one of the passage or the article, else the one whose number is typed."""
        of_passage, links = self._reader.passage.hrefs, self._reader.hrefs
        if len(of_passage or links) == 1:
            self._copy_address((of_passage or links)[0])
        elif links:
            from tui.panes.prompt import Question

            self._reader.hint("")
            title = f"Copy link number, 1 to {len(links)}"
            self.context.ask(Question(title, self._numbered, self._reader.hint, left=lambda _: self._reader.hint(None)))
        else:
            self.context.say("This article has no links.")

    def _numbered(self, words: str) -> None:
        links = self._reader.hrefs
        self._reader.hint(None)
        if words.isdecimal() and len(words) < _LONGEST and 0 < int(words) <= len(links):
            self._copy_address(links[int(words) - 1])
        else:
            self.context.say(f"There is no link {words}.")

    def _copy_address(self, href: str) -> None:
        self._browsing.copy(drawable(href), f"{wording.site(href)}: the link is on the clipboard.")

    def _opened(self) -> tuple[Article, Entry] | None:
        entry = self._first.articles.entry
        article = self.context.library.article(entry.id) if entry else None
        return (article, entry) if entry and article else None
