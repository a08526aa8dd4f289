"""Adding: a site, feed or article by its address, a source from the catalogue, or a list of sources from a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from fetch.errors import NewsError
from fetch.source import IN_A_LIST, Candidate, Source
from fetch.text import drawable
from tui import phrases
from tui.choices import Choice, Choices

if TYPE_CHECKING:
    from cache.library import Library

_KINDS = {"feed": "feed", "sitemap": "news sitemap", "section": "section page", "page": "single article"}


@dataclass(frozen=True, slots=True)
class Added:
    """What was added: a sentence for the status line, and the sources to refresh now."""

    sentence: str
    source_ids: tuple[int, ...] = ()


class AddDialog(ModalScreen[Added | None]):
    """An address to type, and below it the catalogue, or what was found at the address."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Close", id="add.close", tooltip="Close without adding anything"),
        Binding("down", "to_choices", "To the list", id="add.down", tooltip="Into the list", show=False),
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._found: Sequence[Candidate] = ()
        self._listed: list[str] = []
        self.address = Input(placeholder="Address of a site, feed or article, or path of an OPML file")
        self.told = Static("Or pick from the catalogue:", markup=False, id="told")
        self.choices = Choices()

    def compose(self) -> ComposeResult:
        """The line to type in, a sentence, and the list."""
        with Vertical() as box:
            box.border_title = "Add"
            box.border_subtitle = "enter looks, ↓ goes to the list, esc closes"
            yield self.address
            yield self.told
            yield self.choices

    def on_mount(self) -> None:
        """Show the catalogue to begin with."""
        from fetch.catalogue import catalogue

        listed = [(group.title, one) for group in catalogue() for one in group.sources]
        self._listed = [one.url for _, one in listed]
        self.choices.offer([Choice(one.title, phrases.site(one.url), group) for group, one in listed])

    @on(Input.Submitted)
    def _typed(self, typed: Input.Submitted) -> None:
        words = typed.value.strip()
        if not words:
            return
        path = Path(words).expanduser()
        if path.is_file():
            self._import(path)
        else:
            self._discover(words if "://" in words else f"https://{words}")

    @on(Choices.Chosen)
    def _chosen(self, chosen: Choices.Chosen) -> None:
        if self._found:
            self._add([self._found[chosen.at]])
        else:
            self._discover(self._listed[chosen.at])

    @work(exclusive=True)
    async def _discover(self, url: str) -> None:
        self._say(f"Looking at {url} …")
        try:
            found = await self._library.discover(url)
        except NewsError as error:
            self._say(str(error))
            return
        if len(found) == 1 or all(candidate.why == IN_A_LIST for candidate in found):
            self._add(found)
            return
        self._found = found
        self._say("Several sources were found there, the best first:")
        self.choices.offer([_choice(candidate) for candidate in found])
        self.choices.focus()

    @work(exclusive=True, group="adding")
    async def _add(self, candidates: Sequence[Candidate]) -> None:
        try:
            added = [await self._library.add(candidate.source.url, candidate) for candidate in candidates]
        except NewsError as error:
            self._say(str(error))
            return
        names = added[0].title or phrases.site(added[0].url) if len(added) == 1 else f"{len(added)} sources"
        self.dismiss(Added(f"Added {names}.", tuple(source.id for source in added)))

    @work(exclusive=True)
    async def _import(self, path: Path) -> None:
        try:
            imported = await self._library.import_file(path)
        except NewsError as error:
            self._say(str(error))
            return
        self.dismiss(Added(imported.sentence))

    def _say(self, sentence: str) -> None:
        self.told.update(Content(drawable(sentence)))

    def action_give_up(self) -> None:
        """Add nothing."""
        self.dismiss(None)

    def action_to_choices(self) -> None:
        """From the line into the list."""
        self.choices.focus()


def _choice(candidate: Candidate) -> Choice:
    source: Source = candidate.source
    facts = [_KINDS.get(source.kind, source.kind), phrases.stories(candidate.stories)]
    facts += [f"{candidate.full} in full"] if candidate.full else []
    facts += [candidate.why] if candidate.why else []
    return Choice(source.title or phrases.site(source.url), " · ".join(facts))
