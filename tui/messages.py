"""The messages that panes post to the screen, wishes and trouble, and what the terminal says.

Each carries values; what comes of one never comes back as a message.
"""

from __future__ import annotations

from textual.message import Message


class BackgroundTold(Message):
    """The terminal has said which background it has, a light one or a dark one."""

    def __init__(self, *, light: bool) -> None:
        super().__init__()
        self.light = light


class OpenArticle(Message):
    """Show this article: its id in the library, or a URL."""

    def __init__(self, ref: int | str) -> None:
        super().__init__()
        self.ref = ref


class ArticleHighlighted(Message):
    """The highlight is on this entry: it may be opened next."""

    def __init__(self, entry_id: int) -> None:
        super().__init__()
        self.entry_id = entry_id

    def can_replace(self, message: Message) -> bool:
        """Only where the highlight is last matters."""
        return isinstance(message, ArticleHighlighted)


class TerminalTold(Message):
    """The terminal says what it can (the attributes of DA1), and how large a cell is in pixels, (0, 0) if not known."""

    def __init__(self, attributes: frozenset[int], cell: tuple[int, int]) -> None:
        super().__init__()
        self.attributes = attributes
        self.cell = cell


class FollowLink(Message):
    """Go where this link of the open article leads."""

    def __init__(self, href: str) -> None:
        super().__init__()
        self.href = href


class NextUnread(Message):
    """The end of the article is reached: show the next unread one."""


class Tell(Message):
    """A key found nothing to do: tell this sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class NoLongerSo(Message):
    """What this sentence told is over: show it no more."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence


class LibraryFailed(Message):
    """The library cannot answer: tell this sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        self.sentence = sentence

    def can_replace(self, message: Message) -> bool:
        """One damaged page makes trouble for many rows; it is told once."""
        return isinstance(message, LibraryFailed)
