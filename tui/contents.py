"""The table of contents: sections, sources and saved searches to go to, and sources to remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from fetch.errors import NewsError
from fetch.text import drawable
from tui.sections import SEARCHES, Section, contents
from tui.wrap import pad

if TYPE_CHECKING:
    from cache.library import Library

_TITLE = 36


class Contents(ModalScreen[Section | None]):
    """A list of all there is to go to."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,S", "give_up", "Close", id="contents.close", tooltip="Close without going anywhere"),
        Binding("d", "remove", "Remove source", id="contents.remove", tooltip="Remove the source; u takes it back"),
        Binding("j", "down", "Down", id="contents.down", tooltip="Next", show=False),
        Binding("k", "up", "Up", id="contents.up", tooltip="Previous", show=False),
    ]

    def __init__(self, library: Library, here: Section) -> None:
        super().__init__()
        self._library = library
        self._here = here
        self._rows: list[tuple[str, Section, str, int]] = []
        self.choices = OptionList(markup=False)

    def compose(self) -> ComposeResult:
        """One list."""
        yield self.choices

    def on_mount(self) -> None:
        """Fill it, and stand on the section that is open."""
        self.choices.border_title = "Sections"
        self.choices.border_subtitle = "enter goes there, d removes a source, esc closes"
        self._fill()

    def _fill(self) -> None:
        self._rows = contents(self._library)
        self.choices.clear_options()
        group = ""
        for at, (name, section, told, _) in enumerate(self._rows):
            if name != group:
                group = name
                self.choices.add_option(Option(Content.styled(f"\n{drawable(name)}", "$accent bold"), disabled=True))
            label = Content(f"  {pad(drawable(section.title), _TITLE)} ") + Content.styled(drawable(told), "$muted")
            self.choices.add_option(Option(label, id=str(at)))
        here = next((at for at, row in enumerate(self._rows) if row[1] == self._here), 0)
        self.choices.highlighted = self.choices.get_option_index(str(here))
        self.choices.focus()

    def on_option_list_option_selected(self, chosen: OptionList.OptionSelected) -> None:
        """Go there."""
        self.dismiss(self._rows[int(chosen.option.id or 0)][1])

    def action_give_up(self) -> None:
        """Go nowhere."""
        self.dismiss(None)

    def action_down(self) -> None:
        """The next one."""
        self.choices.action_cursor_down()

    def action_up(self) -> None:
        """The one before."""
        self.choices.action_cursor_up()

    @work(exclusive=True)
    async def action_remove(self) -> None:
        """Remove the highlighted source with its articles, or a search; the desk's undo takes it back."""
        option = self.choices.highlighted_option
        group, section, _, source_id = self._rows[int(option.id if option and option.id else 0)]
        if not source_id and group != SEARCHES:
            return
        try:
            await (self._library.remove(source_id) if source_id else self._library.drop_search(section.title))
        except NewsError as error:
            self.choices.border_subtitle = Content(drawable(str(error)))
            return
        self._fill()
        self.choices.border_subtitle = "Removed. u on the desk takes it back."
