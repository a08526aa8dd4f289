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
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from fetch.errors import NewsError
from fetch.source import Candidate, Source
from fetch.text import drawable
from tui import phrases
from tui.wrap import pad

if TYPE_CHECKING:
    from cache.library import Library

_TITLE = 34
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
        self.choices = OptionList(markup=False)

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

        for group in catalogue():
            heading = Content.styled(f"\n{drawable(group.title)}", "$accent bold")
            self.choices.add_option(Option(heading, disabled=True))
            for listed in group.sources:
                self._listed.append(listed.url)
                label = Content(f"  {pad(drawable(listed.title), _TITLE)} ")
                label += Content.styled(phrases.site(listed.url), "$muted")
                self.choices.add_option(Option(label, id=f"listed{len(self._listed) - 1}"))

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

    @on(OptionList.OptionSelected)
    def _chosen(self, chosen: OptionList.OptionSelected) -> None:
        number = chosen.option.id or ""
        if number.startswith("listed"):
            self._discover(self._listed[int(number.removeprefix("listed"))])
        else:
            self._add(self._found[int(number)])

    @work(exclusive=True)
    async def _discover(self, url: str) -> None:
        self._say(f"Looking at {url} …")
        try:
            found = await self._library.discover(url)
        except NewsError as error:
            self._say(str(error))
            return
        if len(found) == 1:
            self._add(found[0])
            return
        self._found = found
        self._say("Several sources were found there, the best first:")
        self.choices.clear_options()
        for at, candidate in enumerate(found):
            self.choices.add_option(Option(_label(candidate), id=str(at)))
        self.choices.highlighted = 0
        self.choices.focus()

    @work(exclusive=True, group="adding")
    async def _add(self, candidate: Candidate) -> None:
        try:
            source = await self._library.add(candidate.source.url, candidate)
        except NewsError as error:
            self._say(str(error))
            return
        self.dismiss(Added(f"Added {source.title or phrases.site(source.url)}.", (source.id,)))

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


def _label(candidate: Candidate) -> Content:
    source: Source = candidate.source
    facts = [_KINDS.get(source.kind, source.kind), phrases.stories(candidate.stories)]
    facts += [f"{candidate.full} in full"] if candidate.full else []
    facts += [candidate.why] if candidate.why else []
    title = pad(drawable(source.title or phrases.site(source.url)), _TITLE)
    return Content(f"  {title} ") + Content.styled(drawable(" · ".join(facts)), "$muted")
