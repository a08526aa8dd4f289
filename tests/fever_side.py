"""The Fever API of the tests' server, made from what real ones do, with their oddities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import md5
from typing import Any, Protocol

from tests.remote_items import Item, RemoteFeed

SELECTORS = ("groups", "feeds", "unread_item_ids", "saved_item_ids", "items")


class Kept(Protocol):
    """What the server keeps, whatever protocol shows it."""

    feeds: dict[int, RemoteFeed]
    items: dict[int, Item]
    password: str


@dataclass
class FeverOddities:
    """What this side does otherwise than others: FreshRSS' ways, unless told."""

    text_ids: bool = True
    """Ids of entries are strings."""
    as_object: bool = False
    """Lists are objects, with their places as names."""
    auth: object = 1
    combines: bool = True
    """All that is asked for in one request is answered, and not the first of it alone."""
    toggles: bool = False
    """"saved" and "unsaved" both mean the other than it is."""
    highest_first: bool = False
    page: int = 50
    most_listed: int = 1_000_000
    missing: tuple[str, ...] = ()
    """Members that are left out."""
    no_empty_lists: bool = False
    instead: str = ""
    """What is answered, with 200, in place of all."""
    instead_of: str = ""
    """The selector that alone is answered so."""
    status: int = 200
    ignores_marks: bool = False
    gives_no_entries: bool = False


class FeverSide:
    """One account of `pat` at a path; `is_alone` where the server speaks nothing else."""

    def __init__(
        self, path: str = "/api/fever.php", oddities: FeverOddities | None = None, *, is_alone: bool = True
    ) -> None:
        self.path = path
        self.odd = oddities or FeverOddities()
        self.is_alone = is_alone

    def call_of(self, query: str) -> str:
        """What a request asks for, as a test names it: "fever", and the selectors."""
        names = [each.partition("=")[0] for each in query.split("&")]
        return " ".join(["fever", *(each for each in names if each in SELECTORS)])

    def answer(self, call: str, fields: Mapping[str, str], kept: Kept) -> tuple[int, Any]:
        """A status and what is answered with it."""
        if self.odd.status != 200:
            return self.odd.status, "Service Unavailable!"
        if "api" not in fields or (self.odd.instead and self.odd.instead_of in call):
            return 200, self.odd.instead or "<!doctype html><title>Fever</title>"
        key = md5(f"pat:{kept.password}".encode(), usedforsecurity=False).hexdigest()
        if fields.get("api_key") != key:
            return 200, {"api_version": 3, "auth": 0}
        answered = call.split()[1:]
        told: dict[str, Any] = {"api_version": 3, "auth": self.odd.auth, "last_refreshed_on_time": 1_795_891_470}
        if fields.get("mark") == "item" and not self.odd.ignores_marks:
            self._mark(fields, kept)
        for name in answered if self.odd.combines else answered[:1]:
            told |= getattr(self, f"_{name}")(fields, kept)
        return 200, {name: value for name, value in told.items() if name not in self.odd.missing}

    def _mark(self, fields: Mapping[str, str], kept: Kept) -> None:
        item = kept.items.get(int(fields["id"])) if fields["id"].isdigit() else None
        if item is None:
            return
        match fields["as"]:
            case "read" | "unread" as said:
                item.read = said == "read"
            case "saved" | "unsaved" as said:
                item.starred = not item.starred if self.odd.toggles else said == "saved"

    def _list(self, values: list[Any]) -> Any:
        return {str(place): each for place, each in enumerate(values)} if self.odd.as_object else values

    def _groups_of(self, kept: Kept) -> dict[str, int]:
        return {name: number for number, name in enumerate(dict.fromkeys(f.group for f in kept.feeds.values()), 1)}

    def _groups(self, _: Mapping[str, str], kept: Kept) -> dict[str, Any]:
        groups = [{"id": number, "title": name} for name, number in self._groups_of(kept).items()]
        return {"groups": self._list(groups), **self._feeds_groups(kept)}

    def _feeds_groups(self, kept: Kept) -> dict[str, Any]:
        filed = [
            {"group_id": number, "feed_ids": ",".join(str(f.number) for f in kept.feeds.values() if f.group == name)}
            for name, number in self._groups_of(kept).items()
        ]
        return {"feeds_groups": self._list(filed)}

    def _feeds(self, _: Mapping[str, str], kept: Kept) -> dict[str, Any]:
        feeds = [
            {"id": each.number, "favicon_id": 0, "title": _wide(each.title), "url": each.url, "site_url": "",
             "is_spark": 0, "last_updated_on_time": 1_795_891_470}
            for each in kept.feeds.values()
        ]  # fmt: skip
        return {"feeds": self._list(feeds), **self._feeds_groups(kept)}

    def _unread_item_ids(self, _: Mapping[str, str], kept: Kept) -> dict[str, Any]:
        return {"unread_item_ids": self._ids([each for each in kept.items.values() if not each.read])}

    def _saved_item_ids(self, _: Mapping[str, str], kept: Kept) -> dict[str, Any]:
        return {"saved_item_ids": self._ids([each for each in kept.items.values() if each.starred])}

    def _ids(self, chosen: list[Item]) -> str:
        newest = sorted((each.number for each in chosen), reverse=True)
        return ",".join(map(str, newest[: self.odd.most_listed]))

    def _items(self, fields: Mapping[str, str], kept: Kept) -> dict[str, Any]:
        chosen = sorted(kept.items.values(), key=lambda each: each.number)
        if "with_ids" in fields:
            wanted = set(fields["with_ids"].split(",")[:50])
            chosen = [each for each in chosen if str(each.number) in wanted]
        elif "max_id" in fields:
            chosen = [each for each in reversed(chosen) if each.number < int(fields["max_id"])][: self.odd.page]
        else:
            chosen = [each for each in chosen if each.number > int(fields.get("since_id", "0"))]
            chosen = chosen[: -self.odd.page - 1 : -1] if self.odd.highest_first else chosen[: self.odd.page]
        if self.odd.gives_no_entries:
            chosen = []
        items = {"items": self._list([self._item(each) for each in chosen])}
        return {"total_items": len(kept.items)} | ({} if self.odd.no_empty_lists and not chosen else items)

    def _item(self, each: Item) -> dict[str, Any]:
        return {
            "id": str(each.number) if self.odd.text_ids else each.number,
            "feed_id": each.feed,
            "title": _wide(each.title),
            "author": "",
            "html": each.html,
            "url": each.url,
            "is_saved": int(each.starred),
            "is_read": int(each.read),
            "created_on_time": each.published,
        }


def _wide(title: str) -> str:
    return title.translate(str.maketrans("&<>", "＆＜＞"))
