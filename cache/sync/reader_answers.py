"""What servers answer in the Google Reader API, read apart from the library: bytes → sources, ids, entries.

Everything here runs in a parser, under its limits; what is no such answer raises BrokenAnswer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from cache.sync.remote import RemoteEntry, RemoteSource
from fetch.article import Enclosure, Teaser
from fetch.article_limits import bounded_teaser, shortened
from fetch.bounded_json import member_list, member_text, parse_json
from fetch.errors import BrokenAnswer, interpreting
from fetch.feeds.entry import FeedEntry, authors_in, teaser_of
from fetch.feeds.entry_builder import enclosure_at
from fetch.links import absolute, address_of_entry, canonical
from fetch.text import clean, unescape

_LONG = "tag:google.com,2005:reader/item/"
_HEXADECIMAL = re.compile(r"[0-9a-f]{16}")
_DECIMAL = re.compile(r"-?\d{1,19}", re.ASCII)
_LONGEST_ID = 200
_USER = re.compile(r"user/[^/]*/")
_READ, _SAVED = "user/-/state/com.google/read", "user/-/state/com.google/starred"
_LABEL = "user/-/label/"
_WIDE = str.maketrans("＆＜＞", "&<>")
_LONGEST_TITLE = 500


class IdPage(NamedTuple):
    """A part of a list of ids, and what the next part is asked for with, "" at the end."""

    ids: list[str]
    continuation: str


class TagNames(NamedTuple):
    """What a server calls tags, and what it calls folders; whether it named anything, were it what is starred."""

    tags: list[str]
    folders: frozenset[str]
    names_any: bool


class TitleForm(NamedTuple):
    """How a server writes titles: as `cache.sync.servers.ServerTraits` says."""

    wide_signs: bool = False
    plain: bool = False


def sources_in(body: bytes, url: str, titles: TitleForm, no_group: str) -> list[RemoteSource]:
    """The sources of `subscription/list`; those without an address that can be asked are left out."""
    listed = _member(body, url, "subscriptions")
    found = [_source(each, titles, no_group) for each in listed if isinstance(each, dict)]
    return [each for each in found if each.remote and each.url]


def _source(told: Mapping[str, Any], titles: TitleForm, no_group: str) -> RemoteSource:
    remote = member_text(told, "id")[: _LONGEST_ID * 10]
    named = remote.removeprefix("feed/")
    url = absolute(member_text(told, "url"), "") or (absolute(named, "") if "://" in named else "")
    groups = [_group(each, no_group) for each in member_list(told, "categories")]
    home = absolute(member_text(told, "htmlUrl"), "")
    title = title_in(member_text(told, "title"), titles)
    return RemoteSource(remote, url, title, next((each for each in groups if each), ""), home)


def _group(told: Any, no_group: str) -> str:
    if not isinstance(told, dict):
        return ""
    label = member_text(told, "label") or _anyone(member_text(told, "id")).removeprefix(_LABEL)
    name = clean(label)[:_LONGEST_TITLE]
    return "" if name == no_group else name


def tags_in(body: bytes, url: str, groups: Collection[str]) -> TagNames:
    """The names of `tag/list`, in its letters: tags, and folders, which it calls so, or which sources are in."""
    tags, folders = dict[str, None](), set(groups)
    listed = _member(body, url, "tags")
    for each in listed:
        stream = _anyone(member_text(each, "id")) if isinstance(each, dict) else ""
        name, kind = stream.removeprefix(_LABEL), member_text(each, "type") if stream else ""
        if not stream.startswith(_LABEL) or clean(name) != name or not 0 < len(name) <= _LONGEST_TITLE:
            continue
        if kind == "tag" or (kind != "folder" and name not in groups):
            tags[name] = None
        else:
            folders.add(name)
    return TagNames(list(tags), frozenset(folders) - {""}, bool(listed))


def ids_in(body: bytes, url: str) -> IdPage:
    """The ids of `stream/items/ids`."""
    top = _object(body, url)
    listed = _member_of(top, url, "itemRefs")
    ids = [id_of(member_text(each, "id")) for each in listed if isinstance(each, dict)]
    return IdPage([each for each in ids if each], member_text(top, "continuation")[: _LONGEST_ID * 10])


def id_of(said: str) -> str:
    """What an entry is called here, of the three forms that servers write: long, bare hexadecimal, decimal.

    What is no number stays as it is. Sixteen digits that begin with 0 are hexadecimal, as no number does.
    """
    said = said.strip()
    is_long = said.startswith(_LONG)
    bare = said.removeprefix(_LONG)
    if _HEXADECIMAL.fullmatch(bare.lower()) and (is_long or bare.startswith("0") or not bare.isdigit()):
        number = int(bare, 16)
        return str(number - (1 << 64) if number >> 63 else number)
    return str(int(bare)) if _DECIMAL.fullmatch(bare) else clean(bare)[:_LONGEST_ID]


def long_id(remote: str) -> str:
    """An id as all servers take it."""
    if _DECIMAL.fullmatch(remote) and -(1 << 63) <= int(remote) < 1 << 63:
        return f"{_LONG}{int(remote) & (1 << 64) - 1:016x}"
    return f"{_LONG}{remote}"


def entries_in(body: bytes, url: str, titles: TitleForm) -> list[RemoteEntry]:
    """The entries of `stream/items/contents`, each id once."""
    listed = _member(body, url, "items")
    found = [_entry(each, url, titles) for each in listed if isinstance(each, dict)]
    return list({each.remote: each for each in found if each.remote}.values())


def _entry(told: Mapping[str, Any], url: str, titles: TitleForm) -> RemoteEntry:
    remote = id_of(member_text(told, "id"))
    states = {_anyone(each) for each in member_list(told, "categories") if isinstance(each, str)}
    origin = told.get("origin")
    source = member_text(origin, "streamId") if isinstance(origin, dict) else ""
    labels = frozenset(each.removeprefix(_LABEL) for each in states if each.startswith(_LABEL))
    return RemoteEntry(remote, source, _teaser(told, url, titles, remote), _READ in states, _SAVED in states, labels)


def _teaser(told: Mapping[str, Any], url: str, titles: TitleForm, remote: str) -> Teaser:
    links = [*member_list(told, "canonical"), *member_list(told, "alternate")]
    link = next(
        (found for each in links if isinstance(each, dict) and (found := absolute(member_text(each, "href"), ""))), ""
    )
    content = _content(told, "content") or _content(told, "summary")
    entry = entry_of(told, link, content, told.get("published"), titles)
    return listed_teaser(replace(entry, enclosures=tuple(_enclosures(told))), url, remote)


def entry_of(told: Mapping[str, Any], link: str, content: str, published: object, titles: TitleForm) -> FeedEntry:
    """What a server says of an entry, as a feed says it; `title` and `author` are so called by either protocol."""
    author = member_text(told, "author")
    return FeedEntry(
        title=title_in(member_text(told, "title"), titles),
        title_plain=True,
        link=link,
        summary=content,
        content=content,
        published=moment_in(published),
        authors=authors_in([author] if author else []),
        base=link,
    )


def listed_teaser(entry: FeedEntry, url: str, remote: str) -> Teaser:
    """An entry as what a library lists, under an address made of its id where it has none."""
    teaser = bounded_teaser(teaser_of(entry))
    address = teaser.url or address_of_entry(canonical(url), f"remote {remote}")
    return replace(teaser, url=address, headline=teaser.headline or shortened(address, 80))


def _enclosures(told: Mapping[str, Any]) -> Iterator[Enclosure]:
    for each in member_list(told, "enclosure"):
        if isinstance(each, dict):
            address = member_text(each, "href") or member_text(each, "url")
            if found := enclosure_at(address, member_text(each, "type"), member_text(each, "length"), ""):
                yield found


def _content(told: Mapping[str, Any], name: str) -> str:
    part = told.get(name)
    return member_text(part, "content") if isinstance(part, dict) else ""


def title_in(said: str, titles: TitleForm) -> str:
    """A title as text; where a server writes signs wide, or as HTML, with those that were meant."""
    told = said[: _LONGEST_TITLE * 10]
    if titles.wide_signs:
        told = told.translate(_WIDE)
    return (clean(told) if titles.plain else unescape(told))[:_LONGEST_TITLE]


def moment_in(seconds: Any) -> datetime | None:
    """A moment from seconds since 1970, from thousandths and millionths of them too, as some servers say them."""
    try:
        number = float(seconds)
        while abs(number) > 1e11:
            number /= 1000
        return datetime.fromtimestamp(int(number), UTC) if number > 0 else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def token_in(body: bytes) -> str:
    """The token of `token`: one line, "" where it is none that a form could carry."""
    text = body[:2000].decode("utf-8", "replace").strip()
    return text if text and text.isprintable() and not text.startswith(("<", "{", "[")) and " " not in text else ""


def auth_in(body: bytes) -> str:
    """What a login answers with to be let in by, "" where it is no such answer."""
    for line in body[:20_000].decode("utf-8", "replace").splitlines():
        name, is_there, value = line.partition("=")
        if is_there and name.strip() == "Auth" and value.strip().isprintable():
            return value.strip()
    return ""


def _anyone(stream: str) -> str:
    """A stream as it is for any user."""
    return _USER.sub("user/-/", stream, count=1) if stream.startswith("user/") else stream


def _member(body: bytes, url: str, name: str) -> Sequence[Any]:
    return _member_of(_object(body, url), url, name)


def _member_of(top: Mapping[str, Any], url: str, name: str) -> Sequence[Any]:
    found = top.get(name)
    if not isinstance(found, list):
        raise BrokenAnswer(f"{url} did not answer with {name}.", url)
    return found


def _object(body: bytes, url: str) -> Mapping[str, Any]:
    with interpreting(url):
        top = parse_json(body.decode("utf-8", "replace"), strict=False)
    if not isinstance(top, dict):
        raise BrokenAnswer(f"{url} did not answer as the Google Reader API does.", url)
    return top
