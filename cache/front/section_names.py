"""Sections of the front page: the first group a source is filed in, else what its page calls its own section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

_LONGEST = 40  # characters of a page's section that may be a name
_COMMON = {
    "World": "world international global foreign abroad international-news world-news worldnews",
    "Politics": "politics political government policy elections election",
    "Business": "business economy economics finance markets money companies",
    "Defence": "defence defense military security",
    "Technology": "technology tech digital",
    "Science": "science environment climate space",
    "Health": "health medicine wellness",
    "Sport": "sport sports football",
    "Culture": "culture arts entertainment books film music style",
    "Opinion": "opinion opinions commentary editorial editorials comment columns",
    "Local": "local regional metro city",
}
_NAMES = {word: name for name, words in _COMMON.items() for word in words.split()}


def section_of(groups: str, own: str) -> str:
    """The section of a report: `groups` is its source's, a path a line, `own` what its page says; "" for neither."""
    filed = groups.split("\n", 1)[0].split("/", 1)[0].strip()
    return filed or _plain(own)


def most_told(sections: Iterable[str]) -> str:
    """The section of most reports, "" only where none has one; of equal ones the first by name."""
    told = Counter(section for section in sections if section)
    return min(told, key=lambda name: (-told[name], name)) if told else ""


def _plain(own: str) -> str:
    """The name of a page's own section: well-known ones by one name each, others as they are written."""
    words = " ".join(own.split())
    folded = words.casefold().removesuffix(" news").replace(" ", "-")
    if folded in _NAMES:
        return _NAMES[folded]
    return words if len(words) <= _LONGEST and folded not in ("", "news", "home", "latest", "general") else ""
