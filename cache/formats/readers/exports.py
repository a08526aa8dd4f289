"""Exports in JSON: wallabag's, Omnivore's, and starred stories of Google Reader, Inoreader, FreshRSS and Feedly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cache.formats.readers.story import SavedStory, moment

_LONGEST_TEXT = 8_000_000
_OWN_NAMES = {
    "wallabag": ({"url", "title"}, {"url", "is_archived"}),
    "omnivore": ({"url", "slug"},),
    "starred": ({"alternate"}, {"canonical"}, {"canonicalUrl"}, {"originId"}),
}
"""Names of which a story has all of one group, and no object within a story has."""


def wallabag(rows: Any) -> Iterator[SavedStory]:
    """The entries of wallabag 2: all are saved, those that were archived read."""
    for row in _mappings(rows):
        yield SavedStory(
            _text(row, "url"),
            _text(row, "title"),
            authors=_texts(row.get("published_by")),
            published=moment(row.get("published_at")),
            saved=moment(row.get("created_at")),
            read=row.get("is_archived") in (1, True, "1"),
            tags=[*_tags(row.get("tags")), *(["starred"] if row.get("is_starred") in (1, True, "1") else [])],
            language=_text(row, "language").replace("_", "-"),
            html=_text(row, "content"),
            highlights=[
                (_text(each, "quote"), _text(each, "text"), moment(each.get("created_at")))
                for each in _mappings(row.get("annotations"))
            ],
        )


def omnivore(rows: Any, folder: Path) -> Iterator[SavedStory]:
    """The links of Omnivore; the text of each stands in a file by its slug, in the folder `content` beside the list."""
    for row in _mappings(rows):
        html = _content(folder, _text(row, "slug"))
        yield SavedStory(
            _text(row, "url"),
            _text(row, "title"),
            authors=[_text(row, "author")],
            published=moment(row.get("publishedAt")),
            saved=moment(row.get("savedAt")),
            read=_text(row, "state").lower() == "archived",
            tags=_tags(row.get("labels")),
            summary=_text(row, "description"),
            html=html,
            is_wanted=not html,
        )


def _content(folder: Path, slug: str) -> str:
    """The text of a link; "" where none lies there. A slug that is no plain name is none."""
    if not slug or not all(letter.isalnum() or letter in "-_." for letter in slug):
        return ""
    try:
        with (folder / "content" / f"{slug}.html").open("rb") as file:
            return file.read(_LONGEST_TEXT).decode("utf-8", "replace")
    except OSError:
        return ""


def starred(stream: Any) -> Iterator[SavedStory]:
    """The stories of a stream as Google Reader wrote it, and those that follow it, in which all are starred."""
    for row in _mappings(stream.get("items") if isinstance(stream, dict) else stream):
        states = _states(row)
        origin: Mapping[str, Any] = found if isinstance(found := row.get("origin"), dict) else {}
        feed = _text(origin, "streamId").removeprefix("feed/")
        yield SavedStory(
            _address(row),
            _text(row, "title"),
            authors=[_text(row, "author")],
            published=moment(row.get("published")),
            saved=moment(row.get("actionTimestamp") or row.get("timestampUsec") or row.get("crawlTimeMsec") or 0),
            read="read" in states or row.get("unread") is False,
            tags=_labels(row),
            html=_content_of(row),
            is_whole=False,
            is_wanted=len(_content_of(row)) == 0,
            source=(feed, _text(origin, "title"), _text(origin, "htmlUrl"))
            if feed.startswith(("http://", "https://"))
            else ("", "", ""),
        )


def is_story(kind: str, row: Mapping[str, Any]) -> bool:
    """Whether an object has the shape of one of these stories, and not of a part of one."""
    return any(names <= row.keys() for names in _OWN_NAMES[kind])


def _address(row: Mapping[str, Any]) -> str:
    for name in ("canonical", "alternate"):
        for each in _mappings(row.get(name)):
            if _text(each, "href"):
                return _text(each, "href")
    return _text(row, "canonicalUrl") or _text(row, "originId")


def _content_of(row: Mapping[str, Any]) -> str:
    for name in ("content", "summary"):
        value = row.get(name)
        if isinstance(value, dict) and _text(value, "content"):
            return _text(value, "content")
    return ""


def _states(row: Mapping[str, Any]) -> set[str]:
    """What its reader's program said of it: read, starred …"""
    return {name.rpartition("/")[2] for name in _texts(row.get("categories")) if "/state/" in name}


def _labels(row: Mapping[str, Any]) -> list[str]:
    named = [name.partition("/label/")[2] for name in _texts(row.get("categories")) if "/label/" in name]
    return [*named, *(_text(each, "label") for each in _mappings(row.get("tags")))]


def _tags(value: Any) -> list[str]:
    """Tags that stand as names, or as objects with one."""
    return [*_texts(value), *(_text(each, "label") or _text(each, "name") for each in _mappings(value))]


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    yield from (each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""
