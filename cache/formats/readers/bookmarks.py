"""Bookmarks in HTML: as browsers export them since Netscape, and as Pocket did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from cache.formats.readers.story import BREAKS_OFF, DAMAGED, Damage, LeftStory, SavedStory, moment
from fetch.text import clean

_AT_ONCE = 65_536
_CLOSED = ("html", "dl", "ul", "ol", "h1", "h3")
"""What no program that writes such a file leaves open; HTML lets it leave open the rest."""
_READ_ARCHIVE = "archive"
"""In the heading over what was read, as Pocket has it."""


def read(text: str) -> Iterator[SavedStory | LeftStory | Damage]:
    """The stories of such a file, in its order, and that it was cut, where what it opened is open at its end."""
    page = _Bookmarks()
    for begin in range(0, len(text), _AT_ONCE):
        page.feed(text[begin : begin + _AT_ONCE])
        yield from page.take()
    page.close()
    yield from page.take()
    if page.open_link is not None:
        yield LeftStory(page.open_link, DAMAGED)
    if page.is_open:
        yield Damage(BREAKS_OFF)


class _Bookmarks(HTMLParser):
    """Links, each with its folders; a folder is a heading over the list (`dl`) that follows it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[SavedStory] = []
        self._folders: list[str] = []
        self._heading = ""  # over what follows; of a browser's own folders nothing
        self._text: list[str] = []
        self._link: dict[str, str] | None = None
        self._is_named = True
        self._open = Counter[str]()

    @property
    def open_link(self) -> str | None:
        """What the link is called within which the file ends; None where it ends in none."""
        return None if self._link is None else clean(self._said())

    @property
    def is_open(self) -> bool:
        """Whether something has no end so far that every such file gives it."""
        return self._link is not None or self._open.total() > 0

    def take(self) -> list[SavedStory]:
        """What has been found since this was last asked."""
        found, self._found = self._found, []
        return found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._open[tag] += tag in _CLOSED
        if tag in ("a", "h1", "h3"):
            self._end_link()
            self._text = []
            self._link = said if tag == "a" else None
            self._is_named = not any(name.endswith("_folder") for name in said)
        elif tag == "dl":
            self._folders.append(self._heading)
            self._heading = ""

    def handle_endtag(self, tag: str) -> None:
        self._open[tag] -= self._open[tag] > 0
        if tag == "a":
            self._end_link()
        elif tag == "h3":
            self._heading = self._said() if self._is_named else ""
        elif tag == "h1":
            self._heading = self._said()
        elif tag == "dl" and self._folders:
            self._folders.pop()

    def handle_data(self, text: str) -> None:
        self._text.append(text)

    def _said(self) -> str:
        return " ".join("".join(self._text).split())

    def _end_link(self) -> None:
        said, self._link = self._link, None
        if said is None:
            return
        is_pocket = "time_added" in said
        tags = [tag for tag in said.get("tags", "").split(",") if tag]
        self._found.append(
            SavedStory(
                said.get("href", ""),
                self._said(),
                saved=moment(said.get("time_added") or said.get("add_date") or 0),
                read=is_pocket and _READ_ARCHIVE in self._heading.lower(),
                tags=tags if is_pocket else [*tags, *filter(None, self._folders[1:])],
                is_wanted=True,
            )
        )
