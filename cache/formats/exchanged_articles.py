"""An article on its way out of one library, and on its way into another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cache.db.acts import NO_FACTS, KeptFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cache.db.revisions import Revision
    from cache.entry import Entry
    from cache.highlight import Highlight
    from fetch.article import Article
    from fetch.picture import Picture

ADDRESSES = b"# Sources, an address a line"
"""What a list of addresses begins with that we wrote."""
RECEIPT = b"BROADSHEET RECEIPT "
"""What a receipt begins with, of any version."""
PACK = b"BROADSHEET PACK "
"""What a pack begins with, of any version: the table of formats recognises it by this, the pack's module reads on."""


class Outgoing(NamedTuple):
    """An article to be written, its entry, the reader's note on it, and all highlights, those withdrawn among them.

    `revisions` are what it said before, the latest first. Of an entry without a text (`has_text`) the article says
    what its row does.
    """

    entry: Entry
    article: Article
    note: str = ""
    highlights: Sequence[Highlight] = ()
    facts: KeptFacts = NO_FACTS
    revisions: Sequence[Revision] = ()

    @property
    def has_text(self) -> bool:
        """Whether its text goes along, whole or in part."""
        return self.entry.offline in ("full", "part")


@dataclass(frozen=True, slots=True)
class Companions:
    """What goes out together with an article, for links between them.

    `numbers` are the numbers of all entries that go, by their addresses; `related` gives those among them that are
    related to one, by its number, the nearest first.
    """

    numbers: Mapping[str, int]
    related: Callable[[int], Sequence[Entry]]


ALONE = Companions({}, lambda _: ())
"""Nothing goes along that links may lead to."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An article as a file carries it, with its entry as it was (its number is 0) and what its sender did with it.

    Whether there is a text is what the entry says: `offline`. `pictures` are those of its figures, by their addresses,
    `revisions` what it said before, the latest first; `lost_revisions` are those more that could not be read.
    `story` is the number that its story had there, 0 where no other told it, None where nobody says.
    """

    entry: Entry
    article: Article
    facts: KeptFacts = NO_FACTS
    highlights: tuple[Highlight, ...] = ()
    pictures: tuple[tuple[str, Picture], ...] = ()
    revisions: tuple[Revision, ...] = ()
    lost_revisions: int = 0
    story: int | None = None

    @property
    def has_text(self) -> bool:
        """Whether it brings a text, whole or in part."""
        return self.entry.offline in ("full", "part")


class NotArrived(NamedTuple):
    """What of a file of articles did not arrive: which part of it, why, and how many articles that is.

    `articles` is None where nobody knows. Both stand in a sentence: "Line 2" "is no article".
    """

    what: str
    reason: str
    articles: int | None = 1
