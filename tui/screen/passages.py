"""What is done with a passage of the open article: choosing, copying, citing it; copying the article and its links."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from fetch.text import drawable
from tui.screen.context import Push, careful
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.highlight import Highlight, TextRange
    from fetch.article import Article
    from tui.screen.browsing import Browsing
    from tui.screen.first_parts import FirstParts
    from tui.screen.missing import Missing

_KEYS = (
    "{reader.down|j} and {reader.up|k} go from passage to passage, {passage.words|v} to its words; "
    "{passage.highlight|enter} highlights, {main.note|e} notes, {main.copy|y} copies, {passage.cite|c} cites."
)
_WORDS = (
    "{passage.word_left|h} and {passage.word_right|l} go from word to word; {passage.words|v} holds this one, to choose"
    " on from there."
)
_FROM_HERE = "From this word on. {passage.highlight|enter} highlights, {main.copy|y} copies, {passage.cite|c} cites."
_NO_WORD = "There is no word in this passage."
_LONGEST = 7  # digits of a number; no article has so many links
_HIGHLIGHTED = "Highlighted, and kept with the article."
_NONE = "Nothing is highlighted here; {main.passage|p} and then {passage.highlight|enter} does it."
_WITHDRAWN = "No longer highlighted. {main.undo|u} brings it back."
_NOTHING = "Open an article first; there is no text here."


class Passages:
    """Acts on the passage that is chosen in the reader.

    `browsing` has the clipboard, `teach` asks which passages are no part of the story, `push` shows a dialog.
    """

    def __init__(self, first: FirstParts, browsing: Browsing, teach: Callable[[], Awaitable[None]], push: Push) -> None:
        self.context = first.context
        self._first = first
        self._browsing = browsing
        self._teach = teach
        self._push = push
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
            case "highlight":
                self.highlight()
            case "list":
                await self.list_highlights()
            case "teach":
                await self._teach()
            case "words":
                self.choose_words()
            case _:
                self._missing.ask() if act == "missing" else self.move_word(act)

    @cached_property
    def _missing(self) -> Missing:
        """What asks the page for passages that are missing here."""
        from tui.screen.missing import Missing

        return Missing(self._first, self._push)

    def choose(self) -> None:
        """Choose a passage, the first in view, or none any more."""
        if self._reader.choosing:
            self._reader.passage.leave()
            return
        self._first.pane_layout.reveal(self._reader)
        self._reader.view.end_selection()
        self._reader.passage.begin()
        self.context.say_of_article(self.context.keyed(_KEYS) if self._reader.choosing else _NOTHING)

    def choose_words(self) -> None:
        """Choose a word of the passage; then hold it, to choose from there on; then all of the passage again."""
        self._reader.view.end_selection()
        cursor = self._reader.passage
        if cursor.words is None:
            words = cursor.first_in_view()
            cursor.choose_words(words or None)
            self.context.say_of_article(self.context.keyed(_WORDS) if words else _NO_WORD)
        elif not cursor.words.hold:
            cursor.words.hold = True
            self.context.say_of_article(self.context.keyed(_FROM_HERE))
        else:
            cursor.choose_words(None)
            self.context.say_of_article("All of the passage.")

    def move_word(self, act: str) -> None:
        """Move on among the words of the passage; to choose one more where none is chosen begins with the first."""
        self._reader.view.end_selection()
        cursor = self._reader.passage
        words = cursor.words or cursor.first_in_view()
        if not words:
            self.context.say_of_article(_NO_WORD)
            return
        by = 1 if act in ("word_right", "more_right", "last_word") else -1
        if act.startswith("more"):
            words.hold, begins = True, cursor.words is None
            moved = begins or words.aside(by)
        else:
            moved = words.end(by) if act in ("first_word", "last_word") else words.aside(by)
        cursor.choose_words(words)
        if not moved:
            self.context.say_of_article(words.ends(by))

    def highlight(self) -> None:
        """Highlight the passage, or where something in it is highlighted, take that back."""
        entry, wanted, library = self._first.articles.entry, self._reader.passage.text_range, self.context.library
        if entry and wanted:
            toggled = partial(library.toggle_highlight, entry.id, wanted)
            said = lambda stands: _HIGHLIGHTED if stands else self.context.keyed(_WITHDRAWN)  # noqa: E731
            self._first.writing.write(toggled, [entry.id], said, self._first.articles.show_highlights)

    def ask_note(self) -> bool:
        """Write a note on the passage; False where none is chosen, or another pane has the keys."""
        entry, wanted = self._first.articles.entry, self._reader.passage.text_range
        if entry is None or wanted is None or not self._reader.has_focus:
            return False
        from tui.panes.prompt import Question

        met = next((each for each in self._first.articles.highlights if each.meets(wanted)), None)
        question = Question("Note on the passage", lambda words: self._note(entry.id, wanted, words))
        self.context.ask(question, met.note if met else "")
        return True

    def _note(self, entry_id: int, wanted: TextRange, words: str) -> None:
        noted = partial(self.context.library.annotate, entry_id, wanted, words)
        said = lambda done: "Noted." if words else "The note is gone." if done else "There is no note."  # noqa: E731
        self._first.writing.write(noted, [entry_id], said, self._first.articles.show_highlights)

    async def list_highlights(self) -> None:
        """Show what is highlighted in the open article; the one taken is gone to, or taken away."""
        from tui.dialogs.highlights import HighlightsDialog

        entry, found = self._first.articles.entry, self._first.articles.highlights
        if entry and found:
            await self._push(HighlightsDialog(found), lambda taken: self._taken(entry.id, taken))
        else:
            self.context.say_of_article(self.context.keyed(_NONE))

    def _taken(self, entry_id: int, taken: Highlight | list[Highlight] | None) -> None:
        if isinstance(taken, list):
            withdrawn = partial(self.context.library.withdraw, entry_id, taken)
            self._first.writing.write(
                withdrawn, [entry_id], self.context.keyed(_WITHDRAWN), self._first.articles.show_highlights
            )
        elif taken and taken.place:
            self._first.pane_layout.reveal(self._reader)
            self._reader.passage.go_to(taken.place.paragraph)
        elif taken:
            self.context.say_of_article("These words are no longer in the text.")

    def copy(self) -> None:
        """Copy what is selected with the mouse, else what the passage says; without one, the article's address."""
        if selected := self._reader.view.selection:
            self._copy_text(selected.text, "It is on the clipboard.")
            selected.clear()
        elif self._reader.choosing:
            self._copy_text(self._reader.passage.text, f"{self._chosen} on the clipboard.")
        else:
            self._browsing.copy_address()

    def _copy_text(self, text: str, sentence: str) -> None:
        self._browsing.copy("\n".join(map(drawable, text.split("\n"))), sentence)

    @property
    def _chosen(self) -> str:
        return "These words are" if self._reader.passage.words else "The passage is"

    def cite(self) -> None:
        """Copy the passage as Markdown with whose it is and where it stands; without one, that of the article."""
        self.cite_text(self._reader.passage.text, self._chosen)

    @careful
    def cite_text(self, passage: str, chosen: str = "The passage is") -> None:
        """Copy any passage of the open article with whose it is and where it stands."""
        from cache.formats.citation import citation

        if opened := self._opened():
            article, entry = opened
            what = f"{chosen} on the clipboard, with the source." if passage else "The source is on the clipboard."
            self._browsing.copy(citation(article, entry, passage), what)

    @careful
    def copy_article(self) -> None:
        """Copy the article: headline, authors and source, text, address."""
        if opened := self._opened():
            article, entry = opened
            self._browsing.copy(wording.whole_text(article, entry), "The article is on the clipboard.")
        else:
            self.context.say_of_article(_NOTHING)

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
            self.context.say_of_article("This article has no links.")

    def _numbered(self, words: str) -> None:
        links = self._reader.hrefs
        self._reader.hint(None)
        if words.isdecimal() and len(words) < _LONGEST and 0 < int(words) <= len(links):
            self._copy_address(links[int(words) - 1])
        else:
            self.context.say_of_article(f"There is no link {words}.")

    def _copy_address(self, href: str) -> None:
        self._browsing.copy(drawable(href), f"{wording.site(href)}: the link is on the clipboard.")

    def _opened(self) -> tuple[Article, Entry] | None:
        shown = self._first.articles.shown
        return (shown.article, shown.entry) if shown and shown.article and shown.entry else None
