"""What can go wrong on purpose: each a plain sentence a reader understands.

    NewsError
    └─ FetchError(url)
       ├─ Unreachable              no answer: no network, no such host, refused, timed out
       ├─ BadStatus(status)        an answer that is an error: 404, 500 …
       │  └─ RateLimited(until)    429 or 503 that says when to come again
       ├─ BrokenAnswer             an answer that cannot be interpreted
       ├─ Unreadable               reading it takes too much, or ended what read it
       │  └─ StillUnreadable       as it did before, and nothing has changed
       ├─ NoParser                 the system allows no process that would read it
       ├─ Refused                  we would not: robots.txt, the address guard, too large, a type that is no text
       └─ NotNews                  answered, but
          ├─ NotASource            lists no stories
          ├─ NotAnArticle          holds no article; `reason` says what it is
          └─ Blocked               a challenge, a login, a paywall, "Access Denied"

Every FetchError has `reason`, one or two words for a list ("timed out", "paywall", "robots", "too large").
`cache.errors` adds CacheError beside FetchError.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime


class NewsError(Exception):
    """Everything raised on purpose; its text is one plain sentence, with no login in an address that it names."""

    def __init__(self, sentence: str = "") -> None:
        if "@" in sentence:
            from fetch.secret import without_logins  # which hardly any sentence needs

            sentence = without_logins(sentence)
        super().__init__(sentence)


class FetchError(NewsError):
    """A page or source that could not be had; `url` is the one asked for, `reason` the cause in a word or two."""

    reason = "failed"

    def __init__(self, sentence: str, url: str = "", *, reason: str = "") -> None:
        super().__init__(sentence)
        self.url = url
        self.reason = reason or type(self).reason


class Unreachable(FetchError):
    """No answer came."""

    reason = "unreachable"


class BadStatus(FetchError):
    """The server answered with an error status."""

    def __init__(self, sentence: str, url: str = "", *, status: int, reason: str = "") -> None:
        super().__init__(sentence, url, reason=reason or f"HTTP {status}")
        self.status = status


class RateLimited(BadStatus):
    """The server asks us to come again later; `until` is aware."""

    def __init__(self, sentence: str, url: str = "", *, status: int = 429, until: datetime) -> None:
        super().__init__(sentence, url, status=status, reason="rate limited")
        self.until = until


class BrokenAnswer(FetchError):
    """It answered, but what it said cannot be interpreted."""

    reason = "broken answer"


class Unreadable(FetchError):
    """It answered, but reading that takes too long or too much memory, or ends the program that reads it."""

    reason = "unreadable"


class StillUnreadable(Unreadable):
    """What answered is, byte for byte, what could not be read before: nobody has tried again."""


class NoParser(FetchError):
    """It answered, but the system allows no process that would read it."""

    reason = "no process"


class Refused(FetchError):
    """We did not fetch it: robots.txt, address, size or type."""

    reason = "refused"


class NotNews(FetchError):
    """It answered, but with something else than news."""

    reason = "not news"


class NotASource(NotNews):
    """It lists no stories."""

    reason = "not a source"


class NotAnArticle(NotNews):
    """It holds no article."""

    reason = "not an article"


class Blocked(NotNews):
    """It wants a person, a login or a payment first."""

    reason = "blocked"


MISTAKES = (ValueError, OverflowError, LookupError, RecursionError)
"""What interpreting a stranger's bytes can raise; a UnicodeError and a JSONDecodeError are ValueErrors."""


@contextmanager
def interpreting(url: str) -> Iterator[None]:
    """Around all that interprets an answer from `url`: what doing so raises becomes a BrokenAnswer naming it."""
    try:
        yield
    except MISTAKES as error:
        raise BrokenAnswer(f"{url} gave an answer that cannot be interpreted.", url) from error
