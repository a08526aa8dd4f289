"""A server of the Google Reader API on loopback, made from what real ones do, with their oddities and with cuts.

Feeds, entries and marks are plain values that a test reads and changes; each change between requests is another
client's act.
"""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, urlsplit

from tests.fever_side import FeverSide
from tests.loopback import Cut, Loopback, Reply, Seen
from tests.remote_items import Item, RemoteFeed

LONG = "tag:google.com,2005:reader/item/"
LIST, READ = "user/-/state/com.google/reading-list", "user/-/state/com.google/read"
STARRED, LABEL = "user/-/state/com.google/starred", "user/-/label/"


@dataclass
class Oddities:
    """What this server does otherwise than the others."""

    ids: Literal["decimal", "hexadecimal", "long"] = "decimal"
    page: int = 10_000
    microseconds: bool = False
    no_categories: bool = False
    sentence_instead: str = ""
    html_instead: str = ""
    repeats_in_pages: bool = False
    switched_off: bool = False
    status: int = 200
    """What every call is answered with, where it is another."""
    no_authorization: bool = False
    wide_signs: bool = True
    gives_no_contents: bool = False
    ignores_marks: bool = False
    refuses_feeds: bool = False
    untyped_tags: bool = False
    drops_a_tag: str = ""
    no_labels: bool = False
    """It says of no entry which labels it has."""
    empty_list_of: str = ""
    """A label of which it lists no entry, by a fault."""
    names_no_tags: bool = False
    user: str = "-"
    leads_to: str = ""


@dataclass
class Told:
    """A request as it came: its path without what comes before it, its fields, and its headers in lower case."""

    call: str
    fields: list[tuple[str, str]]
    headers: dict[str, str]


