"""Plain lists of links to stories, an address a line, with or without words round it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cache.formats.readers.story import SavedStory
from fetch.link_classifier.classifier import is_story
from fetch.links import is_home

_ADDRESS = re.compile(r"https?://[^\s<>\"'|\[\]]+", re.IGNORECASE)
_AROUND = " \t-*+•·.,:;|()[]<>\"'"
_FEED = re.compile(r"(?i)feed|rss|atom|\.xml|sitemap|query:|exec:|filter:")
_GOES_ON = re.compile(r",[^,]*(?:/|\.[a-z]{3,5}$)", re.IGNORECASE)
_MOST_LOOKED_AT = 200


def looks_like_links(beginning: str) -> bool:
    """Whether a text lists stories: an address a line, of which none is a feed's, and most are a story's."""
    lines = [line for line in map(str.strip, beginning.splitlines()[:_MOST_LOOKED_AT]) if line and line[0] != "#"]
    found = [_ADDRESS.findall(line) for line in lines]
    if not lines or any(len(each) != 1 for each in found) or any(map(_is_of_a_table, lines)):
        return False
    addresses = [each[0].rstrip(_AROUND) for each in found]
    if any(_FEED.search(each) for each in addresses):
        return False
    return 2 * sum(not is_home(each) and is_story("", each) for each in addresses) > len(addresses)


def _is_of_a_table(line: str) -> bool:
    """Whether there are columns in a line; a comma belongs to an address where the path or its ending goes on."""
    found = _ADDRESS.search(line)
    inside = found[0] if found else ""
    around = line.replace(inside, "", 1)
    return any(mark in around for mark in '",') or ("," in inside and not _GOES_ON.search(inside))


def read(text: str) -> Iterator[SavedStory]:
    """The stories of such a list; the words beside an address are its headline until its page says better."""
    for line in map(str.strip, text.splitlines()):
        found = _ADDRESS.search(line)
        if line and not line.startswith("#"):
            words = line[: found.start()].strip(_AROUND) if found else line
            yield SavedStory(found[0].rstrip(_AROUND) if found else "", words, is_wanted=True)
