"""A transport that answers from saved pages at their own URLs, as if the web stood still."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import httpx

_KINDS = {".html": "text/html", ".xml": "application/rss+xml", ".json": "application/feed+json", ".txt": "text/plain"}


class Replay(httpx.AsyncBaseTransport):
    """Answers each known URL with its page, and any other with 404; `asked` lists the URLs in order."""

    def __init__(self, pages: Mapping[str, bytes | Path]) -> None:
        self._pages = {_plain(url): page for url, page in pages.items()}
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        page = self._pages.get(_plain(str(request.url)))
        if page is None:
            return httpx.Response(404, stream=httpx.ByteStream(b""), request=request)
        stream = httpx.ByteStream(_body(page))  # `content` would be read already, and cannot be streamed
        return httpx.Response(200, stream=stream, headers={"Content-Type": _kind(page)}, request=request)


def saved_articles(folder: Path) -> dict[str, Path]:
    """The pages under a folder of saved articles, by the URL that the folder's labels.json gives each."""
    labels = json.loads((folder / "labels.json").read_text("utf-8"))
    return {
        label["url"]: path
        for name, label in labels.items()
        if label.get("url") and (path := folder / f"{name}.html.gz").exists()
    }


def _plain(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc.lower()}{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


def _body(page: bytes | Path) -> bytes:
    if isinstance(page, bytes):
        return page
    body = page.read_bytes()
    return gzip.decompress(body) if page.suffix == ".gz" else body


def _kind(page: bytes | Path) -> str:
    if isinstance(page, Path):
        return _KINDS.get(page.name.removesuffix(".gz")[-5:], _KINDS.get(page.suffix, "text/html"))
    start = page.lstrip()[:200].lower()
    return "application/xml" if start.startswith((b"<?xml", b"<rss", b"<feed")) else "text/html"
