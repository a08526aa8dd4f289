"""The wishes panes may utter; they carry values, and results never come back as messages."""

from __future__ import annotations

from textual.message import Message


class OpenArticle(Message):
    """Show this article: its id in the library, or a URL."""

    def __init__(self, ref: int | str) -> None:
        super().__init__()
        self.ref = ref


class FollowLink(Message):
    """Go where this link of the open article leads."""

    def __init__(self, href: str) -> None:
        super().__init__()
        self.href = href


class NextUnread(Message):
    """The end of the article is reached: show the next unread one."""


class SearchTyped(Message):
    """The search line holds this now."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def can_replace(self, message: Message) -> bool:
        """A later text makes an earlier one that was not yet searched for pointless."""
        return isinstance(message, SearchTyped)


class SearchLeft(Message):
    """The search line is left: `kept` with its result, or given up."""

    def __init__(self, *, kept: bool) -> None:
        super().__init__()
        self.kept = kept