class ReadingServer:
    """One account of `pat`, whose password is `harbour`; below `path`, as FreshRSS has it unless told otherwise.

    `fever` is its side of the Fever API, which shows the same entries; `tls` has it speak HTTPS.
    """

    def __init__(
        self,
        path: str = "/api/greader.php",
        oddities: Oddities | None = None,
        tls: ssl.SSLContext | None = None,
        fever: FeverSide | None = None,
    ) -> None:
        self.path = path
        self.fever = fever
        self.odd = oddities or Oddities()
        self.password = "harbour"
        self.feeds: dict[int, RemoteFeed] = {}
        self.items: dict[int, Item] = {}
        self.seen: list[Told] = []
        self.cuts: dict[int, Cut] = {}
        """Which requests are cut, counted from the first, and where."""
        self.held: dict[str, threading.Event] = {}
        """What is asked for and not answered before something has happened."""
        self.heard: Callable[[int], None] | None = None
        """Called with the number of each request, once it was done and before it is answered."""
        self.auths = {"pat/1"}
        self.token = "token-1"
        self._next = 1_795_891_470_000_000
        self._lock = threading.RLock()
        self._site = Loopback(tls=tls, answer=self._replied)

    def __enter__(self) -> Self:
        self._site.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Answers nobody any more."""
        self._site.stop()

    @property
    def origin(self) -> str:
        """Its address without any path."""
        return self._site.url("")

    @property
    def base(self) -> str:
        """Where its protocol begins."""
        return self.origin + self.path

    def feed(self, url: str, title: str = "", group: str = "Uncategorized") -> RemoteFeed:
        """Has it keep a feed."""
        made = RemoteFeed(len(self.feeds) + 1, url, title or url, group)
        self.feeds[made.number] = made
        return made

    def item(self, feed: RemoteFeed, url: str, title: str = "Pier opens", **facts: Any) -> Item:
        """Has an entry arrive."""
        with self._lock:
            self._next += 1_000_003
            facts.setdefault("published", 1_795_884_235 + 60 * len(self.items))
            made = Item(self._next, feed.number, url, title, **facts)
            self.items[made.number] = made
            return made

    def calls(self, name: str) -> list[Told]:
        """The requests that asked for something."""
        return [each for each in self.seen if each.call == name]

    def expire(self) -> None:
        """Lets nobody in any more but by a new login."""
        self.auths.clear()

    def _replied(self, seen: Seen) -> Reply:
        parts, form = urlsplit(seen.path), parse_qsl(seen.body.decode(), keep_blank_values=True)
        for call, event in list(self.held.items()):
            if parts.path.endswith(f"/{call}"):
                event.wait(120)
        call = parts.path.removeprefix(self.path).removeprefix("/reader/api/0/").removeprefix("/")
        if self.fever and parts.path == self.fever.path:
            call = self.fever.call_of(parts.query)
        told = Told(call, [*parse_qsl(parts.query, keep_blank_values=True), *form], seen.headers)
        with self._lock:
            self.seen.append(told)
            status, answer = (self._answer_fever if self.fever else self._answer)(parts.path, told)
            cut = self.cuts.pop(len(self.seen), None)
            if self.heard:
                self.heard(len(self.seen))
        body = answer if isinstance(answer, str) else json.dumps(answer)
        return Reply(body.encode(), status, {"Location": body} if status == 302 else {}, cut=cut)

    def _answer_fever(self, path: str, told: Told) -> tuple[int, Any]:
        assert self.fever
        if path != self.fever.path:
            return (
                (404, "<html><title>404 Not Found</title></html>") if self.fever.is_alone else self._answer(path, told)
            )
        if self.odd.leads_to:
            return 302, self.odd.leads_to + path
        return self.fever.answer(told.call, dict(told.fields), self)

    def _answer(self, path: str, told: Told) -> tuple[int, Any]:
        if not path.startswith(self.path + "/") or (not self.path and path.startswith("/api")):
            return 404, "<html><title>404 Not Found</title></html>"
        if self.odd.leads_to:
            return 302, self.odd.leads_to + path
        if self.odd.switched_off or self.odd.status != 200:
            return self.odd.status if self.odd.status != 200 else 503, "Service Unavailable!"
        if path == f"{self.path}/accounts/ClientLogin":
            return self._log_in(dict(told.fields))
        auth = told.headers.get("authorization", "").removeprefix("GoogleLogin auth=")
        if self.odd.no_authorization or auth not in self.auths:
            return 401, "Unauthorized!"
        fields: dict[str, list[str]] = {}
        for name, value in told.fields:
            fields.setdefault(name, []).append(value)
        if fields.get("output") != ["json"] and told.call != "token":
            return 501, "Not Implemented!"
        if self.odd.html_instead and told.call == self.odd.html_instead:
            return 200, "<!doctype html><html><title>Log in</title><form></form></html>"
        if self.odd.sentence_instead and told.call == self.odd.sentence_instead:
            return 200, "We are under maintenance, please come back later."
        return self._called(told.call, fields)

    def _log_in(self, fields: dict[str, str]) -> tuple[int, Any]:
        if fields.get("Email") != "pat" or fields.get("Passwd") != self.password:
            return 401, "Unauthorized!"
        if not self.auths:
            self.auths.add(f"pat/{len(self.seen)}")
        auth = next(iter(self.auths))
        return 200, f"SID={auth}\nLSID=null\nAuth={auth}\n"

    def _called(self, call: str, fields: dict[str, list[str]]) -> tuple[int, Any]:
        match call:
            case "token":
                return 200, f"{self.token}\n"
            case "subscription/list":
                return 200, {"subscriptions": [self._subscription(each) for each in self.feeds.values()]}
            case "subscription/edit":
                return self._edit(fields)
            case "stream/items/ids":
                return 200, self._ids(fields)
            case "stream/items/contents":
                asked = {self._number(each) for each in fields.get("i", [])}
                found = [
                    each for each in self.items.values() if each.number in asked and not self.odd.gives_no_contents
                ]
                return 200, {"id": LIST, "updated": 1, "items": [self._content(each) for each in found]}
            case "tag/list":
                return 200, {"tags": [] if self.odd.names_no_tags else [{"id": STARRED}, *self._labels()]}
            case "edit-tag":
                return self._mark(fields)
        return 400, "Bad Request!"

    def _subscription(self, feed: RemoteFeed) -> dict[str, Any]:
        told: dict[str, Any] = {"id": f"feed/{feed.number}", "title": self._title(feed.title), "url": feed.url}
        told |= {"htmlUrl": "", "iconUrl": ""}
        label = f"{LABEL.replace('-', self.odd.user, 1)}{feed.group}"
        return told if self.odd.no_categories else told | {"categories": [{"id": label, "label": feed.group}]}

    def _title(self, title: str) -> str:
        return title.translate(str.maketrans("&<>", "＆＜＞")) if self.odd.wide_signs else title

    def _edit(self, fields: dict[str, list[str]]) -> tuple[int, Any]:
        stream = fields.get("s", [""])[-1].removeprefix("feed/")
        if fields.get("ac") == ["subscribe"]:
            if self.odd.refuses_feeds or any(each.url == stream for each in self.feeds.values()):
                return 400, "Bad Request!"
            self.feed(stream, fields.get("t", [""])[0], self._label(fields) or "Uncategorized")
            return 200, "OK"
        feed = self.feeds.get(int(stream)) if stream.isdigit() else None
        if feed is None:
            return 400, "Bad Request!"
        if fields.get("ac") == ["unsubscribe"]:
            del self.feeds[feed.number]
            self.items = {number: each for number, each in self.items.items() if each.feed != feed.number}
            return 200, "OK"
        feed.title = fields.get("t", [feed.title])[0]
        feed.group = self._label(fields) or ("Uncategorized" if "r" in fields else feed.group)
        return 200, "OK"

    def _label(self, fields: dict[str, list[str]]) -> str:
        return next((each.removeprefix(LABEL) for each in fields.get("a", [])), "")

    def _ids(self, fields: dict[str, list[str]]) -> dict[str, Any]:
        stream = fields["s"][-1]
        chosen = sorted(self.items.values(), key=lambda each: -each.number)
        if stream == STARRED:
            chosen = [each for each in chosen if each.starred]
        elif stream.startswith("feed/"):
            chosen = [each for each in chosen if f"feed/{each.feed}" == stream]
        elif stream.removeprefix(LABEL) in self._tags():  # of an unknown one it lists all
            label = stream.removeprefix(LABEL)
            chosen = [each for each in chosen if label in each.tags and label != self.odd.empty_list_of]
        if fields.get("xt", [""])[-1] == READ:
            chosen = [each for each in chosen if not each.read]
        begin = int(fields.get("c", ["0"])[-1])
        count = min(int(fields.get("n", ["20"])[-1]), self.odd.page)
        page = chosen[begin : begin + count]
        told: dict[str, Any] = {"itemRefs": [{"id": self._id(each.number)} for each in page]}
        if self.odd.repeats_in_pages and begin:
            told["itemRefs"][:0] = [{"id": self._id(chosen[begin - 1].number)}]
        return told | ({"continuation": str(begin + count)} if len(page) == count else {})

    def _labels(self) -> list[dict[str, Any]]:
        """Folders and tags, told apart by their type where this server says it."""
        dropped, self.odd.drops_a_tag = self.odd.drops_a_tag, ""
        label = LABEL.replace("-", self.odd.user, 1)
        groups = {each.group: "folder" for each in self.feeds.values()}
        kinds = groups | dict.fromkeys(self._tags(), "tag")
        told = [
            {"id": f"{label}{name}"} | ({} if self.odd.untyped_tags else {"type": kind}) for name, kind in kinds.items()
        ]
        for each in self.items.values():
            each.tags.discard(dropped)
        return told

    def _tags(self) -> list[str]:
        return sorted({tag for each in self.items.values() for tag in each.tags})

    def _id(self, number: int) -> str:
        form = f"{number & (1 << 64) - 1:016x}"
        return {"decimal": str(number), "hexadecimal": form, "long": LONG + form}[self.odd.ids]

    def _number(self, said: str) -> int:
        number = int(said.removeprefix(LONG), 16) if said.startswith(LONG) else int(said)
        return number - (1 << 64) if number >> 63 else number

    def _content(self, each: Item) -> dict[str, Any]:
        user = f"user/{self.odd.user}/state/com.google"
        states = [f"{user}/reading-list"] + [f"{user}/read"] * each.read + [f"{user}/starred"] * each.starred
        labels = sorted(each.tags) + ([] if self.odd.no_categories else [self.feeds[each.feed].group])
        states += [f"user/{self.odd.user}/label/{name}" for name in labels if not self.odd.no_labels]
        return {
            "id": f"{LONG}{each.number & (1 << 64) - 1:016x}",
            "timestampUsec": str(each.number),
            "published": each.published * (1_000_000 if self.odd.microseconds else 1),
            "title": self._title(each.title),
            "alternate": [{"href": each.url}],
            "categories": states,
            "origin": {"streamId": f"feed/{each.feed}", "title": "A paper"},
            "summary": {"content": each.html},
        }

    def _mark(self, fields: dict[str, list[str]]) -> tuple[int, Any]:
        if fields.get("T", [""])[-1] != self.token:
            return 401, "Unauthorized!"
        if not self.odd.ignores_marks:
            for said in fields.get("i", []):
                item = self.items.get(self._number(said))
                for name, value in (("a", True), ("r", False)):
                    tag = fields.get(name, [""])[-1]
                    if item and tag == READ:
                        item.read = value
                    elif item and tag == STARRED:
                        item.starred = value
                    elif item and tag.startswith(LABEL):
                        self._label_item(item, tag.removeprefix(LABEL), value)
        return 200, "OK"

    def _label_item(self, item: Item, name: str, value: bool) -> None:
        """Gives an entry a label, which none of that name can be where a folder has it."""
        if not value:
            item.tags.discard(name)
        elif name not in {each.group for each in self.feeds.values()}:
            item.tags.add(name)
