"""Adding: a site, feed or article by its address, a source from the catalogue, or what a file holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from cache.paths import typed_path
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

_TYPED = "An address, a name from the catalogue, or a file to take in"


_HOW = "enter adds, esc closes · ? is not confirmed, looked at first"
_OFFER = "{main.refresh|r} fetches what is new there."


@dataclass(frozen=True, slots=True)
class Added:
    """What was added: a sentence for the status line, the sources to refresh now, and an article to open."""

    sentence: str
    source_ids: tuple[int, ...] = ()
    article: str = ""


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
        self._moved = False

    def on_mount(self) -> None:
        """Show the catalogue to begin with."""
        from fetch.discovery.catalogue import catalogue

        listed = [(group.title, one) for group in catalogue() for one in group.sources]
        self._listed = [one for _, one in listed]
        self.offer(
            [Choice(one.title, wording.site(one.url), group, _mark(one, self._known)) for group, one in listed],
            _HOW,
        )

    def entered(self, words: str) -> None:
        """Enter was pressed: a file is taken in, an address looked at, else the highlighted source is added.

        On an empty line that is one which was found, or which the highlight was moved to.
        """
        try:
            path = typed_path(words) if words else None
        except NewsError as error:
            self.complain(str(error))
            return
        if path and _exists(path):
            if path.is_dir():
                self.complain("This is a folder; name a file in it, such as a list of sources.")
            else:
                self._import(path)
        elif names_file(words):
            self.complain("There is no such file.")
        elif addresses := [each for each in addresses_meant(words) if _is_address(each)]:
            self._discover(addresses)
        elif not words and not self._found and not self._moved:
            self.complain("Type an address or a name, or go to a source with ↓.")
        elif self._shown:
            super().entered(words)
        else:
            self.complain(f"Nothing in the catalogue is called {words}; an address has a dot in it.")

    def action_move(self, by: int) -> None:
        """Move the highlight: enter on an empty line means what it is on now."""
        self._moved = True
        super().action_move(by)

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
        self.complain("")
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
            self._say(" ".join(troubles))
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
        if len(candidates) == 1 and _is_article(candidates[0]):
            self.leave(Added("", article=candidates[0].source.url))
            return
        try:
            added = [await self._library.add(candidate.source.url, candidate) for candidate in candidates]
        except NewsError as error:
            self._say(str(error))
            return
        names = added[0].title or wording.site(added[0].url) if len(added) == 1 else f"{len(added)} sources"
        self.leave(Added(f"Added {names}.", tuple(source.id for source in added)))

    @work(exclusive=True)
    async def _import(self, path: Path) -> None:
        tell(self.box, f"Taking in {path.name} … esc stops; what has landed stays")
        before = {source.id for source in self._library.sources()}
        try:
            imported = await self._library.import_file(path)
        except NewsError as error:
            self._say(str(error))
            return
        new = {source.id for source in self._library.sources()} - before
        self.leave(Added(f"{_briefly(imported.sentence)} {self.keymap.said(_OFFER) if new else ''}".rstrip()))

    def _say(self, sentence: str) -> None:
        """What came of an attempt that failed, beside what was typed."""
        self.complain(sentence)
        tell(self.box, _HOW)


def _briefly(sentence: str) -> str:
    """What an import says, what is missing right behind the first count: the line it stands on may be short."""
    taken, *missing = sentence.split("\n")
    first, _, others = taken.partition("; ")
    return " ".join([f"{first.rstrip('.')}.", *missing, others]).rstrip() if missing else taken


def _exists(path: Path) -> bool:
    with suppress(OSError):  # longer than any name
        return path.exists()
    return False


def _is_address(words: str) -> bool:
    return ("." in words or ":" in words) and " " not in words


def _is_article(candidate: Candidate) -> bool:
    """Whether this is an article alone, which is read at once and no source; a login is kept with a source."""
    return candidate.source.kind == "page" and not candidate.login


def _mark(source: CatalogueSource, known: Collection[str]) -> str:
    """What stands behind a source of the catalogue."""
    return "yours" if source.url in known else "" if source.confirmed else "?"


def _choice(candidate: Candidate, at: datetime) -> Choice:
    source = candidate.source
    facts = [wording.KINDS.get(source.kind, source.kind), *wording.preview(candidate, at)]
    facts += [candidate.why] if candidate.why else []
    return Choice(source.title or wording.site(source.url), " · ".join(facts))
