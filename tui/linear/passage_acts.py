"""What the reader does with the passage that was said last: highlights, notes and cites it, and goes to others."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable, Sequence

from cache.highlight import Highlight, TextRange
from tui.linear import spoken
from tui.linear.desk import LinearDesk
from tui.linear.levels import ArticleLevel, ChoiceLevel
from tui.typeset import wording

_NO_PASSAGE = "No passage was said yet; {list.down|j} says the first."
_NO_TEXT = "This passage has no text of the article."
_WITHDRAWN = "No longer highlighted. {main.undo|u} brings it back."
_NONE = "Nothing is highlighted here; {main.passage|p} highlights the passage that was said last."


class PassageActs:
    """Acts on a passage of the article that is open on top."""

    def __init__(self, desk: LinearDesk) -> None:
        self._desk = desk
        self._sought = ""
        self._listed: tuple[ChoiceLevel, ArticleLevel, list[Highlight]] | None = None

    async def highlight(self) -> None:
        """Highlight the passage, or where something in it is highlighted, take that back."""
        if found := self._passage():
            level, wanted = found
            toggled = self._desk.keep(lambda: self._desk.library.toggle_highlight(level.entry.id, wanted))
            stands = await self._desk.do(toggled)
            if stands is not None:
                self._desk.look(level)
                kept = "Highlighted, and kept with the article."
                self._desk.tell(kept if stands else self._desk.keyed(_WITHDRAWN))

    async def note(self) -> None:
        """Write a note on the passage, which is highlighted by that."""
        if not (found := self._passage()):
            return
        level, wanted = found
        before = next((each.note for each in level.highlights if each.meets(wanted)), "")
        if before:
            self._desk.tell(f"The note: {before}")
        typed = await self._desk.ask("New note on the passage, a dot alone for none" if before else "Note on it")
        text = "" if typed == "." else typed
        if not typed or text == before:
            self._desk.tell("The note was not changed.")
            return
        work = self._desk.keep(lambda: self._desk.library.annotate(level.entry.id, wanted, text or ""))
        if await self._desk.done(work):
            self._desk.look(level)
            self._desk.tell("Noted." if text else "The note is gone.")

    async def cite(self) -> None:
        """The passage as Markdown, with whose it is and where it stands."""
        from cache.formats.citation import citation

        if found := self._passage():
            level, (text, start, end) = found
            for line in citation(level.article, level.entry, text[start:end]).split("\n"):
                if line.strip():
                    self._desk.tell(line)

    async def highlights(self) -> None:
        """What is highlighted in the article, to go there or to take it away."""
        level = self._desk.article_level()
        if level is None:
            return
        self._desk.look(level)
        found = list(level.highlights)
        if not found:
            self._desk.tell(self._desk.keyed(_NONE))
            return

        async def choose(at: int) -> None:
            self._go_to(level, found[at])

        choices = ChoiceLevel("Highlights", [spoken.highlight_row(each) for each in found], choose)
        self._listed = choices, level, found
        self._desk.push(choices)

    async def withdraw(self) -> None:
        """Take away the highlight that the list of them is at."""
        if not self._listed or self._desk.level is not self._listed[0]:
            self._desk.tell(self._desk.keyed("{main.highlights|w} lists highlights, of which it takes one away."))
            return
        choices, level, found = self._listed
        gone = found[choices.at]
        if await self._desk.done(self._desk.keep(lambda: self._desk.library.withdraw(level.entry.id, [gone]))):
            self._desk.levels.pop()
            self._desk.look(level)
            self._desk.tell(self._desk.keyed(_WITHDRAWN))

    async def find(self, search: Callable[[str], Awaitable[None]]) -> None:
        """To the next passage that has the words which are typed; behind a slash they are searched for everywhere."""
        level = self._desk.article_level()
        if level is None:
            return
        again = f", {self._sought} with enter alone" if self._sought else ""
        typed = await self._desk.ask(f"Find in the article{again}; behind a slash, in the library")
        if typed is None:
            self._desk.tell("Nothing was looked for.")
        elif typed.startswith("/"):
            await search(typed[1:].strip())
        elif typed or self._sought:
            self._sought = typed or self._sought
            self._find_on(level, folded_words(self._sought))
        else:
            self._desk.tell("Nothing was looked for.")

    def _find_on(self, level: ArticleLevel, words: str) -> None:
        """To the next passage behind this one that has these words; behind the last comes the first."""
        after = range(level.at + 1, level.at + 1 + len(level))
        at = next(
            (at % len(level) for at in after if words in folded_words(level.passages[at % len(level)].said)), None
        )
        if at is None:
            self._desk.tell(f"“{self._sought}” is not here.")
            return
        if at <= level.at:
            self._desk.tell("From the beginning again:")
        self._jump(level, at)

    async def footnotes(self) -> None:
        """The footnotes of the article, to go to."""
        level = self._desk.article_level()
        if level is None:
            return
        at_all = [at for at, passage in enumerate(level.passages) if passage.said.startswith("Footnote ")]
        if not at_all:
            self._desk.tell("This article has no footnotes.")
            return

        async def choose(at: int) -> None:
            self._jump(level, at_all[at])

        self._desk.push(ChoiceLevel("Footnotes", [level.passages[at].said for at in at_all], choose))

    async def addresses(self) -> None:
        """Where the links of the article lead: the address of the one that is chosen."""
        level = self._desk.article_level()
        if level is None:
            return
        links = spoken.links(level.article)
        if not links:
            self._desk.tell("There is no link in this article.")
            return

        async def choose(at: int) -> None:
            self._desk.tell(links[at][0])

        rows = [spoken.sentences(text, wording.site(href)) for href, text in links]
        self._desk.push(ChoiceLevel("Addresses of links", rows, choose))

    def _passage(self) -> tuple[ArticleLevel, TextRange] | None:
        """The article, and of its text what was said last; says so where there is none."""
        level = self._desk.article_level()
        if level is None:
            return None
        if level.at < 0 or not len(level):
            self._desk.tell(self._desk.keyed(_NO_PASSAGE))
            return None
        start, end = level.passages[level.at].text_range
        if start == end:
            self._desk.tell(_NO_TEXT)
            return None
        return level, TextRange(level.article.text, start, end)

    def _go_to(self, level: ArticleLevel, highlight: Highlight) -> None:
        ranges = [passage.text_range for passage in level.passages]
        at = _meeting(ranges, highlight)
        if at is None:
            self._desk.tell("These words are no longer in the text.")
        else:
            self._jump(level, at)

    def _jump(self, level: ArticleLevel, at: int) -> None:
        """To a passage of the article that the choices lie upon."""
        if self._desk.level is not level:
            self._desk.levels.pop()
        level.at = at
        self._desk.say_here()


def folded_words(text: str) -> str:
    """Text as it is looked for: without case and accents, and however its words are spaced."""
    apart = unicodedata.normalize("NFD", " ".join(text.split()).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _meeting(ranges: Sequence[tuple[int, int]], highlight: Highlight) -> int | None:
    """The first of these ranges of the text that a highlight stands in."""
    return next((at for at, (start, end) in enumerate(ranges) if highlight.meets(TextRange("", start, end))), None)
