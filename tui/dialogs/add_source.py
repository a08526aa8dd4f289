"""Adding: a site, feed or article by its address, a source from the catalogue, or what a file holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from cache.formats.table import titles_to_take_in
from fetch.discovery.typed_addresses import addresses_meant, names_file
from fetch.errors import NewsError
from fetch.source import IN_A_LIST, Candidate
from tui.dialogs.dialog import tell
from tui.dialogs.picker import Picker
from tui.local_time import now
from tui.panes.choices import Choice
from tui.panes.input_line import LinesInOne
from tui.typeset import wording

if TYPE_CHECKING:
    from cache.library import Library
    from fetch.discovery.catalogue import CatalogueSource

_TYPED = f"An address, a name from the catalogue, or a file: {titles_to_take_in()}"


@dataclass(frozen=True, slots=True)
class Added:
    """What was added: a sentence for the status line, and the sources to refresh now."""

    sentence: str
    source_ids: tuple[int, ...] = ()


class AddDialog(Picker[Added]):
    """An address to type, and below it the catalogue, which what is typed narrows, or what was found at the address."""

    def __init__(self, library: Library, known: Collection[str]) -> None:
        """`known` are the addresses of the sources there are."""
        super().__init__("Add", _TYPED, line=LinesInOne)
        self._library = library
        self._known = known
        self._found: Sequence[Candidate] = ()
        self._best: Sequence[Candidate] = ()
        self._listed: Sequence[CatalogueSource] = ()

    def on_mount(self) -> None:
        """Show the catalogue to begin with."""
        from fetch.discovery.catalogue import catalogue

        listed = [(group.title, one) for group in catalogue() for one in group.sources]
        self._listed = [one for _, one in listed]
        self.offer(
            [
                Choice(one.title, wording.site(one.url), group, "yours" if one.url in self._known else "")
                for group, one in listed
            ],
            "enter adds, esc closes",
        )

    def entered(self, words: str) -> None:
        """Enter was pressed: a file is taken in, an address looked at, else the highlighted source is added."""
        path = Path(words).expanduser() if words else None
        if path and _exists(path):
            if path.is_dir():
                tell(self.box, "This is a folder; name a file in it, such as a list of sources.")
            else:
                self._import(path)
        elif names_file(words):
            tell(self.box, "There is no such file.")
        elif addresses := [each for each in addresses_meant(words) if _is_address(each)]:
            self._discover(addresses)
        elif self._shown:
            super().entered(words)
        else:
            tell(self.box, f"Nothing in the catalogue is called {words}; an address has a dot in it.")

    def take(self, at: int) -> None:
        """Add what was found, or what the catalogue names: at once where its address is known to be right."""
        if self._found:
            self._add(self._best if self._best and not at else [self._found[at - bool(self._best)]])
        elif self._listed[at].confirmed:
            self._add([self._listed[at].candidate])
        else:
            self._discover([self._listed[at].url])

    @work(exclusive=True)
    async def _discover(self, urls: Sequence[str]) -> None:
        found: list[Candidate] = []
        best: list[Candidate] = []
        troubles: list[str] = []
        for url in urls:
            tell(self.box, f"Looking at {url} …")
            try:
                there = await self._library.discover(url)
            except NewsError as error:
                troubles.append(str(error))
                continue
            found += there
            best += there if there[0].why == IN_A_LIST else there[:1]
        if not found:
            tell(self.box, " ".join(troubles))
        elif all(candidate.why == IN_A_LIST for candidate in found):
            self._add(found)
        else:
            self._offer_found(found, best if len(best) > 1 else [], troubles)

    def _offer_found(self, found: Sequence[Candidate], best: Sequence[Candidate], troubles: Sequence[str]) -> None:
        """Put up what was found, with what each would give; first all of them, where several addresses were typed."""
        self._found, self._best = found, best
        with self.prevent(self.typing.Changed):
            self.typing.value = ""
        together = [Choice("All of these", f"the best at each of {len(best)} addresses")] if best else []
        said = "Several sources are there, the best first" if len(found) > 1 else "This is there; enter adds it"
        self.offer([*together, *(_choice(candidate, now()) for candidate in found)], " ".join([*troubles, said]))

    @work(exclusive=True, group="adding")
    async def _add(self, candidates: Sequence[Candidate]) -> None:
        try:
            added = [await self._library.add(candidate.source.url, candidate) for candidate in candidates]
        except NewsError as error:
            tell(self.box, str(error))
            return
        names = added[0].title or wording.site(added[0].url) if len(added) == 1 else f"{len(added)} sources"
        self.leave(Added(f"Added {names}.", tuple(source.id for source in added)))

    @work(exclusive=True)
    async def _import(self, path: Path) -> None:
        tell(self.box, f"Taking in {path.name} … esc stops; what has landed stays")
        try:
            imported = await self._library.import_file(path)
        except NewsError as error:
            tell(self.box, str(error))
            return
        self.leave(Added(imported.sentence))


def _exists(path: Path) -> bool:
    with suppress(OSError):  # longer than any name
        return path.exists()
    return False


def _is_address(words: str) -> bool:
    return ("." in words or ":" in words) and " " not in words


def _choice(candidate: Candidate, at: datetime) -> Choice:
    source = candidate.source
    facts = [wording.KINDS.get(source.kind, source.kind), *wording.preview(candidate, at)]
    facts += [candidate.why] if candidate.why else []
    return Choice(source.title or wording.site(source.url), " · ".join(facts))
