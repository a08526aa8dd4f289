"""How much of a feed is read: its newest entries, and of one that is not XML any more, what can be read in a second."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

from fetch.article import moment_of
from fetch.feeds.feed_dates import WRITTEN, feed_date

MOST_FEED_ENTRIES = 2000
"""Entries of a feed that are read, the first in its order, the last where it begins with its oldest; the largest real
ones are podcasts with some 1,500."""
MOST_ILL_FORMED = 4_000_000
"""Characters of a feed that feedparser has to read, which takes up to a microsecond for each."""
MOST_ILL_FORMED_TAGS = 50_000
"""Tags of one; feedparser takes up to 25 microseconds for each."""
MOST_ILL_FORMED_REFERENCES = 400_000
"""Ampersands of one; each costs it 80 bytes."""
_ENTRY = re.compile(r"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_UNENDED = re.compile(r"<(?=[^<>]*(?:<|\Z))")
_LONG_TAG = re.compile(r"<(?=[^<>]{20000})")
_FEW_ENTRIES = 3
"""The first of a list, by which its order is told: the very first may be pinned there."""
_MOST_DATES = 12
_FAR = 20_000
_FEW = 20
"""Tags without an end, as a mathematician's feed has some."""


def entry_pattern(names: str) -> re.Pattern[str]:
    """What finds the beginnings of elements with a name, or one of several with "|" between, and what is no markup."""
    no_markup = r"<!\[CDATA\[(?:.*?\]\]>|.*\Z)|<!--(?:.*?-->|.*\Z)"
    return re.compile(rf"{no_markup}|<(?:[\w.-]{{1,40}}:)?(?:{names})[\s/>]", re.DOTALL | re.IGNORECASE)


_ENTRY_OR_NO_MARKUP = entry_pattern("item|entry")


def first_entries(
    text: str, entry: re.Pattern[str] = _ENTRY_OR_NO_MARKUP, most: int = MOST_FEED_ENTRIES
) -> tuple[str, bool]:
    """As much of a list as holds its first entries, and whether that is less than all of it.

    Of one that begins with its oldest, it is what stands before its entries, and the last of them.
    """
    if text.count("<") <= most:
        return text, False
    begins: list[int] = []
    for found in entry.finditer(text):
        if not found[0].startswith("<!"):
            begins.append(found.start())
        if len(begins) > most:
            break
    else:
        return text, False
    last = max(text.rfind("<item"), text.rfind("<entry"))
    if not is_oldest_first(text[begins[0] : begins[_FEW_ENTRIES]], text[last : last + _FAR] if last > 0 else ""):
        return text[: begins[most]], True
    newest = deque((found.start() for found in entry.finditer(text) if not found[0].startswith("<!")), maxlen=most)
    return text[: begins[0]] + text[newest[0] :], True


def is_oldest_first(first: str, last: str) -> bool:
    """Whether the dates in the text of a list's first entries lie before the one in that of its last."""
    early, late = _moments(WRITTEN.findall(first)), _moments(WRITTEN.findall(last)[:1])
    return bool(early and late) and max(early) < late[0]


def _moments(written: Sequence[str]) -> list[float]:
    return [moment_of(when).timestamp() for each in written[:_MOST_DATES] if (when := feed_date(each))]


def bearable(text: str) -> tuple[str, bool]:
    """As much of a feed as feedparser reads in a second or two, up to the last entry that is whole; and whether cut.

    Tags, comments and sections that never end cost it time that grows with the square of their number: where there are
    many, they are text.
    """
    whole = len(text)
    text = text[:MOST_ILL_FORMED]
    for mark, most in (("<", MOST_ILL_FORMED_TAGS), ("&", MOST_ILL_FORMED_REFERENCES)):
        if text.count(mark) > most:
            text = text[: _offset_of(text, mark, most)]
    is_cut = len(text) < whole
    if is_cut:
        entries = [found.start() for found in _ENTRY.finditer(text)]
        text = text[: entries[-1]] if len(entries) > 1 else text
    if abs(text.count("<") - text.count(">")) > _FEW:
        text = _UNENDED.sub("&lt;", text)
    text = _LONG_TAG.sub("&lt;", text)
    return _ended(_ended(text, "<!--", "-->"), "<![CDATA[", "]]>"), is_cut


def _ended(text: str, begin: str, end: str) -> str:
    """The text in which what begins after the last end is text."""
    place = text.rfind(end) + 1
    return text[:place] + text[place:].replace(begin, "&lt;" + begin[1:]) if begin in text[place:] else text


def _offset_of(text: str, mark: str, nth: int) -> int:
    """Where the nth of some marks stands, of which there are as many."""
    place = -1
    for _ in range(nth):
        place = text.find(mark, place + 1)
    return place
