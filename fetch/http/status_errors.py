"""The error that a response stands for: by its status, its headers, and the text of a page that is no content."""

from __future__ import annotations

import errno
import math
import re
import socket
import ssl
from collections.abc import Mapping
from datetime import datetime, timedelta

from fetch.errors import BadStatus, Blocked, FetchError, RateLimited, Refused, Unreachable
from fetch.http.content_coding import too_large
from fetch.http.request import Request
from fetch.http.response import retry_after
from fetch.phrase_pattern import any_of
from fetch.wall_phrases import DENIED_TITLES, NETWORK_TITLES

DEFAULT_RETRY = 900.0
"""Seconds to stay away after a 429 that names no time."""
LONGEST_BLOCK_PAGE = 60_000
"""Bytes; a page larger than this is not a bare refusal."""

_NO_TEXT = ("image/", "video/", "audio/", "font/", "application/pdf", "application/zip", "application/msword")
_NO_NETWORK = (socket.EAI_AGAIN, errno.ENETUNREACH, errno.ENETDOWN)
_DENIED = any_of(DENIED_TITLES)
_NETWORK_TITLE = re.compile(rf"<title>(?:{any_of(NETWORK_TITLES).pattern})\s*(?:[.!…<|-]|&hellip;)", re.IGNORECASE)
_REFERENCE = re.compile(r"reference(?:\s|&#32;)*(?:#|&#35;)", re.IGNORECASE)
_HEAD = 4_000  # bytes
_GUARDS = (b"captcha-delivery.com", b"px-captcha", b"_Incapsula_Resource")
_STATUSES = {
    401: ("wants a login", "login"),
    402: ("wants a payment", "paywall"),
    403: ("does not let us in", "forbidden"),
    404: ("has no such page", "not found"),
    407: ("is behind a proxy that wants a login", "proxy"),
    410: ("says that this is gone for good", "gone"),
    429: ("asks us to come less often", "rate limited"),
    451: ("may not show this for legal reasons", "legal reasons"),
}


def status_error(url: str, status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> FetchError:
    """The error for a response other than 2xx and 304."""
    pause = retry_after(headers, now)
    if status == 429 or (status == 503 and pause is not None):
        until = now + timedelta(seconds=DEFAULT_RETRY if pause is None else pause)
        return RateLimited(f"{url} asks us to come again later.", url, status=status, until=until)
    if status in (401, 402) or is_block_page(body):
        _, reason = _STATUSES.get(status, ("", "blocked"))
        return blocked_error(url, reason if status in (401, 402) else "blocked")
    says, reason = _STATUSES.get(status, ("answered with an error", f"HTTP {status}"))
    return BadStatus(f"{url} {says} (HTTP {status}).", url, status=status, reason=reason)


def blocked_error(url: str, reason: str = "blocked") -> Blocked:
    """The error for a page that is a content network's refusal, a login or a payment wall."""
    return Blocked(f"{url} wants something else from us first than a request ({reason}).", url, reason=reason)


def is_block_page(body: bytes) -> bool:
    """Whether a page is a content network's refusal or challenge ("Access Denied … Reference #") instead of content."""
    head = body[:_HEAD].decode("utf-8", "replace")
    if len(body) <= _HEAD and _DENIED.search(head) and _REFERENCE.search(head):
        return True
    if _NETWORK_TITLE.search(head) or b"_cf_chl_opt" in body:
        return True
    return len(body) < 15_000 and any(name in body for name in _GUARDS)


def check_headers(request: Request, headers: Mapping[str, str]) -> int:
    """How many bytes a body is announced to have (0 if not); refuses what is no text or too large before it is read."""
    url, limit = request.url, math.inf if request.cut else request.limit
    kind = headers.get("content-type", "").lower()
    if kind.startswith(_NO_TEXT) and not (request.picture and kind.startswith("image/")):
        name = _file_name(kind.partition(";")[0].strip())
        raise Refused(f"{url} is not text ({name}).", url, reason=f"not text ({name})")
    said = headers.get("content-length", "")
    length = int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
    if length > limit:
        raise too_large(url, int(limit))
    return length


def _file_name(media_type: str) -> str:
    """A media type as people call it: "PDF" for application/pdf; one of many letters as it is."""
    subtype = media_type.rpartition("/")[2]
    return subtype.upper() if subtype.isalnum() and len(subtype) <= 4 else media_type


def unreachable(url: str, error: Exception) -> Unreachable:
    """The error for a response that never came, named after its first cause."""
    cause: BaseException | None = error
    while cause is not None:
        if getattr(cause, "errno", None) in _NO_NETWORK:
            return Unreachable(f"{url} cannot be reached: there is no network.", url, reason="offline")
        if isinstance(cause, socket.gaierror):
            return Unreachable(f"{url}: there is no such host.", url, reason="no such host")
        if isinstance(cause, ssl.SSLError):
            return Unreachable(f"{url}: its certificate or encryption is not in order.", url, reason="certificate")
        if isinstance(cause, ConnectionRefusedError):
            return Unreachable(f"{url}: nobody answers there.", url, reason="refused connection")
        cause = cause.__cause__ or cause.__context__  # httpcore raises its own errors "from None"
    return Unreachable(f"{url} broke off or could not be reached.", url)


def not_http(url: str, error: Exception) -> Unreachable:
    """The error for an answer that is no HTTP or ends too soon; which of them, httpcore and h11 say in words only."""
    told = str(error)
    says = "gave an answer that is not HTTP"
    if "without sending a response" in told:
        says = "hung up before it had answered"
    elif any(mark in told for mark in ("closed connection", "StreamReset", "ConnectionTerminated")):
        says = "broke its answer off"
    return Unreachable(f"{url} {says}.", url, reason="broken answer")
