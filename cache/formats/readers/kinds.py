"""Which program wrote a file of stories, by how it begins; and what a file seems to be that none of these did."""

from __future__ import annotations

import re

from cache.formats.readers.links import looks_like_a_table_of_stories, looks_like_links
from cache.formats.readers.newsboat import SQLITE_MAGIC
from cache.formats.readers.tables import kind_of_table
from fetch.decoding import marked
from fetch.file_kind import file_kind
from fetch.text import clean

BYTES_LOOKED_AT = 65_536
"""Bytes of a file by which its kind is told."""
TITLES = {
    "newsboat": "newsboat's cache.db",
    "pocket": "Pocket's CSV",
    "instapaper": "Instapaper's CSV",
    "readwise": "Readwise Reader's CSV",
    "bookmarks": "bookmarks in HTML, a browser's or Pocket's",
    "wallabag": "wallabag's JSON",
    "omnivore": "Omnivore's JSON",
    "starred": "starred stories in JSON, as Google Reader had them",
    "links": "a list of links",
    "saved_page": "a saved page",
}
"""The kinds, and what a sentence calls each."""
_LIST_OF_OBJECTS = re.compile(r"\[\s*\{")
_STORIES = re.compile(r'"items"\s*:\s*\[')
_STREAM = re.compile(r"/state/|global\.saved|\"alternate\"|\"canonical\"|\"originId\"")
_PROLOGUE = 4096
_NAMES = re.compile(r'"(\w{1,40})"\s*:')
_MOST_NAMED = 6


def kind_of(beginning: bytes) -> str:
    """The kind of a file that begins like this; "" where it is none of these."""
    if beginning.startswith(SQLITE_MAGIC):
        return "newsboat"
    text = beginning.decode(marked(beginning) or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    lowered = text[:_PROLOGUE].lower()
    if text.startswith("<"):
        if "netscape-bookmark-file" in lowered or "<title>pocket export" in lowered:
            return "bookmarks"
        return "saved_page" if "<opml" not in lowered and _is_page(lowered) else ""
    if text.startswith(("{", "[")):
        return _kind_of_json(text)
    return kind_of_table(text.split("\n", 1)[0].strip()) or ("links" if looks_like_links(_whole_lines(text)) else "")


def _is_page(lowered: str) -> bool:
    """Whether a text is HTML, behind what the program that wrote it had to say."""
    while lowered.startswith(("<?", "<!--")):
        _, ends, lowered = lowered.partition("?>" if lowered.startswith("<?") else "-->")
        lowered = lowered.lstrip() if ends else ""
    return lowered.startswith(("<!doctype html", "<html"))


def _kind_of_json(text: str) -> str:
    if _LIST_OF_OBJECTS.match(text):
        if '"is_archived"' in text and '"url"' in text:
            return "wallabag"
        return "omnivore" if '"slug"' in text and '"savedAt"' in text else ""
    return "starred" if _STORIES.search(text) and _STREAM.search(text) and '"headline"' not in text else ""


def _whole_lines(text: str) -> str:
    """Without the last line where what was looked at ends in it."""
    return text.rpartition("\n")[0] if len(text) > BYTES_LOOKED_AT // 4 else text


def is_unknown_table(beginning: bytes) -> bool:
    """Whether a file that begins like this, and is of no kind, is a table of stories: no list of sources, then."""
    text = beginning.decode(marked(beginning) or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    return not text.startswith(("<", "{", "[", "#")) and looks_like_a_table_of_stories(text)


def seems(beginning: bytes) -> str:
    """What a file seems to be that nobody here can read, to stand in a sentence; "" where nothing is to be said."""
    if not beginning.strip(b"\0 \t\r\n"):
        return "It is empty."
    kind = file_kind(beginning)
    if beginning.startswith(b"PK\x03\x04") and kind in ("binary", "ZIP"):
        return "It seems to be a ZIP archive: unpack it, and import the folder."
    if kind:
        return "It seems to be no text." if kind == "binary" else f"It seems to be of the kind {kind}."
    text = beginning.decode(marked(beginning) or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    first = text.split("\n", 1)[0]
    if text.startswith(("[", "{")):
        named = ", ".join(dict.fromkeys(clean(name) for name in _NAMES.findall(text)[:_MOST_NAMED]))
        return f"It seems to be JSON of a form that is not known here{f' (with {named})' if named else ''}."
    if looks_like_a_table_of_stories(text) or first.count(",") >= 2 or first.count("\t") >= 2 or first.count(";") >= 2:
        columns = ", ".join(part.strip(' "') for part in re.split("[,;\t]", first)[:6])
        return f"It seems to be a table, whose columns ({columns[:200]}) are not known here."
    return "It seems to be text."
