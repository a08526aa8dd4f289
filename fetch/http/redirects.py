"""Redirects: each hop is asked by itself, so that the pace and the robots.txt of its own host count.

A chain of redirects has cookies of its own, as some servers set one and send us to where they look for it; they end
with the chain. A page that says <meta http-equiv=refresh> redirects too, and an answer with a Refresh header.
"""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote, urldefrag, urljoin

from fetch.errors import Unreachable, interpreting
from fetch.http.request import OwnHeaders, Request
from fetch.http.response import Hop, Response
from fetch.http.url_parts import parse_url, without_user
from fetch.secret import Secret

if TYPE_CHECKING:
    from http.cookiejar import CookieJar

MOST_REDIRECTS = 10
REDIRECTS = frozenset((301, 302, 303, 307, 308))
TOO_MANY, COOKIE_LOOP, LED_ON = "too many redirects", "cookie loop", "redirected form"
_PERMANENT = frozenset((301, 308))
_MOST_COOKIES = 16_000
"""Bytes of cookies that are sent back; a server that sets more is sent none."""
_HEAD = 16_000
"""Bytes of a page in which a refresh is looked for; a longer page is followed only where it refreshes at once."""
_LONGEST_DELAY = 10
"""Seconds; what refreshes later is a page to be read first."""
_UNSEEN = re.compile(rb"<!--(?:.*?-->|.*\Z)|<(noscript|script|style)\b(?:.*?</\1\s*>|.*\Z)", re.I | re.S)
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|meta|title|body)\b", re.I)
_META = re.compile(rb"<(?:meta|base)(?=[\s/])(?:[^<>\"']++|\"[^\"]{0,3000}+\"|'[^']{0,3000}+')*+>", re.I)
_ATTRIBUTE = re.compile(rb"(?<=[\s/\"'])(http-equiv|content|href)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.I)
_DIRECTIVE = re.compile(r"\s*+(\d{0,9})(?:\.\d*+)?(?:\s*+[;,]|\s)\s*+(?:url\s*=\s*)?+[\"']?+([^\"']+)", re.I)

AskHop: TypeAlias = Callable[[Request, float], Awaitable[Hop]]
"""Asks for one hop, within so many seconds."""


async def follow(request: Request, ask: AskHop, seconds: float) -> Response:
    """The response at the end of a chain; `seconds` are what all its hops may take of the network's time."""
    hop, own, cookies = request, request.headers, ChainCookies()
    permanent, moved, received = True, "", 0
    for _ in range(MOST_REDIRECTS + 1):
        answer = await ask(hop, seconds)
        response, seconds = answer.response, seconds - answer.took
        received += response.received
        target = _target(answer, hop)
        if not target:
            return replace(response, asked=request.url, moved=moved, received=received)
        if hop.form is not None:  # as a GET it would hold in its address what was sent in its body
            raise Unreachable(f"{hop.url} redirects what is sent to it, which nothing follows.", hop.url, reason=LED_ON)
        permanent = permanent and response.status in _PERMANENT
        moved = target if permanent else moved
        own = own if parse_url(target).origin == parse_url(hop.url).origin else ()  # to one origin, and to no other
        cookie = cookies.said_to(target, answer)
        reach = response.zone if hop.reach == "anywhere" else hop.reach
        hop = replace(hop, url=target, reach=reach, headers=_with_cookie(own, cookie))
    raise _no_end(request.url, bool(cookies))


def _with_cookie(own: OwnHeaders, cookie: str) -> OwnHeaders:
    """The reader's headers with a chain's cookies, which stand behind the reader's own."""
    if not cookie:
        return own
    readers = [secret.reveal() for name, secret in own if name.lower() == "cookie"]
    others = tuple(pair for pair in own if pair[0].lower() != "cookie")
    return (*others, ("Cookie", Secret("; ".join([*readers, cookie]))))


def _no_end(url: str, cookies: bool) -> Unreachable:
    if cookies:
        sentence = f"{url} sets a cookie and redirects in a circle: it wants a browser that keeps its cookies."
        return Unreachable(sentence, url, reason=COOKIE_LOOP)
    return Unreachable(f"{url} redirects more than {MOST_REDIRECTS} times.", url, reason=TOO_MANY)


def _target(answer: Hop, hop: Request) -> str:
    """The address a hop redirects to, "" where the chain ends there."""
    response = answer.response
    with interpreting(hop.url):
        if answer.location:
            return without_user(urldefrag(urljoin(hop.url, location(answer.location))).url)[0]
        refresh = location(_directed(answer.refresh, len(response.body))) or refresh_in(response.body)
        target = urldefrag(urljoin(hop.url, refresh)).url if refresh else ""
    target = without_user(target)[0]  # a login that a server names is nobody's, and stands in no list
    is_elsewhere = target != urldefrag(hop.url).url and target.lower().startswith(("http://", "https://"))
    return target if is_elsewhere else ""  # a page that opens an app, or loads itself again, is the page


def location(said: str) -> str:
    """A Location header, its bytes read as Latin-1, as an address: what is not ASCII is UTF-8, or escaped as it is."""
    said = said.strip()
    if said.isascii():
        return said.replace(" ", "%20")
    try:
        return said.encode("latin-1").decode()
    except UnicodeError:
        return quote(said.encode("latin-1", "replace"), safe="!#$%&'()*+,/:;=?@[]~")


def refresh_in(body: bytes) -> str:
    """Where a page sends its readers with <meta http-equiv=refresh>, "" where it does not, or only after a while."""
    head = body[:_HEAD]
    if b"efresh" not in head and b"EFRESH" not in head:
        return ""
    head = _UNSEEN.sub(b"", head)
    if not _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return ""
    tags = [_attributes(tag[0]) for tag in _META.finditer(head)]
    refreshes = [tag.get("content", "") for tag in tags if tag.get("http-equiv", "").strip().lower() == "refresh"]
    target = next(filter(None, (_directed(said, len(body)) for said in refreshes)), "")
    base = next((tag["href"] for tag in tags if "href" in tag), "")
    return urljoin(base, target) if base and target else target


def _attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a tag that say where it leads; of two of a name, the first."""
    found: dict[str, str] = {}
    for attribute in _ATTRIBUTE.finditer(tag):
        written = next(part for part in attribute.groups()[1:] if part is not None)
        found.setdefault(attribute[1].decode().lower(), html.unescape(written.decode("utf-8", "replace")))
    return found


def _directed(written: str, length: int) -> str:
    """Where a refresh leads from a page of so many bytes, "" where it is none to be followed."""
    directive = _DIRECTIVE.match(written)
    if directive is None:
        return ""
    delay = int(directive[1] or 0)
    return directive[2].strip() if delay == 0 or (delay <= _LONGEST_DELAY and length < _HEAD) else ""


class ChainCookies:
    """The cookies of one chain of redirects, sent back to whom they are for by the rules of the standard library."""

    def __init__(self) -> None:
        self._jar: CookieJar | None = None

    def __bool__(self) -> bool:
        return self._jar is not None

    def said_to(self, url: str, answer: Hop) -> str:
        """The Cookie header for the next address, "" for none, after the cookies that an answer sets are taken in."""
        if not answer.cookies and self._jar is None:
            return ""
        with interpreting(answer.response.url):
            return self._exchanged(url, answer)

    def _exchanged(self, url: str, answer: Hop) -> str:
        import urllib.request
        from email.message import Message
        from http.cookiejar import CookieJar

        self._jar = self._jar if self._jar is not None else CookieJar()
        message = Message()
        for cookie in answer.cookies:
            message["Set-Cookie"] = cookie
        self._jar.extract_cookies(_Told(message), urllib.request.Request(answer.response.url))  # type: ignore[arg-type]
        asking = urllib.request.Request(url)
        self._jar.add_cookie_header(asking)
        said = asking.get_header("Cookie", "") or ""
        return said if len(said) <= _MOST_COOKIES else ""


class _Told:
    """A response as the standard library's cookie jar reads one."""

    def __init__(self, message: object) -> None:
        self._message = message

    def info(self) -> object:
        """Its headers."""
        return self._message
