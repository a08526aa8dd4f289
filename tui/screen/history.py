"""The articles opened one after the other, to go back and forward along."""

from __future__ import annotations

from typing import NamedTuple

_LONGEST = 200


class OpenedArticle(NamedTuple):
    """An article that was opened, and where it was left.

    `text_offset` is the place in it as the reader gives it; `page` the title of a page that lay over it, such as its
    story's timeline, and `page_offset` the place in that.
    """

    ref: int | str
    text_offset: int = 0
    page: str = ""
    page_offset: int = 0


class History:
    """Where the reader came from and may go back to."""

    def __init__(self) -> None:
        self.visits: list[OpenedArticle] = []
        self.at = -1
        self._previewed = False

    @property
    def here(self) -> OpenedArticle | None:
        """The visit that is open."""
        return self.visits[self.at] if self.at >= 0 else None

    @property
    def before(self) -> OpenedArticle | None:
        """The visit before the open one."""
        return self.visits[self.at - 1] if self.at > 0 else None

    def leave(self, text_offset: int, page: str = "", page_offset: int = 0) -> None:
        """Remember where in the open article the reader is, and in the page over it."""
        if self.at >= 0:
            ref = self.visits[self.at].ref
            self.visits[self.at] = OpenedArticle(ref, text_offset, page, page_offset)

    def preview(self, ref: int | str) -> None:
        """A visit that the next one takes the place of, unless it is opened."""
        if self._previewed:
            self.visits = self.visits[: self.at]
            self.at -= 1
        self.add(ref)
        self._previewed = True

    def add(self, ref: int | str) -> None:
        """A new visit; what lay ahead is forgotten."""
        self._previewed = False
        if self.here and self.here.ref == ref:
            return
        self.visits = [*self.visits[: self.at + 1], OpenedArticle(ref)][-_LONGEST:]
        self.at = len(self.visits) - 1

    def go(self, by: int) -> OpenedArticle | None:
        """The visit so many places away, now open; None beyond either end."""
        if not 0 <= self.at + by < len(self.visits):
            return None
        self._previewed = False
        self.at += by
        return self.here
