"""How an open article is set: what the settings say of it, and the lines it becomes at a width."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tui.typeset.line import Line

if TYPE_CHECKING:
    from cache.entry import Entry
    from cache.found import KeptPicture
    from fetch.article import Article
    from tui.typeset.hyphenation import Hyphenate
    from tui.typeset.picture_place import PicturePlace

PageLayout: TypeAlias = Callable[[int], Iterator[Line]]
"""What sets a page in lines: width in, lines out, one after the other as they are looked at."""

FindPicture: TypeAlias = "Callable[[str], KeptPicture | None]"
"""Gives the picture from an address, where it is on disk."""
USUAL_MEASURE = 70  # characters a line at most: the eye finds the next one (66 is the book printer's rule)


class ArticleStyle(NamedTuple):
    """The longest line in characters, whether lines go to both edges, what parts words, and what gives pictures."""

    measure: int = USUAL_MEASURE
    justify: bool = False
    hyphens: Callable[[str], Hyphenate | None] | None = None
    pictures: Callable[[int], FindPicture | None] | None = None


class OpenPage(NamedTuple):
    """An article, or of an entry without one its teaser; the library's sentence on it, and the reader's own note."""

    entry: Entry | None
    article: Article | None
    notice: str = ""
    note: str = ""

    @property
    def source(self) -> str:
        """What its source is called."""
        return self.entry.source if self.entry else self.article.source if self.article else ""


def article_layout(page: OpenPage, clock: Callable[[], datetime], style: Callable[[], ArticleStyle]) -> PageLayout:
    """What sets an article, in the style that holds at the time."""

    def layout(width: int) -> Iterator[Line]:
        from tui.typeset.article import (
            Annotations,
            TextSetting,
            lay_out,
        )  # with the first article, after the first paint
        from tui.typeset.teaser import article_of

        entry, article, set_in = page.entry, page.article, style()
        words = 0 if article is None else entry.words if entry and entry.words else None
        added = Annotations(page.source, page.notice, entry.tags if entry else (), page.note, words)
        shown = article or article_of(entry)
        parts = set_in.hyphens(shown.language) if set_in.hyphens else None
        picture = _picture(set_in.pictures(entry.id)) if set_in.pictures and entry else None
        setting = TextSetting(sliding=True, justify=set_in.justify, hyphenate=parts, picture=picture)
        return lay_out(shown, width, now=clock(), annotations=added, setting=setting)

    return layout


def _picture(find: FindPicture | None) -> Callable[[str, int], PicturePlace | None] | None:
    """What gives the places of these pictures, by the addresses they came from."""
    if find is None:
        return None

    from tui.typeset.picture_place import placed

    def place(url: str, width: int) -> PicturePlace | None:
        found = find(url)
        return placed(found.path, (found.width, found.height), width) if found else None

    return place
