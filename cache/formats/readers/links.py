"""Plain lists of links to stories, an address a line, with or without words round it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cache.formats.readers.story import LeftStory, SavedStory
from fetch.link_classifier.classifier import is_story
from fetch.links import is_home
from fetch.text import clean

_ADDRESS = re.compile(r"https?://[^\s<>\"'|\[\]]+", re.IGNORECASE)
_AROUND = " \t-*+•·.,:;|()[]<>\"'"
_FEED = re.compile(r"(?i)feed|rss|atom|\.xml|sitemap")
_OF_NEWSBOAT = ("query:", "exec:", "filter:")
_GOES_ON = re.compile(r",[^,]*(?:/|\.[a-z]{3,5}$)", re.IGNORECASE)
_MOST_LOOKED_AT = 200


def looks_like_links(beginning: str) -> bool:
    """Whether most lines of a text name a story each: by an address, of which hardly any is a feed's, in no table."""
    lines = [line for line in map(str.strip, beginning.splitlines()[:_MOST_LOOKED_AT]) if line and line[0] != "#"]
    found = [_ADDRESS.findall(line) for line in lines]
    if any(len(each) > 1 for each in found) or any(line.startswith(_OF_NEWSBOAT) for line in lines):
        return False
    named = [line for line, each in zip(lines, found, strict=True) if each]
    if 2 * len(named) <= len(lines) or 2 * sum(map(_is_of_a_table, named)) > len(named):
        return False
    addresses = [_parted(line)[1] for line in named]
    if 4 * sum(map(_is_feed, addresses)) > len(addresses):
        return False
    return 2 * sum(not is_home(each) and is_story("", each) for each in addresses) > len(addresses)


def looks_like_a_table_of_stories(beginning: str) -> bool:
    """Whether most lines that name an address are of a table, and most of them name a story's."""
    lines = [line for line in map(str.strip, beginning.splitlines()[:_MOST_LOOKED_AT]) if _ADDRESS.search(line)]
    if not lines or 2 * sum("," in line and _is_of_a_table(line) for line in lines) <= len(lines):
        return False
    addresses = [_parted(line)[1].partition(",")[0] for line in lines]
    return 2 * sum(not is_home(each) and is_story("", each) for each in addresses) > len(addresses)


def _is_feed(address: str) -> bool:
    return bool(_FEED.search(address)) and not is_story("", address)


def _parted(line: str) -> tuple[str, str]:
    """The words before the address in a line, and that; where `;` parts columns the next is no part of it."""
    found = _ADDRESS.search(line)
    if not found:
        return line, ""
    before, address = line[: found.start()], found[0]
    return before.strip(_AROUND), (address.partition(";")[0] if ";" in before else address).rstrip(_AROUND)


def _is_of_a_table(line: str) -> bool:
    """Whether there are columns in a line; a comma belongs to an address where the path or its ending goes on."""
    found = _ADDRESS.search(line)
    inside = found[0] if found else ""
    around = line.replace(inside, "", 1)
    return any(mark in around for mark in '",') or ("," in inside and not _GOES_ON.search(inside))


def read(text: str) -> Iterator[SavedStory | LeftStory]:
    """The stories of such a list; the words beside an address are its headline until its page says better."""
    for line in map(str.strip, text.splitlines()):
        if line and not line.startswith("#"):
            words, address = _parted(line)
            if _is_feed(address):
                yield LeftStory(clean(words or address), "the address of a feed, which `add` takes")
            else:
                yield SavedStory(address, words, is_wanted=True)
