"""What servers answer in the Fever API, read apart from the library: bytes → sources, ids, entries.

Everything here runs in a parser, under its limits. What is no such answer raises BrokenAnswer, and one that lets nobody
in, Blocked; a list that is missing is never taken for one that is empty, as all would be read by that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from cache.sync.reader_answers import TitleForm, entry_of, listed_teaser, title_in
from cache.sync.remote import RemoteEntry, RemoteSource
from fetch.bounded_json import member_text, parse_json
from fetch.errors import Blocked, BrokenAnswer, interpreting
from fetch.links import absolute
from fetch.text import clean

_ID = re.compile(r"\d{1,20}", re.ASCII)
_MOST_IDS = 1_000_000
"""Ids in one list; a server that lists more is not believed."""


class FeverAnswer(NamedTuple):
    """What one answer held of what was asked for; None for what it did not speak of.

    `total` is how many entries the server has in all, 0 where it does not say.
    """

    groups: dict[str, str] | None = None
    sources: list[RemoteSource] | None = None
    filed: dict[str, str] | None = None
    unread: set[str] | None = None
    saved: set[str] | None = None
    entries: list[RemoteEntry] | None = None
    total: int = 0


def answer_in(body: bytes, url: str, titles: TitleForm) -> FeverAnswer:
    """An answer; raises Blocked where its `auth` is 0, BrokenAnswer where it has none."""
    with interpreting(url):
        top = parse_json(body.decode("utf-8-sig", "replace"), strict=False)
    if not isinstance(top, dict) or "auth" not in top:
        raise BrokenAnswer(f"{url} did not answer as the Fever API does.", url)
    if not _is_set(top["auth"]):
        raise Blocked(f"{url} lets nobody in by this password.", url, reason="login")
    total = member_text(top, "total_items")
    return FeverAnswer(
        groups={_id(each): clean(member_text(each, "title")) for each in _objects(top["groups"], url)}
        if "groups" in top
        else None,
        sources=[found for each in _objects(top["feeds"], url) if (found := _source(each, titles))]
        if "feeds" in top
        else None,
        filed=_filed(_objects(top["feeds_groups"], url)) if "feeds_groups" in top else None,
        unread=_ids(top["unread_item_ids"], url) if "unread_item_ids" in top else None,
        saved=_ids(top["saved_item_ids"], url) if "saved_item_ids" in top else None,
        entries=_entries(_objects(top["items"], url), url, titles) if "items" in top else None,
        total=int(total) if _ID.fullmatch(total) else 0,
    )


def _is_set(value: Any) -> bool:
    """Whether a flag is set, which servers write as a number, a string, or true."""
    return value is True or str(value).strip() in ("1", "true")


def _objects(told: Any, url: str) -> list[Mapping[str, Any]]:
    """The objects of a list, which some servers write as an object with their places as names."""
    listed = list(told.values()) if isinstance(told, dict) else told
    if not isinstance(listed, list):
        raise BrokenAnswer(f"{url} did not answer with a list.", url)
    return [each for each in listed if isinstance(each, dict)]


def _ids(told: Any, url: str) -> set[str]:
    """Ids in one string with commas, or in a list, or one that stands alone."""
    if isinstance(told, str):
        parts: Sequence[Any] = told.split(",")
    elif isinstance(told, list):
        parts = told
    elif isinstance(told, int) and not isinstance(told, bool):
        parts = [told]
    else:
        raise BrokenAnswer(f"{url} did not answer with ids.", url)
    found = {_plain(str(each)) for each in parts if str(each).strip()}
    if len(found) > _MOST_IDS or "" in found:
        raise BrokenAnswer(f"{url} did not answer with ids.", url)
    return found


def _plain(said: str) -> str:
    """An id, "" for what is none."""
    said = said.strip()
    return str(int(said)) if _ID.fullmatch(said) else ""


def _id(told: Mapping[str, Any], name: str = "id") -> str:
    return _plain(member_text(told, name))


def _filed(told: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Source → the group that it is in, the first that is named."""
    found = dict[str, str]()
    for each in told:
        ids = each.get("feed_ids")
        for one in ids if isinstance(ids, list) else str(ids or "").split(","):
            found.setdefault(_plain(str(one)), _id(each, "group_id"))
    return found


def _source(told: Mapping[str, Any], titles: TitleForm) -> RemoteSource | None:
    url = absolute(member_text(told, "url"), "")
    remote = _id(told)
    home = absolute(member_text(told, "site_url"), "")
    return RemoteSource(remote, url, title_in(member_text(told, "title"), titles), "", home) if url and remote else None


def grouped(
    sources: Sequence[RemoteSource], groups: Mapping[str, str], filed: Mapping[str, str], none: str
) -> Iterator[RemoteSource]:
    """Sources with the titles of their groups; `none` is what the server calls the group of what is in none."""
    for each in sources:
        title = groups.get(filed.get(each.remote, ""), "")
        yield replace(each, group="" if title == none else title)


def _entries(told: Sequence[Mapping[str, Any]], url: str, titles: TitleForm) -> list[RemoteEntry]:
    """Entries, each id once."""
    found = [_entry(each, url, titles) for each in told]
    return list({each.remote: each for each in found if each.remote}.values())


def _entry(told: Mapping[str, Any], url: str, titles: TitleForm) -> RemoteEntry:
    remote = _id(told)
    read, saved = _is_set(told.get("is_read")), _is_set(told.get("is_saved"))
    link = absolute(member_text(told, "url"), "")
    entry = entry_of(told, link, member_text(told, "html"), told.get("created_on_time"), titles)
    return RemoteEntry(remote, _id(told, "feed_id"), listed_teaser(entry, url, remote), read, saved)
