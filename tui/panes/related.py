"""The sidebar: stories beside the open one, numbered, each with a word why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.messages import OpenArticle
from tui.panes.base import Pane, draw
from tui.typeset import wording
from tui.typeset.cells import cells
from tui.typeset.line import BLANK, Line, Run, line
from tui.typeset.theme import Ground
from tui.typeset.wrap import clip, wrap_within

if TYPE_CHECKING:
    from cache.found import Related
    from fetch.article import When

_NOT_HERE = "↓ "


class RelatedStories(Pane):
    """The stories related to the open article, in groups."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next story", id="related.down", tooltip="Move the highlight down"),
        Binding("up,k", "move(-1)", "Previous story", id="related.up", tooltip="Move the highlight up"),
        Binding("enter,space", "open", "Open", id="related.open", tooltip="Open the highlighted story"),
        Binding("pagedown", "page_down", "Page down", id="related.page_down", tooltip="A page on"),
        Binding("pageup", "page_up", "Page up", id="related.page_up", tooltip="A page back"),
    ]

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__("related")
        self._clock = clock
        self._age: wording.Age = wording.briefly_ago
        self._stories: Sequence[Related] = ()
        self._drawn_stories: Sequence[Related] = ()
        self._lines: list[tuple[Line, int]] = []
        self._set_for = 0
        self.index = 0

    @property
    def stories(self) -> Sequence[Related]:
        """The stories in the order of their numbers."""
        return self._stories

    def show(self, stories: Sequence[Related] | None) -> None:
        """Put these stories in the sidebar; None while they are being looked for: what is drawn stays so long."""
        self._stories, self.index = stories or (), 0
        if stories is None:
            if self.has_focus:
                self.refresh()  # none of it can be opened any more, so none is lit
            return
        self._drawn_stories = stories
        self._set()
        self.move_to(0)

    def open_number(self, number: int) -> bool:
        """Open the story with this number, counted from 1; False when there is none."""
        if not 0 < number <= len(self._stories):
            return False
        story = self._stories[number - 1]
        self.post_message(OpenArticle(story.entry_id or story.url))
        return True

    def line_at(self, at: int, rail: str) -> Strip:
        """The line `at` of the sidebar."""
        laid, story = self._lines[at] if at < len(self._lines) else (BLANK, -1)
        is_lit = self.has_focus and story == self.index and bool(self._stories and laid.runs)
        ground: Ground = "chosen" if is_lit else "paper"
        return draw(laid, self.size.width, self.role_styles, ground, rail=rail)

    def action_move(self, by: int) -> None:
        """Move the highlight by so many stories."""
        if not self._stories:
            return
        self.index = min(max(self.index + by, 0), len(self._stories) - 1)
        rows = [at for at, (_, story) in enumerate(self._lines) if story == self.index]
        if rows[0] < self.scroll_offset.y:
            self.move_to(max(0, rows[0] - 2))
        elif rows[-1] >= self.scroll_offset.y + self.size.height:
            self.move_to(rows[-1] - self.size.height + 1)
        self.refresh()

    def action_open(self) -> None:
        """Open the highlighted story."""
        self.open_number(self.index + 1)

    def on_click(self, event: events.Click) -> None:
        """A click opens the story it falls on."""
        if self.jump_on_rail(event):
            return
        at = event.y - self.gutter.top + self.scroll_offset.y
        if 0 <= at < len(self._lines) and self._lines[at][1] >= 0:
            self.open_number(self._lines[at][1] + 1)

    def on_resize(self) -> None:
        """Set anew for another width."""
        if self.size.width != self._set_for and self._drawn_stories:
            self._set()

    def tell(self, age: wording.Age) -> None:
        """How the stories tell when they were."""
        self._age = age
        if self._drawn_stories:
            self._set()

    def _told(self, when: When | None) -> str:
        return self._age(when, self._clock())

    def _set(self) -> None:
        self._set_for = self.size.width
        self._lines = list(set_stories(self._drawn_stories, max(12, self.text_width - 1), self._told))
        self.line_count = len(self._lines)
        self.refresh()


def set_stories(stories: Sequence[Related], width: int, told: wording.Told) -> Iterator[tuple[Line, int]]:
    """The numbered stories in lines of so many cells; each line with the index of its story, -1 for none."""
    if not stories:
        yield BLANK, -1
        yield line("Nothing related so far.", "meta"), -1
    group = ""
    for at, story in enumerate(stories):
        if at or story.group != group:
            yield BLANK, -1
        if story.group != group:
            group = story.group
            yield line(wording.GROUPS[story.group], "group"), -1
            yield BLANK, -1
        for laid in _story(story, at + 1, width, told):
            yield laid, at


def _story(story: Related, number: int, width: int, told: wording.Told) -> Iterator[Line]:
    label = f"{number} ".rjust(3)
    indent = len(label)
    for at, text in enumerate(wrap_within(story.headline or wording.site(story.url), width - indent, 3)):
        yield Line((Run(label if not at else " " * indent, "number"), Run(text, "subheading")))
    facts = _facts(story, width - indent, told)
    yield Line((Run(" " * indent, "text"), Run(facts, "meta")))
    for text in wrap_within(story.why, width - indent, 2):
        if text:
            yield Line((Run(" " * indent, "text"), Run(text, "why")))
    if story.also:
        for text in wrap_within(f"also {', '.join(story.also)}", width - indent, 2):
            yield Line((Run(" " * indent, "text"), Run(text, "meta")))


def _facts(story: Related, width: int, told: wording.Told) -> str:
    """Source, age and, where there is room, dateline; an arrow before it says that it is not on disk in full."""
    here = "" if story.offline == "full" else _NOT_HERE
    age = told(story.published)
    source = clip(here + (story.source or wording.site(story.url)), width - (cells(age) + 3 if age else 0))
    facts = " · ".join(part for part in (source, age) if part)
    further = f"{facts} · {story.dateline}" if story.dateline else facts
    return further if cells(further) <= width else facts
